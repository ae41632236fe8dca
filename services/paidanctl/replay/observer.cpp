#include "paidanctl/replay/observer.hpp"

#include <algorithm>

#include "paidan/ticket/v1/lifecycle.pb.h"
#include "paidan/ticket/v1/matches.pb.h"
#include "paidan/ticket/v1/sla.pb.h"

namespace paidan::ctl {

namespace ticket = paidan::ticket::v1;

namespace {

Instant instant_of(const google::protobuf::Timestamp& stamp) {
  return Instant{std::chrono::seconds{stamp.seconds()} +
                 std::chrono::duration_cast<Milliseconds>(std::chrono::nanoseconds{stamp.nanos()})};
}

template <class Message>
bool parse(const stream::InRecord& record, Message& into) {
  return record.value &&
         into.ParseFromArray(record.value->data(), static_cast<int>(record.value->size()));
}

/// Only what the rules chose at first counts as routed; a person's choice does not.
void observe_assigned(const ticket::Assigned& assigned, ObservedTicket& seen) {
  if (seen.assigned_count++ > 0 || seen.triaged) return;
  seen.first_lead_unit = assigned.lead_unit();
  seen.first_queue_unit = assigned.queue_unit();
  seen.basis = plain_name(ticket::AssignmentBasis_Name(assigned.basis()), "ASSIGNMENT_BASIS_");
}

}  // namespace

std::vector<Notice> Observer::observe(const stream::InRecord& record) {
  std::vector<Notice> notices;
  if (record.topic == "lifecycle")
    observe_lifecycle(record, notices);
  else if (record.topic == "sla")
    observe_sla(record);
  else if (record.topic == "matches")
    observe_match(record);
  else if (record.topic == "deadletters")
    ++dead_letters_;
  return notices;
}

void Observer::observe_lifecycle(const stream::InRecord& record, std::vector<Notice>& notices) {
  ticket::LifecycleRecord parsed;
  if (!parse(record, parsed)) {
    ++unreadable_;
    return;
  }
  if (parsed.has_settled()) {
    notices.push_back({.kind = Notice::Kind::settled,
                       .partition = record.partition.get(),
                       .at = instant_of(parsed.settled().at())});
    return;
  }
  if (parsed.has_time_mark()) return;
  tally_.observe(parsed);
  ObservedTicket& seen = tickets_[parsed.ticket_id()];
  if (follow_) follow(parsed, seen);
  observe_fact(parsed, seen, notices);
}

void Observer::observe_fact(const ticket::LifecycleRecord& record, ObservedTicket& seen,
                            std::vector<Notice>& notices) {
  if (record.version() != seen.version + 1) ++seen.version_faults;
  seen.version = record.version();
  seen.charge = {record.lead_unit(), record.assign_epoch()};
  seen.needs_person = record.state() == ticket::TICKET_STATE_NEEDS_TRIAGE ||
                      record.state() == ticket::TICKET_STATE_ARBITRATION;
  switch (record.fact_case()) {
    case ticket::LifecycleRecord::kOpened:
      ++seen.opened_count;
      seen.channel = record.opened().classified().channel();
      break;
    case ticket::LifecycleRecord::kTriageRequested:
      seen.triaged = true;
      [[fallthrough]];
    case ticket::LifecycleRecord::kArbitrationRequested:
      notices.push_back({.kind = Notice::Kind::needs_person, .ticket_id = record.ticket_id()});
      break;
    case ticket::LifecycleRecord::kAssigned:
      observe_assigned(record.assigned(), seen);
      break;
    case ticket::LifecycleRecord::kReturnDecided:
      seen.returned_count += record.return_decided().granted() ? 1 : 0;
      break;
    case ticket::LifecycleRecord::kCompleted:
      seen.completed = true;
      break;
    case ticket::LifecycleRecord::kClosed:
      seen.closed = true;
      break;
    default:
      break;
  }
}

void Observer::observe_sla(const stream::InRecord& record) {
  ticket::SlaRecord parsed;
  if (!parse(record, parsed)) {
    ++unreadable_;
    return;
  }
  if (parsed.has_sla()) tally_.observe(parsed.sla());
  if (parsed.has_sla()) fold_sla(parsed.sla(), tickets_[parsed.ticket_id()]);
}

void Observer::observe_match(const stream::InRecord& record) {
  ticket::MatchRecord parsed;
  if (parse(record, parsed))
    tally_.observe(parsed);
  else
    ++unreadable_;
}

void Observer::follow(const ticket::LifecycleRecord& record, ObservedTicket& seen) const {
  if (record.has_escalated() && record.escalated().sla().kind() != ticket::SLA_KIND_WARNED) {
    const ticket::SlaFact& fired = record.escalated().sla();
    seen.running.erase({fired.clock(), fired.seq(), fired.step()});
  }
  for (const ticket::ClockChange& change : record.clocks()) {
    if (change.has_started()) {
      const ticket::ClockStarted& clock = change.started();
      seen.running[{clock.clock(), clock.seq(), clock.step()}] = instant_of(clock.due_at());
      continue;
    }
    const ticket::ClockStopped& clock = change.stopped();
    std::erase_if(seen.running, [&](const auto& running) {
      return std::get<0>(running.first) == clock.clock() &&
             std::get<1>(running.first) == clock.seq();
    });
  }
}

bool Observer::owes_until(Instant time) const {
  return std::ranges::any_of(tickets_, [&](const auto& ticket) {
    return std::ranges::any_of(ticket.second.running,
                               [&](const auto& clock) { return clock.second <= time; });
  });
}

void Observer::fold_sla(const ticket::SlaFact& fact, ObservedTicket& seen) {
  if (!seen.sla_seen.emplace(fact.kind(), fact.clock(), fact.step(), fact.seq()).second) {
    ++seen.sla_repeats;
  }
  if (fact.step() != 0) return;
  if (fact.kind() == ticket::SLA_KIND_WARNED) seen.warned.insert(fact.clock());
  if (fact.kind() == ticket::SLA_KIND_RETRACTED) seen.breached.erase(fact.clock());
  if (fact.kind() == ticket::SLA_KIND_BREACHED) {
    seen.breached.insert(fact.clock());
    ++breaches_;
  }
}

}  // namespace paidan::ctl
