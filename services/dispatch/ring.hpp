#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dispatch/audience.hpp"
#include "dispatch/cards.hpp"
#include "dispatch/resume_token.hpp"
#include "paidan/base/ids.hpp"

namespace paidan::dispatch {

/// A record of `lifecycle` that somebody may want to hear of. Immutable once in the ring.
struct FeedEntry {
  Partition partition;
  std::int64_t offset = 0;
  std::string record_bytes;  ///< A ticket::v1::LifecycleRecord, as it lies in the log.
  std::vector<Hearer> hearers;
  std::shared_ptr<const Card> card;           ///< After this record.
  std::shared_ptr<const FeedPosition> after;  ///< The feed's position once this record is told.

  std::size_t bytes() const;
};

struct RingLimits {
  std::size_t records_max = 50'000;
  std::size_t bytes_max = 32UL * 1024 * 1024;
};

/// The last records of the feed, in the order in which this process read them: within a partition,
/// that of the log. Bounded by number and bytes. Not thread-safe.
class Ring {
 public:
  /// `start`: the position at which the feed begins.
  Ring(RingLimits limits, FeedPosition start);

  /// `entry->after` must be the feed's position with this entry.
  void push(std::shared_ptr<const FeedEntry> entry);

  /// Whether all that was ever told from there on is still in the ring.
  bool covers(const FeedPosition& position) const;
  /// What that hearer hears from `position` on. Call only when it covers().
  std::vector<std::shared_ptr<const FeedEntry>> since(const FeedPosition& position,
                                                      std::string_view hearer) const;
  std::size_t size() const { return entries_.size(); }
  std::size_t bytes() const { return bytes_; }

 private:
  void drop_oldest();

  RingLimits limits_;
  FeedPosition oldest_;  ///< From here on, nothing is missing.
  std::deque<std::shared_ptr<const FeedEntry>> entries_;
  std::size_t bytes_ = 0;
};

/// The kind under which that hearer hears of the entry; KIND_UNSPECIFIED: it does not.
HearKind kind_for(const FeedEntry& entry, std::string_view hearer);

}  // namespace paidan::dispatch
