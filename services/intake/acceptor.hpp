#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "intake/codec.hpp"
#include "intake/keys.hpp"
#include "intake/lanes.hpp"
#include "intake/logic.hpp"
#include "intake/memory.hpp"
#include "paidan/kafka/producer.hpp"
#include "paidan/rpc/caller.hpp"
#include "paidan/rpc/limit.hpp"
#include "paidan/stream/log.hpp"

namespace paidan::intake {

struct Accepted {
  std::string ticket_id;
  bool repeated = false;
};

/// Why a request is not accepted, in the kinds that a caller acts upon.
struct Refusal {
  enum class Kind {
    invalid,    ///< The request is wrong: do not repeat it.
    forbidden,  ///< The token may not use this channel.
    conflict,   ///< Other content under the same external id.
    busy,       ///< A bound is reached: nothing was done; come back after `retry_after`.
    unknown,    ///< It may or may not be in the log: repeat it with the same external id.
  };
  Kind kind = Kind::invalid;
  std::string reason;   ///< Lower-case words, for programs.
  std::string message;  ///< For people; names field and limit, never the data.
  Milliseconds retry_after{0};
};

Refusal refusal_of(const Invalid& invalid);

using Decided = std::variant<Accepted, Refusal>;
using OnDecided = std::function<void(const Decided&)>;

struct AcceptorParts {
  const Keys& keys;
  Memory& memory;
  const stream::Clock& clock;
  Rules rules;
  std::int32_t partition_count = 1;
  /// As kafka::Producer::send.
  std::function<Result<Unit, kafka::Error>(stream::OutRecord, kafka::OnDelivery)> send;
  /// A ticket of that channel is in the log.
  std::function<void(const std::string& channel)> on_accepted;
  int pending_max = 4'000;  ///< Requests under way; more are refused as busy.
};

/// The front door's one path: check, recall, encrypt and append to `subjects`, append to
/// `submissions`, remember, answer. Nothing is answered as accepted before the broker's report of
/// the `submissions` record. Never blocks. Thread-safe; must outlive every callback.
class Acceptor {
 public:
  explicit Acceptor(AcceptorParts parts);
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;

  /// Calls `on_decided` exactly once, possibly before it returns.
  void submit(const rpc::Caller& caller, const Submission& submission, std::string traceparent,
              OnDecided on_decided);

  /// Which ticket a later word is about: its id, or (with a token of one channel) the external id.
  struct Address {
    std::string ticket_id;
    std::string external_id;
  };
  void follow_up(const rpc::Caller& caller, const Address& address, const FollowUp& follow_up,
                 const std::optional<Instant>& recorded_at, std::string traceparent,
                 OnDecided on_decided);

  /// Replay: appends the mark to every partition; accepted when all of them have it.
  void write_mark(Instant at, const std::string& traceparent, OnDecided on_decided);

  /// The ticket that the caller means, or why it may not be asked for.
  std::variant<std::string, Refusal> ticket_of(const rpc::Caller& caller,
                                               const Address& address) const;
  std::string ticket_id(const std::string& channel, const std::string& external_id) const;
  int pending() const { return pending_.open(); }

 private:
  struct Job;
  using JobPtr = std::shared_ptr<Job>;

  Times times() const;
  bool begin(const JobPtr& job);
  void take_turn(const JobPtr& job);
  void recalled(const JobPtr& job, const std::optional<std::string>& content_hash);
  void append(const JobPtr& job);
  void append_subject(const JobPtr& job);
  void append_submission(const JobPtr& job);
  void appended(const JobPtr& job);

  AcceptorParts parts_;
  rpc::Limit pending_;
  Lanes lanes_;
  std::atomic<std::int64_t> latest_mark_ms_{0};
};

/// True when the token may use the channel: its unit is that channel, or "*" or empty for all.
bool may_use(const rpc::Caller& caller, const std::string& channel);

}  // namespace paidan::intake
