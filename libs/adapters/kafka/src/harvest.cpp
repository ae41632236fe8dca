#include "harvest.hpp"

#include <string_view>
#include <utility>

namespace paidan::kafka {

namespace {

std::string_view view_of(const void* bytes, std::size_t size) {
  return {static_cast<const char*>(bytes), size};
}

void read_headers(rd_kafka_message_t& message, stream::InRecord& record) {
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
    record.headers.emplace_back(name, value == nullptr ? std::string_view{} : view_of(value, size));
  }
}

}  // namespace

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
  if (message->key != nullptr) record.key = view_of(message->key, message->key_len);
  if (message->payload != nullptr) record.value = view_of(message->payload, message->len);
  read_headers(*message, record);
  bytes_ += message->len + message->key_len;
  records_.push_back(std::move(record));
  messages_.push_back(std::move(message));
  return true;
}

stream::Owner Harvest::take_owner() {
  bytes_ = 0;
  records_.clear();
  return std::make_shared<Messages>(std::exchange(messages_, Messages{}));
}

}  // namespace paidan::kafka
