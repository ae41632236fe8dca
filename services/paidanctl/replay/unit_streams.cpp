#include "paidanctl/replay/unit_streams.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "paidan/dispatch/v1/assignment.grpc.pb.h"
#include "paidan/rpc/client.hpp"

namespace paidan::ctl {

namespace {

namespace v1 = paidan::dispatch::v1;

constexpr std::chrono::milliseconds reopen_wait{300};
constexpr std::chrono::hours stream_deadline{24};
constexpr std::size_t subscriptions_per_channel = 64;

}  // namespace

/// One unit's stream, opened again with its token whenever it is cut.
class UnitStreams::Subscription {
 public:
  Subscription(const std::shared_ptr<grpc::Channel>& channel, Unit unit, EventQueue& events)
      : stub_(v1::AssignmentService::NewStub(channel)),
        unit_(std::move(unit)),
        events_(events),
        reader_([this] { run(); }) {}
  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;
  ~Subscription() {
    {
      const std::scoped_lock lock(mutex_);
      stopping_ = true;
      if (call_ != nullptr) call_->TryCancel();
    }
    changed_.notify_all();
    reader_.join();
  }

  const std::string& unit() const { return unit_.id; }
  bool wait_until_live(std::chrono::steady_clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    return changed_.wait_until(lock, deadline, [this] { return live_; });
  }

 private:
  void run() {
    std::string token;
    while (true) {
      grpc::ClientContext call;
      rpc::prepare(call, {.timeout = stream_deadline, .token = unit_.token});
      {
        const std::scoped_lock lock(mutex_);
        if (stopping_) return;
        call_ = &call;
      }
      read_one_stream(call, token);
      std::unique_lock lock(mutex_);
      call_ = nullptr;
      if (changed_.wait_for(lock, reopen_wait, [this] { return stopping_; })) return;
    }
  }

  void read_one_stream(grpc::ClientContext& call, std::string& token) {
    v1::SubscribeRequest request;
    request.set_resume_token(token);
    const auto stream = stub_->Subscribe(&call, request);
    v1::SubscribeResponse response;
    while (stream->Read(&response)) {
      token = response.resume_token();
      take(response);
    }
    const grpc::Status status = stream->Finish();
    const auto code = status.error_code();
    if (code == grpc::StatusCode::UNAUTHENTICATED || code == grpc::StatusCode::PERMISSION_DENIED) {
      events_.put(ClientFailed{"Subscribe as " + unit_.id + ": " + status.error_message()});
    }
  }

  void take(const v1::SubscribeResponse& response) {
    {
      const std::scoped_lock lock(mutex_);
      live_ = true;
    }
    changed_.notify_all();
    const auto& told = response.ticket();
    if (told.lead_unit() != unit_.id) return;
    events_.put(UnitInCharge{.ticket_id = told.ticket_id(),
                             .lead_unit = told.lead_unit(),
                             .assign_epoch = told.assign_epoch()});
  }

  std::unique_ptr<v1::AssignmentService::Stub> stub_;
  const Unit unit_;
  EventQueue& events_;
  std::mutex mutex_;
  std::condition_variable changed_;
  grpc::ClientContext* call_ = nullptr;
  bool stopping_ = false;
  bool live_ = false;
  std::thread reader_;
};

UnitStreams::UnitStreams(const std::function<std::shared_ptr<grpc::Channel>()>& new_channel,
                         const std::vector<Unit>& units, EventQueue& events) {
  std::shared_ptr<grpc::Channel> shared;
  for (std::size_t at = 0; at < units.size(); ++at) {
    if (at % subscriptions_per_channel == 0) shared = new_channel();
    subscriptions_.push_back(std::make_unique<Subscription>(shared, units[at], events));
  }
}

UnitStreams::~UnitStreams() = default;

std::vector<std::string> UnitStreams::wait_until_live(Milliseconds deadline) {
  const auto until = std::chrono::steady_clock::now() + deadline;
  std::vector<std::string> late;
  for (const auto& subscription : subscriptions_) {
    if (!subscription->wait_until_live(until)) late.push_back(subscription->unit());
  }
  return late;
}

}  // namespace paidan::ctl
