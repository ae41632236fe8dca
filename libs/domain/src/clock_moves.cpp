#include <algorithm>

#include "paidan/domain/clocks.hpp"
#include "src/terms.hpp"

/// Due times that change while a ticket lives: handed over, extended, paused, counted again.
namespace paidan::domain {
namespace {

/// "12 h 30 min" and its Chinese; a begun minute counts.
Text describe_length(Milliseconds time) {
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(time).count();
  const std::int64_t hours = minutes / 60;
  const std::int64_t rest = minutes % 60;
  Text out;
  if (hours > 0) {
    out = {std::to_string(hours) + "小时", std::to_string(hours) + " h"};
  }
  if (rest > 0 || hours == 0) {
    out.zh += std::to_string(rest) + "分钟";
    out.en += (hours > 0 ? " " : "") + std::to_string(rest) + " min";
  }
  return out;
}

bool counts_working_time(const CityPack& pack) {
  const auto working = [](const ClockDefinition& clock) {
    return std::any_of(clock.terms.begin(), clock.terms.end(), in_working_time);
  };
  return !pack.extension.clocks.empty() ||
         std::any_of(pack.clocks.begin(), pack.clocks.end(), working) ||
         std::any_of(pack.ladders.begin(), pack.ladders.end(),
                     [](const Ladder& ladder) { return !ladder.steps.empty(); });
}

}  // namespace

DueTime handed_over(const CityPack& pack, const ClockDefinition& clock, Instant due_at,
                    Instant at) {
  const Text due = describe_instant(pack.calendar, due_at);
  const Text special = describe_counted(days_passed(pack.calendar, at, due_at), pack.calendar);
  return {clock.name,
          due_at,
          warn_at(pack, true, at, due_at, clock.warn_fraction),
          false,
          false,
          {"随主办单位移交，到期时间不变：" + due.zh + special.zh,
           "handed over with the lead, the due time stays: " + due.en + special.en}};
}

std::optional<ExtensionLimit> extension_limit(const CityPack& pack, Instant accepted_at,
                                              Instant current_due_at) {
  if (pack.extension.clocks.empty()) {
    return std::nullopt;
  }
  const Counted counted = add_working_days(pack.calendar, accepted_at,
                                           pack.extension.working_days_max, pack.count_receipt_day);
  if (counted.due_at <= current_due_at) {
    const Text due = describe_instant(pack.calendar, current_due_at);
    return ExtensionLimit{current_due_at,
                          false,
                          {"已达延期上限：" + due.zh + "到期",
                           "already as late as an extension allows: due " + due.en}};
  }
  const Text from = describe_instant(pack.calendar, accepted_at);
  const Text length = describe_working_days(pack.extension.working_days_max);
  const Text special = describe_counted(counted, pack.calendar);
  const Text due = describe_instant(pack.calendar, counted.due_at, accepted_at);
  ExtensionLimit limit{counted.due_at,
                       counted.provisional,
                       {"自受理" + from.zh + "起" + length.zh + special.zh + "；最迟延至" + due.zh,
                        length.en + " after acceptance on " + from.en + special.en +
                            "; extended to " + due.en + " at the latest"}};
  if (limit.provisional) {
    say_provisional(limit.explanation);
  }
  return limit;
}

DueTime moved_due(const CityPack& pack, const ClockDefinition& clock, const DueMove& move) {
  const Text before = describe_instant(pack.calendar, move.old_due_at);
  const Text special =
      describe_counted(days_passed(pack.calendar, move.old_due_at, move.new_due_at), pack.calendar);
  const Text due = describe_instant(pack.calendar, move.new_due_at, move.old_due_at);
  DueTime out{
      clock.name,
      move.new_due_at,
      warn_at(pack, true, move.at, move.new_due_at, clock.warn_fraction),
      move.provisional,
      false,
      {move.reason.zh + "；原" + before.zh + "到期" + special.zh + "；改为" + due.zh + "到期",
       move.reason.en + "; was due " + before.en + special.en + "; now due " + due.en}};
  if (out.provisional) {
    say_provisional(out.explanation);
  }
  return out;
}

TimeLeft time_left(const CityPack& pack, const ClockDefinition& clock, const TermQuery& query,
                   Instant due_at, Instant at) {
  const Term* term = first_fitting(clock, query);
  const bool working = term != nullptr && in_working_time(*term);
  const Milliseconds time = working ? working_time_between(pack.calendar, at, due_at)
                                    : std::max(Milliseconds{0}, due_at - at);
  return {time, working};
}

DueTime resumed_due(const CityPack& pack, const ClockDefinition& clock, const TimeLeft& left,
                    Instant at) {
  const bool counts = left.working && left.time > Milliseconds{0};
  const Counted counted = counts ? add_working_time(pack.calendar, at, left.time)
                                 : Counted{at + left.time, false, {}, {}};
  const Text from = describe_instant(pack.calendar, at);
  const Text length = describe_length(left.time);
  const Text special = describe_counted(counted, pack.calendar);
  const Text due = describe_instant(pack.calendar, counted.due_at, at);
  DueTime out{
      clock.name,
      counted.due_at,
      warn_at(pack, left.working, at, counted.due_at, clock.warn_fraction),
      counted.provisional,
      false,
      {"暂停后自" + from.zh + "恢复计时，剩余" + (left.working ? "工作时间" : "") + length.zh +
           special.zh + "；" + due.zh + "到期",
       "runs again from " + from.en + " with " + length.en +
           (left.working ? " of working time" : "") + " left" + special.en + "; due " + due.en}};
  if (out.provisional) {
    say_provisional(out.explanation);
  }
  return out;
}

DueTime recounted(const CityPack& pack, DueTime fresh, Instant old_due_at) {
  const Text before = describe_instant(pack.calendar, old_due_at);
  fresh.explanation.zh += "；节假日安排公布后重新计算，原定" + before.zh + "到期";
  fresh.explanation.en +=
      "; counted again after the holidays were announced, before that due " + before.en;
  return fresh;
}

std::optional<double> covered_days(const CityPack& pack, Instant now) {
  const auto until = covered_until(pack.calendar);
  if (!until || !counts_working_time(pack)) {
    return std::nullopt;
  }
  return std::chrono::duration<double, std::ratio<86'400>>(*until - now).count();
}

}  // namespace paidan::domain
