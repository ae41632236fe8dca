#include "paidanctl/replay/driver.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <utility>

#include "paidan/rpc/client.hpp"
#include "paidanctl/replay/requests.hpp"
#include "paidanctl/retried_call.hpp"

namespace paidan::ctl {

namespace {

using Steady = std::chrono::steady_clock;

/// Windows are of the city's local day. A quiet time is taken in fewer, wider windows: verdicts do
/// not depend on their width, for every clock fires at its due time whatever the window.
constexpr std::chrono::hours window_width{6};
constexpr std::size_t window_actions_min = 400;
constexpr std::chrono::seconds no_progress_max{90};
constexpr std::chrono::milliseconds progress_every{500};
constexpr Milliseconds event_wait{100};
constexpr Milliseconds live_deadline{30'000};
constexpr Milliseconds rest_deadline{60'000};
constexpr int mark_attempts_max = 20;
/// Steps of a ladder are finite; a clock that fires behind its mark has one more round.
constexpr int mark_rounds_max = 32;
constexpr std::size_t unexpected_shown_max = 10;

template <class... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};

}  // namespace

ReplayDriver::ReplayDriver(const CaseFile& file, std::vector<Story> stories, const Options& options,
                           const WallTime& wall, ReplayPeers peers, LogReader& log,
                           EventQueue& events)
    : file_(file),
      options_(options),
      wall_(wall),
      log_(log),
      events_(events),
      peers_(std::move(peers)),
      timeline_(std::move(stories), options.hold) {
  if (!options.hold) return;
  for (std::size_t index = 0; index < file.cases.size(); ++index) {
    by_external_id_[file.cases[index].external_id] = index;
  }
}

ReplayDriver::~ReplayDriver() = default;

Result<ReplayTotals, Trouble> ReplayDriver::run(
    const std::function<bool(const ReplayProgress&)>& progress) {
  progress_ = &progress;
  started_ = moved_ = told_ = Steady::now();
  units_ = std::make_unique<UnitStreams>(peers_.new_dispatch_channel, peers_.units, events_);
  if (const auto late = units_->wait_until_live(live_deadline); !late.empty()) {
    return Trouble{std::to_string(late.size()) + " subscriptions are not live, the first is " +
                   late[0]};
  }
  sender_ = std::make_unique<StepSender>(
      StepSender::Peers{.intake = peers_.intake,
                        .dispatch = peers_.new_dispatch_channel(),
                        .channel_token = peers_.channel_token,
                        .office_token = peers_.office_token,
                        .token_of = peers_.token_of,
                        .ticket_of =
                            [this](const std::string& external_id) {
                              const auto found = by_external_id_.find(external_id);
                              if (found == by_external_id_.end()) return std::string();
                              return timeline_.story(found->second).ticket_id;
                            }},
      events_);
  submissions_ = std::make_unique<SubmitStreamClient>(
      peers_.intake, SubmitStreamClient::Options{.token = peers_.channel_token},
      [this](const intake::v1::SubmitStreamResponse& response) {
        events_.put(SubmissionAnswered{.line = response.line(),
                                       .code = response.code(),
                                       .ticket_id = response.accepted().ticket_id(),
                                       .why = response.error()});
      });
  while (const auto next = timeline_.next_at()) {
    if (auto wrong = run_window(window_end(*next))) return Trouble{*wrong};
  }
  totals_.final_mark = final_mark();
  if (auto wrong = settle(totals_.final_mark)) return Trouble{*wrong};
  totals_.elapsed = Steady::now() - started_;
  return totals_;
}

Instant ReplayDriver::final_mark() const {
  const Instant last = timeline_.last_at() + std::chrono::hours{24};
  return std::max(last, file_.final_mark_not_before.value_or(last));
}

Instant ReplayDriver::window_end(Instant next) const {
  auto width = Milliseconds{window_width};
  Instant until = wall_.grid_end(next, width);
  const std::size_t done = timeline_.count_until(next - Milliseconds{1});
  while (timeline_.count_until(until) - done < window_actions_min && width < options_.window_max) {
    width = std::min<Milliseconds>(width * 2, options_.window_max);
    until = wall_.grid_end(next, width);
  }
  return until;
}

ReplayDriver::Wrong ReplayDriver::run_window(Instant until) {
  moved_ = Steady::now();
  do {
    send_due(until);
    while (timeline_.waiting() > 0) {
      if (auto wrong = wait_for_event(until)) return wrong;
      if (!options_.hold) send_due(until);
    }
    if (auto wrong = come_to_rest()) return wrong;
  } while (timeline_.waiting() > 0 || (timeline_.next_at() && *timeline_.next_at() <= until));
  return settle(std::min(until, final_mark()));
}

ReplayDriver::Wrong ReplayDriver::come_to_rest() {
  if (timeline_.held().empty()) return std::nullopt;
  if (const auto rested = log_.wait_until_at_rest(rest_deadline); !rested) {
    return rested.error().what;
  }
  moved_ = Steady::now();
  for (const std::size_t index : timeline_.held()) {
    const Story& story = timeline_.story(index);
    if (story.next == story.steps.size() || !log_.needs_person(story.ticket_id)) continue;
    const std::string& who = story.steps[story.next].who;
    if (who != "office" && who != "citizen") assign_by_hand(index);
  }
  timeline_.release(
      [&](std::size_t index) { return log_.charge_of(timeline_.story(index).ticket_id); });
  return std::nullopt;
}

void ReplayDriver::send_due(Instant until) {
  while (const auto index = timeline_.take(until)) {
    const Story& story = timeline_.story(*index);
    if (story.submitted) {
      sender_->send(*index, file_.cases[*index].external_id, story);
    } else {
      submissions_->submit(*index, submit_request(file_.cases[*index]));
    }
  }
}

/// A clock that an alert opens behind the mark, due before it, fires when the mark is written
/// again.
ReplayDriver::Wrong ReplayDriver::settle(Instant mark) {
  if (auto wrong = write_mark(mark)) return wrong;
  for (int round = 1; options_.hold && round < mark_rounds_max; ++round) {
    if (const auto rested = log_.wait_until_at_rest(rest_deadline); !rested) {
      return rested.error().what;
    }
    if (!log_.owes_until(mark)) break;
    if (auto wrong = write_mark(mark)) return wrong;
  }
  return std::nullopt;
}

ReplayDriver::Wrong ReplayDriver::write_mark(Instant mark) {
  settled_.clear();
  intake::v1::WriteMarkRequest request;
  *request.mutable_at() =
      google::protobuf::util::TimeUtil::MillisecondsToTimestamp(to_unix_ms(mark));
  const auto stub = intake::v1::ReplayService::NewStub(peers_.intake);
  for (int attempt = 1;; ++attempt) {
    grpc::ClientContext call;
    rpc::prepare(call, {.timeout = Milliseconds{10'000}, .token = peers_.operations_token});
    intake::v1::WriteMarkResponse response;
    const grpc::Status status = stub->WriteMark(&call, request, &response);
    if (status.ok()) break;
    if (!may_retry(status) || attempt == mark_attempts_max) {
      return "WriteMark: " + status.error_message();
    }
  }
  moved_ = Steady::now();
  const auto all_settled = [&] {
    return std::ranges::count_if(settled_, [&](const auto& entry) {
             return entry.second >= mark;
           }) == log_.partition_count();
  };
  while (!all_settled()) {
    if (auto wrong = wait_for_event(mark)) return wrong;
  }
  return std::nullopt;
}

ReplayDriver::Wrong ReplayDriver::wait_for_event(Instant until) {
  const auto now = Steady::now();
  if (now - told_ >= progress_every) {
    told_ = now;
    if (!(*progress_)({.reached = until,
                       .submitted = timeline_.submitted(),
                       .cases = file_.cases.size(),
                       .breaches = log_.breaches(),
                       .elapsed = now - started_})) {
      return "stopped";
    }
  }
  auto event = events_.take(event_wait);
  if (!event) {
    if (Steady::now() - moved_ > no_progress_max) return stuck();
    return std::nullopt;
  }
  moved_ = Steady::now();
  return handle(*event);
}

ReplayDriver::Wrong ReplayDriver::handle(ReplayEvent& event) {
  return std::visit(
      Overloaded{[this](const SubmissionAnswered& answer) { return handle_answer(answer); },
                 [this](const StepAnswered& answer) { return handle_step(answer); },
                 [this](const UnitInCharge& told) {
                   put_in_charge(told);
                   return Wrong{};
                 },
                 [this](const Notice& notice) {
                   handle_notice(notice);
                   return Wrong{};
                 },
                 [](const ClientFailed& failed) { return Wrong{failed.why}; }},
      event);
}

ReplayDriver::Wrong ReplayDriver::handle_answer(const SubmissionAnswered& answer) {
  const auto index = static_cast<std::size_t>(answer.line);
  if (answer.code != 0) {
    ++totals_.refused;
    ++totals_.refusals[answer.why];
    timeline_.refused(index);
    const auto code = static_cast<grpc::StatusCode>(answer.code);
    if (code == grpc::StatusCode::UNAUTHENTICATED || code == grpc::StatusCode::PERMISSION_DENIED ||
        code == grpc::StatusCode::UNAVAILABLE) {
      return "Submit: " + answer.why;
    }
    return std::nullopt;
  }
  ++totals_.accepted;
  timeline_.accepted(index, answer.ticket_id);
  index_of_[answer.ticket_id] = index;
  if (const auto told = early_.find(answer.ticket_id); told != early_.end()) {
    timeline_.told(index, told->second.lead_unit, told->second.assign_epoch);
    early_.erase(told);
  }
  if (early_triage_.erase(answer.ticket_id) > 0) assign_by_hand(index);
  return std::nullopt;
}

ReplayDriver::Wrong ReplayDriver::handle_step(const StepAnswered& answer) {
  const Story& story = timeline_.story(answer.index);
  const Step& step = story.steps[story.next];
  count_step(step, answer);
  if (answer.code != 0) {
    timeline_.refused(answer.index);
    return std::nullopt;
  }
  const std::string& method = step.call.method->name();
  const bool moves =
      method == "Assign" || (method == "DecideReturn" && file_.cases[answer.index].return_granted);
  timeline_.stepped(answer.index, moves);
  if (options_.hold || !moves) return std::nullopt;
  if (const auto told = early_.find(story.ticket_id); told != early_.end()) {
    timeline_.told(answer.index, told->second.lead_unit, told->second.assign_epoch);
    early_.erase(told);
  }
  if (early_triage_.erase(story.ticket_id) > 0) assign_by_hand(answer.index);
  return std::nullopt;
}

void ReplayDriver::count_step(const Step& step, const StepAnswered& answer) {
  const std::string refusal = answer.code == 0 ? "" : answer.reason.empty() ? "-" : answer.reason;
  if (refusal == step.refusal) {
    if (!refusal.empty()) ++totals_.steps_refused_as_expected[refusal];
    return;
  }
  ++totals_.steps_unexpected;
  if (totals_.unexpected_steps.size() == unexpected_shown_max) return;
  const std::string where = step.line > 0 ? "events line " + std::to_string(step.line)
                                          : "case " + file_.cases[answer.index].external_id;
  const std::string what = refusal.empty() ? "was not refused: " + step.refusal
                                           : answer.why + " [" + answer.reason + "]";
  totals_.unexpected_steps.push_back(where + " " + std::string(step.call.method->name()) + ": " +
                                     what);
}

void ReplayDriver::put_in_charge(const UnitInCharge& told) {
  const auto known = index_of_.find(told.ticket_id);
  if (known != index_of_.end() &&
      (options_.hold || timeline_.story(known->second).phase != Phase::in_flight)) {
    timeline_.told(known->second, told.lead_unit, told.assign_epoch);
    return;
  }
  // Told while the answer to what caused it is under way; streams of two units keep no order.
  UnitInCharge& kept = early_[told.ticket_id];
  if (told.assign_epoch > kept.assign_epoch) kept = told;
}

void ReplayDriver::handle_notice(const Notice& notice) {
  if (notice.kind == Notice::Kind::settled) {
    settled_[notice.partition] = std::max(settled_[notice.partition], notice.at);
    return;
  }
  if (options_.hold) return;  // looked at when all is at rest
  const auto known = index_of_.find(notice.ticket_id);
  if (known == index_of_.end() || timeline_.story(known->second).phase == Phase::in_flight) {
    early_triage_[notice.ticket_id] = true;
  } else {
    assign_by_hand(known->second);
  }
}

/// The office of the replay assigns what no rule can and no script says, as the next step.
void ReplayDriver::assign_by_hand(std::size_t index) {
  Story& story = timeline_.story(index);
  story.triaged = true;
  const ReplayCase& replayed = file_.cases[index];
  const bool known = std::ranges::any_of(peers_.units, [&](const UnitStreams::Unit& unit) {
    return unit.id == replayed.recorded_department;
  });
  const Instant at = story.next == 0 ? replayed.submitted_at : story.steps[story.next - 1].at;
  Step step{at, "office",
            assign_call(known ? replayed.recorded_department : peers_.units.front().id), "", 0};
  timeline_.insert(index, std::move(step));
}

std::string ReplayDriver::stuck() const {
  std::string text = "nothing moved for 90 s;";
  std::size_t shown = 0;
  for (std::size_t index = 0; index < timeline_.stories().size() && shown < 3; ++index) {
    const Story& story = timeline_.stories()[index];
    if (story.phase != Phase::unassigned && story.phase != Phase::in_flight) continue;
    ++shown;
    text += " line " + std::to_string(file_.cases[index].line) + " ticket " + story.ticket_id +
            (story.phase == Phase::unassigned ? " has no unit" : " waits for an answer") + ";";
  }
  return text + " see ./paidan status and ./paidan logs";
}

}  // namespace paidan::ctl
