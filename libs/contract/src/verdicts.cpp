#include "lifecycle_facts.hpp"

namespace paidan::contract {

namespace {

namespace wire = ticket::v1;

void write_verdict(const domain::Verdict& verdict, wire::Verdict& out) {
  out.set_subject(write_enum<wire::VerdictSubject>(verdict.subject));
  out.set_clock(verdict.clock);
  out.set_seq(verdict.seq);
  out.set_unit(verdict.unit.get());
  if (verdict.due_at) write_instant(*verdict.due_at, *out.mutable_due_at());
  write_instant(verdict.at, *out.mutable_at());
  out.set_result(write_enum<wire::VerdictResult>(verdict.result));
  out.set_counted(verdict.counted);
  out.set_reason(verdict.reason);
}

}  // namespace

domain::Verdict read_verdict(wire::Verdict& verdict, const Path& at, Faults& faults) {
  domain::Verdict out;
  out.subject = read_enum<domain::VerdictSubject>(verdict.subject(), wire::VerdictSubject_IsValid,
                                                  {"subject", &at}, faults);
  if (out.subject == domain::VerdictSubject::none) faults.add({"subject", &at}, "missing");
  out.clock = std::move(*verdict.mutable_clock());
  out.seq = verdict.seq();
  out.unit = domain::UnitId{std::move(*verdict.mutable_unit())};
  out.due_at =
      read_optional_instant(verdict.has_due_at(), verdict.due_at(), {"due_at", &at}, faults);
  out.at = read_instant(verdict.has_at(), verdict.at(), {"at", &at}, faults);
  out.result = read_enum<domain::VerdictResult>(verdict.result(), wire::VerdictResult_IsValid,
                                                {"result", &at}, faults);
  if (out.result == domain::VerdictResult::none) faults.add({"result", &at}, "missing");
  out.counted = verdict.counted();
  out.reason = std::move(*verdict.mutable_reason());
  return out;
}

std::vector<domain::Verdict> read_verdicts(wire::LifecycleRecord& record, Faults& faults) {
  std::vector<domain::Verdict> out;
  out.reserve(static_cast<std::size_t>(record.verdicts_size()));
  for (wire::Verdict& verdict : *record.mutable_verdicts()) {
    const Path at{"verdicts", nullptr, static_cast<int>(out.size())};
    out.push_back(read_verdict(verdict, at, faults));
  }
  return out;
}

void write_verdicts(const std::vector<domain::Verdict>& verdicts, wire::LifecycleRecord& out) {
  for (const domain::Verdict& verdict : verdicts) write_verdict(verdict, *out.add_verdicts());
}

}  // namespace paidan::contract
