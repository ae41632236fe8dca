#include "produce.hpp"

#include <array>

#include "paidan/base/assert.hpp"

namespace paidan::kafka {

namespace {

Owned<rd_kafka_headers_t> headers_of(const stream::OutRecord& record) {
  if (record.headers.empty()) return {};
  Owned<rd_kafka_headers_t> headers(rd_kafka_headers_new(record.headers.size()));
  for (const auto& [name, value] : record.headers) {
    rd_kafka_header_add(headers.get(), name.data(), static_cast<ssize_t>(name.size()), value.data(),
                        static_cast<ssize_t>(value.size()));
  }
  return headers;
}

void* mutable_bytes(const std::string& bytes) { return const_cast<char*>(bytes.data()); }

}  // namespace

ProducerTopics::ProducerTopics(rd_kafka_t* producer, const Topics& topics,
                               const Connection& connection, Milliseconds deadline) {
  for (const stream::TopicName name : connection.topics) {
    topics_.emplace_back(name, Owned<rd_kafka_topic_t>(rd_kafka_topic_new(
                                   producer, topics.full(name).c_str(), nullptr)));
  }
  const rd_kafka_metadata_t* raw = nullptr;
  rd_kafka_metadata(producer, 0, nullptr, &raw, static_cast<int>(deadline.count()));
  const Owned<const rd_kafka_metadata_t> metadata(raw);
}

rd_kafka_topic_t* ProducerTopics::find(stream::TopicName name) const {
  for (const auto& [known, topic] : topics_) {
    if (known == name) return topic.get();
  }
  assertion_failed("ProducerTopics::find", "the topic is one of the connection's", __FILE__,
                   __LINE__);
}

rd_kafka_resp_err_t produce(rd_kafka_t* producer, const ProducerTopics& topics,
                            const stream::OutRecord& record, std::uint64_t number) {
  std::array<rd_kafka_vu_t, 7> values{};
  std::size_t count = 0;
  const auto add = [&](rd_kafka_vtype_t type) -> rd_kafka_vu_t& {
    rd_kafka_vu_t& value = values.at(count++);
    value.vtype = type;
    return value;
  };
  add(RD_KAFKA_VTYPE_RKT).u.rkt = topics.find(record.topic);
  add(RD_KAFKA_VTYPE_PARTITION).u.i32 = record.partition.get();
  add(RD_KAFKA_VTYPE_MSGFLAGS).u.i = RD_KAFKA_MSG_F_COPY;
  add(RD_KAFKA_VTYPE_OPAQUE).u.ptr = reinterpret_cast<void*>(number);  // NOLINT: a number
  rd_kafka_vu_t& key = add(RD_KAFKA_VTYPE_KEY);
  key.u.mem.ptr = mutable_bytes(record.key);
  key.u.mem.size = record.key.size();
  if (record.value) {
    rd_kafka_vu_t& value = add(RD_KAFKA_VTYPE_VALUE);
    value.u.mem.ptr = mutable_bytes(*record.value);
    value.u.mem.size = record.value->size();
  }
  Owned<rd_kafka_headers_t> headers = headers_of(record);
  if (headers) add(RD_KAFKA_VTYPE_HEADERS).u.headers = headers.get();
  const Owned<rd_kafka_error_t> error(rd_kafka_produceva(producer, values.data(), count));
  if (error) return rd_kafka_error_code(error.get());
  // Taken by the producer, but only when it took the record.
  (void)headers.release();  // NOLINT(bugprone-unused-return-value)
  return RD_KAFKA_RESP_ERR_NO_ERROR;
}

std::uint64_t number_of(const rd_kafka_message_t& message) {
  return reinterpret_cast<std::uint64_t>(message._private);
}

std::size_t size_of(const stream::OutRecord& record) {
  std::size_t bytes = record.key.size() + (record.value ? record.value->size() : 0);
  for (const auto& [name, value] : record.headers) bytes += name.size() + value.size();
  return bytes;
}

}  // namespace paidan::kafka
