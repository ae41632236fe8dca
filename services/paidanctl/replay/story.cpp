#include "paidanctl/replay/story.hpp"

#include <algorithm>

namespace paidan::ctl {

namespace {

bool counts_as_waiting(Phase phase) {
  return phase == Phase::submitting || phase == Phase::unassigned || phase == Phase::in_flight;
}

}  // namespace

std::vector<Step> steps_of(const ReplayCase& replayed, const ReplayMapping& mapping) {
  std::vector<Step> steps;
  const auto add = [&](StepKind kind, std::optional<Instant> at) {
    if (at) steps.push_back({kind, std::max(*at, replayed.submitted_at)});
  };
  auto acknowledged_at = replayed.acknowledged_at;
  if (!mapping.has("acknowledged_at")) acknowledged_at = replayed.submitted_at;
  if (!acknowledged_at && replayed.completed_at) acknowledged_at = replayed.completed_at;
  add(StepKind::request_return, replayed.return_requested_at);
  if (replayed.return_requested_at) add(StepKind::decide_return, replayed.return_decided_at);
  add(StepKind::acknowledge, acknowledged_at);
  add(StepKind::contact, replayed.contacted_at);
  add(StepKind::complete, replayed.completed_at);
  if (replayed.completed_at) add(StepKind::rate, replayed.rated_at);
  std::ranges::stable_sort(steps, {},
                           [](const Step& step) { return std::pair(step.at, step.kind); });
  return steps;
}

Timeline::Timeline(const std::vector<ReplayCase>& cases, const ReplayMapping& mapping)
    : cases_(cases), stories_(cases.size()) {
  for (std::size_t index = 0; index < cases.size(); ++index) {
    stories_[index].steps = steps_of(cases[index], mapping);
    times_.push_back(cases[index].submitted_at);
    for (const Step& step : stories_[index].steps) times_.push_back(step.at);
  }
  std::ranges::sort(times_);
}

void Timeline::become(std::size_t index, Phase phase) {
  Story& changed = stories_[index];
  if (counts_as_waiting(changed.phase)) --waiting_;
  if (phase == Phase::ready && changed.next == changed.steps.size()) phase = Phase::over;
  changed.phase = phase;
  if (counts_as_waiting(phase)) ++waiting_;
  if (phase == Phase::ready) ready_.emplace(changed.steps[changed.next].at, index);
}

std::optional<std::size_t> Timeline::take_submission(Instant until) {
  if (next_submission_ == cases_.size()) return std::nullopt;
  if (cases_[next_submission_].submitted_at > until) return std::nullopt;
  become(next_submission_, Phase::submitting);
  return next_submission_++;
}

std::optional<std::size_t> Timeline::take_step(Instant until) {
  if (ready_.empty() || ready_.begin()->first > until) return std::nullopt;
  const std::size_t index = ready_.begin()->second;
  ready_.erase(ready_.begin());
  become(index, Phase::in_flight);
  return index;
}

void Timeline::accepted(std::size_t index, std::string ticket_id) {
  stories_[index].ticket_id = std::move(ticket_id);
  become(index, Phase::unassigned);
}

void Timeline::assigned(std::size_t index, std::string lead_unit, std::uint32_t assign_epoch) {
  Story& changed = stories_[index];
  if (changed.phase != Phase::unassigned || assign_epoch <= changed.assign_epoch) return;
  changed.lead_unit = std::move(lead_unit);
  changed.assign_epoch = assign_epoch;
  become(index, Phase::ready);
}

void Timeline::stepped(std::size_t index, bool again_unassigned) {
  ++stories_[index].next;
  become(index, again_unassigned ? Phase::unassigned : Phase::ready);
}

void Timeline::refused(std::size_t index) { become(index, Phase::over); }

std::optional<Instant> Timeline::next_at() const {
  std::optional<Instant> next;
  if (next_submission_ < cases_.size()) next = cases_[next_submission_].submitted_at;
  if (!ready_.empty()) next = next ? std::min(*next, ready_.begin()->first) : ready_.begin()->first;
  return next;
}

std::size_t Timeline::count_until(Instant until) const {
  return static_cast<std::size_t>(std::ranges::upper_bound(times_, until) - times_.begin());
}

}  // namespace paidan::ctl
