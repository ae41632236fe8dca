#include "raw_transaction.hpp"

#include <gtest/gtest.h>

#include <array>

namespace paidan::conformance {

namespace {

constexpr int patience_ms = 10'000;

/// The code of an error object, which it frees.
rd_kafka_resp_err_t code_of(rd_kafka_error_t* error) {
  if (error == nullptr) return RD_KAFKA_RESP_ERR_NO_ERROR;
  const auto code = rd_kafka_error_code(error);
  rd_kafka_error_destroy(error);
  return code;
}

}  // namespace

RawTransaction::RawTransaction(const kafka::Connection& connection,
                               const std::string& transactional_id,
                               const std::vector<stream::OutRecord>& records) {
  std::array<char, 512> why{};
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  rd_kafka_conf_set(conf, "bootstrap.servers", connection.brokers.c_str(), nullptr, 0);
  rd_kafka_conf_set(conf, "transactional.id", transactional_id.c_str(), nullptr, 0);
  rd_kafka_conf_set(conf, "log_level", "0", nullptr, 0);
  rd_kafka_conf_set(conf, "transaction.timeout.ms", "60000", nullptr, 0);
  producer_ = rd_kafka_new(RD_KAFKA_PRODUCER, conf, why.data(), why.size());
  if (producer_ == nullptr) {
    ADD_FAILURE() << why.data();
    return;
  }
  EXPECT_EQ(code_of(rd_kafka_init_transactions(producer_, patience_ms)), 0);
  EXPECT_EQ(code_of(rd_kafka_begin_transaction(producer_)), 0);
  for (const stream::OutRecord& record : records) {
    const std::string topic = connection.topic_prefix + std::string(record.topic);
    const auto code = rd_kafka_producev(
        producer_, RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(record.partition.get()),
        RD_KAFKA_V_KEY(record.key.data(), record.key.size()),
        RD_KAFKA_V_VALUE(const_cast<char*>(record.value->data()), record.value->size()),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
    EXPECT_EQ(code, 0);
  }
  EXPECT_EQ(rd_kafka_flush(producer_, patience_ms), 0);
}

RawTransaction::~RawTransaction() {
  if (producer_ != nullptr) rd_kafka_destroy(producer_);
}

rd_kafka_resp_err_t RawTransaction::commit_with(const rd_kafka_consumer_group_metadata_t* metadata,
                                                const std::string& topic, std::int64_t offset) {
  rd_kafka_topic_partition_list_t* positions = rd_kafka_topic_partition_list_new(1);
  rd_kafka_topic_partition_list_add(positions, topic.c_str(), 0)->offset = offset;
  const auto sent =
      code_of(rd_kafka_send_offsets_to_transaction(producer_, positions, metadata, patience_ms));
  rd_kafka_topic_partition_list_destroy(positions);
  if (sent != RD_KAFKA_RESP_ERR_NO_ERROR) return sent;
  return code_of(rd_kafka_commit_transaction(producer_, patience_ms));
}

void RawTransaction::abort() {
  EXPECT_EQ(code_of(rd_kafka_abort_transaction(producer_, patience_ms)), 0);
}

}  // namespace paidan::conformance
