#include "facts_work.hpp"

#include <utility>

#include "citizen_facts.hpp"
#include "reports.hpp"
#include "sla_facts.hpp"

namespace paidan::contract::facts {

namespace wire = ticket::v1;

namespace {

domain::Why read_why(wire::Why& why, const Path& at, Faults& faults) {
  return {.rule = std::move(*why.mutable_rule()),
          .rules_version = std::move(*why.mutable_rules_version()),
          .runner_up = std::move(*why.mutable_runner_up()),
          .area_test = std::move(*why.mutable_area_test()),
          .confidence = read_finite(why.confidence(), {"confidence", &at}, faults),
          .explanation = read_text(*why.mutable_explanation()),
          .beaten = read_ids<std::string>(*why.mutable_beaten())};
}

void write_why(const domain::Why& why, wire::Why& out) {
  out.set_rule(why.rule);
  out.set_rules_version(why.rules_version);
  out.set_runner_up(why.runner_up);
  out.set_area_test(why.area_test);
  out.set_confidence(why.confidence);
  write_text(why.explanation, *out.mutable_explanation());
  for (const std::string& rule : why.beaten) out.add_beaten(rule);
}

}  // namespace

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
  return domain::Closed{.reason = read_enum<domain::CloseReason>(
                            fact.reason(), wire::CloseReason_IsValid, {"reason", &at}, faults),
                        .note = std::move(*fact.mutable_note())};
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

std::string_view WorkWriter::operator()(const domain::Opened& fact) const {
  write_classified(fact.classified, *out.mutable_opened()->mutable_classified());
  return "opened";
}

std::string_view WorkWriter::operator()(const domain::Assigned& fact) const {
  wire::Assigned& written = *out.mutable_assigned();
  written.set_lead_unit(fact.lead_unit.get());
  written.set_queue_unit(fact.queue_unit.get());
  for (const domain::UnitId& unit : fact.co_handlers) written.add_co_handlers(unit.get());
  written.set_assign_epoch(fact.assign_epoch);
  write_why(fact.why, *written.mutable_why());
  written.set_basis(write_enum<wire::AssignmentBasis>(fact.basis));
  return "assigned";
}

std::string_view WorkWriter::operator()(const domain::TriageRequested& fact) const {
  out.mutable_triage_requested()->set_reason(write_enum<wire::TriageReason>(fact.reason));
  return "triage_requested";
}

std::string_view WorkWriter::operator()(const domain::Acknowledged& /*fact*/) const {
  out.mutable_acknowledged();
  return "acknowledged";
}

std::string_view WorkWriter::operator()(const domain::Contacted& fact) const {
  out.mutable_contacted()->set_reached(fact.reached);
  out.mutable_contacted()->set_reason_not_reached(fact.reason_not_reached);
  return "contacted";
}

std::string_view WorkWriter::operator()(const domain::Completed& fact) const {
  write_report(fact.report, *out.mutable_completed()->mutable_report());
  return "completed";
}

std::string_view WorkWriter::operator()(const domain::ReturnRequested& fact) const {
  out.mutable_return_requested()->set_reason(fact.reason);
  out.mutable_return_requested()->set_suggested_unit(fact.suggested_unit.get());
  return "return_requested";
}

std::string_view WorkWriter::operator()(const domain::ReturnDecided& fact) const {
  out.mutable_return_decided()->set_granted(fact.granted);
  out.mutable_return_decided()->set_reason(fact.reason);
  return "return_decided";
}

std::string_view WorkWriter::operator()(const domain::ArbitrationRequested& fact) const {
  wire::ArbitrationRequested& written = *out.mutable_arbitration_requested();
  for (const domain::UnitId& unit : fact.excluded_units) written.add_excluded_units(unit.get());
  return "arbitration_requested";
}

std::string_view WorkWriter::operator()(const domain::RatingRecorded& fact) const {
  write_rated(fact.rating, *out.mutable_rating_recorded()->mutable_rating());
  out.mutable_rating_recorded()->set_not_reached(!fact.reached);
  return "rating_recorded";
}

std::string_view WorkWriter::operator()(const domain::Closed& fact) const {
  out.mutable_closed()->set_reason(write_enum<wire::CloseReason>(fact.reason));
  out.mutable_closed()->set_note(fact.note);
  return "closed";
}

std::string_view WorkWriter::operator()(const domain::TicketWithdrawn& fact) const {
  out.mutable_withdrawn()->set_reason(fact.reason);
  return "withdrawn";
}

std::string_view WorkWriter::operator()(const domain::UrgeRecorded& fact) const {
  out.mutable_urge_recorded()->set_count(fact.count);
  return "urge_recorded";
}

std::string_view WorkWriter::operator()(const domain::SupplementRecorded& fact) const {
  out.mutable_supplement_recorded()->set_text(fact.text);
  return "supplement_recorded";
}

std::string_view WorkWriter::operator()(const domain::ConflictingSubmission& fact) const {
  wire::ConflictingSubmission& written = *out.mutable_conflicting_submission();
  if (fact.content_ref.offset >= 0) {
    write_content_ref(fact.content_ref, *written.mutable_content_ref());
  }
  return "conflicting_submission";
}

std::string_view WorkWriter::operator()(const domain::Escalated& fact) const {
  write_sla_fact(fact.sla, *out.mutable_escalated()->mutable_sla());
  for (const std::string& role : fact.notified_roles) {
    out.mutable_escalated()->add_notified_roles(role);
  }
  return "escalated";
}

std::string_view WorkWriter::operator()(const domain::AppealRecorded& fact) const {
  out.mutable_appeal_recorded()->set_reason(fact.reason);
  return "appeal_recorded";
}

std::string_view WorkWriter::operator()(const domain::RedoOrdered& fact) const {
  out.mutable_redo_ordered()->set_reason(fact.reason);
  return "redo_ordered";
}

std::string_view WorkWriter::operator()(const domain::Reclassified& fact) const {
  out.mutable_reclassified()->set_category(fact.category.get());
  out.mutable_reclassified()->set_area(fact.area.get());
  out.mutable_reclassified()->set_demand_kind(fact.demand_kind);
  return "reclassified";
}

}  // namespace paidan::contract::facts
