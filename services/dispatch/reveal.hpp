#pragma once
#include <string>

#include "dispatch/answers.hpp"
#include "dispatch/audit.hpp"
#include "dispatch/token_bucket.hpp"
#include "paidan/crypto/key.hpp"
#include "paidan/dispatch/v1/assignment.pb.h"
#include "paidan/kafka/record_reader.hpp"
#include "paidan/metrics/registry.hpp"

namespace paidan::dispatch {

/// Shows an agency the contact data of its own ticket: for a stated purpose, so many times an hour,
/// and only once the audit log has the record of it. Thread-safe; blocks.
class ContactReveal {
 public:
  static constexpr std::size_t note_characters_min = 5;
  static constexpr std::size_t note_characters_max = 200;
  static constexpr Milliseconds read_max{1'000};

  struct Parts {
    const view_reader::ViewReader& views;
    kafka::RecordReader& records;
    AuditLog& audit;
    metrics::Registry& registry;
  };
  /// `key_encryption_key` unwraps the subjects' own keys.
  ContactReveal(const Parts& parts, crypto::Key key_encryption_key, double per_hour);

  grpc::Status answer(grpc::CallbackServerContext& context, const rpc::Caller& caller,
                      const v1::RevealRequest& request, v1::RevealResponse& response);

 private:
  struct Asked {
    const rpc::Caller& caller;
    const v1::RevealRequest& request;
    std::string ticket_id;
  };
  grpc::Status permitted(grpc::CallbackServerContext& context, const Asked& asked,
                         const view_reader::Ticket& ticket);
  grpc::Status audited(grpc::CallbackServerContext& context, const Asked& asked,
                       ticket::v1::AuditRecord record);
  grpc::Status show(grpc::CallbackServerContext& context, const view_reader::Ticket& ticket,
                    v1::RevealResponse& response);
  grpc::Status count(grpc::Status status);

  Parts parts_;
  crypto::Key key_encryption_key_;
  TokenBuckets buckets_;
};

}  // namespace paidan::dispatch
