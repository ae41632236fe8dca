#include "dispatch/audience.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace paidan::dispatch {
namespace {

using Record = ticket::v1::LifecycleRecord;
using Kind = v1::SubscribeResponse;

void add(std::vector<Hearer>& hearers, std::string name, HearKind kind) {
  const bool known = std::any_of(hearers.begin(), hearers.end(),
                                 [&](const Hearer& hearer) { return hearer.name == name; });
  if (!known) hearers.push_back({std::move(name), kind});
}

void add_unit(std::vector<Hearer>& hearers, const std::string& unit, HearKind kind) {
  if (!unit.empty()) add(hearers, hearer_of_unit(unit), kind);
}

/// Units beside and below the lead.
std::set<std::string> helpers_of(const v1::TicketView& view) {
  std::set<std::string> units(view.co_handlers().begin(), view.co_handlers().end());
  units.insert(view.sub_units().begin(), view.sub_units().end());
  return units;
}

template <class Units>
void add_units(std::vector<Hearer>& hearers, const Units& units, HearKind kind) {
  for (const std::string& unit : units) add_unit(hearers, unit, kind);
}

/// Those of `units` that are not among `others`.
std::set<std::string> without(std::set<std::string> units, const std::set<std::string>& others) {
  for (const std::string& other : others) units.erase(other);
  return units;
}

/// A unit is told what matters most to it: that it has work, else that something happened, else
/// that it has none any more.
void add_units(std::vector<Hearer>& hearers, const Record& record, const Card* before,
               const Card& after) {
  const std::set<std::string> helped = before ? helpers_of(before->view) : std::set<std::string>{};
  const std::set<std::string> helping = helpers_of(after.view);
  const std::array in_charge{record.lead_unit(), record.queue_unit()};
  if (record.has_assigned()) add_units(hearers, in_charge, Kind::KIND_ASSIGNED);
  if (record.has_assigned() || record.has_co_handler_added() || record.has_sub_assigned()) {
    add_units(hearers, without(helping, helped), Kind::KIND_ASSIGNED);
  }
  add_units(hearers, in_charge, Kind::KIND_UPDATED);
  add_units(hearers, helping, Kind::KIND_UPDATED);
  add_units(hearers, record.relieved_units(), Kind::KIND_REMOVED);
  add_units(hearers, helped, Kind::KIND_REMOVED);
  if (record.has_sub_completed()) {
    add_unit(hearers, record.sub_completed().unit(), Kind::KIND_REMOVED);
  }
}

/// The ticket leaves every queue of open work.
bool ends(const Record& record) {
  return record.has_withdrawn() || record.has_declined() || record.has_transferred_out() ||
         record.has_duplicate_linked() ||
         (record.has_closed() && record.closed().reason() == ticket::v1::CLOSE_REASON_OFFICE);
}

/// Facts that may take a ticket out of a queue, beside those that end all open work.
struct Ending {
  domain::Queue queue;
  Record::FactCase fact;
};
constexpr auto endings = std::to_array<Ending>({
    {domain::Queue::triage, Record::kAssigned},
    {domain::Queue::triage, Record::kInfoRequested},
    {domain::Queue::arbitration, Record::kAssigned},
    {domain::Queue::arbitration, Record::kInfoRequested},
    {domain::Queue::returned, Record::kReturnDecided},
    {domain::Queue::returned, Record::kAssigned},
    {domain::Queue::extension, Record::kExtensionDecided},
    {domain::Queue::extension, Record::kCompleted},
    {domain::Queue::extension, Record::kAssigned},
    {domain::Queue::unreasonable, Record::kUnreasonableDecided},
    {domain::Queue::unreasonable, Record::kCompleted},
    {domain::Queue::unreasonable, Record::kAssigned},
    {domain::Queue::review, Record::kAppealDecided},
    {domain::Queue::review, Record::kRecheckRecorded},
    {domain::Queue::review, Record::kCompleted},
    {domain::Queue::duplicate, Record::kDuplicateProposalDropped},
});

/// Whether the fact can be what took a ticket of unknown past out of that queue.
bool can_end(const Record& record, domain::Queue queue) {
  if (queue == domain::Queue::conflict) return is_act_of_office(record);
  return ends(record) || std::any_of(endings.begin(), endings.end(), [&](const Ending& ending) {
           return ending.queue == queue && ending.fact == record.fact_case();
         });
}

void add_queues(std::vector<Hearer>& hearers, const Record& record, const Card* before,
                const Card& after) {
  const domain::Waiting now = waiting_of(after.view);
  const domain::Waiting then = before ? waiting_of(before->view) : domain::Waiting{};
  const bool knows_the_past = before != nullptr && before->complete;
  for (const domain::Queue queue : domain::office_queues) {
    const std::string name = hearer_of_queue(static_cast<v1::Queue>(queue));
    const bool was_in = lies_in(queue, then);
    if (lies_in(queue, now)) {
      add(hearers, name, was_in ? Kind::KIND_UPDATED : Kind::KIND_ASSIGNED);
    } else if (was_in || (!knows_the_past && can_end(record, queue))) {
      add(hearers, name, Kind::KIND_REMOVED);
    }
  }
}

}  // namespace

std::string hearer_of_unit(std::string_view unit) { return "unit:" + std::string(unit); }
std::string hearer_of_queue(v1::Queue queue) {
  return "queue:" + std::to_string(static_cast<int>(queue));
}

std::vector<Hearer> hearers_of(const Record& record, const Card* before, const Card& after) {
  std::vector<Hearer> hearers;
  if (record.version() == 0) return hearers;  // A time mark, or what settles it.
  add_units(hearers, record, before, after);
  add_queues(hearers, record, before, after);
  return hearers;
}

}  // namespace paidan::dispatch
