#include "dispatch/ring.hpp"

#include <utility>

#include "paidan/base/assert.hpp"

namespace paidan::dispatch {

/// A card is shared by the entries of its ticket at most once each: counting it every time is the
/// safe side of the bound.
std::size_t FeedEntry::bytes() const {
  std::size_t bytes = sizeof(FeedEntry) + record_bytes.capacity();
  for (const Hearer& hearer : hearers) bytes += sizeof(Hearer) + hearer.name.capacity();
  if (card) bytes += sizeof(Card) + card->view.SpaceUsedLong();
  if (after) bytes += after->size() * sizeof(std::int64_t);
  return bytes;
}

Ring::Ring(RingLimits limits, FeedPosition start) : limits_(limits), oldest_(std::move(start)) {}

void Ring::push(std::shared_ptr<const FeedEntry> entry) {
  bytes_ += entry->bytes();
  entries_.push_back(std::move(entry));
  while (entries_.size() > limits_.records_max || bytes_ > limits_.bytes_max) drop_oldest();
}

void Ring::drop_oldest() {
  PAIDAN_ASSERT(!entries_.empty(), "an empty ring is within its bounds");
  const FeedEntry& gone = *entries_.front();
  oldest_.at(static_cast<std::size_t>(gone.partition.get())) = gone.offset + 1;
  bytes_ -= gone.bytes();
  entries_.pop_front();
}

bool Ring::covers(const FeedPosition& position) const {
  PAIDAN_ASSERT(position.size() == oldest_.size(), "a token of another partition count is refused");
  for (std::size_t i = 0; i < oldest_.size(); ++i) {
    if (position[i] < oldest_[i]) return false;
  }
  return true;
}

std::vector<std::shared_ptr<const FeedEntry>> Ring::since(const FeedPosition& position,
                                                          std::string_view hearer) const {
  std::vector<std::shared_ptr<const FeedEntry>> told;
  for (const auto& entry : entries_) {
    const auto partition = static_cast<std::size_t>(entry->partition.get());
    if (entry->offset < position.at(partition)) continue;
    if (kind_for(*entry, hearer) != v1::SubscribeResponse::KIND_UNSPECIFIED) told.push_back(entry);
  }
  return told;
}

HearKind kind_for(const FeedEntry& entry, std::string_view hearer) {
  for (const Hearer& one : entry.hearers) {
    if (one.name == hearer) return one.kind;
  }
  return v1::SubscribeResponse::KIND_UNSPECIFIED;
}

}  // namespace paidan::dispatch
