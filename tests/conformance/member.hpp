#pragma once
#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "world.hpp"

namespace paidan::conformance {

/// Plays the pump's part with a log: folds what it is told and commits copies of its input.
class Member {
 public:
  explicit Member(stream::TransactionalLog& log) : log_(log) {}

  /// One poll. False if the log has failed.
  bool step() {
    auto polled = log_.poll(1'000, Milliseconds{20});
    std::visit([this](auto& event) { take(event); }, polled);
    return !failed;
  }

  template <class Condition>
  bool until(Condition&& condition, Milliseconds deadline = Milliseconds{20'000}) {
    const auto end = std::chrono::steady_clock::now() + deadline;
    while (!condition()) {
      if (std::chrono::steady_clock::now() > end) return false;
      step();
    }
    return true;
  }
  bool until_ready() {
    return until([this] { return ready; });
  }
  bool until_held(std::size_t records) {
    return until([this, records] { return held.size() >= records; });
  }

  /// Copies what it holds to the output, and writes each key's value as its state.
  stream::Commit commit_copies() {
    std::vector<stream::OutRecord> out;
    for (const stream::OutRecord& record : held) {
      out.push_back(record);
      out.back().topic = output;
      out.push_back(record);
      out.back().topic = state;
      out.back().headers.clear();
    }
    return commit(out);
  }

  stream::Commit commit(const std::vector<stream::OutRecord>& out) {
    const stream::Commit result = log_.commit(out, reached);
    if (result == stream::Commit::done) positions = reached;
    reached = positions;
    held.clear();
    offsets.clear();
    return result;
  }

  bool ready = false;
  bool failed = false;
  std::vector<Partition> owned;
  std::map<std::string, std::string> restored;
  std::size_t tombstones = 0;
  stream::Positions positions;  ///< Committed.
  stream::Positions reached;    ///< With what is held.
  std::vector<stream::OutRecord> held;
  std::vector<std::int64_t> offsets;
  std::vector<stream::CaughtUp> caught_up;
  std::size_t revocations = 0;

 private:
  void take(stream::Batch& batch) {
    for (const stream::InRecord& in : batch.records) {
      stream::OutRecord copy{in.topic, in.partition, std::string(in.key), {}, {}};
      if (in.value) copy.value = std::string(*in.value);
      for (const auto& [name, value] : in.headers) {
        copy.headers.push_back({std::string(name), std::string(value)});
      }
      held.push_back(std::move(copy));
      offsets.push_back(in.offset);
      reached[{in.topic, in.partition}] = NextOffset{in.offset + 1};
    }
    caught_up.insert(caught_up.end(), batch.caught_up.begin(), batch.caught_up.end());
  }
  void take(stream::Assigned& gained) { owned = gained.partitions; }
  void take(stream::Snapshots& chunk) {
    for (const stream::InRecord& in : chunk.records) {
      if (in.value) {
        restored[std::string(in.key)] = std::string(*in.value);
      } else {
        ++tombstones;
        restored.erase(std::string(in.key));
      }
    }
  }
  void take(stream::Ready& now) {
    positions = reached = now.positions;
    ready = true;
  }
  void take(stream::Revoked& /*lost*/) {
    ++revocations;
    ready = false;
    owned.clear();
    restored.clear();
    positions.clear();
    reached.clear();
    held.clear();
    offsets.clear();
  }
  void take(stream::Failed& /*why*/) { failed = true; }

  stream::TransactionalLog& log_;
};

}  // namespace paidan::conformance
