#include "paidan/contract/json.hpp"

#include <google/protobuf/util/json_util.h>

#include "paidan/contract/message.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/state/v1/cluster.pb.h"
#include "paidan/state/v1/state.pb.h"
#include "paidan/ticket/v1/audit.pb.h"
#include "paidan/ticket/v1/classified.pb.h"
#include "paidan/ticket/v1/commands.pb.h"
#include "paidan/ticket/v1/lifecycle.pb.h"
#include "paidan/ticket/v1/links.pb.h"
#include "paidan/ticket/v1/matches.pb.h"
#include "paidan/ticket/v1/sightings.pb.h"
#include "paidan/ticket/v1/sla.pb.h"
#include "paidan/ticket/v1/subjects.pb.h"
#include "paidan/ticket/v1/submissions.pb.h"

namespace paidan::contract {

namespace {
using MessagePointer = std::unique_ptr<google::protobuf::Message>;

template <class Proto>
MessagePointer make() {
  return std::make_unique<Proto>();
}

struct Row {
  stream::TopicName topic;
  MessagePointer (*make)();
};
constexpr Row rows[] = {
    {topic::submissions, make<ticket::v1::SubmissionRecord>},
    {topic::classified, make<ticket::v1::ClassifiedRecord>},
    {topic::sightings, make<ticket::v1::SightingRecord>},
    {topic::matches, make<ticket::v1::MatchRecord>},
    {topic::commands, make<ticket::v1::CommandRecord>},
    {topic::lifecycle, make<ticket::v1::LifecycleRecord>},
    {topic::links, make<ticket::v1::LinkRecord>},
    {topic::replies, make<ticket::v1::ReplyRecord>},
    {topic::sla, make<ticket::v1::SlaRecord>},
    {topic::subjects, make<ticket::v1::SubjectRecord>},
    {topic::audit, make<ticket::v1::AuditRecord>},
    {topic::dispatch_state, make<state::v1::DispatchTicket>},
    {topic::sla_monitor_state, make<state::v1::SlaTicket>},
    {topic::clusters_state, make<state::v1::CallerTickets>},
};
}  // namespace

std::unique_ptr<google::protobuf::Message> message_of(std::string_view topic) {
  for (const Row& row : rows) {
    if (row.topic == topic) return row.make();
  }
  return nullptr;
}

Result<std::string, stream::Malformed> to_json(std::string_view topic, std::string_view value) {
  const MessagePointer message = message_of(topic);
  if (!message) return stream::Malformed{"topic: its records have no message type"};
  if (auto malformed = parse(*message, value, foreign_record_bytes_max)) {
    return std::move(*malformed);
  }
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(*message, &json, options);
  if (!status.ok()) return stream::Malformed{"value: cannot be shown as JSON"};
  return json;
}

}  // namespace paidan::contract
