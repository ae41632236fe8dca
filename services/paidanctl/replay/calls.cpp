#include "paidanctl/replay/calls.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/time_util.h>

#include "paidan/dispatch/v1/assignment.pb.h"
#include "paidan/dispatch/v1/office.pb.h"
#include "paidan/intake/v1/intake.pb.h"
#include "paidanctl/replay/case_file.hpp"

namespace paidan::ctl {

namespace {

namespace pb = google::protobuf;
namespace v1 = paidan::dispatch::v1;
namespace ticket = paidan::ticket::v1;

const pb::ServiceDescriptor& service_of(const std::string& who) {
  if (who == "citizen") {
    return *intake::v1::RateRequest::descriptor()->file()->FindServiceByName("IntakeService");
  }
  if (who == "office") {
    return *v1::AssignRequest::descriptor()->file()->FindServiceByName("OfficeService");
  }
  return *v1::AcknowledgeRequest::descriptor()->file()->FindServiceByName("AssignmentService");
}

/// True for what can be said about a ticket: a command, or a word of its citizen.
bool is_about_a_ticket(const pb::MethodDescriptor& method) {
  const auto& request = *method.input_type();
  return request.FindFieldByName("header") != nullptr ||
         (request.FindFieldByName("ticket_id") != nullptr &&
          request.FindFieldByName("external_id") != nullptr &&
          request.FindFieldByName("recorded_at") != nullptr);
}

template <class Request>
Call call_of(const char* who, const char* method, Request request) {
  return {service_of(who).FindMethodByName(method), std::make_shared<Request>(std::move(request))};
}

ticket::Satisfaction satisfaction_of(const std::string& text) {
  if (text == "satisfied") return ticket::SATISFACTION_SATISFIED;
  if (text == "partly_satisfied") return ticket::SATISFACTION_PARTLY_SATISFIED;
  if (text == "dissatisfied") return ticket::SATISFACTION_DISSATISFIED;
  return ticket::SATISFACTION_UNSPECIFIED;
}

/// What a source that records only times can say of its answer.
void fill_report(ticket::CompletionReport& report, const ReplayCase& replayed) {
  if (replayed.contacted_at) {
    *report.mutable_contacted_at() =
        pb::util::TimeUtil::MillisecondsToTimestamp(to_unix_ms(*replayed.contacted_at));
  } else {
    report.set_reason_not_contacted("来源未记录联系 / the source records no contact");
  }
  report.set_fact_finding(ticket::FACT_FINDING_TRUE);
  report.set_claim_judgement(ticket::CLAIM_JUDGEMENT_REASONABLE);
  report.set_outcome(replayed.rated_at && !replayed.rated_solved ? ticket::OUTCOME_EXPLAINED
                                                                 : ticket::OUTCOME_SOLVED);
  report.set_responsibility("见来源 / as the source records");
  report.set_reply("已按记录时间办结。 / Closed at the recorded time.");
  report.set_reply_method(ticket::REPLY_METHOD_ONLINE);
  report.set_public_(true);
}

}  // namespace

Result<Call, Trouble> CallReader::read(const std::string& who, const std::string& method,
                                       const std::string& json) {
  const auto* found = service_of(who).FindMethodByName(method);
  if (found == nullptr || !is_about_a_ticket(*found)) {
    return Trouble{"verb " + method + ": " + std::string(service_of(who).name()) +
                   " has no such call about a ticket"};
  }
  Call& known = known_[{found, json}];
  if (known.request != nullptr) return known;
  std::shared_ptr<pb::Message> request(
      pb::MessageFactory::generated_factory()->GetPrototype(found->input_type())->New());
  const auto read = pb::util::JsonStringToMessage(json.empty() ? "{}" : json, request.get());
  if (!read.ok()) {
    return Trouble{"fields: not a " + std::string(found->input_type()->name()) + ": " +
                   std::string(read.message())};
  }
  known = {found, std::move(request)};
  return known;
}

Call acknowledge_call() {
  static const Call call = call_of("lead", "Acknowledge", v1::AcknowledgeRequest());
  return call;
}

Call contact_call() {
  v1::RecordContactRequest request;
  request.set_reached(true);
  return call_of("lead", "RecordContact", std::move(request));
}

Call return_call(const ReplayCase& replayed) {
  v1::RequestReturnRequest request;
  request.set_reason(replayed.return_reason.empty() ? "不属本单位职责" : replayed.return_reason);
  return call_of("lead", "RequestReturn", std::move(request));
}

Call decide_return_call(const ReplayCase& replayed) {
  v1::DecideReturnRequest request;
  request.set_granted(replayed.return_granted);
  request.set_reason(replayed.return_granted ? "同意退单" : "不同意退单，请继续办理");
  return call_of("office", "DecideReturn", std::move(request));
}

Call complete_call(const ReplayCase& replayed) {
  v1::CompleteRequest request;
  fill_report(*request.mutable_report(), replayed);
  return call_of("lead", "Complete", std::move(request));
}

Call rate_call(const ReplayCase& replayed) {
  intake::v1::RateRequest request;
  request.mutable_rating()->set_solved(replayed.rated_solved);
  request.mutable_rating()->set_satisfaction(satisfaction_of(replayed.rated_satisfaction));
  return call_of("citizen", "Rate", std::move(request));
}

Call assign_call(const std::string& lead_unit) {
  v1::AssignRequest request;
  request.set_lead_unit(lead_unit);
  request.set_reason("人工研判 / triage by hand");
  return call_of("office", "Assign", std::move(request));
}

}  // namespace paidan::ctl
