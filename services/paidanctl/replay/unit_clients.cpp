#include "paidanctl/replay/unit_clients.hpp"

#include <google/protobuf/util/time_util.h>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "paidanctl/retried_call.hpp"

namespace paidan::ctl {

namespace {

namespace v1 = paidan::dispatch::v1;
namespace ticket = paidan::ticket::v1;

constexpr std::chrono::milliseconds reopen_wait{300};
constexpr std::chrono::hours stream_deadline{24};
constexpr std::size_t subscriptions_per_channel = 64;

void set_header(v1::CommandHeader& header, const Story& story, const std::string& step,
                Instant at) {
  header.set_ticket_id(story.ticket_id);
  header.set_command_id(command_id(story.ticket_id, step));
  header.set_assign_epoch(story.assign_epoch);
  *header.mutable_recorded_at() =
      google::protobuf::util::TimeUtil::MillisecondsToTimestamp(to_unix_ms(at));
}

/// What a source that records only times can say of its answer.
void fill_report(ticket::CompletionReport& report, const ReplayCase& replayed) {
  if (replayed.contacted_at) {
    *report.mutable_contacted_at() = google::protobuf::util::TimeUtil::MillisecondsToTimestamp(
        to_unix_ms(*replayed.contacted_at));
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

/// The callback that every command shares.
template <class Response>
auto report_to(EventQueue& events, std::size_t index) {
  return [&events, index](const grpc::Status& status, const Response& /*response*/) {
    events.put(StepAnswered{.index = index,
                            .code = static_cast<int>(status.error_code()),
                            .why = status.error_message()});
  };
}

}  // namespace

std::string command_id(const std::string& ticket_id, const std::string& step) {
  return "replay-" + ticket_id + "-" + step;
}

/// One unit's stream, opened again with its token whenever it is cut.
class UnitClients::Subscription {
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

UnitClients::UnitClients(const std::function<std::shared_ptr<grpc::Channel>()>& new_channel,
                         const std::vector<Unit>& units, EventQueue& events)
    : channel_(new_channel()), stub_(v1::AssignmentService::NewStub(channel_)), events_(events) {
  std::shared_ptr<grpc::Channel> shared;
  for (std::size_t at = 0; at < units.size(); ++at) {
    tokens_[units[at].id] = units[at].token;
    if (at % subscriptions_per_channel == 0) shared = new_channel();
    subscriptions_.push_back(std::make_unique<Subscription>(shared, units[at], events));
  }
}

UnitClients::~UnitClients() = default;

std::vector<std::string> UnitClients::wait_until_live(Milliseconds deadline) {
  const auto until = std::chrono::steady_clock::now() + deadline;
  std::vector<std::string> late;
  for (const auto& subscription : subscriptions_) {
    if (!subscription->wait_until_live(until)) late.push_back(subscription->unit());
  }
  return late;
}

void UnitClients::acknowledge(std::size_t index, const Story& story) {
  v1::AcknowledgeRequest request;
  set_header(*request.mutable_header(), story, "acknowledge", story.steps[story.next].at);
  RetriedCall<v1::AcknowledgeRequest, v1::AcknowledgeResponse>::run(
      std::move(request), {.token = tokens_[story.lead_unit]},
      [async = stub_->async()](auto* context, const auto* asked, auto* answer, auto done) {
        async->Acknowledge(context, asked, answer, std::move(done));
      },
      report_to<v1::AcknowledgeResponse>(events_, index));
}

void UnitClients::contact(std::size_t index, const Story& story) {
  v1::RecordContactRequest request;
  set_header(*request.mutable_header(), story, "contact", story.steps[story.next].at);
  request.set_reached(true);
  RetriedCall<v1::RecordContactRequest, v1::RecordContactResponse>::run(
      std::move(request), {.token = tokens_[story.lead_unit]},
      [async = stub_->async()](auto* context, const auto* asked, auto* answer, auto done) {
        async->RecordContact(context, asked, answer, std::move(done));
      },
      report_to<v1::RecordContactResponse>(events_, index));
}

void UnitClients::request_return(std::size_t index, const ReplayCase& replayed,
                                 const Story& story) {
  v1::RequestReturnRequest request;
  set_header(*request.mutable_header(), story, "return", story.steps[story.next].at);
  request.set_reason(replayed.return_reason.empty() ? "不属本单位职责" : replayed.return_reason);
  RetriedCall<v1::RequestReturnRequest, v1::RequestReturnResponse>::run(
      std::move(request), {.token = tokens_[story.lead_unit]},
      [async = stub_->async()](auto* context, const auto* asked, auto* answer, auto done) {
        async->RequestReturn(context, asked, answer, std::move(done));
      },
      report_to<v1::RequestReturnResponse>(events_, index));
}

void UnitClients::complete(std::size_t index, const ReplayCase& replayed, const Story& story) {
  v1::CompleteRequest request;
  set_header(*request.mutable_header(), story, "complete", story.steps[story.next].at);
  fill_report(*request.mutable_report(), replayed);
  RetriedCall<v1::CompleteRequest, v1::CompleteResponse>::run(
      std::move(request), {.token = tokens_[story.lead_unit]},
      [async = stub_->async()](auto* context, const auto* asked, auto* answer, auto done) {
        async->Complete(context, asked, answer, std::move(done));
      },
      report_to<v1::CompleteResponse>(events_, index));
}

void UnitClients::send(std::size_t index, const ReplayCase& replayed, const Story& story) {
  switch (story.steps[story.next].kind) {
    case StepKind::acknowledge:
      return acknowledge(index, story);
    case StepKind::contact:
      return contact(index, story);
    case StepKind::request_return:
      return request_return(index, replayed, story);
    case StepKind::complete:
      return complete(index, replayed, story);
    case StepKind::decide_return:
    case StepKind::rate:
      break;
  }
  PAIDAN_ASSERT(false, "not a step of a unit");
}

OfficeClient::OfficeClient(std::shared_ptr<grpc::Channel> channel, std::string token,
                           EventQueue& events)
    : stub_(v1::OfficeService::NewStub(std::move(channel))),
      token_(std::move(token)),
      events_(events) {}

void OfficeClient::decide_return(std::size_t index, const ReplayCase& replayed,
                                 const Story& story) {
  v1::DecideReturnRequest request;
  set_header(*request.mutable_header(), story, "decide-return", story.steps[story.next].at);
  request.mutable_header()->clear_assign_epoch();
  request.set_granted(replayed.return_granted);
  request.set_reason(replayed.return_granted ? "同意退单" : "不同意退单，请继续办理");
  RetriedCall<v1::DecideReturnRequest, v1::DecideReturnResponse>::run(
      std::move(request), {.token = token_},
      [async = stub_->async()](auto* context, const auto* asked, auto* answer, auto done) {
        async->DecideReturn(context, asked, answer, std::move(done));
      },
      report_to<v1::DecideReturnResponse>(events_, index));
}

void OfficeClient::assign(const std::string& ticket_id, const std::string& lead_unit, Instant at) {
  v1::AssignRequest request;
  Story story;
  story.ticket_id = ticket_id;
  set_header(*request.mutable_header(), story, "assign-" + lead_unit, at);
  request.set_lead_unit(lead_unit);
  request.set_reason("人工研判 / triage by hand");
  RetriedCall<v1::AssignRequest, v1::AssignResponse>::run(
      std::move(request), {.token = token_},
      [async = stub_->async()](auto* context, const auto* asked, auto* answer, auto done) {
        async->Assign(context, asked, answer, std::move(done));
      },
      [this, ticket_id](const grpc::Status& status, const v1::AssignResponse& /*response*/) {
        if (!status.ok()) {
          events_.put(ClientFailed{"Assign of " + ticket_id + ": " + status.error_message()});
        }
      });
}

}  // namespace paidan::ctl
