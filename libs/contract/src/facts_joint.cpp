#include "facts_joint.hpp"

#include <utility>

namespace paidan::contract::facts {

namespace wire = ticket::v1;

namespace {

template <class Proto>
domain::TicketId master_of(Proto& fact, const Path& at, Faults& faults) {
  return read_ticket_id(*fact.mutable_master_ticket_id(), {"master_ticket_id", &at}, faults);
}

template <class Proto>
domain::DuplicateLevel level_of(const Proto& fact, const Path& at, Faults& faults) {
  return read_enum<domain::DuplicateLevel>(fact.level(), wire::DuplicateLevel_IsValid,
                                           {"level", &at}, faults);
}

}  // namespace

domain::LifecycleBody read(wire::CoHandlerAdded& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::CoHandlerAdded{domain::UnitId{std::move(*fact.mutable_unit())},
                                std::move(*fact.mutable_reason())};
}
domain::LifecycleBody read(wire::CoHandlerReplied& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::CoHandlerReplied{domain::UnitId{std::move(*fact.mutable_unit())},
                                  std::move(*fact.mutable_reply())};
}
domain::LifecycleBody read(wire::SubAssigned& fact, const Path& at, Faults& faults) {
  return domain::SubAssigned{
      .unit = domain::UnitId{std::move(*fact.mutable_unit())},
      .by_unit = domain::UnitId{std::move(*fact.mutable_by_unit())},
      .level = fact.level(),
      .due_at = read_optional_instant(fact.has_due_at(), fact.due_at(), {"due_at", &at}, faults)};
}
domain::LifecycleBody read(wire::SubCompleted& fact, const Path& /*at*/, Faults& /*faults*/) {
  return domain::SubCompleted{domain::UnitId{std::move(*fact.mutable_unit())},
                              std::move(*fact.mutable_reply())};
}
domain::LifecycleBody read(wire::DuplicateProposed& fact, const Path& at, Faults& faults) {
  return domain::DuplicateProposed{.master = master_of(fact, at, faults),
                                   .level = level_of(fact, at, faults),
                                   .score = read_finite(fact.score(), {"score", &at}, faults),
                                   .evidence = read_text(*fact.mutable_evidence())};
}
domain::LifecycleBody read(wire::DuplicateProposalDropped& fact, const Path& at, Faults& faults) {
  return domain::DuplicateProposalDropped{master_of(fact, at, faults),
                                          std::move(*fact.mutable_reason())};
}
domain::LifecycleBody read(wire::DuplicateLinked& fact, const Path& at, Faults& faults) {
  return domain::DuplicateLinked{.master = master_of(fact, at, faults),
                                 .level = level_of(fact, at, faults),
                                 .automatic = fact.automatic(),
                                 .reason = std::move(*fact.mutable_reason())};
}
domain::LifecycleBody read(wire::DuplicateUnlinked& fact, const Path& at, Faults& faults) {
  return domain::DuplicateUnlinked{master_of(fact, at, faults), std::move(*fact.mutable_reason())};
}
domain::LifecycleBody read(wire::DuplicateJoined& fact, const Path& at, Faults& faults) {
  return domain::DuplicateJoined{
      read_ticket_id(*fact.mutable_ticket_id(), {"ticket_id", &at}, faults)};
}
domain::LifecycleBody read(wire::DuplicateLeft& fact, const Path& at, Faults& faults) {
  return domain::DuplicateLeft{
      read_ticket_id(*fact.mutable_ticket_id(), {"ticket_id", &at}, faults)};
}
domain::LifecycleBody read(wire::MasterAnswered& fact, const Path& at, Faults& faults) {
  return domain::MasterAnswered{
      .master = master_of(fact, at, faults),
      .master_version = fact.master_version(),
      .outcome = read_enum<domain::CompletionOutcome>(fact.outcome(), wire::Outcome_IsValid,
                                                      {"outcome", &at}, faults),
      .unit = domain::UnitId{std::move(*fact.mutable_unit())}};
}
domain::LifecycleBody read(wire::MasterReopened& fact, const Path& at, Faults& faults) {
  return domain::MasterReopened{master_of(fact, at, faults), fact.master_version()};
}

std::string_view JointWriter::operator()(const domain::CoHandlerAdded& fact) const {
  out.mutable_co_handler_added()->set_unit(fact.unit.get());
  out.mutable_co_handler_added()->set_reason(fact.reason);
  return "co_handler_added";
}
std::string_view JointWriter::operator()(const domain::CoHandlerReplied& fact) const {
  out.mutable_co_handler_replied()->set_unit(fact.unit.get());
  out.mutable_co_handler_replied()->set_reply(fact.reply);
  return "co_handler_replied";
}
std::string_view JointWriter::operator()(const domain::SubAssigned& fact) const {
  wire::SubAssigned& written = *out.mutable_sub_assigned();
  written.set_unit(fact.unit.get());
  written.set_by_unit(fact.by_unit.get());
  written.set_level(fact.level);
  if (fact.due_at) write_instant(*fact.due_at, *written.mutable_due_at());
  return "sub_assigned";
}
std::string_view JointWriter::operator()(const domain::SubCompleted& fact) const {
  out.mutable_sub_completed()->set_unit(fact.unit.get());
  out.mutable_sub_completed()->set_reply(fact.reply);
  return "sub_completed";
}
std::string_view JointWriter::operator()(const domain::DuplicateProposed& fact) const {
  wire::DuplicateProposed& written = *out.mutable_duplicate_proposed();
  written.set_master_ticket_id(fact.master.get());
  written.set_level(write_enum<wire::DuplicateLevel>(fact.level));
  written.set_score(fact.score);
  write_text(fact.evidence, *written.mutable_evidence());
  return "duplicate_proposed";
}
std::string_view JointWriter::operator()(const domain::DuplicateProposalDropped& fact) const {
  out.mutable_duplicate_proposal_dropped()->set_master_ticket_id(fact.master.get());
  out.mutable_duplicate_proposal_dropped()->set_reason(fact.reason);
  return "duplicate_proposal_dropped";
}
std::string_view JointWriter::operator()(const domain::DuplicateLinked& fact) const {
  wire::DuplicateLinked& written = *out.mutable_duplicate_linked();
  written.set_master_ticket_id(fact.master.get());
  written.set_level(write_enum<wire::DuplicateLevel>(fact.level));
  written.set_automatic(fact.automatic);
  written.set_reason(fact.reason);
  return "duplicate_linked";
}
std::string_view JointWriter::operator()(const domain::DuplicateUnlinked& fact) const {
  out.mutable_duplicate_unlinked()->set_master_ticket_id(fact.master.get());
  out.mutable_duplicate_unlinked()->set_reason(fact.reason);
  return "duplicate_unlinked";
}
std::string_view JointWriter::operator()(const domain::DuplicateJoined& fact) const {
  out.mutable_duplicate_joined()->set_ticket_id(fact.duplicate.get());
  return "duplicate_joined";
}
std::string_view JointWriter::operator()(const domain::DuplicateLeft& fact) const {
  out.mutable_duplicate_left()->set_ticket_id(fact.duplicate.get());
  return "duplicate_left";
}
std::string_view JointWriter::operator()(const domain::MasterAnswered& fact) const {
  wire::MasterAnswered& written = *out.mutable_master_answered();
  written.set_master_ticket_id(fact.master.get());
  written.set_master_version(fact.master_version);
  written.set_outcome(write_enum<wire::Outcome>(fact.outcome));
  written.set_unit(fact.unit.get());
  return "master_answered";
}
std::string_view JointWriter::operator()(const domain::MasterReopened& fact) const {
  out.mutable_master_reopened()->set_master_ticket_id(fact.master.get());
  out.mutable_master_reopened()->set_master_version(fact.master_version);
  return "master_reopened";
}

}  // namespace paidan::contract::facts
