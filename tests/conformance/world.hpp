#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "paidan/stream/log.hpp"
#include "paidan/testkit/manual_clock.hpp"

namespace paidan::conformance {

inline constexpr std::int32_t partition_count = 4;
inline constexpr stream::TopicName input = "in";
inline constexpr stream::TopicName second_input = "more";
inline constexpr stream::TopicName output = "out";
inline constexpr stream::TopicName state = "state";

/// A committed record as a reader of the whole topic finds it.
struct Seen {
  std::int64_t offset = 0;
  stream::OutRecord record;
};

/// A member in a process of its own, so that it can be frozen while it thinks it is alive.
class DistantMember {
 public:
  DistantMember() = default;
  DistantMember(const DistantMember&) = delete;
  DistantMember& operator=(const DistantMember&) = delete;
  virtual ~DistantMember() = default;
  /// Polls until it holds at least one record; false if none comes.
  virtual bool take_batch() = 0;
  /// Hears nothing and says nothing, for longer than the session lasts.
  virtual void freeze() = 0;
  virtual void thaw() = 0;
  /// Commits what it took: each record copied to the output.
  virtual stream::Commit commit() = 0;
};

/// What the suite needs of a broker. One implementation is a real Kafka, the other is in memory;
/// the suite holds both to the same text.
class World {
 public:
  World() = default;
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  virtual ~World() = default;

  /// A new member of the group; the same ordinal again is the twin of the one before.
  virtual std::unique_ptr<stream::TransactionalLog> join(int ordinal) = 0;
  virtual std::unique_ptr<DistantMember> join_from_afar(int ordinal) = 0;
  virtual void append(stream::OutRecord record) = 0;
  virtual std::vector<Seen> committed(stream::TopicName topic) = 0;
  /// As a process of that ordinal that is killed in the middle of a transaction.
  virtual void leave_open(int ordinal, const std::vector<stream::OutRecord>& records) = 0;
  /// A foreign transaction stays open in that partition until uncork().
  virtual void cork(stream::TopicPartition at) = 0;
  virtual void uncork() = 0;

  testkit::ManualClock clock{from_unix_ms(1'000'000)};
};

/// The one of this test program; fails the test and is null if it cannot be had.
std::unique_ptr<World> make_world();

}  // namespace paidan::conformance
