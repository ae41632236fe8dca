#include "intake_door.hpp"

#include <grpcpp/generic/generic_stub.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include "paidan/base/assert.hpp"
#include "paidan/crypto/hash.hpp"
#include "paidan/rpc/status.hpp"

namespace paidan::rpc::test {
namespace {

class Echo final
    : public grpc::ServerBidiReactor<pb::SubmitStreamRequest, pb::SubmitStreamResponse> {
 public:
  explicit Echo(grpc::Status status) {
    if (!status.ok()) {
      Finish(status);
      return;
    }
    StartRead(&request_);
  }
  void OnReadDone(bool ok) override {
    if (!ok) {
      Finish(grpc::Status::OK);
      return;
    }
    response_.set_line(request_.line());
    StartWrite(&response_);
  }
  void OnWriteDone(bool ok) override {
    if (ok) StartRead(&request_);
  }
  void OnCancel() override {}
  void OnDone() override { delete this; }

 private:
  pb::SubmitStreamRequest request_;
  pb::SubmitStreamResponse response_;
};

std::string hash_of(std::string_view token) { return crypto::to_hex(crypto::blake2b_256(token)); }

std::string bytes_of(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  if (!buffer.Dump(&slices).ok()) return "";
  std::string bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

grpc::ByteBuffer buffer_of(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return {&slice, 1};
}

bool next(grpc::CompletionQueue& queue) {
  void* tag = nullptr;
  bool ok = false;
  return queue.Next(&tag, &ok) && ok;
}

}  // namespace

TokenCrypto token_crypto() { return {hash_of, crypto::equal_in_constant_time}; }

std::string tokens_yaml() {
  return "- {name: hotline, role: channel, hash: " + hash_of("channel-token") +
         "}\n- {name: agency-huangpu, role: agency, unit: huangpu, hash: " +
         hash_of("agency-token") +
         "}\n- {name: office, role: office, hash: " + hash_of("office-token") + "}\n";
}

grpc::ServerUnaryReactor* IntakeDoor::Submit(grpc::CallbackServerContext* context,
                                             const pb::SubmitRequest* request,
                                             pb::SubmitResponse* response) {
  auto* reactor = context->DefaultReactor();
  const auto caller =
      authenticator_.authenticate(*context, "/paidan.intake.v1.IntakeService/Submit");
  if (!caller) {
    reactor->Finish(caller.error());
  } else if (request->external_id().empty()) {
    reactor->Finish(invalid(*context, "external_id", "field_missing", "must have 1 to 128 bytes"));
  } else if (request->external_id() == "too many") {
    reactor->Finish(overloaded(*context, "rate_limit", "come later", Milliseconds{250}));
  } else {
    response->set_ticket_id(caller->name);
    response->set_external_id(request->external_id());
    reactor->Finish(grpc::Status::OK);
  }
  return reactor;
}

grpc::ServerUnaryReactor* IntakeDoor::Track(grpc::CallbackServerContext* context,
                                            const pb::TrackRequest* /*request*/,
                                            pb::TrackResponse* /*response*/) {
  auto* reactor = context->DefaultReactor();
  ++tracked;
  if (unavailable_left.fetch_sub(1) > 0) {
    reactor->Finish({grpc::StatusCode::UNAVAILABLE, "try again"});
    return reactor;
  }
  grpc::ClientContext inner;
  CallOptions options;
  options.timeout = Milliseconds{60'000};
  options.new_traceparent = [] {
    return std::string("00-11111111111111111111111111111111-2222222222222222-01");
  };
  prepare(inner, *context, options);
  inner_traceparent = traceparent_of(*context);
  inner_time =
      std::chrono::duration_cast<Milliseconds>(inner.deadline() - std::chrono::system_clock::now());
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

grpc::ServerBidiReactor<pb::SubmitStreamRequest, pb::SubmitStreamResponse>*
IntakeDoor::SubmitStream(grpc::CallbackServerContext* context) {
  const auto caller =
      authenticator_.authenticate(*context, "/paidan.intake.v1.IntakeService/SubmitStream");
  return new Echo(caller ? grpc::Status::OK : caller.error());
}

Door::Door(ServerOptions options) {
  std::string name =
      (std::filesystem::temp_directory_path() / "paidan-rpc-").string() + std::string(6, 'X');
  folder = mkdtemp(name.data());
  std::ofstream(folder + "/tokens.yaml") << tokens_yaml();
  tokens = std::make_shared<TokenStore>(folder + "/tokens.yaml", token_crypto());
  const auto loaded = tokens->reload();
  PAIDAN_ASSERT(loaded.has_value(), "the test's tokens are good");
  service = std::make_unique<IntakeDoor>(tokens);
  if (options.listen.empty()) options.listen = "127.0.0.1:0";
  options.drain = Milliseconds{0};
  auto started = Server::start(options, {service.get()}, {"paidan.intake.v1.IntakeService"});
  PAIDAN_ASSERT(started.has_value(), "a free port can be had");
  server = std::move(*started);
  channel = make_channel({address(), {"paidan.intake.v1.IntakeService/Track"}});
  stub = pb::IntakeService::NewStub(channel);
}

Door::~Door() {
  server->stop(std::chrono::steady_clock::now());
  std::filesystem::remove_all(folder);
}

std::pair<grpc::Status, std::string> call_raw(const std::shared_ptr<grpc::Channel>& channel,
                                              const std::string& method, const std::string& bytes) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(5));
  grpc::CompletionQueue queue;
  auto call = stub.PrepareUnaryCall(&context, method, buffer_of(bytes), &queue);
  grpc::ByteBuffer answer;
  grpc::Status status;
  call->StartCall();
  call->Finish(&answer, &status, nullptr);
  next(queue);
  return {status, status.ok() ? bytes_of(answer) : ""};
}

std::string exchange_raw(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                         const std::string& bytes) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(5));
  grpc::CompletionQueue queue;
  auto call = stub.PrepareCall(&context, method, &queue);
  call->StartCall(nullptr);
  if (!next(queue)) return "";
  call->Write(buffer_of(bytes), nullptr);
  if (!next(queue)) return "";
  grpc::ByteBuffer answer;
  call->Read(&answer, nullptr);
  const std::string got = next(queue) ? bytes_of(answer) : "";
  grpc::Status status;
  call->WritesDone(nullptr);
  next(queue);
  call->Finish(&status, nullptr);
  next(queue);
  return got;
}

}  // namespace paidan::rpc::test
