#pragma once
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "paidan/classification/v1/classification.grpc.pb.h"
#include "paidan/contract/topics.hpp"
#include "paidan/intake/v1/intake.grpc.pb.h"
#include "paidan/testkit/child_process.hpp"
#include "paidan/testkit/servers.hpp"

namespace paidan::front_door {

/// A committed record, copied.
struct Logged {
  std::string key;
  Partition partition;
  std::int64_t offset = 0;
  std::optional<std::string> value;
  std::map<std::string, std::string> headers;
};

/// A Kafka, a Redis, one intake (live), one intake of a replay, one classification for both logs.
/// Not thread-safe.
class Front {
 public:
  /// Null after a failure, which says why.
  static std::unique_ptr<Front> start();

  testkit::KafkaServer& kafka() { return *kafka_; }
  testkit::RedisServer& redis() { return *redis_; }
  const std::string& token(const std::string& name);
  std::string intake_address() const { return address(intake_.grpc_port); }
  std::string replay_address() const { return address(replay_.grpc_port); }
  std::string classification_address() const { return address(classification_.grpc_port); }

  /// Every committed record of the topic of the live log (or of the replay's).
  std::vector<Logged> read(stream::TopicName topic, bool replay = false);
  void append(stream::OutRecord record);
  /// Body of a 200 of intake's monitor port, or empty.
  std::string monitor(const std::string& path);
  std::string output_of(const std::string& process) const;
  /// SIGTERM; true when it left with 0 within 10 s.
  bool stop_intake();
  bool start_intake();

 private:
  struct Process {
    std::uint16_t grpc_port = testkit::free_port();
    std::uint16_t monitor_port = testkit::free_port();
    std::unique_ptr<testkit::ChildProcess> child;
  };
  Front() = default;
  static std::string address(std::uint16_t port) { return "127.0.0.1:" + std::to_string(port); }
  bool prepare();
  bool tool(const std::vector<std::string>& arguments, const std::string& prefix);
  bool spawn(Process& process, const std::string& name, const std::string& binary,
             const std::vector<std::string>& more);
  bool is_ready(const Process& process) const;

  testkit::TemporaryDirectory directory_;
  std::unique_ptr<testkit::KafkaServer> kafka_;
  std::unique_ptr<testkit::RedisServer> redis_;
  Process intake_;
  Process replay_;
  Process classification_;
  Process replay_classification_;
  std::map<std::string, std::string> tokens_;
};

/// The one of this test program.
Front& front();

class FrontDoorTest : public testing::Test {
 protected:
  void SetUp() override;
  void connect();

  template <class Response>
  struct Answer {
    grpc::Status status;
    Response response;
    std::string reason;
  };
  static void authorize(grpc::ClientContext& context, const std::string& token, int timeout_s = 20);
  Answer<intake::v1::SubmitResponse> submit(const intake::v1::SubmitRequest& request,
                                            const std::string& token = "channel-all",
                                            int timeout_s = 20);
  /// A well-formed submission of the Boston pack.
  static intake::v1::SubmitRequest pothole(const std::string& external_id);
  /// The records of that ticket in the topic, once there is one.
  std::vector<Logged> wait_for(stream::TopicName topic, const std::string& ticket_id);

  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<intake::v1::IntakeService::Stub> stub_;
};

}  // namespace paidan::front_door
