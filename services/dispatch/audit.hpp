#pragma once
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"
#include "paidan/crypto/sign.hpp"
#include "paidan/kafka/error.hpp"
#include "paidan/kafka/producer.hpp"
#include "paidan/stream/log.hpp"
#include "paidan/ticket/v1/audit.pb.h"

namespace paidan::dispatch {

/// What a checkpoint's signature covers: `<writer>/<epoch>/<size>/<head as hex>`.
std::string checkpoint_text(const ticket::v1::AuditRecord& record);
/// BLAKE2b-256 over the record's bytes with an empty `hash`.
std::string audit_hash(ticket::v1::AuditRecord record);

/// One chain of hashes: which record comes next. Not thread-safe.
class AuditChain {
 public:
  AuditChain(std::string writer, std::uint64_t epoch) : writer_(std::move(writer)), epoch_(epoch) {}

  /// Fills in writer, epoch, seq and both hashes. The chain goes on from here.
  ticket::v1::AuditRecord link(ticket::v1::AuditRecord record);
  /// A checkpoint over what there is, signed.
  ticket::v1::AuditRecord checkpoint(const crypto::Signer& signer, Instant now);
  /// Begins a new chain: whether the last record is in the log is not known.
  void begin_again(Instant now);

  std::uint64_t size() const { return seq_; }
  std::uint64_t since_checkpoint() const { return seq_ - checkpoint_seq_; }

 private:
  std::string writer_;
  std::uint64_t epoch_;
  std::uint64_t seq_ = 0;
  std::uint64_t checkpoint_seq_ = 0;
  std::string head_;
};

/// Appends to `audit`, one record after the other: who writes knows that the record is in the log
/// before it does what is audited. Thread-safe.
class AuditLog {
 public:
  static constexpr std::uint64_t records_per_checkpoint = 100;
  static constexpr Milliseconds checkpoint_interval{60'000};
  static constexpr Milliseconds append_max{3'000};

  struct Config {
    std::string writer;  ///< `dispatch-<ordinal>`
    std::uint64_t epoch = 0;
  };
  AuditLog(Config config, kafka::Producer& producer, const crypto::Signer& signer,
           const stream::Clock& clock);

  /// Returns once the log has the record, or by `append_max`. `subject` is for the record's header.
  Result<Unit, kafka::Error> append(ticket::v1::AuditRecord record, const std::string& subject,
                                    const std::string& traceparent);
  /// Writes a checkpoint when the last one is `checkpoint_interval` old and something came since.
  /// Call it every few seconds.
  Result<Unit, kafka::Error> checkpoint_if_due();
  /// Writes one now, if something came since the last: at the end of the process.
  Result<Unit, kafka::Error> checkpoint();

 private:
  Result<Unit, kafka::Error> write(const ticket::v1::AuditRecord& record, std::string_view fact,
                                   const std::string& subject, const std::string& traceparent);
  Result<Unit, kafka::Error> checkpoint_locked();

  Config config_;
  kafka::Producer& producer_;
  const crypto::Signer& signer_;
  const stream::Clock& clock_;
  std::timed_mutex mutex_;
  AuditChain chain_;
  Instant checkpoint_at_;
};

}  // namespace paidan::dispatch
