#include "intake/acceptor.hpp"

#include <utility>

#include "paidan/crypto/hash.hpp"
#include "paidan/domain/ticket_id.hpp"

namespace paidan::intake {

namespace {

constexpr Milliseconds retry_after{200};
constexpr std::size_t cause_hash_bytes = 8;

std::string short_hex(const std::string& hash) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(hash.data());
  return crypto::to_hex(crypto::Bytes(bytes, cause_hash_bytes));
}

Refusal busy(const char* what) {
  return {Refusal::Kind::busy, "too_busy", std::string(what) + "; nothing was done", retry_after};
}

Refusal refusal_of(const kafka::Error& error) {
  switch (error.kind) {
    case kafka::ErrorKind::full:
      return busy("too many records are not acknowledged yet");
    case kafka::ErrorKind::too_large:
      return {Refusal::Kind::invalid, "too_long", "request: larger than a record may be"};
    default:
      return {Refusal::Kind::unknown, std::string(kafka::to_string(error.kind)),
              "the log did not answer; repeat with the same external id"};
  }
}

Refusal forbidden() {
  return {Refusal::Kind::forbidden, "channel_not_allowed",
          "channel: the token may not use this channel"};
}

Refusal wrong_ticket_id(std::string_view message) {
  return {Refusal::Kind::invalid, "not_a_ticket_id", "ticket_id: " + std::string(message)};
}

}  // namespace

/// One accepted request on its way into the log.
struct Acceptor::Job {
  std::optional<rpc::Limit::Place> place;
  Receipt receipt;
  contract::SubmissionBody body;
  std::optional<contract::Subject> subject;
  std::string content_hash;
  bool remember = false;  ///< Submissions, not what follows them.
  OnDecided on_decided;

  void decide(const Decided& decided) const { on_decided(decided); }
};

Refusal refusal_of(const Invalid& invalid) {
  return {Refusal::Kind::invalid, std::string(invalid.reason),
          invalid.field + ": " + invalid.message};
}

bool may_use(const rpc::Caller& caller, const std::string& channel) {
  return caller.unit.empty() || caller.unit == "*" || caller.unit == channel;
}

Acceptor::Acceptor(AcceptorParts parts) : parts_(std::move(parts)), pending_(parts_.pending_max) {}

Times Acceptor::times() const {
  return {.now = parts_.clock.now(), .latest_recorded = from_unix_ms(latest_mark_ms_.load())};
}

std::string Acceptor::ticket_id(const std::string& channel, const std::string& external_id) const {
  return parts_.keys.ticket_id(channel, external_id).get();
}

bool Acceptor::begin(const JobPtr& job) {
  job->place = pending_.take();
  if (!job->place) job->decide(busy("too many requests are under way"));
  return job->place.has_value();
}

void Acceptor::submit(const rpc::Caller& caller, const Submission& submission,
                      std::string traceparent, OnDecided on_decided) {
  const Times time = times();
  const auto happened_at = check(submission, parts_.rules, time);
  if (!happened_at) return on_decided(refusal_of(happened_at.error()));
  if (!may_use(caller, submission.channel)) return on_decided(forbidden());

  const auto job = std::make_shared<Job>();
  job->on_decided = std::move(on_decided);
  if (!begin(job)) return;
  job->remember = true;
  job->content_hash = parts_.keys.content_hash(canonical(submission));
  job->receipt = {.ticket_id = ticket_id(submission.channel, submission.external_id),
                  .cause = {},
                  .traceparent = std::move(traceparent),
                  .happened_at = *happened_at,
                  .decided_at = time.now,
                  .rules_version = parts_.rules.pack.rules_version};
  job->receipt.cause = "intake/" + job->receipt.ticket_id + "/" + short_hex(job->content_hash);

  Masked masked = mask(submission);
  masked.submitted.content_hash = job->content_hash;
  masked.submitted.caller_key = parts_.keys.caller_key(submission.contact.phone);
  if (has_personal_data(submission.contact, masked.spans)) {
    masked.submitted.subject_ref =
        parts_.keys.subject_ref(job->receipt.ticket_id, job->content_hash, *happened_at);
    job->subject = parts_.keys.seal(masked.submitted.subject_ref,
                                    subject_content(submission.contact, masked.spans));
  }
  job->body = std::move(masked.submitted);
  take_turn(job);
}

void Acceptor::take_turn(const JobPtr& job) {
  const std::string& ticket_id = job->receipt.ticket_id;
  const bool taken = lanes_.enter(ticket_id, [this, job] {
    job->on_decided = [this, ticket = job->receipt.ticket_id,
                       answer = std::move(job->on_decided)](const Decided& decided) {
      answer(decided);
      lanes_.leave(ticket);
    };
    parts_.memory.recall(job->receipt.ticket_id,
                         [this, job](const std::optional<std::string>& content_hash) {
                           recalled(job, content_hash);
                         });
  });
  if (!taken) job->decide(busy("too many submissions with this external id are under way"));
}

void Acceptor::recalled(const JobPtr& job, const std::optional<std::string>& content_hash) {
  if (!content_hash) return append(job);
  if (*content_hash == job->content_hash) {
    return job->decide(Accepted{job->receipt.ticket_id, true});
  }
  job->decide(Refusal{Refusal::Kind::conflict, "conflicting_submission",
                      "external_id: known with other content"});
}

void Acceptor::append(const JobPtr& job) {
  if (job->subject) return append_subject(job);
  append_submission(job);
}

void Acceptor::append_subject(const JobPtr& job) {
  auto record = subject_record(*job->subject, job->receipt, parts_.partition_count);
  const auto taken = parts_.send(
      std::move(record), [this, job](const Result<kafka::Delivered, kafka::Error>& delivered) {
        if (!delivered) return job->decide(refusal_of(delivered.error()));
        if (auto* submitted = std::get_if<domain::Submitted>(&job->body)) {
          submitted->subject_at = {.partition = delivered->partition.get(),
                                   .offset = delivered->offset,
                                   .content_hash = {}};
        }
        append_submission(job);
      });
  if (!taken) job->decide(refusal_of(taken.error()));
}

void Acceptor::append_submission(const JobPtr& job) {
  auto record = submission_record(job->body, job->receipt, parts_.partition_count);
  const auto taken = parts_.send(
      std::move(record), [this, job](const Result<kafka::Delivered, kafka::Error>& delivered) {
        if (!delivered) return job->decide(refusal_of(delivered.error()));
        appended(job);
      });
  if (!taken) job->decide(refusal_of(taken.error()));
}

void Acceptor::appended(const JobPtr& job) {
  const auto* submitted = std::get_if<domain::Submitted>(&job->body);
  if (submitted != nullptr) parts_.on_accepted(submitted->channel.get());
  if (!job->remember) return job->decide(Accepted{job->receipt.ticket_id, false});
  parts_.memory.remember(job->receipt.ticket_id, job->content_hash,
                         [job] { job->decide(Accepted{job->receipt.ticket_id, false}); });
}

std::variant<std::string, Refusal> Acceptor::ticket_of(const rpc::Caller& caller,
                                                       const Address& address) const {
  const bool all_channels = may_use(caller, "");
  if (!address.external_id.empty()) {
    if (const auto wrong = check_external_id(address.external_id)) return refusal_of(*wrong);
  }
  std::string named;
  if (!address.ticket_id.empty()) {
    auto parsed = domain::parse_ticket_id(address.ticket_id);
    if (!parsed) return wrong_ticket_id(domain::to_string(parsed.error()));
    named = parsed->get();
  }
  if (all_channels) {
    if (named.empty()) return wrong_ticket_id("required");
    return named;
  }
  // A token of one channel proves by the external id that the ticket is its channel's own.
  if (address.external_id.empty()) {
    return Refusal{Refusal::Kind::invalid, "empty", "external_id: required for this token"};
  }
  std::string own = ticket_id(caller.unit, address.external_id);
  if (!named.empty() && named != own) {
    return wrong_ticket_id("not the ticket of this external id");
  }
  return own;
}

void Acceptor::follow_up(const rpc::Caller& caller, const Address& address,
                         const FollowUp& follow_up, const std::optional<Instant>& recorded_at,
                         std::string traceparent, OnDecided on_decided) {
  auto ticket = ticket_of(caller, address);
  if (const auto* refusal = std::get_if<Refusal>(&ticket)) return on_decided(*refusal);
  const Times time = times();
  const auto happened_at = check(follow_up, recorded_at, parts_.rules, time);
  if (!happened_at) return on_decided(refusal_of(happened_at.error()));

  const auto job = std::make_shared<Job>();
  job->on_decided = std::move(on_decided);
  if (!begin(job)) return;
  job->content_hash = parts_.keys.content_hash(canonical(follow_up) + address.external_id);
  job->receipt = {.ticket_id = std::get<std::string>(std::move(ticket)),
                  .cause = {},
                  .traceparent = std::move(traceparent),
                  .happened_at = *happened_at,
                  .decided_at = time.now,
                  .rules_version = parts_.rules.pack.rules_version};
  job->receipt.cause = "intake/" + job->receipt.ticket_id + "/" + short_hex(job->content_hash) +
                       "/" + std::to_string(to_unix_ms(*happened_at));
  MaskedFollowUp masked = mask(follow_up);
  if (!masked.spans.empty()) {
    job->subject = parts_.keys.seal(
        parts_.keys.subject_ref(job->receipt.ticket_id, job->content_hash, *happened_at),
        subject_content({}, masked.spans));
  }
  job->body = body_of(masked.follow_up);
  append(job);
}

void Acceptor::write_mark(Instant at, const std::string& traceparent, OnDecided on_decided) {
  const Times time = times();
  if (auto wrong = check_recorded(at, "at", parts_.rules, time)) {
    return on_decided(refusal_of(*wrong));
  }
  if (at < time.latest_recorded) {
    return on_decided(
        Refusal{Refusal::Kind::invalid, "time_went_back", "at: earlier than the last mark"});
  }
  struct Waiting {
    std::atomic<int> left;
    std::atomic<bool> answered{false};
    OnDecided on_decided;
    void decide(const Decided& decided) {
      if (!answered.exchange(true)) on_decided(decided);
    }
  };
  auto records = time_mark_records(at, time.now, traceparent, parts_.rules.pack.rules_version,
                                   parts_.partition_count);
  const auto waiting = std::make_shared<Waiting>();
  waiting->left = static_cast<int>(records.size());
  waiting->on_decided = std::move(on_decided);
  for (stream::OutRecord& record : records) {
    const auto taken =
        parts_.send(std::move(record),
                    [this, at, waiting](const Result<kafka::Delivered, kafka::Error>& delivered) {
                      if (!delivered) return waiting->decide(refusal_of(delivered.error()));
                      if (--waiting->left > 0) return;
                      latest_mark_ms_.store(to_unix_ms(at));
                      waiting->decide(Accepted{});
                    });
    if (!taken) return waiting->decide(refusal_of(taken.error()));
  }
}

}  // namespace paidan::intake
