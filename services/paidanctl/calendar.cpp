#include "paidan/domain/calendar.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "paidan/stage/pack.hpp"
#include "paidanctl/commands.hpp"
#include "paidanctl/days.hpp"
#include "paidanctl/pack_option.hpp"

namespace paidan::ctl {

namespace {

using domain::Day;

constexpr std::int64_t days_max = 20'000;

struct CalendarOptions {
  std::string pack;
  std::string from;
  std::string to;
};

void print_days(const domain::WorkCalendar& calendar, Day from, Day to) {
  for (Day day = from; day <= to; day += std::chrono::days{1}) {
    const domain::DayInfo info = domain::day_info(calendar, day);
    const std::string name =
        info.special == nullptr || info.special->name.empty() ? "" : " " + info.special->name;
    std::printf("%s %s%s\n", text_of(day).c_str(), info.working ? "work" : "off", name.c_str());
  }
  if (domain::day_info(calendar, from).covered && domain::day_info(calendar, to).covered) return;
  const std::string covered =
      calendar.first_year > calendar.last_year
          ? "no year"
          : std::to_string(calendar.first_year) + " to " + std::to_string(calendar.last_year);
  std::fprintf(stderr,
               "paidanctl: the calendar covers %s; other days are told by their weekday alone / "
               "未公布节假日安排的日期按星期推算\n",
               covered.c_str());
}

int calendar(const Session& session, const CalendarOptions& options) {
  const auto from = parse_day(options.from);
  if (!from) return fail("--from " + options.from + ": must be a day, YYYY-MM-DD", 2);
  const auto to = parse_day(options.to);
  if (!to) return fail("--to " + options.to + ": must be a day, YYYY-MM-DD", 2);
  if (*to < *from) return fail("--to " + options.to + ": is before --from " + options.from, 2);
  if ((*to - *from).count() >= days_max) {
    return fail("--to " + options.to + ": more than " + std::to_string(days_max) +
                    " days from --from " + options.from,
                2);
  }
  const auto pack = load_pack_of(session, options.pack);
  if (!pack) return fail(pack.error().what, pack.error().code);
  print_days(pack->calendar, *from, *to);
  return 0;
}

}  // namespace

void add_calendar(CLI::App& app, Session& session, Action& action) {
  auto* command = app.add_subcommand(
      "calendar", "working days and days off of a pack, one a line / 工作日历（含调休）");
  auto options = std::make_shared<CalendarOptions>();
  add_pack_option(*command, options->pack);
  command->add_option("--from", options->from, "the first day, YYYY-MM-DD")->required();
  command->add_option("--to", options->to, "the last day, YYYY-MM-DD")->required();
  command->footer(
      "Prints `YYYY-MM-DD work|off [name]`: a name for holidays and for make-up working days "
      "(调休).");
  command->callback([&session, &action, options] {
    action = [&session, options] { return calendar(session, *options); };
  });
}

}  // namespace paidan::ctl
