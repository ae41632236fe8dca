#include "citizen_facts.hpp"
#include "lifecycle_facts.hpp"
#include "reports.hpp"
#include "sla_facts.hpp"

namespace paidan::contract {

namespace {

namespace wire = ticket::v1;

domain::Why read_why(wire::Why& why, const Path& at, Faults& faults) {
  return {.rule = std::move(*why.mutable_rule()),
          .rules_version = std::move(*why.mutable_rules_version()),
          .runner_up = std::move(*why.mutable_runner_up()),
          .area_test = std::move(*why.mutable_area_test()),
          .confidence = read_finite(why.confidence(), {"confidence", &at}, faults),
          .explanation = read_text(*why.mutable_explanation())};
}

// One overload per fact of the history, so that the table below reads as the proto's oneof.

domain::LifecycleBody read(wire::Opened& fact, const Path& at, Faults& faults) {
  return domain::Opened{read_classified(*fact.mutable_classified(), {"classified", &at}, faults)};
}
domain::LifecycleBody read(wire::Assigned& fact, const Path& at, Faults& faults) {
  domain::Assigned out;
  out.lead_unit = domain::UnitId{std::move(*fact.mutable_lead_unit())};
  out.queue_unit = domain::UnitId{std::move(*fact.mutable_queue_unit())};
  out.co_handlers = read_ids<domain::UnitId>(*fact.mutable_co_handlers());
  out.assign_epoch = fact.assign_epoch();
  out.why = read_why(*fact.mutable_why(), {"why", &at}, faults);
  out.basis = read_enum<domain::AssignmentBasis>(fact.basis(), wire::AssignmentBasis_IsValid,
                                                 {"basis", &at}, faults);
  return out;
}
domain::LifecycleBody read(wire::TriageRequested& fact, const Path& at, Faults& faults) {
  return domain::TriageRequested{read_enum<domain::TriageReason>(
      fact.reason(), wire::TriageReason_IsValid, {"reason", &at}, faults)};
}
domain::LifecycleBody read(wire::Acknowledged& /*fact*/, const Path& /*at*/, Faults& /*faults*/) {
  return domain::Acknowledged{};
}
domain::LifecycleBody read(wire::Contacted& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::Contacted{fact.reached(), std::move(*fact.mutable_reason_not_reached())};
}
domain::LifecycleBody read(wire::Completed& fact, const Path& at, Faults& faults) {
  return domain::Completed{read_report(*fact.mutable_report(), {"report", &at}, faults)};
}
domain::LifecycleBody read(wire::ReturnRequested& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::ReturnRequested{std::move(*fact.mutable_reason()),
                                 domain::UnitId{std::move(*fact.mutable_suggested_unit())}};
}
domain::LifecycleBody read(wire::ReturnDecided& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::ReturnDecided{fact.granted(), std::move(*fact.mutable_reason())};
}
domain::LifecycleBody read(wire::ArbitrationRequested& fact, const Path& /*at*/,
                           Faults& /*faults*/) {
  return domain::ArbitrationRequested{read_ids<domain::UnitId>(*fact.mutable_excluded_units())};
}
domain::LifecycleBody read(wire::RatingRecorded& fact, const Path& at, Faults& faults) {
  return domain::RatingRecorded{
      .rating = read_rated(*fact.mutable_rating(), {"rating", &at}, faults),
      .reached = !fact.not_reached()};
}
domain::LifecycleBody read(wire::Closed& fact, const Path& at, Faults& faults) {
  return domain::Closed{read_enum<domain::CloseReason>(fact.reason(), wire::CloseReason_IsValid,
                                                       {"reason", &at}, faults)};
}
domain::LifecycleBody read(wire::TicketWithdrawn& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::TicketWithdrawn{std::move(*fact.mutable_reason())};
}
domain::LifecycleBody read(wire::UrgeRecorded& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::UrgeRecorded{fact.count()};
}
domain::LifecycleBody read(wire::SupplementRecorded& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::SupplementRecorded{std::move(*fact.mutable_text())};
}
domain::LifecycleBody read(wire::ConflictingSubmission& fact, const Path& at, Faults& faults) {
  return domain::ConflictingSubmission{read_content_ref(
      fact.has_content_ref() ? fact.mutable_content_ref() : nullptr, {"content_ref", &at}, faults)};
}
domain::LifecycleBody read(wire::Escalated& fact, const Path& at, Faults& faults) {
  return domain::Escalated{read_sla_fact(*fact.mutable_sla(), {"sla", &at}, faults),
                           read_ids<std::string>(*fact.mutable_notified_roles())};
}
domain::LifecycleBody read(wire::AppealRecorded& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::AppealRecorded{std::move(*fact.mutable_reason())};
}
domain::LifecycleBody read(wire::RedoOrdered& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::RedoOrdered{std::move(*fact.mutable_reason())};
}
domain::LifecycleBody read(wire::Reclassified& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::Reclassified{domain::CategoryId{std::move(*fact.mutable_category())},
                              domain::AreaId{std::move(*fact.mutable_area())},
                              std::move(*fact.mutable_demand_kind())};
}

/// One row of the proto's oneof: its case, its name in errors, and how it is read.
struct Row {
  wire::LifecycleRecord::FactCase fact_case;
  std::string_view name;
  domain::LifecycleBody (*read_fact)(wire::LifecycleRecord&, const Path&, Faults&);
};

#define PAIDAN_FACT_ROW(fact_case, name)                                    \
  Row {                                                                     \
    wire::LifecycleRecord::fact_case, #name,                                \
        [](wire::LifecycleRecord& record, const Path& at, Faults& faults) { \
          return read(*record.mutable_##name(), at, faults);                \
        }                                                                   \
  }

constexpr Row rows[] = {
    PAIDAN_FACT_ROW(kOpened, opened),
    PAIDAN_FACT_ROW(kAssigned, assigned),
    PAIDAN_FACT_ROW(kTriageRequested, triage_requested),
    PAIDAN_FACT_ROW(kAcknowledged, acknowledged),
    PAIDAN_FACT_ROW(kContacted, contacted),
    PAIDAN_FACT_ROW(kCompleted, completed),
    PAIDAN_FACT_ROW(kReturnRequested, return_requested),
    PAIDAN_FACT_ROW(kReturnDecided, return_decided),
    PAIDAN_FACT_ROW(kArbitrationRequested, arbitration_requested),
    PAIDAN_FACT_ROW(kRatingRecorded, rating_recorded),
    PAIDAN_FACT_ROW(kClosed, closed),
    PAIDAN_FACT_ROW(kWithdrawn, withdrawn),
    PAIDAN_FACT_ROW(kUrgeRecorded, urge_recorded),
    PAIDAN_FACT_ROW(kSupplementRecorded, supplement_recorded),
    PAIDAN_FACT_ROW(kConflictingSubmission, conflicting_submission),
    PAIDAN_FACT_ROW(kEscalated, escalated),
    PAIDAN_FACT_ROW(kAppealRecorded, appeal_recorded),
    PAIDAN_FACT_ROW(kRedoOrdered, redo_ordered),
    PAIDAN_FACT_ROW(kReclassified, reclassified),
};
#undef PAIDAN_FACT_ROW

domain::ClockStarted read_started(wire::ClockStarted& started, const Path& at, Faults& faults) {
  domain::ClockStarted out;
  out.clock = std::move(*started.mutable_clock());
  if (out.clock.empty()) faults.add({"clock", &at}, "missing");
  out.seq = started.seq();
  out.step = started.step();
  out.unit = domain::UnitId{std::move(*started.mutable_unit())};
  out.started_at =
      read_instant(started.has_started_at(), started.started_at(), {"started_at", &at}, faults);
  out.due_at = read_instant(started.has_due_at(), started.due_at(), {"due_at", &at}, faults);
  out.warn_at =
      read_optional_instant(started.has_warn_at(), started.warn_at(), {"warn_at", &at}, faults);
  out.provisional = started.provisional();
  out.explanation = read_text(*started.mutable_explanation());
  return out;
}

domain::ClockStopped read_stopped(wire::ClockStopped& stopped, const Path& at, Faults& faults) {
  domain::ClockStopped out;
  out.clock = std::move(*stopped.mutable_clock());
  if (out.clock.empty()) faults.add({"clock", &at}, "missing");
  out.seq = stopped.seq();
  out.reason = read_enum<domain::ClockStop>(stopped.reason(), wire::ClockStop_IsValid,
                                            {"reason", &at}, faults);
  return out;
}

}  // namespace

domain::LifecycleBody read_lifecycle_body(wire::LifecycleRecord& record, Faults& faults) {
  for (const Row& row : rows) {
    if (row.fact_case == record.fact_case()) return row.read_fact(record, {row.name}, faults);
  }
  faults.add({"fact"}, "missing, or of a later version");
  return domain::Acknowledged{};
}

std::vector<domain::ClockChange> read_clock_changes(wire::LifecycleRecord& record, Faults& faults) {
  std::vector<domain::ClockChange> out;
  out.reserve(static_cast<std::size_t>(record.clocks_size()));
  for (wire::ClockChange& change : *record.mutable_clocks()) {
    const Path at{"clocks", nullptr, static_cast<int>(out.size())};
    if (change.has_started()) {
      out.emplace_back(read_started(*change.mutable_started(), {"started", &at}, faults));
    } else if (change.has_stopped()) {
      out.emplace_back(read_stopped(*change.mutable_stopped(), {"stopped", &at}, faults));
    } else {
      faults.add(at, "neither started nor stopped");
    }
  }
  return out;
}

}  // namespace paidan::contract
