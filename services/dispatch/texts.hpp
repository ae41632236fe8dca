#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "paidan/common/v1/common.pb.h"
#include "paidan/kafka/record_reader.hpp"
#include "paidan/stream/record.hpp"
#include "paidan/view_reader/view_reader.hpp"

namespace paidan::dispatch {

/// The masked texts of the newest submissions, so that a live stream needs neither Redis nor a
/// second look into the log. Bounded by bytes, the oldest go first. Thread-safe.
class TextCache {
 public:
  explicit TextCache(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  void put(std::int32_t partition, std::int64_t offset, std::string text);
  std::optional<std::string> find(const common::v1::ContentRef& at) const;

 private:
  using Place = std::pair<std::int32_t, std::int64_t>;
  std::size_t bytes_max_;
  mutable std::mutex mutex_;
  std::map<Place, std::string> texts_;
  std::deque<Place> order_;
  std::size_t bytes_ = 0;
};

/// The text of a ticket: from the cache, else from the views, else from `submissions`. Thread-safe.
class Texts {
 public:
  static constexpr Milliseconds read_max{1'000};

  Texts(std::size_t cache_bytes_max, const view_reader::ViewReader& views,
        kafka::RecordReader& records)
      : cache_(cache_bytes_max), views_(views), records_(records) {}

  /// A record of `submissions`; what is not a submission with a text is passed over.
  void ingest(const stream::InRecord& record);
  std::optional<std::string> cached(const common::v1::ContentRef& at) const {
    return cache_.find(at);
  }
  /// May block for `read_max`. Nothing when the record is gone or the log does not answer.
  std::optional<std::string> read(const common::v1::ContentRef& at);
  std::optional<std::string> read(const std::string& ticket_id, const common::v1::ContentRef& at);

 private:
  TextCache cache_;
  const view_reader::ViewReader& views_;
  kafka::RecordReader& records_;
};

}  // namespace paidan::dispatch
