#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "paidan/base/time.hpp"
#include "paidanctl/replay/calls.hpp"
#include "paidanctl/replay/case_file.hpp"

namespace paidan::ctl {

/// Something that happens to a case after it was submitted.
struct Step {
  Instant at;
  std::string who;  ///< `lead`: whoever is in charge; `office`, `citizen`, or a unit's id.
  Call call;
  std::string refusal;    ///< The reason for which the rules must refuse it; empty: they must not.
  std::int64_t line = 0;  ///< Of the events file; 0: from columns of the cases.
};

/// What a case is waiting for. Pure data; the driver moves it.
enum class Phase {
  unassigned,  ///< Accepted, or taken from its unit; waits to be told of a unit in charge.
  ready,       ///< What is next may be sent when its time has come: its submission or a step.
  in_flight,   ///< It was sent, and is not answered.
  held,        ///< Answered; goes on when everything that it caused has come to rest.
  over         ///< Nothing is left, or it was refused.
};

inline constexpr std::size_t no_group = std::numeric_limits<std::size_t>::max();

struct Story {
  Phase phase = Phase::ready;
  Instant submitted_at{};
  std::vector<Step> steps;
  /// Cases that reach each other (one caller, duplicates): of these one acts at a time.
  std::size_t group = no_group;
  bool submitted = false;
  std::string ticket_id;
  std::string lead_unit;
  std::uint32_t assign_epoch = 0;
  std::string told_unit;         ///< As the unit's stream said it last.
  std::uint32_t told_epoch = 0;  ///< 0: no stream has told anything.
  std::size_t next = 0;          ///< Of the steps.
  bool triaged = false;
};

/// Who is in charge of a ticket now, by the log; an empty unit: nobody.
struct Charge {
  std::string lead_unit;
  std::uint32_t assign_epoch = 0;
};

/// The steps that the columns of a case tell. Times never run backwards; an acknowledgement without
/// a column of its own, and without an events file, happens at the moment of the submission. At
/// equal times: acknowledge, contact, return and its decision, complete, rate.
std::vector<Step> steps_of(const ReplayCase& replayed, const ReplayMapping& mapping);

/// All cases on one time line: which may act up to a given moment.
class Timeline {
 public:
  /// `hold`: after each action a case is held until `release`, and cases of one group take turns.
  /// Else cases are independent, and each goes on as soon as it is answered and has a unit.
  Timeline(std::vector<Story> stories, bool hold);

  Story& story(std::size_t index) { return stories_[index]; }
  const std::vector<Story>& stories() const { return stories_; }

  /// The next case that acts up to `until`, or nothing: it submits if it has not, else its step is
  /// due. Moves it to `in_flight`.
  std::optional<std::size_t> take(Instant until);

  void accepted(std::size_t index, std::string ticket_id);
  /// A unit was told that it is in charge.
  void told(std::size_t index, std::string lead_unit, std::uint32_t assign_epoch);
  /// The step in flight is done. `again_unassigned`: its unit was taken away (a return granted).
  void stepped(std::size_t index, bool again_unassigned);
  /// What was in flight was refused: without `hold` its story ends there.
  void refused(std::size_t index);
  /// Puts a step before the next one; a case without a unit takes it at once.
  void insert(std::size_t index, Step step);
  /// Everything has come to rest: what was held goes on. A case whose unit has not been told yet
  /// waits for that.
  void release(const std::function<Charge(std::size_t)>& charge_of);

  const std::vector<std::size_t>& held() const { return held_; }
  /// Cases that are in flight or unassigned: the window is not over before none is.
  std::size_t waiting() const { return waiting_; }
  /// The earliest thing that is left to do.
  std::optional<Instant> next_at() const;
  /// Everything that happens at or before `until`, done or not.
  std::size_t count_until(Instant until) const;
  Instant last_at() const { return times_.empty() ? Instant{} : times_.back(); }
  std::size_t submitted() const { return submitted_; }

 private:
  void become(std::size_t index, Phase phase);
  void answered(std::size_t index, Phase without_hold);
  bool is_busy(const Story& story) const { return story.group != no_group && busy_[story.group]; }

  std::vector<Story> stories_;
  const bool hold_;
  std::vector<bool> busy_;  ///< By group.
  std::vector<std::size_t> held_;
  std::size_t submitted_ = 0;
  std::size_t waiting_ = 0;
  std::set<std::pair<Instant, std::size_t>> ready_;
  std::vector<Instant> times_;  ///< Of every submission and step, sorted.
};

}  // namespace paidan::ctl
