#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "paidan/stream/log.hpp"

namespace paidan::testkit {

/// What goes wrong with the next commit of a member.
enum class Fault {
  aborted,         ///< The broker refuses; the log rewinds.
  crashed_before,  ///< The process dies before anything is written.
  crashed_open,    ///< It dies with its records written and the transaction open.
  crashed_after,   ///< It dies committed, but without knowing it.
};

/// A record as a test sees it.
struct Stored {
  std::int64_t offset = 0;
  Instant timestamp{};
  stream::OutRecord record;
};

/// A broker in memory: topics, transactions with their markers, consumer groups with generations.
/// It outlives every log that talks to it, as a broker outlives processes. Models what a stage can
/// notice: aborted records and markers leave gaps, an open transaction hides what is behind it from
/// committed readers, a member that was thrown out is refused by its generation, and a twin with
/// the same name fences the older one. Not thread-safe; no time but what the test says.
class FakeBroker {
 public:
  explicit FakeBroker(std::int32_t partitions) : partitions_(partitions) {}
  FakeBroker(const FakeBroker&) = delete;
  FakeBroker& operator=(const FakeBroker&) = delete;

  std::int32_t partitions() const { return partitions_; }

  /// As an idempotent producer does: visible at once. Returns the offset.
  std::int64_t append(stream::OutRecord record, Instant timestamp = Instant{});

  /// What a committed reader of the whole topic sees, by partition, then by offset.
  std::vector<Stored> committed(stream::TopicName topic) const;
  /// The last value of each key, as compaction would keep it.
  std::map<std::string, Stored> compacted(stream::TopicName topic) const;
  /// Drops records that a later committed one of the same key replaces.
  void compact(stream::TopicName topic);
  stream::Positions committed_positions(const std::string& group) const;

  /// A foreign transaction writes a record and stays open: readers stop in front of it.
  void cork(stream::TopicPartition at);
  /// It is aborted at last.
  void uncork(stream::TopicPartition at);

  /// The next `times` commits of that member of any group fail so; 0 takes the fault back.
  void fail_next(const std::string& member, Fault fault, int times = 1);

  /// The group has not heard of the member for too long and goes on without it.
  void expire(const std::string& group, const std::string& member);
  /// The coordinator aborts what a dead member has left open, after the transaction's timeout.
  void time_out(const std::string& member) { end_transaction(member, Fate::aborted); }
  std::int32_t generation(const std::string& group) const;

 private:
  friend class FakeLog;

  enum class Fate { open, committed, aborted, marker };
  struct Entry {
    std::int64_t offset = 0;
    Fate fate = Fate::committed;
    std::string producer;  ///< The transactional id, or empty.
    Instant timestamp{};
    stream::OutRecord record;
  };
  struct Partition_ {
    std::deque<Entry> entries;
    std::int64_t end = 0;  ///< The high watermark.
  };
  struct Group {
    std::int32_t generation = 0;
    bool rebalancing = false;
    std::map<std::string, std::uint64_t> members;  ///< By name, with the session that holds it.
    std::set<std::string> waiting;                 ///< Have given up their partitions.
    std::map<std::string, std::vector<Partition>> assignment;
    stream::Positions positions;
  };

  void add(Entry entry);
  std::int64_t stable_end(const stream::TopicPartition& at) const;
  std::int64_t high_watermark(const stream::TopicPartition& at) const;
  /// The first committed entry at or after `offset` and before the stable end, or null.
  const Entry* next_committed(const stream::TopicPartition& at, std::int64_t offset) const;
  void end_transaction(const std::string& producer, Fate fate);
  std::uint64_t join(const std::string& group, const std::string& member);
  void rebalance(Group& group);
  void try_to_complete(Group& group);
  std::optional<Fault> take_fault(const std::string& member);

  std::int32_t partitions_;
  std::map<stream::TopicPartition, Partition_> logs_;
  std::map<std::string, Group> groups_;
  std::map<std::string, std::uint64_t> producers_;  ///< By transactional id: who may write.
  std::map<std::string, std::pair<Fault, int>> faults_;
  std::uint64_t next_session_ = 1;
};

struct FakeLogConfig {
  std::string group;
  std::string member;  ///< Also its transactional id.
  std::vector<stream::TopicName> inputs;
  std::optional<stream::TopicName> state;
  std::size_t restore_chunk_records = 100;
  /// If given, CaughtUp is told with this clock's time, once per instant.
  const stream::Clock* caught_up_clock = nullptr;
};

/// A process' view of the broker. Destroying it is a crash: the group learns of it by expire(), or
/// by a new log with the same member name.
class FakeLog : public stream::TransactionalLog {
 public:
  FakeLog(FakeBroker& broker, FakeLogConfig config);

  stream::Polled poll(std::size_t records_max, Milliseconds wait) override;
  stream::Commit commit(std::span<const stream::OutRecord> out,
                        const stream::Positions& upto) override;

 private:
  struct Restoring {
    stream::Positions next;
    stream::Positions targets;
    std::int64_t read_total = 0;
    std::int64_t expected_total = 0;
  };

  bool fenced() const;
  bool thrown_out() const;
  std::optional<stream::Polled> follow_the_group();
  stream::Polled lose();
  stream::Polled gain();
  stream::Polled restore();
  stream::Ready start();
  stream::Batch read(std::size_t records_max);
  std::vector<stream::CaughtUp> caught_up();
  stream::Commit attempt(std::span<const stream::OutRecord> out, const stream::Positions& upto);
  bool is_member() const;
  void commit_at_broker(std::span<const stream::OutRecord> out, const stream::Positions& upto);
  void write(std::span<const stream::OutRecord> out, FakeBroker::Fate fate);

  FakeBroker& broker_;
  const FakeLogConfig config_;
  std::uint64_t session_;
  bool dead_ = false;
  std::int32_t generation_ = -1;  ///< Of the assignment in hand.
  bool assigned_ = false;
  std::vector<Partition> owned_;
  std::optional<Restoring> restoring_;
  bool reading_ = false;
  stream::Positions next_;
  stream::Positions committed_;
  std::map<Partition, Instant> told_;
};

}  // namespace paidan::testkit
