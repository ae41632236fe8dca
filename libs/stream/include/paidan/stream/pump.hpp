#pragma once
#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "paidan/base/assert.hpp"
#include "paidan/stream/decider.hpp"
#include "paidan/stream/log.hpp"
#include "paidan/stream/probe.hpp"
#include "paidan/stream/shard.hpp"

namespace paidan::stream {

struct PumpLimits {
  std::size_t records_max = 5'000;  ///< Inputs per transaction.
  std::size_t wakes_max = 5'000;    ///< Wakes per transaction; the rest come in the next ones.
  Milliseconds poll_wait{25};
};

enum class Turn {
  worked,  ///< Something came.
  idle,    ///< Nothing came in time.
  stop,    ///< This process must end; see PumpProbe::stopped.
};

/// The whole imperative shell of a stage: poll, decode, decide, evolve, encode, commit; keep what
/// was committed. Decider, codec, log, clock and probe must outlive it. Not thread-safe: one thread
/// calls turn() in a loop, tests call it by hand.
///
/// - One `now` per transaction. Every outcome emits its events, also a refusal.
/// - A snapshot per key and commit, and only if the state differs from the committed one.
/// - Ids: outputs of a record are caused by `topic/partition/offset`, of a wake by
///   `wake/<key>/<due>`, of a count of wakes by `fired/<key>/<due>` of its last wake, of a tick by
///   `tick/<partition>/<as_of>`; instants as Unix milliseconds.
/// - When a transaction is full of wakes, the time mark that caused them and all records after it
///   wait; nothing is polled before they have been handled.
template <Decider D, CodecFor<D> C>
class Pump {
 public:
  using State = typename D::State;

  Pump(const D& decider, const C& codec, TransactionalLog& log, const Clock& clock,
       PumpProbe& probe, PumpLimits limits = {})
      : decider_(decider),
        codec_(codec),
        log_(log),
        clock_(clock),
        probe_(probe),
        limits_(limits) {}
  Pump(const Pump&) = delete;
  Pump& operator=(const Pump&) = delete;

  /// One poll, at most one transaction.
  Turn turn() {
    if (stopped_) return Turn::stop;
    if (next_record_ < batch_.records.size()) return work();
    Polled polled = log_.poll(limits_.records_max, limits_.poll_wait);
    return std::visit([this](auto& event) { return take(event); }, polled);
  }

  /// The committed state of a key, or null. Valid until the next turn().
  const State* find(std::string_view key) const {
    for (const auto& [partition, shard] : shards_) {
      if (const State* state = shard.committed(key)) return state;
    }
    return nullptr;
  }

  /// Calls `see(partition, key, state)` for every committed state.
  template <class See>
  void for_each(See&& see) const {
    for (const auto& [partition, shard] : shards_) {
      const auto at = partition;
      shard.for_each([&](std::string_view key, const State& state) { see(at, key, state); });
    }
  }

  std::size_t size() const {
    std::size_t keys = 0;
    for (const auto& [partition, shard] : shards_) keys += shard.size();
    return keys;
  }
  std::size_t timers() const {
    std::size_t timers = 0;
    for (const auto& [partition, shard] : shards_) timers += shard.timers();
    return timers;
  }
  const Positions& positions() const { return committed_positions_; }

 private:
  using Input = typename D::Input;

  struct Transaction {
    Instant now{};
    std::size_t wakes_left = 0;
    std::size_t inputs = 0;
    Instant oldest_input = Instant::max();
    std::vector<OutRecord> out;
  };

  Turn take(Batch& batch) {
    if (batch.records.empty() && batch.caught_up.empty()) return Turn::idle;
    batch_ = std::move(batch);
    next_record_ = 0;
    return work();
  }

  Turn take(Assigned& gained) {
    for (const Partition partition : gained.partitions) {
      const bool fresh = shards_.try_emplace(partition, decider_).second;
      PAIDAN_ASSERT(fresh, "a partition is gained only after it was lost");
    }
    return Turn::worked;
  }

  Turn take(Snapshots& chunk) {
    for (const InRecord& record : chunk.records) {
      if (!record.value) {
        shard_of(record.partition).restore(record.key, State{});
        continue;
      }
      Result<State, Malformed> state = codec_.restore(record);
      if (!state) return stop("snapshot " + cause_of(record) + ": " + state.error().why);
      shard_of(record.partition).restore(record.key, std::move(state).value());
    }
    read_total_ = chunk.read_total;
    expected_total_ = chunk.expected_total;
    probe_.restored(size(), read_total_, expected_total_, false);
    return Turn::worked;
  }

  Turn take(Ready& ready) {
    for (auto& [partition, shard] : shards_) shard.restored();
    positions_ = committed_positions_ = std::move(ready.positions);
    probe_.restored(size(), read_total_, std::max(read_total_, expected_total_), true);
    read_total_ = expected_total_ = 0;
    return Turn::worked;
  }

  Turn take(Revoked& lost) {
    for (const Partition partition : lost.partitions) {
      shards_.erase(partition);
      const auto of_partition = [&](const auto& entry) {
        return entry.first.partition == partition;
      };
      std::erase_if(positions_, of_partition);
      std::erase_if(committed_positions_, of_partition);
    }
    return Turn::worked;
  }

  Turn take(Failed& failed) { return stop(failed.why); }

  Turn stop(std::string_view why) {
    stopped_ = true;
    probe_.stopped(why);
    return Turn::stop;
  }

  Turn work() {
    Transaction transaction;
    transaction.now = clock_.now();
    transaction.wakes_left = limits_.wakes_max;
    while (next_record_ < batch_.records.size() &&
           consume(batch_.records[next_record_], transaction))
      ++next_record_;
    const bool whole = next_record_ == batch_.records.size();
    if (whole) keep_time(transaction);
    return commit(transaction, whole);
  }

  /// False if the record must wait for the next transaction.
  bool consume(const InRecord& record, Transaction& transaction) {
    Result<Decoded<Input>, Malformed> decoded = codec_.decode(record);
    if (decoded) {
      if (decoded->advance_to && !advance(record, *decoded, transaction)) return false;
      const Cause cause{cause_of(record), record.header("traceparent"), record.partition};
      const Decided decided = handle(decoded->key, decoded->input, cause, transaction);
      if (decided.outcome == Outcome::malformed) {
        dead_letter(record, Malformed{std::string(decided.reason)}, transaction);
      }
    } else {
      dead_letter(record, decoded.error(), transaction);
    }
    const auto position = positions_.find({record.topic, record.partition});
    PAIDAN_ASSERT(position != positions_.end(), "input only from owned partitions");
    position->second = NextOffset{record.offset + 1};
    ++transaction.inputs;
    transaction.oldest_input = std::min(transaction.oldest_input, record.timestamp);
    return true;
  }

  void dead_letter(const InRecord& record, const Malformed& why, Transaction& transaction) {
    transaction.out.push_back(codec_.dead_letter(record, why, transaction.now));
    probe_.dead_lettered(record, why.why);
  }

  struct Decided {
    Outcome outcome;
    std::string_view reason;
  };

  Decided handle(std::string_view key, const Input& input, const Cause& cause,
                 Transaction& transaction) {
    Shard<D>& shard = shard_of(cause.partition);
    auto decision = decider_.decide(shard.current(key), input, transaction.now);
    probe_.decided(key, cause.traceparent, decision.outcome, decision.reason);
    if (!decision.events.empty()) {
      State& state = shard.touch(key);
      std::size_t index = 0;
      for (const auto& event : decision.events) {
        state = decider_.evolve(std::move(state), event);
        std::optional<OutRecord> record =
            codec_.encode(key, event, state, cause, index, transaction.now);
        if (!record) continue;
        transaction.out.push_back(std::move(*record));
        ++index;
      }
      shard.staged();
    }
    return {decision.outcome, decision.reason};
  }

  /// Fires what is due by the record's instant. False if the transaction is full before all has
  /// fired.
  bool advance(const InRecord& record, const Decoded<Input>& mark, Transaction& transaction) {
    Shard<D>& shard = shard_of(record.partition);
    std::size_t fired = 0;
    std::string last;
    std::optional<Due> due = shard.next_due(*mark.advance_to);
    for (; due && transaction.wakes_left > 0; due = shard.next_due(*mark.advance_to)) {
      last = due->key + "/" + std::to_string(to_unix_ms(due->at));
      const Cause cause{"wake/" + last, {}, record.partition};
      handle(due->key, decider_.wake(due->at), cause, transaction);
      PAIDAN_ASSERT(decider_.wake_at(shard.current(due->key)) != due->at, "a wake moves wake_at");
      --transaction.wakes_left;
      ++fired;
    }
    const bool more = due.has_value();
    if constexpr (CountsWakes<D>) {
      if (fired > 0) {
        const Cause cause{"fired/" + last, record.header("traceparent"), record.partition};
        handle(mark.key, decider_.fired(fired, more), cause, transaction);
      }
    }
    return !more;
  }

  void keep_time(Transaction& transaction) {
    if constexpr (KeepsTime<D>) {
      for (const CaughtUp& caught_up : batch_.caught_up) {
        const std::string key = partition_key(caught_up.partition);
        const State& state = shard_of(caught_up.partition).current(key);
        const std::optional<Input> input = decider_.tick(state, caught_up.as_of);
        if (!input) continue;
        const Cause cause{"tick/" + std::to_string(caught_up.partition.get()) + "/" +
                              std::to_string(to_unix_ms(caught_up.as_of)),
                          {},
                          caught_up.partition};
        handle(key, *input, cause, transaction);
      }
    }
  }

  Turn commit(Transaction& transaction, bool whole) {
    for (auto& [partition, shard] : shards_) {
      const Partition at = partition;
      shard.changes([&](std::string_view key, const State& state) {
        transaction.out.push_back(codec_.snapshot(key, at, state));
      });
    }
    if (transaction.inputs == 0 && transaction.out.empty()) {
      forget_batch();
      return Turn::idle;
    }
    switch (log_.commit(transaction.out, positions_)) {
      case Commit::done:
        settle(transaction, whole);
        return Turn::worked;
      case Commit::rewound:
        rewind();
        return Turn::worked;
      case Commit::fenced:
        return stop("another instance owns this work, or the outcome of a commit is unknown");
    }
    return stop("no such end of a commit");
  }

  void settle(const Transaction& transaction, bool whole) {
    for (auto& [partition, shard] : shards_) shard.settle();
    committed_positions_ = positions_;
    if (whole) forget_batch();
    probe_.committed(transaction.inputs, transaction.out.size(),
                     std::min(transaction.oldest_input, transaction.now));
  }

  void rewind() {
    for (auto& [partition, shard] : shards_) shard.drop();
    positions_ = committed_positions_;
    forget_batch();
    probe_.rewound();
  }

  void forget_batch() {
    batch_ = Batch{};
    next_record_ = 0;
  }

  Shard<D>& shard_of(Partition partition) {
    const auto shard = shards_.find(partition);
    PAIDAN_ASSERT(shard != shards_.end(), "work only on owned partitions");
    return shard->second;
  }

  const D& decider_;
  const C& codec_;
  TransactionalLog& log_;
  const Clock& clock_;
  PumpProbe& probe_;
  const PumpLimits limits_;

  std::map<Partition, Shard<D>> shards_;
  Positions positions_;  ///< With the transaction in hand.
  Positions committed_positions_;
  Batch batch_;  ///< The batch in hand; more than one turn if wakes fill them.
  std::size_t next_record_ = 0;
  std::int64_t read_total_ = 0;  ///< Of the restore under way.
  std::int64_t expected_total_ = 0;
  bool stopped_ = false;
};

}  // namespace paidan::stream
