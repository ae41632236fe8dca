#include "transaction.hpp"

#include <chrono>
#include <utility>

#include "offsets.hpp"
#include "paidan/base/assert.hpp"

namespace paidan::kafka {

namespace {

constexpr int forever_ms = -1;  // librdkafka then ends by the transaction's own timeout
constexpr int queue_full_poll_ms = 10;

Settings settings_of(const TransactionConfig& config) {
  const auto timeout_ms = config.transaction_timeout.count();
  return {
      {"transactional.id", config.transactional_id},
      {"transaction.timeout.ms", std::to_string(timeout_ms)},
      {"message.timeout.ms", std::to_string(timeout_ms * 8 / 10)},
      {"socket.timeout.ms", std::to_string(timeout_ms / 2)},  // must be below the transaction's
      {"message.max.bytes", std::to_string(config.connection.record_bytes_max)},
      {"linger.ms", "20"},        // batches fill while we produce; the flush does not wait for it
      {"retry.backoff.ms", "2"},  // a coordinator that is still busy with the last one: ask soon
      {"queue.buffering.max.kbytes", "65536"},
  };
}

using Error_ = Owned<rd_kafka_error_t>;

}  // namespace

Result<std::unique_ptr<TransactionalProducer>, Error> TransactionalProducer::open(
    TransactionConfig config, const Topics& topics, KafkaProbe& probe) {
  const Countdown countdown(config.transaction_timeout * 2);
  std::unique_ptr<TransactionalProducer> made(
      new TransactionalProducer(std::move(config), topics, probe));
  auto client =
      open_client(Role::producer, made->config_.connection, settings_of(made->config_), *made);
  if (!client) return client.error();
  made->client_ = std::move(client).value();
  while (true) {
    const Error_ error(rd_kafka_init_transactions(made->client_.get(), countdown.left_ms()));
    if (!error) break;
    if (!rd_kafka_error_is_retriable(error.get()) || countdown.over()) {
      return error_of(*error, "take over transactional id " + made->config_.transactional_id);
    }
  }
  made->known_topics_ =
      ProducerTopics(made->client_.get(), topics, made->config_.connection, countdown.left());
  return made;
}

Ended TransactionalProducer::run(std::span<const stream::OutRecord> out,
                                 const stream::Positions& upto,
                                 const std::function<Membership()>& member) {
  rd_kafka_poll(client_.get(), 0);  // serves error_cb
  if (const Error_ error(rd_kafka_begin_transaction(client_.get())); error) {
    return {Ended::As::unknown, error_of(*error, "begin").what};
  }
  if (auto ended = produce_all(out)) return std::move(*ended);
  const Membership us = member();
  if (!us.checked_by_broker()) return abort("no longer a member of the group");
  if (auto ended = send_positions(upto, us)) return std::move(*ended);
  return commit();
}

std::optional<Ended> TransactionalProducer::produce_all(std::span<const stream::OutRecord> out) {
  const Countdown countdown(config_.transaction_timeout);
  for (const stream::OutRecord& record : out) {
    auto code = produce(client_.get(), known_topics_, record, 0);
    while (code == RD_KAFKA_RESP_ERR__QUEUE_FULL && !countdown.over()) {
      rd_kafka_poll(client_.get(), queue_full_poll_ms);
      code = produce(client_.get(), known_topics_, record, 0);
    }
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    if (code == RD_KAFKA_RESP_ERR__QUEUE_FULL) return abort("the queue to the broker stays full");
    // Too large, or a topic that is not there: reading the input again would not mend it.
    abort(error_of(code, topics_.full(record.topic)).what);
    return Ended{Ended::As::unknown, error_of(code, topics_.full(record.topic)).what};
  }
  return std::nullopt;
}

std::optional<Ended> TransactionalProducer::send_positions(const stream::Positions& upto,
                                                           const Membership& member) {
  const PartitionList list = list_of(topics_, upto);
  const Countdown countdown(config_.transaction_timeout);
  while (true) {
    const Error_ error(rd_kafka_send_offsets_to_transaction(client_.get(), list.get(),
                                                            member.metadata.get(), forever_ms));
    if (!error) return std::nullopt;
    if (rd_kafka_error_is_retriable(error.get()) && !countdown.over()) continue;
    return give_up(*error, "send positions");
  }
}

Ended TransactionalProducer::commit() {
  // Flushed before, so that what is timed below is the commit request alone.
  rd_kafka_flush(client_.get(), static_cast<int>(config_.transaction_timeout.count()));
  const auto timeouts_before = timeouts.load();
  const auto begin = std::chrono::steady_clock::now();
  while (true) {
    const Error_ error(rd_kafka_commit_transaction(client_.get(), forever_ms));
    const auto took = std::chrono::steady_clock::now() - begin;
    if (took > config_.end_max || timeouts.load() != timeouts_before) {
      // A commit request may still be on its way, and would then end the next transaction.
      return {Ended::As::unknown,
              "the commit took " + std::to_string(took / Milliseconds{1}) + " ms"};
    }
    if (!error) return {};
    if (rd_kafka_error_is_retriable(error.get())) continue;
    return give_up(*error, "commit");
  }
}

Ended TransactionalProducer::give_up(const rd_kafka_error_t& error, std::string_view doing) {
  std::string why = error_of(error, doing).what;
  if (rd_kafka_error_txn_requires_abort(&error)) return abort(std::move(why));
  return {Ended::As::unknown, std::move(why)};
}

Ended TransactionalProducer::abort(std::string why) {
  const Countdown countdown(config_.transaction_timeout);
  while (true) {
    const Error_ error(rd_kafka_abort_transaction(client_.get(), forever_ms));
    if (!error) return {Ended::As::aborted, std::move(why)};
    if (rd_kafka_error_is_retriable(error.get()) && !countdown.over()) continue;
    return {Ended::As::unknown, why + "; then " + error_of(*error, "abort").what};
  }
}

}  // namespace paidan::kafka
