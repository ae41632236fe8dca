#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "paidan/base/time.hpp"
#include "paidanctl/replay/case_file.hpp"

namespace paidan::ctl {

/// What happens to a case after it was submitted, in the order in which it happened.
enum class StepKind { acknowledge, contact, request_return, decide_return, complete, rate };

struct Step {
  StepKind kind;
  Instant at;
};

/// What a case is waiting for. Pure data; the driver moves it.
enum class Phase {
  unsent,      ///< Not yet submitted.
  submitting,  ///< Submitted, not answered.
  unassigned,  ///< Accepted; waits for a unit.
  ready,       ///< Its next step may be sent when its time has come.
  in_flight,   ///< A step was sent, not answered.
  over         ///< No step is left, or it was refused.
};

struct Story {
  Phase phase = Phase::unsent;
  std::string ticket_id;
  std::string lead_unit;
  std::uint32_t assign_epoch = 0;
  std::vector<Step> steps;
  std::size_t next = 0;
  bool triaged = false;
};

/// The steps of a case. Times never run backwards; an acknowledgement without a column of its own
/// happens at the moment of the submission. At equal times the order of StepKind decides, so
/// submit < assign < acknowledge < complete < mark.
std::vector<Step> steps_of(const ReplayCase& replayed, const ReplayMapping& mapping);

/// All cases on one time line: which may be sent up to a given moment.
class Timeline {
 public:
  Timeline(const std::vector<ReplayCase>& cases, const ReplayMapping& mapping);

  Story& story(std::size_t index) { return stories_[index]; }
  const std::vector<Story>& stories() const { return stories_; }

  /// The next case to submit up to `until`, or nothing. Moves it to `submitting`.
  std::optional<std::size_t> take_submission(Instant until);
  /// The next case whose step is due up to `until`, or nothing. Moves it to `in_flight`.
  std::optional<std::size_t> take_step(Instant until);

  void accepted(std::size_t index, std::string ticket_id);
  void assigned(std::size_t index, std::string lead_unit, std::uint32_t assign_epoch);
  /// The step in flight is done. `again_unassigned`: its unit was taken away (a return granted).
  void stepped(std::size_t index, bool again_unassigned);
  void refused(std::size_t index);

  /// Cases that are submitting, unassigned or in flight: the window is not over before none is.
  std::size_t waiting() const { return waiting_; }
  /// The earliest thing that is left to do.
  std::optional<Instant> next_at() const;
  /// Everything that happens at or before `until`, done or not.
  std::size_t count_until(Instant until) const;
  Instant last_at() const { return times_.empty() ? Instant{} : times_.back(); }
  std::size_t submitted() const { return next_submission_; }

 private:
  void become(std::size_t index, Phase phase);

  const std::vector<ReplayCase>& cases_;
  std::vector<Story> stories_;
  std::size_t next_submission_ = 0;
  std::size_t waiting_ = 0;
  std::set<std::pair<Instant, std::size_t>> ready_;
  std::vector<Instant> times_;  ///< Of every submission and step, sorted.
};

}  // namespace paidan::ctl
