#include "dispatch/texts.hpp"

#include <array>
#include <utility>

#include "paidan/contract/message.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/ticket/v1/submissions.pb.h"

namespace paidan::dispatch {
namespace {

std::optional<std::string> text_of(const stream::InRecord& record) {
  ticket::v1::SubmissionRecord parsed;
  const std::size_t bytes_max = contract::find_topic(contract::topic::submissions)->bytes_max;
  if (!record.value || contract::parse(parsed, *record.value, bytes_max)) return std::nullopt;
  if (!parsed.has_submitted()) return std::nullopt;
  return std::move(*parsed.mutable_submitted()->mutable_text());
}

}  // namespace

void TextCache::put(std::int32_t partition, std::int64_t offset, std::string text) {
  const std::lock_guard lock(mutex_);
  const Place place{partition, offset};
  const std::size_t bytes = text.size();
  if (!texts_.emplace(place, std::move(text)).second) return;
  order_.push_back(place);
  bytes_ += bytes;
  while (bytes_ > bytes_max_) {
    const auto oldest = texts_.find(order_.front());
    bytes_ -= oldest->second.size();
    texts_.erase(oldest);
    order_.pop_front();
  }
}

std::optional<std::string> TextCache::find(const common::v1::ContentRef& at) const {
  const std::lock_guard lock(mutex_);
  const auto found = texts_.find({at.partition(), at.offset()});
  if (found == texts_.end()) return std::nullopt;
  return found->second;
}

void Texts::ingest(const stream::InRecord& record) {
  std::optional<std::string> text = text_of(record);
  if (text) cache_.put(record.partition.get(), record.offset, *std::move(text));
}

std::optional<std::string> Texts::read(const common::v1::ContentRef& at) {
  if (std::optional<std::string> text = cache_.find(at)) return text;
  const std::array<std::int64_t, 1> offsets{at.offset()};
  const auto read =
      records_.read({contract::topic::submissions, Partition{at.partition()}}, offsets, read_max);
  if (!read || read->records.empty()) return std::nullopt;
  return text_of(read->records.front());
}

std::optional<std::string> Texts::read(const std::string& ticket_id,
                                       const common::v1::ContentRef& at) {
  if (std::optional<std::string> text = cache_.find(at)) return text;
  const auto ticket = views_.ticket(ticket_id, 0, Milliseconds{0});
  if (ticket && !ticket->text.empty()) return ticket->text;
  return read(at);
}

}  // namespace paidan::dispatch
