#pragma once
#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "client.hpp"
#include "paidan/stream/record.hpp"

namespace paidan::kafka {

/// Bytes that stay where they are until the arena goes.
class Arena {
 public:
  std::string_view keep(const void* bytes, std::size_t size);

 private:
  static constexpr std::size_t chunk_bytes = 256UL * 1024;
  std::vector<std::unique_ptr<char[]>> chunks_;
  char* free_ = nullptr;
  std::size_t left_ = 0;
};

/// Copies consumed messages into records whose views an arena keeps alive. Copied and not borrowed,
/// because destroying a client waits, for ever, for every message that it has given out, and a
/// record may well outlive its reader.
class Harvest {
 public:
  explicit Harvest(const Topics& topics) : topics_(topics) {}

  /// Takes the message. False if its topic is none of ours.
  bool add(Owned<rd_kafka_message_t> message);
  bool empty() const { return records_.empty(); }
  std::size_t size() const { return records_.size(); }
  std::size_t bytes() const { return bytes_; }

  /// The records so far, and what keeps them alive: both are to be taken, once.
  std::vector<stream::InRecord> take_records() { return std::move(records_); }
  stream::Owner take_owner() { return std::move(arena_); }

 private:
  void read_headers(rd_kafka_message_t& message, stream::InRecord& record);

  const Topics& topics_;
  const rd_kafka_topic_t* last_topic_ = nullptr;  ///< Runs of one topic need one look-up.
  stream::TopicName last_name_;
  std::vector<stream::InRecord> records_;
  std::shared_ptr<Arena> arena_ = std::make_shared<Arena>();
  std::size_t bytes_ = 0;
};

}  // namespace paidan::kafka
