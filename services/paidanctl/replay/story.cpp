#include "paidanctl/replay/story.hpp"

#include <algorithm>

namespace paidan::ctl {

namespace {

bool counts_as_waiting(Phase phase) {
  return phase == Phase::unassigned || phase == Phase::in_flight;
}

std::size_t group_count(const std::vector<Story>& stories) {
  std::size_t count = 0;
  for (const Story& story : stories) {
    if (story.group != no_group) count = std::max(count, story.group + 1);
  }
  return count;
}

}  // namespace

std::vector<Step> steps_of(const ReplayCase& replayed, const ReplayMapping& mapping) {
  std::vector<Step> steps;
  const auto add = [&](const char* who, std::optional<Instant> at, auto make_call) {
    if (!at) return;
    steps.push_back({std::max(*at, replayed.submitted_at), who, make_call(), "", 0});
  };
  auto acknowledged_at = replayed.acknowledged_at;
  if (!mapping.has("acknowledged_at") && mapping.events.empty()) {
    acknowledged_at = replayed.submitted_at;
  }
  if (!acknowledged_at && replayed.completed_at) acknowledged_at = replayed.completed_at;
  add("lead", acknowledged_at, acknowledge_call);
  add("lead", replayed.contacted_at, contact_call);
  add("lead", replayed.return_requested_at, [&] { return return_call(replayed); });
  if (replayed.return_requested_at) {
    add("office", replayed.return_decided_at, [&] { return decide_return_call(replayed); });
  }
  add("lead", replayed.completed_at, [&] { return complete_call(replayed); });
  if (replayed.completed_at) {
    add("citizen", replayed.rated_at, [&] { return rate_call(replayed); });
  }
  std::ranges::stable_sort(steps, {}, &Step::at);
  return steps;
}

Timeline::Timeline(std::vector<Story> stories, bool hold)
    : stories_(std::move(stories)), hold_(hold), busy_(group_count(stories_)) {
  for (std::size_t index = 0; index < stories_.size(); ++index) {
    ready_.emplace(stories_[index].submitted_at, index);
    times_.push_back(stories_[index].submitted_at);
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
  if (phase == Phase::held) held_.push_back(index);
  const bool at_rest = phase == Phase::ready || phase == Phase::over;
  if (changed.group != no_group) busy_[changed.group] = hold_ && !at_rest;
}

std::optional<std::size_t> Timeline::take(Instant until) {
  for (auto at = ready_.begin(); at != ready_.end() && at->first <= until; ++at) {
    const std::size_t index = at->second;
    if (is_busy(stories_[index])) continue;
    ready_.erase(at);
    become(index, Phase::in_flight);
    return index;
  }
  return std::nullopt;
}

void Timeline::answered(std::size_t index, Phase without_hold) {
  become(index, hold_ ? Phase::held : without_hold);
}

void Timeline::accepted(std::size_t index, std::string ticket_id) {
  stories_[index].ticket_id = std::move(ticket_id);
  stories_[index].submitted = true;
  ++submitted_;
  answered(index, Phase::unassigned);
}

void Timeline::told(std::size_t index, std::string lead_unit, std::uint32_t assign_epoch) {
  Story& changed = stories_[index];
  if (assign_epoch > changed.told_epoch) {
    changed.told_unit = std::move(lead_unit);
    changed.told_epoch = assign_epoch;
  }
  const std::uint32_t known = hold_ ? changed.assign_epoch : changed.assign_epoch + 1;
  if (changed.phase != Phase::unassigned || changed.told_epoch < known) return;
  changed.lead_unit = changed.told_unit;
  changed.assign_epoch = changed.told_epoch;
  become(index, Phase::ready);
}

void Timeline::stepped(std::size_t index, bool again_unassigned) {
  ++stories_[index].next;
  answered(index, again_unassigned ? Phase::unassigned : Phase::ready);
}

void Timeline::refused(std::size_t index) {
  Story& story = stories_[index];
  if (!story.submitted) {
    story.next = story.steps.size();
    story.submitted = true;
    ++submitted_;
  } else {
    ++story.next;
  }
  answered(index, Phase::over);
}

void Timeline::insert(std::size_t index, Step step) {
  Story& story = stories_[index];
  story.steps.insert(story.steps.begin() + static_cast<std::ptrdiff_t>(story.next),
                     std::move(step));
  if (story.phase == Phase::unassigned) become(index, Phase::ready);
}

void Timeline::release(const std::function<Charge(std::size_t)>& charge_of) {
  const std::vector<std::size_t> released = std::exchange(held_, {});
  for (const std::size_t index : released) {
    Story& story = stories_[index];
    Charge charge = charge_of(index);
    story.lead_unit = std::move(charge.lead_unit);
    story.assign_epoch = charge.assign_epoch;
    const bool is_told = story.lead_unit.empty() || story.told_epoch >= story.assign_epoch;
    become(index, is_told ? Phase::ready : Phase::unassigned);
  }
}

std::optional<Instant> Timeline::next_at() const {
  if (ready_.empty()) return std::nullopt;
  return ready_.begin()->first;
}

std::size_t Timeline::count_until(Instant until) const {
  return static_cast<std::size_t>(std::ranges::upper_bound(times_, until) - times_.begin());
}

}  // namespace paidan::ctl
