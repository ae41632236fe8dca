#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "paidan/base/assert.hpp"
#include "paidan/base/time.hpp"
#include "paidan/stream/decider.hpp"
#include "paidan/stream/key_table.hpp"
#include "paidan/stream/wake_heap.hpp"

namespace paidan::stream {

/// A timer that has come up.
struct Due {
  Instant at{};
  std::string key;
};

/// The state and the timers of one partition: what is committed, and over it what the transaction
/// in hand would change. Ends a transaction by settle() or by drop(). Not thread-safe.
template <Decider D>
class Shard {
 public:
  using State = typename D::State;

  explicit Shard(const D& decider) : decider_(&decider) {}

  /// As the transaction in hand sees it. Valid until the next touch().
  const State& current(std::string_view key) const {
    if (const Slot slot = staged_.find(key); slot != none) return staged_.value(slot).state;
    const State* known = committed(key);
    return known == nullptr ? unknown_ : *known;
  }

  /// The staged state of the key, to be changed in place; call staged() when that is done. Valid
  /// until the next touch().
  State& touch(std::string_view key) {
    Slot slot = staged_.find(key);
    if (slot == none) {
      slot = staged_.insert(key);
      Staged& fresh = staged_.value(slot);
      fresh.home = committed_.find(key);
      if (fresh.home != none) fresh.state = committed_.value(fresh.home);
    }
    last_touched_ = slot;
    return staged_.value(slot).state;
  }

  /// The state last touched has its new value: notes when it wants to be woken.
  void staged() {
    const auto due = decider_->wake_at(staged_.value(last_touched_).state);
    if (due) staged_wakes_.push(Wake{*due, last_touched_});
  }

  /// The earliest timer that is due by `limit`, in the view of the transaction in hand.
  std::optional<Due> next_due(Instant limit) {
    const bool from_committed = find_committed_due(limit);
    const bool from_staged = find_staged_due(limit);
    if (!from_committed && !from_staged) return std::nullopt;
    if (from_committed && (!from_staged || wakes_.top().due <= staged_wakes_.top().due)) {
      return Due{wakes_.top().due, std::string(committed_.key(wakes_.top().slot))};
    }
    const Wake& wake = staged_wakes_.top();
    return Due{wake.due, std::string(staged_.key(wake.slot))};
  }

  /// Calls `write(key, state)` for each key whose state differs from the committed one, in the
  /// order in which they were touched. State{} means: forgotten, write the tombstone.
  template <class Write>
  void changes(Write&& write) const {
    for (Slot slot = 0; slot < staged_.slots_end(); ++slot) {
      const Staged& entry = staged_.value(slot);
      const State& before = entry.home == none ? unknown_ : committed_.value(entry.home);
      if (!(entry.state == before)) write(staged_.key(slot), entry.state);
    }
  }

  /// The transaction is committed.
  void settle() {
    for (Slot slot = 0; slot < staged_.slots_end(); ++slot) {
      Staged& entry = staged_.value(slot);
      settle(staged_.key(slot), entry.home, std::move(entry.state));
    }
    drop();
    if (wakes_.size() > 2 * timers_ + stale_min) rebuild_wakes();
  }

  /// The transaction never was.
  void drop() {
    for (const Wake& wake : set_aside_) {
      if (is_live(wake)) wakes_.push(wake);
    }
    set_aside_.clear();
    staged_.clear();
    staged_wakes_.clear();
  }

  /// Takes a snapshot; State{} forgets the key. Timers follow with restored().
  void restore(std::string_view key, State state) {
    const Slot slot = committed_.find(key);
    if (state == unknown_) {
      if (slot != none) committed_.erase(slot);
      return;
    }
    committed_.value(slot == none ? committed_.insert(key) : slot) = std::move(state);
  }
  void restored() { rebuild_wakes(); }

  std::size_t size() const noexcept { return committed_.size(); }
  std::size_t timers() const noexcept { return timers_; }

  /// Null if the key is unknown. Valid until the next settle() or restore().
  const State* committed(std::string_view key) const {
    const Slot slot = committed_.find(key);
    return slot == none ? nullptr : &committed_.value(slot);
  }

  template <class See>
  void for_each(See&& see) const {
    for (Slot slot = 0; slot < committed_.slots_end(); ++slot) {
      if (committed_.holds(slot)) see(committed_.key(slot), committed_.value(slot));
    }
  }

 private:
  using Slot = std::uint32_t;
  static constexpr Slot none = KeyTable<State>::none;
  static constexpr std::size_t stale_min = 1024;
  struct Staged {
    State state{};
    Slot home = none;  ///< Of the committed state, if there is one.
  };

  /// The timer belongs to the committed state as it is. (A slot that was freed and taken by another
  /// key with the very same due time makes a stale timer live again: a duplicate, which is stale as
  /// soon as the first of the two has been handled.)
  bool is_live(const Wake& wake) const {
    return committed_.holds(wake.slot) &&
           decider_->wake_at(committed_.value(wake.slot)) == wake.due;
  }

  bool find_committed_due(Instant limit) {
    while (!wakes_.empty() && wakes_.top().due <= limit) {
      const Wake wake = wakes_.top();
      const bool live = is_live(wake);
      if (live && staged_.find(committed_.key(wake.slot)) == none) return true;
      // A staged state has its own timer; this one counts again if the transaction is dropped.
      if (live) set_aside_.push_back(wake);
      wakes_.pop();
    }
    return false;
  }

  bool find_staged_due(Instant limit) {
    while (!staged_wakes_.empty() && staged_wakes_.top().due <= limit) {
      const Wake& wake = staged_wakes_.top();
      if (decider_->wake_at(staged_.value(wake.slot).state) == wake.due) return true;
      staged_wakes_.pop();
    }
    return false;
  }

  void settle(std::string_view key, Slot home, State&& next) {
    const auto before = home == none ? std::nullopt : decider_->wake_at(committed_.value(home));
    if (before) --timers_;
    if (next == unknown_) {
      if (home != none) committed_.erase(home);
      return;
    }
    const auto due = decider_->wake_at(next);
    if (home == none) home = committed_.insert(key);
    committed_.value(home) = std::move(next);
    if (!due) return;
    ++timers_;
    if (due != before) wakes_.push(Wake{*due, home});
  }

  void rebuild_wakes() {
    std::vector<Wake> live;
    for (Slot slot = 0; slot < committed_.slots_end(); ++slot) {
      if (!committed_.holds(slot)) continue;
      if (const auto due = decider_->wake_at(committed_.value(slot))) live.push_back({*due, slot});
    }
    timers_ = live.size();
    wakes_.assign(std::move(live));
  }

  const D* decider_;
  State unknown_{};
  KeyTable<State> committed_;
  WakeHeap wakes_;
  std::size_t timers_ = 0;
  KeyTable<Staged> staged_;
  WakeHeap staged_wakes_;
  std::vector<Wake> set_aside_;  ///< Live timers taken from the heap by the transaction in hand.
  Slot last_touched_ = none;
};

}  // namespace paidan::stream
