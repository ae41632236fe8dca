#include "facts_requests.hpp"

#include <utility>

namespace paidan::contract::facts {

namespace wire = ticket::v1;

domain::LifecycleBody read(wire::Declined& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::Declined{std::move(*fact.mutable_reason())};
}
domain::LifecycleBody read(wire::InfoRequested& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::InfoRequested{std::move(*fact.mutable_question())};
}
domain::LifecycleBody read(wire::ExtensionRequested& fact, const Path& at, Faults& faults) {
  return domain::ExtensionRequested{
      .reason = std::move(*fact.mutable_reason()),
      .wanted_due_at = read_optional_instant(fact.has_wanted_due_at(), fact.wanted_due_at(),
                                             {"wanted_due_at", &at}, faults)};
}
domain::LifecycleBody read(wire::ExtensionDecided& fact, const Path& at, Faults& faults) {
  return domain::ExtensionDecided{
      .granted = fact.granted(),
      .reason = std::move(*fact.mutable_reason()),
      .due_at = read_optional_instant(fact.has_due_at(), fact.due_at(), {"due_at", &at}, faults)};
}
domain::LifecycleBody read(wire::UnreasonableRequested& fact, const Path& /*at*/,
                           Faults& /*faults*/) {
  return domain::UnreasonableRequested{std::move(*fact.mutable_reason())};
}
domain::LifecycleBody read(wire::UnreasonableDecided& fact, const Path& /*at*/,
                           Faults& /*faults*/) {
  return domain::UnreasonableDecided{fact.granted(), std::move(*fact.mutable_reason())};
}
domain::LifecycleBody read(wire::AppealDecided& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::AppealDecided{fact.granted(), std::move(*fact.mutable_reason())};
}
domain::LifecycleBody read(wire::MarkedDifficult& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::MarkedDifficult{std::move(*fact.mutable_reason())};
}
domain::LifecycleBody read(wire::Supervised& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::Supervised{std::move(*fact.mutable_instruction())};
}
domain::LifecycleBody read(wire::Reopened& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::Reopened{std::move(*fact.mutable_reason())};
}
domain::LifecycleBody read(wire::TransferredOut& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::TransferredOut{std::move(*fact.mutable_destination()),
                                std::move(*fact.mutable_reason())};
}
domain::LifecycleBody read(wire::RecheckOrdered& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::RecheckOrdered{std::move(*fact.mutable_reason())};
}
domain::LifecycleBody read(wire::RecheckRecorded& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::RecheckRecorded{fact.solved(), std::move(*fact.mutable_finding())};
}
domain::LifecycleBody read(wire::DueRecalculated& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::DueRecalculated{std::move(*fact.mutable_rules_version())};
}

std::string_view RequestWriter::operator()(const domain::Declined& fact) const {
  out.mutable_declined()->set_reason(fact.reason);
  return "declined";
}
std::string_view RequestWriter::operator()(const domain::InfoRequested& fact) const {
  out.mutable_info_requested()->set_question(fact.question);
  return "info_requested";
}
std::string_view RequestWriter::operator()(const domain::ExtensionRequested& fact) const {
  wire::ExtensionRequested& written = *out.mutable_extension_requested();
  written.set_reason(fact.reason);
  if (fact.wanted_due_at) write_instant(*fact.wanted_due_at, *written.mutable_wanted_due_at());
  return "extension_requested";
}
std::string_view RequestWriter::operator()(const domain::ExtensionDecided& fact) const {
  wire::ExtensionDecided& written = *out.mutable_extension_decided();
  written.set_granted(fact.granted);
  written.set_reason(fact.reason);
  if (fact.due_at) write_instant(*fact.due_at, *written.mutable_due_at());
  return "extension_decided";
}
std::string_view RequestWriter::operator()(const domain::UnreasonableRequested& fact) const {
  out.mutable_unreasonable_requested()->set_reason(fact.reason);
  return "unreasonable_requested";
}
std::string_view RequestWriter::operator()(const domain::UnreasonableDecided& fact) const {
  out.mutable_unreasonable_decided()->set_granted(fact.granted);
  out.mutable_unreasonable_decided()->set_reason(fact.reason);
  return "unreasonable_decided";
}
std::string_view RequestWriter::operator()(const domain::AppealDecided& fact) const {
  out.mutable_appeal_decided()->set_granted(fact.granted);
  out.mutable_appeal_decided()->set_reason(fact.reason);
  return "appeal_decided";
}
std::string_view RequestWriter::operator()(const domain::MarkedDifficult& fact) const {
  out.mutable_marked_difficult()->set_reason(fact.reason);
  return "marked_difficult";
}
std::string_view RequestWriter::operator()(const domain::Supervised& fact) const {
  out.mutable_supervised()->set_instruction(fact.instruction);
  return "supervised";
}
std::string_view RequestWriter::operator()(const domain::Reopened& fact) const {
  out.mutable_reopened()->set_reason(fact.reason);
  return "reopened";
}
std::string_view RequestWriter::operator()(const domain::TransferredOut& fact) const {
  out.mutable_transferred_out()->set_destination(fact.destination);
  out.mutable_transferred_out()->set_reason(fact.reason);
  return "transferred_out";
}
std::string_view RequestWriter::operator()(const domain::RecheckOrdered& fact) const {
  out.mutable_recheck_ordered()->set_reason(fact.reason);
  return "recheck_ordered";
}
std::string_view RequestWriter::operator()(const domain::RecheckRecorded& fact) const {
  out.mutable_recheck_recorded()->set_solved(fact.solved);
  out.mutable_recheck_recorded()->set_finding(fact.finding);
  return "recheck_recorded";
}
std::string_view RequestWriter::operator()(const domain::DueRecalculated& fact) const {
  out.mutable_due_recalculated()->set_rules_version(fact.rules_version);
  return "due_recalculated";
}

}  // namespace paidan::contract::facts
