#include "paidan/domain/clocks.hpp"

#include <algorithm>
#include <cmath>

#include "src/terms.hpp"

namespace paidan::domain {
namespace {

template <class Items, class Item>
bool none_or_has(const Items& items, const Item& item) {
  return items.empty() || std::find(items.begin(), items.end(), item) != items.end();
}

bool fits(const Term& term, const TermQuery& query) {
  return none_or_has(term.kinds, query.demand_kind) && none_or_has(term.urgencies, query.urgency) &&
         none_or_has(term.channels, query.channel);
}

Text describe_minutes(std::chrono::minutes minutes, std::string_view en, std::string_view zh) {
  const bool whole_hours = minutes.count() % 60 == 0;
  const std::int64_t count = whole_hours ? minutes.count() / 60 : minutes.count();
  // 小时 takes a measure word, 分钟 is one.
  return {std::to_string(count) + (whole_hours ? "个" : "") + std::string(zh) +
              (whole_hours ? "小时" : "分钟"),
          plural(count, std::string(en) + (whole_hours ? "hour" : "minute"))};
}

Text describe_term(const Term& term) {
  switch (term.measure) {
    case Term::Measure::working_days:
      return describe_working_days(term.working_days);
    case Term::Measure::working_hours:
      return describe_minutes(term.minutes, "working ", "工作");
    case Term::Measure::calendar_time:
      return describe_minutes(term.minutes, "", "");
    default:
      return {};
  }
}

Counted count(const CityPack& pack, const Term& term, const TermQuery& query) {
  switch (term.measure) {
    case Term::Measure::working_days:
      return add_working_days(pack.calendar, query.from, term.working_days, pack.count_receipt_day);
    case Term::Measure::working_hours:
      return add_working_time(pack.calendar, query.from, term.minutes);
    case Term::Measure::given:
      return Counted{*query.given_due_at, false, {}, {}};
    default:
      return Counted{query.from + term.minutes, false, {}, {}};
  }
}

Text explain(const CityPack& pack, const Term& term, const TermQuery& query,
             const Counted& counted) {
  if (term.measure == Term::Measure::given) {
    const Text due = describe_instant(pack.calendar, counted.due_at);
    return {"来源指定期限：" + due.zh, "due time given by the source: " + due.en};
  }
  Text length = describe_term(term);
  if (term.measure == Term::Measure::working_days && pack.count_receipt_day) {
    length.zh += "（收到当日计入）";
    length.en += " (the day of receipt counts)";
  }
  const Text from = describe_instant(pack.calendar, query.from);
  const Text special = describe_counted(counted, pack.calendar);
  const Text due = describe_instant(pack.calendar, counted.due_at, query.from);
  Text out{"自" + from.zh + "起" + length.zh + special.zh + "；" + due.zh + "到期",
           length.en + " after " + from.en + special.en + "; due " + due.en};
  if (counted.provisional) {
    say_provisional(out);
  }
  return out;
}

/// What hangs on a due time above: how the two are called.
struct Above {
  std::string_view clock;
  std::string_view zh;
  std::string_view en;
};
constexpr Above lead{"co_handle", "主办时限", "the lead's due time"};
constexpr Above level_above{"sub_handle", "上级时限", "the due time of the level above"};

Text explain_back(const CityPack& pack, const Above& above, const Term& term, Instant due_above,
                  const Counted& counted) {
  const Text length = describe_working_days(term.working_days);
  const Text top = describe_instant(pack.calendar, due_above);
  const Text special = describe_counted(counted, pack.calendar);
  const Text due = describe_instant(pack.calendar, counted.due_at, due_above);
  return {std::string(above.zh) + top.zh + "前" + length.zh + special.zh + "；" + due.zh + "到期",
          length.en + " before " + std::string(above.en) + " " + top.en + special.en + "; due " +
              due.en};
}

std::optional<DueTime> counted_back(const CityPack& pack, const Above& above, Instant due_above,
                                    Instant from, bool provisional) {
  const ClockDefinition* clock = find_clock(pack, above.clock);
  if (clock == nullptr) {
    return std::nullopt;
  }
  if (due_above <= from) {
    return due_time(pack, *clock, {{}, Urgency::normal, {}, from, std::nullopt});
  }
  const Term& term = clock->terms.front();
  Counted counted = subtract_working_days(pack.calendar, due_above, term.working_days);
  DueTime due{clock->name,  counted.due_at,
              std::nullopt, provisional || counted.provisional,
              term.policy,  explain_back(pack, above, term, due_above, counted)};
  if (counted.due_at <= from) {  // a short term leaves no day between them
    const Text top = describe_instant(pack.calendar, due_above);
    due.due_at = due_above;
    due.explanation = {"与" + std::string(above.zh) + "相同：" + top.zh + "到期",
                       "the same as " + std::string(above.en) + ": due " + top.en};
  }
  if (due.provisional) {
    say_provisional(due.explanation);
  }
  due.warn_at = warn_at(pack, true, from, due.due_at, clock->warn_fraction);
  return due;
}

}  // namespace

std::string plural(std::int64_t count, std::string_view unit) {
  std::string out = std::to_string(count);
  out += ' ';
  out += unit;
  if (count != 1) {
    out += 's';
  }
  return out;
}

Text describe_working_days(std::uint32_t days) {
  return {std::to_string(days) + "个工作日", plural(days, "working day")};
}

void say_provisional(Text& text) {
  text.zh += "（暂定：节假日安排尚未公布）";
  text.en += " (provisional: holidays of that year are not known yet)";
}

bool in_working_time(const Term& term) {
  return term.measure == Term::Measure::working_days ||
         term.measure == Term::Measure::working_hours;
}

std::optional<Instant> warn_at(const CityPack& pack, bool working, Instant from, Instant due_at,
                               std::optional<double> fraction) {
  if (!fraction || due_at <= from) {
    return std::nullopt;
  }
  const auto part = [&](Milliseconds whole) {
    return Milliseconds{std::llround(static_cast<double>(whole.count()) * *fraction)};
  };
  const Instant at = working
                         ? add_working_time(pack.calendar, from,
                                            part(working_time_between(pack.calendar, from, due_at)))
                               .due_at
                         : from + part(due_at - from);
  return at > from && at < due_at ? std::optional(at) : std::nullopt;
}

const Term* first_fitting(const ClockDefinition& clock, const TermQuery& query) {
  for (const Term& term : clock.terms) {
    const bool without_due = term.measure == Term::Measure::given && !query.given_due_at;
    if (fits(term, query) && !without_due) {
      return term.measure == Term::Measure::none ? nullptr : &term;
    }
  }
  return nullptr;
}

std::optional<DueTime> due_time(const CityPack& pack, const ClockDefinition& clock,
                                const TermQuery& query) {
  const Term* term = first_fitting(clock, query);
  if (term == nullptr) {
    return std::nullopt;
  }
  const Counted counted = count(pack, *term, query);
  return DueTime{
      clock.name,
      counted.due_at,
      warn_at(pack, in_working_time(*term), query.from, counted.due_at, clock.warn_fraction),
      counted.provisional,
      term->policy,
      explain(pack, *term, query, counted)};
}

DueTime not_after_citizen(DueTime handle, Instant citizen_due_at) {
  if (handle.due_at <= citizen_due_at) {
    return handle;
  }
  handle.due_at = citizen_due_at;
  handle.explanation.zh += "；不晚于市民时限";
  handle.explanation.en += "; not later than the citizen clock";
  if (handle.warn_at && *handle.warn_at >= handle.due_at) {
    handle.warn_at.reset();
  }
  return handle;
}

std::optional<DueTime> co_handle_due(const CityPack& pack, Instant lead_due_at, Instant from,
                                     bool above_provisional) {
  return counted_back(pack, lead, lead_due_at, from, above_provisional);
}

std::optional<DueTime> sub_handle_due(const CityPack& pack, Instant due_above, Instant from,
                                      bool above_provisional) {
  return counted_back(pack, level_above, due_above, from, above_provisional);
}

DueTime ladder_due(const CityPack& pack, const Ladder& ladder, std::size_t index, Instant due_at) {
  const LadderStep& step = ladder.steps[index];
  const Counted counted = add_working_days(pack.calendar, due_at, step.after_working_days, false);
  const Text from = describe_instant(pack.calendar, due_at);
  const Text length = describe_working_days(step.after_working_days);
  const Text special = describe_counted(counted, pack.calendar);
  const Text due = describe_instant(pack.calendar, counted.due_at, due_at);
  Text text{step.name.zh + "：" + from.zh + "逾期后" + length.zh + special.zh + "；" + due.zh,
            step.name.en + ": " + length.en + " after the due time " + from.en + special.en + "; " +
                due.en};
  if (counted.provisional) {
    say_provisional(text);
  }
  return {{}, counted.due_at, std::nullopt, counted.provisional, false, std::move(text)};
}

namespace {

/// The due time that the clocks of a unit at `level` hang on, and the unit's own below the lead.
struct Levels {
  std::optional<DueTime> lead;
  std::optional<DueTime> own;  ///< `sub_handle`; nothing at the lead's level and above.
};

Levels levels_of(const CityPack& pack, const TermQuery& query, std::uint32_t level) {
  const auto due = [&](std::string_view name) {
    const ClockDefinition* clock = find_clock(pack, name);
    return clock == nullptr ? std::nullopt : due_time(pack, *clock, query);
  };
  Levels levels;
  levels.lead = due("handle");
  const auto citizen = due("citizen");
  if (!levels.lead) {
    levels.lead = citizen;
  } else if (citizen) {
    levels.lead = not_after_citizen(*std::move(levels.lead), citizen->due_at);
  }
  std::optional<DueTime> above = levels.lead;
  for (std::uint32_t below = lead_level + 1; below <= level && above; ++below) {
    above = sub_handle_due(pack, above->due_at, query.from, above->provisional);
    levels.own = above;
  }
  return levels;
}

}  // namespace

std::vector<DueTime> due_times(const CityPack& pack, const TermQuery& query, std::uint32_t level) {
  const Levels levels = levels_of(pack, query, level);
  std::vector<DueTime> out;
  for (const ClockDefinition& clock : pack.clocks) {
    std::optional<DueTime> due;
    if (clock.name == level_above.clock) {
      due = levels.own;
    } else if (clock.name == lead.clock) {
      due = !levels.lead
                ? std::nullopt
                : co_handle_due(pack, levels.lead->due_at, query.from, levels.lead->provisional);
    } else if (clock.name == "handle" && levels.lead && levels.lead->clock == "handle") {
      due = levels.lead;
    } else {
      due = due_time(pack, clock, query);
    }
    if (due) {
      out.push_back(*std::move(due));
    }
  }
  return out;
}

}  // namespace paidan::domain
