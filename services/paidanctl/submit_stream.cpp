#include "paidanctl/submit_stream.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "paidan/rpc/client.hpp"

namespace paidan::ctl {

namespace {
constexpr std::chrono::milliseconds reopen_wait{200};
constexpr std::chrono::hours stream_deadline{24};
}  // namespace

/// A reader and a writer thread around a synchronous stream: simple, and fast enough for a tool.
class SubmitStreamClient::Impl {
 public:
  Impl(std::shared_ptr<grpc::Channel> channel, Options options, OnAnswer on_answer)
      : stub_(intake::v1::IntakeService::NewStub(channel)),
        options_(std::move(options)),
        on_answer_(std::move(on_answer)),
        worker_([this] { run(); }) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  ~Impl() {
    {
      const std::scoped_lock lock(mutex_);
      stopping_ = true;
      if (call_ != nullptr) call_->TryCancel();
    }
    changed_.notify_all();
    worker_.join();
  }

  void submit(std::uint64_t line, intake::v1::SubmitRequest request) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return pending_.size() < options_.in_flight_max; });
    auto& entry = pending_[line];
    entry.set_line(line);
    *entry.mutable_submit() = std::move(request);
    unsent_.push_back(line);
    lock.unlock();
    changed_.notify_all();
  }

  void finish() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return pending_.empty(); });
  }

 private:
  using Stream =
      grpc::ClientReaderWriter<intake::v1::SubmitStreamRequest, intake::v1::SubmitStreamResponse>;

  void run() {
    last_answer_ = std::chrono::steady_clock::now();
    while (true) {
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return stopping_ || !pending_.empty(); });
        if (stopping_) return;
      }
      const grpc::Status status = one_stream();
      std::unique_lock lock(mutex_);
      if (stopping_) return;
      if (gone_too_long(status)) {
        give_up(lock, status);
        continue;
      }
      changed_.wait_for(lock, reopen_wait, [this] { return stopping_; });
    }
  }

  grpc::Status one_stream() {
    grpc::ClientContext call;
    rpc::prepare(call, {.timeout = stream_deadline, .token = options_.token});
    {
      const std::scoped_lock lock(mutex_);
      call_ = &call;
      cut_ = false;
      unsent_.clear();  // all that is not answered goes out again, in order
      for (const auto& [line, request] : pending_) unsent_.push_back(line);
    }
    const auto stream = stub_->SubmitStream(&call);
    std::thread writer([&] { write_all(*stream); });
    intake::v1::SubmitStreamResponse response;
    while (stream->Read(&response)) answered(response);
    {
      const std::scoped_lock lock(mutex_);
      cut_ = true;
      call_ = nullptr;
    }
    changed_.notify_all();
    writer.join();
    return stream->Finish();
  }

  void write_all(Stream& stream) {
    while (true) {
      intake::v1::SubmitStreamRequest request;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return cut_ || stopping_ || !unsent_.empty(); });
        if (cut_ || stopping_) break;
        const auto found = pending_.find(unsent_.front());
        unsent_.pop_front();
        if (found == pending_.end()) continue;
        request = found->second;
      }
      if (!stream.Write(request)) break;
    }
    stream.WritesDone();
  }

  void answered(const intake::v1::SubmitStreamResponse& response) {
    // A full server asks to come back: the line stays pending and goes out again.
    if (response.code() == grpc::StatusCode::RESOURCE_EXHAUSTED) {
      const std::scoped_lock lock(mutex_);
      unsent_.push_back(response.line());
      changed_.notify_all();
      return;
    }
    {
      const std::scoped_lock lock(mutex_);
      if (!pending_.contains(response.line())) return;
      last_answer_ = std::chrono::steady_clock::now();
    }
    on_answer_(response);  // before the line is gone: finish() waits for its end
    {
      const std::scoped_lock lock(mutex_);
      pending_.erase(response.line());
    }
    changed_.notify_all();
  }

  bool gone_too_long(const grpc::Status& status) const {
    const bool final = status.error_code() == grpc::StatusCode::UNAUTHENTICATED ||
                       status.error_code() == grpc::StatusCode::PERMISSION_DENIED ||
                       status.error_code() == grpc::StatusCode::UNIMPLEMENTED;
    return final || std::chrono::steady_clock::now() - last_answer_ > options_.give_up_after;
  }

  void give_up(std::unique_lock<std::mutex>& lock, const grpc::Status& status) {
    std::vector<intake::v1::SubmitStreamResponse> answers;
    for (const auto& [line, request] : pending_) {
      auto& answer = answers.emplace_back();
      answer.set_line(line);
      answer.set_external_id(request.submit().external_id());
      answer.set_code(status.ok() ? static_cast<int>(grpc::StatusCode::UNAVAILABLE)
                                  : static_cast<int>(status.error_code()));
      answer.set_error(status.ok() ? "the stream ended" : status.error_message());
    }
    pending_.clear();
    unsent_.clear();
    lock.unlock();
    for (const auto& answer : answers) on_answer_(answer);
    changed_.notify_all();
    lock.lock();
  }

  std::unique_ptr<intake::v1::IntakeService::Stub> stub_;
  const Options options_;
  const OnAnswer on_answer_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::uint64_t, intake::v1::SubmitStreamRequest> pending_;
  std::deque<std::uint64_t> unsent_;
  grpc::ClientContext* call_ = nullptr;
  bool cut_ = false;
  bool stopping_ = false;
  std::chrono::steady_clock::time_point last_answer_;
  std::thread worker_;
};

SubmitStreamClient::SubmitStreamClient(std::shared_ptr<grpc::Channel> channel, Options options,
                                       OnAnswer on_answer)
    : impl_(std::make_unique<Impl>(std::move(channel), std::move(options), std::move(on_answer))) {}
SubmitStreamClient::~SubmitStreamClient() = default;
void SubmitStreamClient::submit(std::uint64_t line, intake::v1::SubmitRequest request) {
  impl_->submit(line, std::move(request));
}
void SubmitStreamClient::finish() { impl_->finish(); }

}  // namespace paidan::ctl
