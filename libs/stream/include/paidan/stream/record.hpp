#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "paidan/base/ids.hpp"
#include "paidan/base/time.hpp"

namespace paidan::stream {

/// A topic by its logical name (without the deployment's prefix). Always a view of a literal or of
/// the one topic table in `libs/contract`, so it never dangles.
using TopicName = std::string_view;

struct Header {
  std::string name;
  std::string value;
  friend auto operator<=>(const Header&, const Header&) = default;
};

struct TopicPartition {
  TopicName topic;
  Partition partition;
  friend auto operator<=>(const TopicPartition&, const TopicPartition&) = default;
};

/// One consumed record. Key, value and headers are views into memory that the batch owns.
struct InRecord {
  TopicName topic;
  Partition partition;
  std::int64_t offset = 0;
  Instant timestamp{};  ///< As the producer stamped it.
  std::string_view key;
  std::optional<std::string_view> value;  ///< nullopt: a tombstone.
  std::vector<std::pair<std::string_view, std::string_view>> headers;

  /// The value of the first header of that name, or an empty view.
  std::string_view header(std::string_view name) const;
};

/// `topic/partition/offset`: names a record for ever. Ids of what it causes are built upon it.
std::string cause_of(const InRecord& record);

/// One record to be published. Its `ce_id` header is derived from the input, never drawn at random,
/// so that deciding again writes the same bytes.
struct OutRecord {
  TopicName topic;
  Partition partition;
  std::string key;
  std::optional<std::string> value;  ///< nullopt: a tombstone.
  std::vector<Header> headers;
  friend auto operator<=>(const OutRecord&, const OutRecord&) = default;
};

/// Where the next read of each owned (topic, partition) starts.
using Positions = std::map<TopicPartition, NextOffset>;

/// Keeps alive the memory that the views of a batch point into.
using Owner = std::shared_ptr<const void>;

}  // namespace paidan::stream
