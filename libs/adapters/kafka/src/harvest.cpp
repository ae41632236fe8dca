#include "harvest.hpp"

#include <cstring>

namespace paidan::kafka {

std::string_view Arena::keep(const void* bytes, std::size_t size) {
  if (size == 0) return "";
  if (size > left_) {
    const std::size_t next = size > chunk_bytes / 4 ? size : chunk_bytes;
    chunks_.push_back(std::make_unique_for_overwrite<char[]>(next));
    if (next == size) {  // a large one has a chunk of its own
      std::memcpy(chunks_.back().get(), bytes, size);
      return {chunks_.back().get(), size};
    }
    free_ = chunks_.back().get();
    left_ = next;
  }
  char* const kept = free_;
  std::memcpy(kept, bytes, size);
  free_ += size;
  left_ -= size;
  return {kept, size};
}

void Harvest::read_headers(rd_kafka_message_t& message, stream::InRecord& record) {
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return;
  const std::size_t count = rd_kafka_header_cnt(headers);
  record.headers.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    if (rd_kafka_header_get_all(headers, i, &name, &value, &size) != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return;
    }
    record.headers.emplace_back(arena_->keep(name, std::strlen(name)),
                                arena_->keep(value, value == nullptr ? 0 : size));
  }
}

bool Harvest::add(Owned<rd_kafka_message_t> message) {
  if (message->rkt != last_topic_) {
    const auto name = topics_.logical(rd_kafka_topic_name(message->rkt));
    if (!name) return false;
    last_topic_ = message->rkt;
    last_name_ = *name;
  }
  stream::InRecord record;
  record.topic = last_name_;
  record.partition = Partition{message->partition};
  record.offset = message->offset;
  record.timestamp = from_unix_ms(rd_kafka_message_timestamp(message.get(), nullptr));
  if (message->key != nullptr) record.key = arena_->keep(message->key, message->key_len);
  if (message->payload != nullptr) record.value = arena_->keep(message->payload, message->len);
  read_headers(*message, record);
  bytes_ += message->len + message->key_len;
  records_.push_back(std::move(record));
  return true;
}

}  // namespace paidan::kafka
