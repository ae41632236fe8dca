#include "dispatch/audit.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "paidan/contract/cloud_event.hpp"
#include "paidan/contract/convert.hpp"
#include "paidan/contract/message.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/crypto/hash.hpp"

namespace paidan::dispatch {
namespace {

using Record = ticket::v1::AuditRecord;

template <class Bytes>
std::string text_of(const Bytes& bytes) {
  return {bytes.begin(), bytes.end()};
}

/// A delivery that somebody waits for; shared, as the report may come after the wait.
struct Awaited {
  std::mutex mutex;
  std::condition_variable came;
  std::optional<Result<kafka::Delivered, kafka::Error>> report;
};

Result<Unit, kafka::Error> wait_for(Awaited& awaited, Milliseconds wait) {
  std::unique_lock lock(awaited.mutex);
  if (!awaited.came.wait_for(lock, wait, [&] { return awaited.report.has_value(); })) {
    return kafka::Error{kafka::ErrorKind::timed_out, "the log did not acknowledge in time"};
  }
  if (!*awaited.report) return awaited.report->error();
  return Unit{};
}

}  // namespace

std::string checkpoint_text(const Record& record) {
  const std::string& head = record.checkpoint().head();
  return record.writer() + "/" + std::to_string(record.epoch()) + "/" +
         std::to_string(record.checkpoint().size()) + "/" +
         crypto::to_hex({reinterpret_cast<const std::uint8_t*>(head.data()), head.size()});
}

std::string audit_hash(Record record) {
  record.clear_hash();
  return text_of(crypto::blake2b_256(contract::serialize(record)));
}

Record AuditChain::link(Record record) {
  record.set_writer(writer_);
  record.set_epoch(epoch_);
  record.set_seq(++seq_);
  record.set_previous_hash(head_);
  head_ = audit_hash(record);
  record.set_hash(head_);
  return record;
}

Record AuditChain::checkpoint(const crypto::Signer& signer, Instant now) {
  Record record;
  record.set_writer(writer_);
  record.set_epoch(epoch_);
  contract::to_proto(now, *record.mutable_occurred_at());
  record.mutable_checkpoint()->set_size(seq_);
  record.mutable_checkpoint()->set_head(head_);
  record.mutable_checkpoint()->set_signature(text_of(signer.sign(checkpoint_text(record))));
  Record linked = link(std::move(record));
  checkpoint_seq_ = seq_;
  return linked;
}

void AuditChain::begin_again(Instant now) {
  epoch_ = std::max(epoch_ + 1, static_cast<std::uint64_t>(to_unix_ms(now)));
  seq_ = checkpoint_seq_ = 0;
  head_.clear();
}

AuditLog::AuditLog(Config config, kafka::Producer& producer, const crypto::Signer& signer,
                   const stream::Clock& clock)
    : config_(std::move(config)),
      producer_(producer),
      signer_(signer),
      clock_(clock),
      chain_(config_.writer, config_.epoch),
      checkpoint_at_(clock.now()) {}

Result<Unit, kafka::Error> AuditLog::append(Record record, const std::string& subject,
                                            const std::string& traceparent) {
  const std::unique_lock lock(mutex_, append_max);
  if (!lock.owns_lock()) return kafka::Error{kafka::ErrorKind::full, "the audit log is busy"};
  contract::to_proto(clock_.now(), *record.mutable_occurred_at());
  const std::string_view fact = record.has_denied() ? "denied" : "revealed";
  auto written = write(chain_.link(std::move(record)), fact, subject, traceparent);
  if (written && chain_.since_checkpoint() >= records_per_checkpoint) {
    // The record itself is safe; a checkpoint that fails begins a new chain and comes with it.
    (void)checkpoint_locked();
  }
  return written;
}

Result<Unit, kafka::Error> AuditLog::checkpoint_if_due() {
  const std::unique_lock lock(mutex_, append_max);
  if (!lock.owns_lock() || clock_.now() < checkpoint_at_ + checkpoint_interval) return Unit{};
  return checkpoint_locked();
}

Result<Unit, kafka::Error> AuditLog::checkpoint() {
  const std::unique_lock lock(mutex_, append_max);
  if (!lock.owns_lock()) return kafka::Error{kafka::ErrorKind::full, "the audit log is busy"};
  return checkpoint_locked();
}

Result<Unit, kafka::Error> AuditLog::checkpoint_locked() {
  checkpoint_at_ = clock_.now();
  if (chain_.since_checkpoint() == 0) return Unit{};
  return write(chain_.checkpoint(signer_, checkpoint_at_), "checkpoint", config_.writer, {});
}

Result<Unit, kafka::Error> AuditLog::write(const Record& record, std::string_view fact,
                                           const std::string& subject,
                                           const std::string& traceparent) {
  const std::string id = "audit/" + record.writer() + "/" + std::to_string(record.epoch()) + "/" +
                         std::to_string(record.seq());
  const Instant now = clock_.now();
  const stream::Cause cause{id, traceparent, Partition{0}};
  stream::OutRecord out{
      contract::topic::audit, Partition{0}, record.writer(), contract::serialize(record),
      contract::cloud_event_headers({cause, 0, now, now, {}, "dispatch"}, fact, subject)};
  auto awaited = std::make_shared<Awaited>();
  auto sent = producer_.send(std::move(out),
                             [awaited](const Result<kafka::Delivered, kafka::Error>& report) {
                               const std::lock_guard lock(awaited->mutex);
                               awaited->report = report;
                               awaited->came.notify_all();
                             });
  if (sent) sent = wait_for(*awaited, append_max);
  if (!sent) chain_.begin_again(now);
  return sent;
}

}  // namespace paidan::dispatch
