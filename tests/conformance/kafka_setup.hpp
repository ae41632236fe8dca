#pragma once
#include <memory>
#include <string>

#include "paidan/kafka/connection.hpp"
#include "paidan/kafka/log.hpp"
#include "paidan/kafka/probe.hpp"
#include "paidan/testkit/servers.hpp"
#include "world.hpp"

namespace paidan::conformance {

/// The broker of this test program, started when first asked for. Fails the test and is null if it
/// cannot be had.
testkit::KafkaServer* shared_kafka();

/// Topic names of their own for each test.
std::string fresh_prefix();

/// The suite's topics under that prefix, at that broker.
kafka::Connection connection_to(const std::string& brokers, const std::string& prefix);

/// Makes the suite's topics; fails the test if it cannot.
void create_topics(const kafka::Connection& connection);

/// A member of the suite's group, with timeouts short enough to test them.
kafka::LogConfig log_config(const kafka::Connection& connection, int ordinal);

/// Prints trouble, so that a failed test has its reason beside it.
class TalkingProbe : public kafka::SilentProbe {
 public:
  void aborted(std::string_view why) override;
  void warned(std::string_view what) override;
};

inline constexpr Milliseconds test_session_timeout{2'000};

}  // namespace paidan::conformance
