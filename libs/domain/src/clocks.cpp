#include "paidan/domain/clocks.hpp"

#include <algorithm>
#include <cmath>

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

std::string plural(std::int64_t count, std::string_view unit) {
  std::string out = std::to_string(count);
  out += ' ';
  out += unit;
  if (count != 1) {
    out += 's';
  }
  return out;
}

Text describe_minutes(std::chrono::minutes minutes, std::string_view en, std::string_view zh) {
  const bool whole_hours = minutes.count() % 60 == 0;
  const std::int64_t count = whole_hours ? minutes.count() / 60 : minutes.count();
  return {std::to_string(count) + "个" + std::string(zh) + (whole_hours ? "小时" : "分钟"),
          plural(count, std::string(en) + (whole_hours ? "hour" : "minute"))};
}

/// "5 working days" and its Chinese.
Text describe_term(const Term& term) {
  switch (term.measure) {
    case Term::Measure::working_days:
      return {std::to_string(term.working_days) + "个工作日",
              plural(term.working_days, "working day")};
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

bool in_working_time(const Term& term) {
  return term.measure == Term::Measure::working_days ||
         term.measure == Term::Measure::working_hours;
}

/// Fractions are of working time where the term is.
std::optional<Instant> warn_at(const CityPack& pack, const Term& term, Instant from, Instant due_at,
                               std::optional<double> fraction) {
  if (!fraction || due_at <= from) {
    return std::nullopt;
  }
  const auto part = [&](Milliseconds whole) {
    return Milliseconds{std::llround(static_cast<double>(whole.count()) * *fraction)};
  };
  const Instant at = in_working_time(term)
                         ? add_working_time(pack.calendar, from,
                                            part(working_time_between(pack.calendar, from, due_at)))
                               .due_at
                         : from + part(due_at - from);
  return at > from && at < due_at ? std::optional(at) : std::nullopt;
}

Text explain(const CityPack& pack, const Term& term, const TermQuery& query,
             const Counted& counted) {
  if (term.measure == Term::Measure::given) {
    const Text due = describe_instant(pack.calendar, counted.due_at);
    return {"来源指定期限：" + due.zh, "due time given by the source: " + due.en};
  }
  const Text length = describe_term(term);
  const Text from = describe_instant(pack.calendar, query.from);
  const Text special = describe_counted(counted, pack.calendar);
  const Text due = describe_instant(pack.calendar, counted.due_at, query.from);
  Text out{"自" + from.zh + "起" + length.zh + special.zh + "；" + due.zh + "到期",
           length.en + " after " + from.en + special.en + "; due " + due.en};
  if (counted.provisional) {
    out.zh += "（暂定：节假日安排尚未公布）";
    out.en += " (provisional: holidays of that year are not known yet)";
  }
  return out;
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

}  // namespace

std::optional<DueTime> due_time(const CityPack& pack, const ClockDefinition& clock,
                                const TermQuery& query) {
  const Term* term = first_fitting(clock, query);
  if (term == nullptr) {
    return std::nullopt;
  }
  const Counted counted = count(pack, *term, query);
  return DueTime{clock.name,
                 counted.due_at,
                 warn_at(pack, *term, query.from, counted.due_at, clock.warn_fraction),
                 counted.provisional,
                 term->policy,
                 explain(pack, *term, query, counted)};
}

std::optional<DueTime> co_handle_due(const CityPack& pack, Instant lead_due_at, Instant from) {
  const ClockDefinition* clock = find_clock(pack, "co_handle");
  if (clock == nullptr) {
    return std::nullopt;
  }
  const Term& term = clock->terms.front();
  const Instant due_at = subtract_working_days(pack.calendar, lead_due_at, term.working_days);
  if (due_at <= from) {  // a short term leaves no day between them
    const Text lead = describe_instant(pack.calendar, lead_due_at);
    return DueTime{clock->name,  lead_due_at,
                   std::nullopt, false,
                   term.policy,  {"与主办时限相同：" + lead.zh, "as the lead's: " + lead.en}};
  }
  const Text length = describe_term(term);
  const Text lead = describe_instant(pack.calendar, lead_due_at);
  const Text due = describe_instant(pack.calendar, due_at, lead_due_at);
  return DueTime{clock->name,
                 due_at,
                 std::nullopt,
                 false,
                 term.policy,
                 {"主办时限" + lead.zh + "前" + length.zh + "；" + due.zh + "到期",
                  length.en + " before the lead's " + lead.en + "; due " + due.en}};
}

DueTime handed_over(const CityPack& pack, const ClockDefinition& clock, Instant due_at,
                    Instant at) {
  Term working;
  working.measure = Term::Measure::working_days;
  const Text due = describe_instant(pack.calendar, due_at);
  return {clock.name,
          due_at,
          warn_at(pack, working, at, due_at, clock.warn_fraction),
          false,
          false,
          {"随主办单位移交，到期时间不变：" + due.zh,
           "handed over with the lead, the due time stays: " + due.en}};
}

DueTime ladder_due(const CityPack& pack, const Ladder& ladder, std::size_t index, Instant due_at) {
  const LadderStep& step = ladder.steps[index];
  const Counted counted = add_working_days(pack.calendar, due_at, step.after_working_days, false);
  const Text from = describe_instant(pack.calendar, due_at);
  const Text special = describe_counted(counted, pack.calendar);
  const Text due = describe_instant(pack.calendar, counted.due_at, due_at);
  const std::string days = std::to_string(step.after_working_days);
  return {
      {},
      counted.due_at,
      std::nullopt,
      counted.provisional,
      false,
      {step.name.zh + "：" + from.zh + "逾期后" + days + "个工作日" + special.zh + "；" + due.zh,
       step.name.en + ": " + plural(step.after_working_days, "working day") +
           " after the due time " + from.en + special.en + "; " + due.en}};
}

std::vector<DueTime> due_times(const CityPack& pack, const TermQuery& query) {
  std::vector<DueTime> out;
  std::optional<Instant> lead_due_at;
  for (const ClockDefinition& clock : pack.clocks) {
    if (clock.name == "handle" || (clock.name == "citizen" && !lead_due_at)) {
      const auto due = due_time(pack, clock, query);
      lead_due_at = due ? due->due_at : lead_due_at;
    }
  }
  for (const ClockDefinition& clock : pack.clocks) {
    auto due = due_time(pack, clock, query);
    if (clock.name == "co_handle") {
      due = lead_due_at ? co_handle_due(pack, *lead_due_at, query.from) : std::nullopt;
    }
    if (due) {
      out.push_back(std::move(*due));
    }
  }
  return out;
}

}  // namespace paidan::domain
