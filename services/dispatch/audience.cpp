#include "dispatch/audience.hpp"

#include <algorithm>
#include <array>

namespace paidan::dispatch {
namespace {

using Record = ticket::v1::LifecycleRecord;

constexpr std::array kept_queues{v1::QUEUE_TRIAGE, v1::QUEUE_RETURN, v1::QUEUE_ARBITRATION};

void add(std::vector<Hearer>& hearers, std::string name, HearKind kind) {
  const bool known = std::any_of(hearers.begin(), hearers.end(),
                                 [&](const Hearer& hearer) { return hearer.name == name; });
  if (!known) hearers.push_back({std::move(name), kind});
}

void add_unit(std::vector<Hearer>& hearers, const std::string& unit, HearKind kind) {
  if (!unit.empty()) add(hearers, hearer_of_unit(unit), kind);
}

void add_units(std::vector<Hearer>& hearers, const Record& record, const Card* before) {
  using Kind = v1::SubscribeResponse;
  if (record.has_assigned()) {
    add_unit(hearers, record.assigned().lead_unit(), Kind::KIND_ASSIGNED);
    add_unit(hearers, record.assigned().queue_unit(), Kind::KIND_ASSIGNED);
    for (const std::string& unit : record.assigned().co_handlers()) {
      add_unit(hearers, unit, Kind::KIND_UPDATED);
    }
  }
  for (const std::string& unit : record.relieved_units()) {
    add_unit(hearers, unit, Kind::KIND_REMOVED);
  }
  add_unit(hearers, record.lead_unit(), Kind::KIND_UPDATED);
  add_unit(hearers, record.queue_unit(), Kind::KIND_UPDATED);
  if (before == nullptr || record.has_assigned()) return;
  for (const std::string& unit : before->view.co_handlers()) {
    add_unit(hearers, unit, Kind::KIND_UPDATED);
  }
}

/// Whether the fact of the record can be what took a ticket of unknown past out of that queue. In
/// triage and in arbitration nobody is in charge.
bool can_end(const Record& record, v1::Queue queue) {
  if (queue == v1::QUEUE_RETURN) return record.has_return_decided() || record.has_withdrawn();
  if (record.has_assigned()) return true;
  return record.lead_unit().empty() && (record.has_withdrawn() || record.has_closed());
}

void add_queues(std::vector<Hearer>& hearers, const Record& record, const Card* before) {
  using Kind = v1::SubscribeResponse;
  const v1::Queue now = queue_of(record.state());
  const bool entered = before == nullptr || queue_of(before->view.state()) != now;
  if (now != v1::QUEUE_UNSPECIFIED) {
    add(hearers, hearer_of_queue(now), entered ? Kind::KIND_ASSIGNED : Kind::KIND_UPDATED);
  }
  for (const v1::Queue queue : kept_queues) {
    if (queue == now) continue;
    const bool left =
        before != nullptr ? queue_of(before->view.state()) == queue : can_end(record, queue);
    if (left) add(hearers, hearer_of_queue(queue), Kind::KIND_REMOVED);
  }
}

void add_conflicts(std::vector<Hearer>& hearers, const Record& record, const Card* before) {
  using Kind = v1::SubscribeResponse;
  if (record.has_conflicting_submission()) {
    add(hearers, hearer_of_queue(v1::QUEUE_CONFLICT), Kind::KIND_ASSIGNED);
  } else if (before != nullptr && before->conflicting &&
             (record.has_closed() || record.has_withdrawn())) {
    add(hearers, hearer_of_queue(v1::QUEUE_CONFLICT), Kind::KIND_REMOVED);
  }
}

}  // namespace

std::string hearer_of_unit(std::string_view unit) { return "unit:" + std::string(unit); }
std::string hearer_of_queue(v1::Queue queue) {
  return "queue:" + std::to_string(static_cast<int>(queue));
}

v1::Queue queue_of(ticket::v1::TicketState state) {
  switch (state) {
    case ticket::v1::TICKET_STATE_NEEDS_TRIAGE:
      return v1::QUEUE_TRIAGE;
    case ticket::v1::TICKET_STATE_RETURN_REQUESTED:
      return v1::QUEUE_RETURN;
    case ticket::v1::TICKET_STATE_ARBITRATION:
      return v1::QUEUE_ARBITRATION;
    default:
      return v1::QUEUE_UNSPECIFIED;
  }
}

std::vector<Hearer> hearers_of(const Record& record, const Card* before) {
  std::vector<Hearer> hearers;
  if (record.version() == 0) return hearers;  // A time mark, or what settles it.
  add_units(hearers, record, before);
  add_queues(hearers, record, before);
  add_conflicts(hearers, record, before);
  return hearers;
}

}  // namespace paidan::dispatch
