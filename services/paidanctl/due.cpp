#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "paidan/contract/cloud_event.hpp"
#include "paidan/domain/clocks.hpp"
#include "paidanctl/commands.hpp"
#include "paidanctl/pack_option.hpp"
#include "paidanctl/trouble.hpp"

namespace paidan::ctl {

namespace {

using domain::DueTime;
using domain::Urgency;

struct DueOptions {
  std::string pack;
  std::string kind;
  std::string at;
  std::string urgency = "normal";
  std::string channel;
  std::uint32_t level = domain::lead_level;
  bool json = false;
};

struct NamedUrgency {
  std::string_view code;
  std::string_view zh;
  Urgency urgency;
};
constexpr NamedUrgency urgencies[] = {{"normal", "一般", Urgency::normal},
                                      {"urgent", "紧急", Urgency::urgent},
                                      {"critical", "特急", Urgency::critical}};

/// The first and last year that a due time may start in: far from where civil time ends.
constexpr int year_min = 1900;
constexpr int year_max = 2200;

Result<Urgency, Trouble> read_urgency(const std::string& text) {
  std::string known;
  for (const NamedUrgency& named : urgencies) {
    if (text == named.code || text == named.zh) return named.urgency;
    known += known.empty() ? "" : ", ";
    known += std::string(named.code) + " (" + std::string(named.zh) + ")";
  }
  return Trouble{"--urgency " + text + ": must be one of " + known};
}

Result<Instant, Trouble> read_at(const std::string& text) {
  const auto at = contract::from_rfc3339(text);
  if (!at) {
    return Trouble{"--at " + text +
                   ": must be a time with its zone, e.g. 2025-09-30T10:12:00+08:00"};
  }
  const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(*at)};
  const int year = static_cast<int>(date.year());
  if (year < year_min || year > year_max) {
    return Trouble{"--at " + text + ": the year must be from " + std::to_string(year_min) + " to " +
                   std::to_string(year_max)};
  }
  return *at;
}

const std::string& id_of(const domain::DemandKind& kind) { return kind.id; }
const std::string& id_of(const domain::Channel& channel) { return channel.id.get(); }

/// The id of a kind of demand or a channel, by it or by its name in either language.
template <class Items>
Result<std::string, Trouble> find_named(const char* flag, const std::string& name,
                                        const Items& items, const domain::CityPack& pack) {
  std::string known;
  for (const auto& item : items) {
    const std::string& id = id_of(item);
    if (name == id || name == item.name.zh || name == item.name.en) return id;
    known += (known.empty() ? "" : ", ") + id;
  }
  return Trouble{std::string(flag) + " " + name + ": the pack " + pack.name + " knows " + known};
}

nlohmann::ordered_json json_of(const domain::CityPack& pack, const std::vector<DueTime>& times) {
  auto out = nlohmann::ordered_json::array();
  for (const DueTime& due : times) {
    out.push_back({{"clock", due.clock},
                   {"due_at", domain::to_rfc3339(pack.calendar.zone, due.due_at)},
                   {"explanation_zh", due.explanation.zh},
                   {"explanation_en", due.explanation.en}});
  }
  return out;
}

void print_line(const std::string& clock, const std::string& due, const std::string& text) {
  std::printf("%-21s  %-25s  %s\n", clock.c_str(), due.c_str(), text.c_str());
}

void print_table(const domain::CityPack& pack, const std::vector<DueTime>& times, Instant at) {
  if (times.empty()) {
    std::printf("no clock runs / 不计时\n");
    return;
  }
  print_line("CLOCK", "DUE", "WHY");
  for (const DueTime& due : times) {
    const domain::ClockDefinition* clock = domain::find_clock(pack, due.clock);
    const std::string zh = clock->title.zh + (due.policy ? "（本市规定）" : "") + "：";
    const std::string en = clock->title.en + (due.policy ? " (policy of the pack)" : "") + ": ";
    print_line(due.clock, domain::to_rfc3339(pack.calendar.zone, due.due_at),
               zh + due.explanation.zh);
    print_line("", "", en + due.explanation.en);
  }
  for (const DueTime& due : times) {
    const auto limit =
        due.clock == "handle" ? domain::extension_limit(pack, at, due.due_at) : std::nullopt;
    if (!limit) continue;
    print_line("extension limit", domain::to_rfc3339(pack.calendar.zone, limit->latest_due_at),
               "经批准可延期：" + limit->explanation.zh);
    print_line("", "", "with an extension: " + limit->explanation.en);
  }
}

int due(const Session& session, const DueOptions& options) {
  const auto at = read_at(options.at);
  if (!at) return fail(at.error().what, 2);
  const auto urgency = read_urgency(options.urgency);
  if (!urgency) return fail(urgency.error().what, 2);
  const auto pack = load_pack_of(session, options.pack);
  if (!pack) return fail(pack.error().what, pack.error().code);
  const auto kind = find_named("--kind", options.kind, pack->demand_kinds, *pack);
  if (!kind) return fail(kind.error().what, 2);
  domain::TermQuery query{*kind, *urgency, {}, *at, std::nullopt};
  if (!options.channel.empty()) {
    auto channel = find_named("--channel", options.channel, pack->channels, *pack);
    if (!channel) return fail(channel.error().what, 2);
    query.channel = domain::ChannelId{*channel};
  }
  const auto times = domain::due_times(*pack, query, options.level);
  if (options.json) {
    std::printf("%s\n", json_of(*pack, times).dump().c_str());
  } else {
    print_table(*pack, times, *at);
  }
  return 0;
}

}  // namespace

void add_due(CLI::App& app, Session& session, Action& action) {
  auto* command = app.add_subcommand(
      "due", "when each clock is due, and why, if it starts at a time / 各项时限及其说明");
  auto options = std::make_shared<DueOptions>();
  add_pack_option(*command, options->pack);
  command->add_option("--kind", options->kind, "kind of demand: 咨询, 求助, 投诉, 举报, 建议, 表扬")
      ->required();
  command->add_option("--at", options->at, "start, RFC 3339: 2025-09-30T10:12:00+08:00")
      ->required();
  command->add_option("--urgency", options->urgency, "normal 一般, urgent 紧急, critical 特急")
      ->capture_default_str();
  command->add_option("--channel", options->channel, "of which channel; default: no special one");
  command
      ->add_option("--level", options->level,
                   "level of the unit: 1 city, 2 district or bureau, 3 街镇, 4 section or 居村")
      ->check(CLI::Range(1U, domain::lowest_level))
      ->capture_default_str();
  command->add_flag("--json", options->json,
                    "as [{clock, due_at, explanation_zh, explanation_en}]");
  command->footer(
      "Every clock is counted as if it started at --at. `handle` is the lead's, of level 1 or 2. A "
      "unit of level 3 or 4 that the lead passes the ticket to (二次派单) has `sub_handle`: one "
      "term of that clock before the due time of the level above it.");
  command->callback([&session, &action, options] {
    action = [&session, options] { return due(session, *options); };
  });
}

}  // namespace paidan::ctl
