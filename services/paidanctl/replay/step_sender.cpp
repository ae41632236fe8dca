#include "paidanctl/replay/step_sender.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/util/time_util.h>
#include <grpcpp/generic/generic_stub.h>

#include <utility>

#include "paidan/dispatch/v1/command.pb.h"
#include "paidan/rpc/status.hpp"
#include "paidanctl/retried_call.hpp"

namespace paidan::ctl {

namespace {

namespace pb = google::protobuf;

void set_text(pb::Message& message, const char* field, const std::string& text) {
  const auto* found = message.GetDescriptor()->FindFieldByName(field);
  if (found != nullptr) message.GetReflection()->SetString(&message, found, text);
}

/// Who, when, and about which ticket.
void address(pb::Message& request, const std::string& external_id, const Story& story) {
  const Step& step = story.steps[story.next];
  const std::string name =
      std::to_string(story.next + 1) + "-" + std::string(step.call.method->name());
  const auto stamp = pb::util::TimeUtil::MillisecondsToTimestamp(to_unix_ms(step.at));
  const auto* field = request.GetDescriptor()->FindFieldByName("header");
  if (field == nullptr) {
    set_text(request, "ticket_id", story.ticket_id);
    set_text(request, "external_id", external_id + "/" + name);
    const auto* at = request.GetDescriptor()->FindFieldByName("recorded_at");
    request.GetReflection()->MutableMessage(&request, at)->CopyFrom(stamp);
    return;
  }
  dispatch::v1::CommandHeader header;
  header.set_ticket_id(story.ticket_id);
  header.set_command_id("replay-" + story.ticket_id + "-" + name);
  if (step.who != "office") header.set_assign_epoch(story.assign_epoch);
  *header.mutable_recorded_at() = stamp;
  request.GetReflection()->MutableMessage(&request, field)->CopyFrom(header);
}

/// `@<external id>` stands for the ticket of that case.
void name_master(pb::Message& request,
                 const std::function<std::string(const std::string&)>& ticket_of) {
  const auto* field = request.GetDescriptor()->FindFieldByName("master_ticket_id");
  if (field == nullptr) return;
  const std::string named = request.GetReflection()->GetString(request, field);
  if (named.starts_with('@')) set_text(request, "master_ticket_id", ticket_of(named.substr(1)));
}

grpc::ByteBuffer to_buffer(const pb::Message& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return {&slice, 1};
}

}  // namespace

std::string StepSender::token_for(const Step& step, const Story& story) const {
  if (step.who == "citizen") return peers_.channel_token;
  if (step.who == "office") return peers_.office_token;
  return peers_.token_of(step.who == "lead" ? story.lead_unit : step.who).value_or("");
}

void StepSender::send(std::size_t index, const std::string& external_id, const Story& story) {
  const Step& step = story.steps[story.next];
  std::unique_ptr<pb::Message> request(step.call.request->New());
  request->CopyFrom(*step.call.request);
  address(*request, external_id, story);
  name_master(*request, peers_.ticket_of);
  const pb::MethodDescriptor& method = *step.call.method;
  const std::string path =
      "/" + std::string(method.service()->full_name()) + "/" + std::string(method.name());
  const auto stub =
      std::make_shared<grpc::GenericStub>(step.who == "citizen" ? peers_.intake : peers_.dispatch);
  const auto reason = std::make_shared<std::string>();
  RetriedCall<grpc::ByteBuffer, grpc::ByteBuffer>::run(
      to_buffer(*request), {.token = token_for(step, story)},
      [stub, path, reason](grpc::ClientContext* context, const grpc::ByteBuffer* asked,
                           grpc::ByteBuffer* answer, std::function<void(grpc::Status)> done) {
        stub->UnaryCall(context, path, {}, asked, answer,
                        [context, reason, done = std::move(done)](grpc::Status status) {
                          *reason = rpc::reason_of(*context);
                          done(std::move(status));
                        });
      },
      [this, index, reason](const grpc::Status& status, const grpc::ByteBuffer& /*answer*/) {
        events_.put(StepAnswered{.index = index,
                                 .code = static_cast<int>(status.error_code()),
                                 .reason = *reason,
                                 .why = status.error_message()});
      });
}

}  // namespace paidan::ctl
