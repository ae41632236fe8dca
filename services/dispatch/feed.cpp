#include "dispatch/feed.hpp"

#include <algorithm>
#include <utility>

#include "paidan/base/assert.hpp"
#include "paidan/contract/message.hpp"
#include "paidan/contract/topics.hpp"

namespace paidan::dispatch {

Feed::Feed(FeedLimits limits, std::size_t partition_count)
    : limits_(limits), position_(partition_count, 0), cards_(limits.cards_max) {}

void Feed::begin(FeedPosition start) {
  const std::lock_guard lock(mutex_);
  PAIDAN_ASSERT(start.size() == position_.size(), "a start for every partition");
  PAIDAN_ASSERT(!ring_, "a feed begins once");
  position_ = start;
  ring_.emplace(limits_.ring, std::move(start));
}

std::shared_ptr<FeedEntry> Feed::entry_of(const stream::InRecord& record,
                                          const ticket::v1::LifecycleRecord& parsed) {
  const std::shared_ptr<const Card> before = cards_.find(parsed.ticket_id());
  auto card = std::make_shared<const Card>(next_card(before.get(), parsed));
  cards_.put(parsed.ticket_id(), card);
  auto entry = std::make_shared<FeedEntry>();
  entry->partition = record.partition;
  entry->offset = record.offset;
  entry->record_bytes = *record.value;
  entry->hearers = hearers_of(parsed, before.get(), *card);
  entry->card = std::move(card);
  entry->after = std::make_shared<const FeedPosition>(position_);
  return entry;
}

bool Feed::ingest(const stream::InRecord& record) {
  ticket::v1::LifecycleRecord parsed;
  const bool readable =
      record.value && !contract::parse(parsed, *record.value,
                                       contract::find_topic(contract::topic::lifecycle)->bytes_max);
  std::shared_ptr<const FeedEntry> entry;
  std::vector<std::pair<std::shared_ptr<Listener>, HearKind>> told;
  {
    const std::lock_guard lock(mutex_);
    const auto partition = static_cast<std::size_t>(record.partition.get());
    position_.at(partition) = record.offset + 1;
    if (!readable) return false;
    if (parsed.version() == 0) return true;
    entry = entry_of(record, parsed);
    if (entry->hearers.empty()) return true;
    ring_->push(entry);
    for (const Hearer& hearer : entry->hearers) {
      const auto [first, last] = listeners_.equal_range(hearer.name);
      for (auto at = first; at != last; ++at) {
        if (entry->offset < at->second.from[partition]) continue;
        told.emplace_back(at->second.listener, hearer.kind);
      }
    }
  }
  for (const auto& [listener, kind] : told) {
    listener->tell({kind, entry, nullptr, entry->after, false});
  }
  return true;
}

void Feed::keep_alive() {
  std::vector<std::shared_ptr<Listener>> told;
  std::shared_ptr<const FeedPosition> position;
  {
    const std::lock_guard lock(mutex_);
    position = std::make_shared<const FeedPosition>(position_);
    for (const auto& [hearer, registered] : listeners_) told.push_back(registered.listener);
  }
  for (const auto& listener : told) {
    listener->tell({v1::SubscribeResponse::KIND_LIVE, nullptr, nullptr, position, false});
  }
}

Feed::Start Feed::subscribe(const std::shared_ptr<Listener>& listener,
                            const std::optional<FeedPosition>& from) {
  const std::lock_guard lock(mutex_);
  if (closed_ || !ring_) return Start::unavailable;
  if (from && !ring_->covers(*from)) return Start::too_old;
  FeedPosition reached = position_;
  if (from) {
    const auto backlog = ring_->since(*from, listener->hearer());
    listener->expect(backlog.size());
    for (const auto& entry : backlog) {
      listener->tell({kind_for(*entry, listener->hearer()), entry, nullptr, entry->after, true});
    }
    for (std::size_t i = 0; i < reached.size(); ++i) reached[i] = std::max(reached[i], (*from)[i]);
  }
  listener->tell({v1::SubscribeResponse::KIND_LIVE, nullptr, nullptr,
                  std::make_shared<const FeedPosition>(reached), false});
  listeners_.emplace(listener->hearer(), Registered{listener, std::move(reached)});
  return Start::live;
}

void Feed::remove(const Listener& listener) {
  const std::lock_guard lock(mutex_);
  const auto [first, last] = listeners_.equal_range(listener.hearer());
  for (auto at = first; at != last; ++at) {
    if (at->second.listener.get() != &listener) continue;
    listeners_.erase(at);
    return;
  }
}

void Feed::close() {
  std::multimap<std::string, Registered> open;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    open.swap(listeners_);
  }
  for (const auto& [hearer, registered] : open) registered.listener->close();
}

FeedPosition Feed::position() const {
  const std::lock_guard lock(mutex_);
  return position_;
}

std::size_t Feed::listeners() const {
  const std::lock_guard lock(mutex_);
  return listeners_.size();
}

}  // namespace paidan::dispatch
