#include "reports.hpp"

namespace paidan::contract {

domain::CompletionReport read_report(ticket::v1::CompletionReport& report, const Path& at,
                                     Faults& faults) {
  domain::CompletionReport out;
  out.contacted_at = read_optional_instant(report.has_contacted_at(), report.contacted_at(),
                                           {"contacted_at", &at}, faults);
  out.reason_not_contacted = std::move(*report.mutable_reason_not_contacted());
  out.fact_finding = read_enum<domain::FactFinding>(
      report.fact_finding(), ticket::v1::FactFinding_IsValid, {"fact_finding", &at}, faults);
  out.claim_judgement = read_enum<domain::ClaimJudgement>(report.claim_judgement(),
                                                          ticket::v1::ClaimJudgement_IsValid,
                                                          {"claim_judgement", &at}, faults);
  out.outcome = read_enum<domain::CompletionOutcome>(report.outcome(), ticket::v1::Outcome_IsValid,
                                                     {"outcome", &at}, faults);
  out.responsibility = std::move(*report.mutable_responsibility());
  out.reply = std::move(*report.mutable_reply());
  out.reply_method = read_enum<domain::ReplyMethod>(
      report.reply_method(), ticket::v1::ReplyMethod_IsValid, {"reply_method", &at}, faults);
  out.is_public = report.public_();
  return out;
}

void write_report(const domain::CompletionReport& report, ticket::v1::CompletionReport& out) {
  if (report.contacted_at) write_instant(*report.contacted_at, *out.mutable_contacted_at());
  out.set_reason_not_contacted(report.reason_not_contacted);
  out.set_fact_finding(write_enum<ticket::v1::FactFinding>(report.fact_finding));
  out.set_claim_judgement(write_enum<ticket::v1::ClaimJudgement>(report.claim_judgement));
  out.set_outcome(write_enum<ticket::v1::Outcome>(report.outcome));
  out.set_responsibility(report.responsibility);
  out.set_reply(report.reply);
  out.set_reply_method(write_enum<ticket::v1::ReplyMethod>(report.reply_method));
  out.set_public_(report.is_public);
}

}  // namespace paidan::contract
