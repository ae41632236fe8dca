#include "intake/submit_stream.hpp"

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "intake/requests.hpp"
#include "paidan/rpc/status.hpp"

namespace paidan::intake {

namespace {

constexpr std::string_view method = "/paidan.intake.v1.IntakeService/SubmitStream";
constexpr Milliseconds stream_retry_after{1'000};

/// Owns itself until OnDone; callbacks of the acceptor hold it too, as they may still be leaving it
/// then.
class SubmitStream final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  SubmitStream(const StreamParts& parts, grpc::CallbackServerContext& context)
      : parts_(parts), context_(context), own_(this) {
    parts_.door.metrics.stream_opened(method);
    const grpc::Status admitted = admit();
    if (admitted.ok()) {
      StartRead(&incoming_);
    } else {
      end(admitted);
    }
  }

  void OnReadDone(bool ok) override {
    if (ok) return take_line();
    const std::lock_guard lock(mutex_);
    reading_ended_ = true;
    end_when_answered();
  }

  void OnWriteDone(bool ok) override {
    const std::lock_guard lock(mutex_);
    answers_.pop_front();
    if (!ok) broken_ = true;
    if (broken_) answers_.clear();
    if (!answers_.empty()) StartWrite(&answers_.front());
    read_next();
    end_when_answered();
  }

  void OnCancel() override {
    const std::lock_guard lock(mutex_);
    broken_ = true;
  }

  void OnDone() override {
    parts_.door.metrics.stream_closed(method, rpc::code_name(code_));
    const auto last = std::move(own_);
  }

 private:
  grpc::Status admit() {
    auto caller = parts_.door.authenticator.authenticate(context_, method);
    if (!caller) return caller.error();
    place_ = parts_.streams.take();
    if (!place_) {
      return rpc::overloaded(context_, "too_many_streams",
                             "at most " + std::to_string(parts_.streams.max()) + " streams",
                             stream_retry_after);
    }
    caller_ = std::move(caller).value();
    return grpc::Status::OK;
  }

  void end(const grpc::Status& status) {
    code_ = status.error_code();
    ended_ = true;
    Finish(status);
  }

  /// The line that has just been read. Its answer may come at once or from another thread; the next
  /// one is read only after this one is on its way, so that lines enter the log in their order.
  void take_line() {
    v1::SubmitStreamRequest request;
    const auto unreadable = parse_request(incoming_, request);
    {
      const std::lock_guard lock(mutex_);
      ++under_way_;
    }
    submit(request, unreadable);
    const std::lock_guard lock(mutex_);
    read_wanted_ = true;
    read_next();
  }

  void submit(const v1::SubmitStreamRequest& request, const std::optional<Invalid>& unreadable) {
    if (unreadable) return answer(request, refusal_of(*unreadable));
    const auto submission = submission_of(request.submit());
    if (!submission) return answer(request, refusal_of(submission.error()));
    parts_.door.acceptor.submit(
        caller_, *submission, traceparent_for(context_),
        [self = own_, request](const Decided& decided) { self->answer(request, decided); });
  }

  void answer(const v1::SubmitStreamRequest& request, const Decided& decided) {
    v1::SubmitStreamResponse response;
    response.set_line(request.line());
    response.set_external_id(request.submit().external_id());
    if (const auto* refusal = std::get_if<Refusal>(&decided)) {
      response.set_code(code_of(refusal->kind));
      response.set_error(refusal->message);
      return send(response);
    }
    const auto& accepted = std::get<Accepted>(decided);
    v1::SubmitResponse& written = *response.mutable_accepted();
    written.set_ticket_id(accepted.ticket_id);
    written.set_external_id(request.submit().external_id());
    written.set_repeated(accepted.repeated);
    if (!request.submit().preview()) return send(response);
    parts_.peers.preview(context_, request.submit(),
                         [self = own_, response](const auto& preview) mutable {
                           if (preview) *response.mutable_accepted()->mutable_preview() = *preview;
                           self->send(response);
                         });
  }

  void send(const v1::SubmitStreamResponse& response) {
    const std::lock_guard lock(mutex_);
    --under_way_;
    // When nobody listens any more, what was accepted is accepted all the same.
    if (!broken_) {
      answers_.push_back(to_bytes(response));
      if (answers_.size() == 1) StartWrite(&answers_.front());
    }
    read_next();
    end_when_answered();
  }

  // With the mutex held.

  void read_next() {
    if (!read_wanted_ || under_way_ + answers_.size() >= parts_.under_way_max) return;
    read_wanted_ = false;
    StartRead(&incoming_);
  }

  void end_when_answered() {
    if (!reading_ended_ || under_way_ > 0 || !answers_.empty() || ended_) return;
    end(broken_ ? grpc::Status::CANCELLED : grpc::Status::OK);
  }

  StreamParts parts_;
  grpc::CallbackServerContext& context_;
  rpc::Caller caller_;
  std::optional<rpc::Limit::Place> place_;
  grpc::ByteBuffer incoming_;
  grpc::StatusCode code_ = grpc::StatusCode::OK;

  std::mutex mutex_;
  std::deque<grpc::ByteBuffer> answers_;  ///< The first one is being written.
  std::size_t under_way_ = 0;
  bool read_wanted_ = false;  ///< A read may be started as soon as there is room.
  bool reading_ended_ = false;
  bool broken_ = false;
  bool ended_ = false;
  std::shared_ptr<SubmitStream> own_;
};

}  // namespace

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* open_submit_stream(
    const StreamParts& parts, grpc::CallbackServerContext& context) {
  return new SubmitStream(parts, context);
}

}  // namespace paidan::intake
