#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/util/json_util.h>
#include <grpcpp/generic/generic_stub.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "paidan/classification/v1/classification.pb.h"
#include "paidan/dispatch/v1/assignment.pb.h"
#include "paidan/dispatch/v1/office.pb.h"
#include "paidan/dispatch/v1/ticket.pb.h"
#include "paidan/intake/v1/intake.pb.h"
#include "paidan/rpc/status.hpp"
#include "paidan/sla_monitor/v1/sla.pb.h"
#include "paidan/system/random.hpp"
#include "paidanctl/commands.hpp"
#include "paidanctl/session.hpp"

namespace paidan::ctl {

namespace {

namespace pb = google::protobuf;

/// A subcommand that calls any method of one service: the contract itself is its manual.
struct Door {
  const char* name;
  const char* help;
  const char* peer;
  const char* service;
  const char* token;  ///< Empty: `agency-<unit>`.
};

constexpr std::array<Door, 6> doors{{
    {"channel", "what a channel may do / 渠道", "intake", "paidan.intake.v1.IntakeService",
     "channel-all"},
    {"preview", "preview of a classification / 分类预览", "classification",
     "paidan.classification.v1.ClassificationService", "channel-all"},
    {"agency", "what an agency may do / 承办单位", "dispatch",
     "paidan.dispatch.v1.AssignmentService", ""},
    {"office", "what the hotline office may do / 热线办", "dispatch",
     "paidan.dispatch.v1.OfficeService", "office"},
    {"ticket", "Get, History, Why / 工单查询", "dispatch", "paidan.dispatch.v1.TicketService",
     "operations"},
    {"clocks", "Clocks, Explain, Board / 时限", "sla_monitor", "paidan.sla_monitor.v1.SlaService",
     "operations"},
}};

/// The files of the services, so that the linker keeps their descriptors.
void link_descriptors() {
  intake::v1::SubmitRequest::descriptor();
  classification::v1::ClassifyRequest::descriptor();
  dispatch::v1::AcknowledgeRequest::descriptor();
  dispatch::v1::AssignRequest::descriptor();
  dispatch::v1::GetRequest::descriptor();
  sla_monitor::v1::ClocksRequest::descriptor();
}

struct CallOptions {
  std::string method;
  std::string json = "{}";
  std::string unit;
  std::string ticket;
  std::int64_t timeout_ms = 10'000;
};

std::string methods_of(const pb::ServiceDescriptor& service) {
  std::string names;
  for (int at = 0; at < service.method_count(); ++at) {
    names += (at == 0 ? "" : ", ") + std::string(service.method(at)->name());
  }
  return names;
}

/// `--ticket` goes where the request keeps it, and a command gets an id when it has none.
void fill_ticket(pb::Message& request, const std::string& ticket) {
  const auto* field = request.GetDescriptor()->FindFieldByName("ticket_id");
  if (field != nullptr && !ticket.empty()) {
    request.GetReflection()->SetString(&request, field, ticket);
  }
  const auto* header = request.GetDescriptor()->FindFieldByName("header");
  if (header == nullptr) return;
  auto* inner = request.GetReflection()->MutableMessage(&request, header);
  fill_ticket(*inner, ticket);
  const auto* id = inner->GetDescriptor()->FindFieldByName("command_id");
  if (id != nullptr && inner->GetReflection()->GetString(*inner, id).empty()) {
    inner->GetReflection()->SetString(inner, id, system::uuid_v4());
  }
}

grpc::ByteBuffer to_buffer(const pb::Message& message) {
  const std::string bytes = message.SerializeAsString();
  const grpc::Slice slice(bytes);
  return {&slice, 1};
}

bool from_buffer(const grpc::ByteBuffer& buffer, pb::Message& message) {
  std::vector<grpc::Slice> slices;
  if (!buffer.Dump(&slices).ok()) return false;
  std::string bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return message.ParseFromString(bytes);
}

std::string to_json(const pb::Message& message, bool pretty) {
  pb::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.add_whitespace = pretty;
  std::string json;
  const auto printed = pb::util::MessageToJsonString(message, &json, options);
  return printed.ok() ? json : std::string("{}");
}

/// Sends one request and prints every answer; works for unary calls and server streams alike.
int exchange(const std::shared_ptr<grpc::Channel>& channel, grpc::ClientContext& call,
             const pb::MethodDescriptor& method, const pb::Message& request,
             pb::DynamicMessageFactory& factory) {
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  const std::string path =
      "/" + std::string(method.service()->full_name()) + "/" + std::string(method.name());
  auto exchanged = stub.PrepareCall(&call, path, &queue);
  const auto next = [&] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  exchanged->StartCall(nullptr);
  bool open = next();
  if (open) {
    exchanged->WriteLast(to_buffer(request), grpc::WriteOptions(), nullptr);
    open = next();
  }
  while (open) {
    grpc::ByteBuffer buffer;
    exchanged->Read(&buffer, nullptr);
    open = next();
    if (!open) break;
    const std::unique_ptr<pb::Message> answer(factory.GetPrototype(method.output_type())->New());
    if (!from_buffer(buffer, *answer)) return fail("the answer cannot be read");
    std::printf("%s\n", to_json(*answer, !method.server_streaming()).c_str());
    std::fflush(stdout);
  }
  grpc::Status status;
  exchanged->Finish(&status, nullptr);
  next();
  if (status.ok()) return 0;
  const std::string reason = rpc::reason_of(call);
  return fail(std::string(rpc::code_name(status.error_code())) + ": " + status.error_message() +
              (reason.empty() ? "" : " [" + reason + "]"));
}

int call_method(Session& session, const Door& door, const CallOptions& options) {
  link_descriptors();
  const auto* service = pb::DescriptorPool::generated_pool()->FindServiceByName(door.service);
  const auto* method = service->FindMethodByName(options.method);
  if (method == nullptr || method->client_streaming()) {
    return fail("unknown method " + options.method + "; known: " + methods_of(*service), 2);
  }
  if (std::string(door.token).empty() && options.unit.empty()) {
    return fail("--unit says as which unit to call", 2);
  }
  const auto token =
      session.token(std::string(door.token).empty() ? "agency-" + options.unit : door.token);
  if (!token) return fail(token.error().what);
  pb::DynamicMessageFactory factory;
  factory.SetDelegateToGeneratedFactory(true);
  const std::unique_ptr<pb::Message> request(factory.GetPrototype(method->input_type())->New());
  const auto read = pb::util::JsonStringToMessage(options.json, request.get());
  if (!read.ok()) {
    return fail("--json is not a " + std::string(method->input_type()->name()) + ": " +
                    std::string(read.message()),
                2);
  }
  fill_ticket(*request, options.ticket);
  const auto timeout = method->server_streaming() ? Milliseconds{std::chrono::hours{24}}
                                                  : Milliseconds{options.timeout_ms};
  grpc::ClientContext call;
  rpc::prepare(call, {.timeout = timeout, .token = *token});
  return exchange(session.new_channel(door.peer), call, *method, *request, factory);
}

}  // namespace

void add_calls(CLI::App& app, Session& session, Action& action) {
  for (const Door& door : doors) {
    auto* command = app.add_subcommand(door.name, door.help);
    auto options = std::make_shared<CallOptions>();
    command->add_option("method", options->method, std::string("a method of ") + door.service)
        ->required();
    command->add_option("--json", options->json, "the request in protobuf JSON");
    command->add_option("--ticket", options->ticket, "ticket id, put into the request");
    command->add_option("--timeout-ms", options->timeout_ms)
        ->check(CLI::Range(1, 600'000))
        ->capture_default_str();
    if (std::string(door.token).empty()) {
      command->add_option("--unit", options->unit, "the unit to call as; its token is used");
    }
    command->callback([&session, &action, &door, options] {
      action = [&session, &door, options] { return call_method(session, door, *options); };
    });
  }
}

}  // namespace paidan::ctl
