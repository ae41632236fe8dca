#include "citizen_facts.hpp"
#include "lifecycle_facts.hpp"
#include "reports.hpp"
#include "sla_facts.hpp"

namespace paidan::contract {

namespace {

namespace wire = ticket::v1;

void write_why(const domain::Why& why, wire::Why& out) {
  out.set_rule(why.rule);
  out.set_rules_version(why.rules_version);
  out.set_runner_up(why.runner_up);
  out.set_area_test(why.area_test);
  out.set_confidence(why.confidence);
  write_text(why.explanation, *out.mutable_explanation());
}

void write_assigned(const domain::Assigned& fact, wire::Assigned& out) {
  out.set_lead_unit(fact.lead_unit.get());
  out.set_queue_unit(fact.queue_unit.get());
  for (const domain::UnitId& unit : fact.co_handlers) out.add_co_handlers(unit.get());
  out.set_assign_epoch(fact.assign_epoch);
  write_why(fact.why, *out.mutable_why());
  out.set_basis(write_enum<wire::AssignmentBasis>(fact.basis));
}

/// Sets the fact and returns its name.
struct BodyWriter {
  wire::LifecycleRecord& out;

  std::string_view operator()(const domain::Opened& fact) const {
    write_classified(fact.classified, *out.mutable_opened()->mutable_classified());
    return "opened";
  }
  std::string_view operator()(const domain::Assigned& fact) const {
    write_assigned(fact, *out.mutable_assigned());
    return "assigned";
  }
  std::string_view operator()(const domain::TriageRequested& fact) const {
    out.mutable_triage_requested()->set_reason(write_enum<wire::TriageReason>(fact.reason));
    return "triage_requested";
  }
  std::string_view operator()(const domain::Acknowledged& /*fact*/) const {
    out.mutable_acknowledged();
    return "acknowledged";
  }
  std::string_view operator()(const domain::Contacted& fact) const {
    out.mutable_contacted()->set_reached(fact.reached);
    out.mutable_contacted()->set_reason_not_reached(fact.reason_not_reached);
    return "contacted";
  }
  std::string_view operator()(const domain::Completed& fact) const {
    write_report(fact.report, *out.mutable_completed()->mutable_report());
    return "completed";
  }
  std::string_view operator()(const domain::ReturnRequested& fact) const {
    out.mutable_return_requested()->set_reason(fact.reason);
    out.mutable_return_requested()->set_suggested_unit(fact.suggested_unit.get());
    return "return_requested";
  }
  std::string_view operator()(const domain::ReturnDecided& fact) const {
    out.mutable_return_decided()->set_granted(fact.granted);
    out.mutable_return_decided()->set_reason(fact.reason);
    return "return_decided";
  }
  std::string_view operator()(const domain::ArbitrationRequested& fact) const {
    wire::ArbitrationRequested& written = *out.mutable_arbitration_requested();
    for (const domain::UnitId& unit : fact.excluded_units) written.add_excluded_units(unit.get());
    return "arbitration_requested";
  }
  std::string_view operator()(const domain::RatingRecorded& fact) const {
    write_rated(fact.rating, *out.mutable_rating_recorded()->mutable_rating());
    out.mutable_rating_recorded()->set_not_reached(!fact.reached);
    return "rating_recorded";
  }
  std::string_view operator()(const domain::Closed& fact) const {
    out.mutable_closed()->set_reason(write_enum<wire::CloseReason>(fact.reason));
    return "closed";
  }
  std::string_view operator()(const domain::TicketWithdrawn& fact) const {
    out.mutable_withdrawn()->set_reason(fact.reason);
    return "withdrawn";
  }
  std::string_view operator()(const domain::UrgeRecorded& fact) const {
    out.mutable_urge_recorded()->set_count(fact.count);
    return "urge_recorded";
  }
  std::string_view operator()(const domain::SupplementRecorded& fact) const {
    out.mutable_supplement_recorded()->set_text(fact.text);
    return "supplement_recorded";
  }
  std::string_view operator()(const domain::ConflictingSubmission& fact) const {
    wire::ConflictingSubmission& written = *out.mutable_conflicting_submission();
    if (fact.content_ref.offset >= 0) {
      write_content_ref(fact.content_ref, *written.mutable_content_ref());
    }
    return "conflicting_submission";
  }
  std::string_view operator()(const domain::Escalated& fact) const {
    write_sla_fact(fact.sla, *out.mutable_escalated()->mutable_sla());
    for (const std::string& role : fact.notified_roles) {
      out.mutable_escalated()->add_notified_roles(role);
    }
    return "escalated";
  }
  std::string_view operator()(const domain::AppealRecorded& fact) const {
    out.mutable_appeal_recorded()->set_reason(fact.reason);
    return "appeal_recorded";
  }
  std::string_view operator()(const domain::RedoOrdered& fact) const {
    out.mutable_redo_ordered()->set_reason(fact.reason);
    return "redo_ordered";
  }
  std::string_view operator()(const domain::Reclassified& fact) const {
    out.mutable_reclassified()->set_category(fact.category.get());
    out.mutable_reclassified()->set_area(fact.area.get());
    out.mutable_reclassified()->set_demand_kind(fact.demand_kind);
    return "reclassified";
  }
};

void write_started(const domain::ClockStarted& started, wire::ClockStarted& out) {
  out.set_clock(started.clock);
  out.set_seq(started.seq);
  out.set_step(started.step);
  out.set_unit(started.unit.get());
  write_instant(started.started_at, *out.mutable_started_at());
  write_instant(started.due_at, *out.mutable_due_at());
  if (started.warn_at) write_instant(*started.warn_at, *out.mutable_warn_at());
  out.set_provisional(started.provisional);
  write_text(started.explanation, *out.mutable_explanation());
}

void write_stopped(const domain::ClockStopped& stopped, wire::ClockStopped& out) {
  out.set_clock(stopped.clock);
  out.set_seq(stopped.seq);
  out.set_reason(write_enum<wire::ClockStop>(stopped.reason));
}

}  // namespace

std::string_view write_lifecycle_body(const domain::LifecycleBody& body,
                                      wire::LifecycleRecord& out) {
  return std::visit(BodyWriter{out}, body);
}

void write_clock_changes(const std::vector<domain::ClockChange>& changes,
                         wire::LifecycleRecord& out) {
  for (const domain::ClockChange& change : changes) {
    wire::ClockChange& written = *out.add_clocks();
    std::visit(Overloaded{[&](const domain::ClockStarted& started) {
                            write_started(started, *written.mutable_started());
                          },
                          [&](const domain::ClockStopped& stopped) {
                            write_stopped(stopped, *written.mutable_stopped());
                          }},
               change);
  }
}

}  // namespace paidan::contract
