#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "paidan/stage/pack.hpp"
#include "paidanctl/commands.hpp"
#include "paidanctl/replay/case_file.hpp"
#include "paidanctl/replay/driver.hpp"
#include "paidanctl/replay/report.hpp"
#include "paidanctl/replay/script.hpp"
#include "paidanctl/session.hpp"

namespace paidan::ctl {

namespace {

constexpr Milliseconds catch_up_deadline{60'000};
constexpr std::size_t unreadable_shown_max = 5;

struct ReplayOptions {
  std::string city;
  std::string input;
  std::size_t cases_max = 0;
  std::string report;
  std::string expected;
  bool rewrite = false;
};

std::atomic<bool> interrupted{false};
void on_interrupt(int /*signal*/) { interrupted = true; }

/// One line that is drawn over itself on a terminal; elsewhere one line each ten seconds.
class ProgressLine {
 public:
  explicit ProgressLine(const WallTime& wall)
      : wall_(wall), terminal_(isatty(STDERR_FILENO) == 1) {}
  bool show(const ReplayProgress& progress) {
    const double elapsed_s = progress.elapsed.count();
    if (!terminal_ && elapsed_s - shown_s_ < 10) return !interrupted;
    shown_s_ = elapsed_s;
    const double rate = elapsed_s > 0 ? static_cast<double>(progress.submitted) / elapsed_s : 0;
    std::fprintf(stderr, "%s%s  cases %zu of %zu  breached %llu  %.0f/s  %.0f s%s",
                 terminal_ ? "\r\033[K" : "", wall_.print(progress.reached).c_str(),
                 progress.submitted, progress.cases,
                 static_cast<unsigned long long>(progress.breaches), rate, elapsed_s,
                 terminal_ ? "" : "\n");
    return !interrupted;
  }
  void end() const {
    if (terminal_) std::fprintf(stderr, "\r\033[K");
  }

 private:
  const WallTime& wall_;
  const bool terminal_;
  double shown_s_ = -10;
};

/// Every unit that can lead, with its token.
Result<std::vector<UnitStreams::Unit>, Trouble> leading_units(const Session& session,
                                                              const domain::CityPack& pack) {
  std::vector<UnitStreams::Unit> units;
  for (const domain::Agency& agency : pack.agencies) {
    const bool leads =
        agency.kind != domain::UnitKind::queue && agency.kind != domain::UnitKind::section;
    if (!leads) continue;
    auto token = session.token("agency-" + agency.id.get());
    if (!token) return token.error();
    units.push_back({agency.id.get(), std::move(token).value()});
  }
  if (units.empty()) return Trouble{"the pack has no unit that can lead"};
  return units;
}

Result<ReplayPeers, Trouble> peers_of(const Session& session, const domain::CityPack& pack) {
  ReplayPeers peers;
  const std::pair<const char*, std::string*> wanted[] = {{"channel-all", &peers.channel_token},
                                                         {"operations", &peers.operations_token},
                                                         {"office", &peers.office_token}};
  for (const auto& [name, token] : wanted) {
    auto read = session.token(name);
    if (!read) return read.error();
    *token = std::move(read).value();
  }
  auto units = leading_units(session, pack);
  if (!units) return units.error();
  peers.units = std::move(units).value();
  peers.intake = session.new_channel("intake");
  peers.new_dispatch_channel = [&session] { return session.new_channel("dispatch"); };
  peers.token_of = [&session, known = std::make_shared<std::map<std::string, std::string>>()](
                       const std::string& unit) -> std::optional<std::string> {
    const auto found = known->find(unit);
    if (found != known->end()) return found->second;
    auto token = session.token("agency-" + unit);
    if (!token) return std::nullopt;
    return known->emplace(unit, std::move(token).value()).first->second;
  };
  return peers;
}

/// The recorded names of units, as ids of the pack where it knows them by their English name.
void name_units(const domain::CityPack& pack, CaseFile& file) {
  std::unordered_map<std::string, std::string> ids;
  for (const domain::Agency& agency : pack.agencies) ids[agency.name.en] = agency.id.get();
  for (const domain::Agency& agency : pack.agencies) ids[agency.id.get()] = agency.id.get();
  const auto rename = [&](std::string& name) {
    if (const auto found = ids.find(name); found != ids.end()) name = found->second;
  };
  for (ReplayCase& replayed : file.cases) {
    rename(replayed.recorded_department);
    rename(replayed.recorded_queue);
  }
}

/// What the pack expects holds for its whole input only.
std::string expected_path(const ReplayMapping& mapping, const ReplayOptions& options) {
  if (!options.expected.empty()) return options.expected;
  const bool whole = options.input.empty() && options.cases_max == 0;
  return whole ? mapping.expected : "";
}

/// True when nothing is expected, or when what came of it is exactly that.
bool check_expected(const std::string& path, const ReplayReport& report, bool rewrite) {
  if (path.empty()) return true;
  if (rewrite) {
    std::ofstream out(path, std::ios::trunc);
    out << expected_json(report);
    out.flush();
    return static_cast<bool>(out);
  }
  const auto differences = differences_from(path, report);
  if (!differences) {
    std::printf("%s\n", differences.error().what.c_str());
    return false;
  }
  std::printf("expected   预期   %s\n",
              differences->empty() ? "every count is as expected" : "counts differ:");
  for (const std::string& line : *differences) std::printf("  %s\n", line.c_str());
  return differences->empty();
}

int finish(const CaseFile& file, const ReplayDriver& driver, LogReader& log,
           const ReplayTotals& totals, const ReplayMapping& mapping, const ReplayOptions& options) {
  if (const auto caught_up = log.catch_up(catch_up_deadline); !caught_up) {
    return fail(caught_up.error().what);
  }
  const ReplayReport report = make_report(file, driver.timeline(), log.stop(), totals);
  std::printf("%s", to_table(report, totals).c_str());
  const bool as_expected = check_expected(expected_path(mapping, options), report, options.rewrite);
  std::fflush(stdout);
  if (!options.report.empty()) {
    std::ofstream out(options.report, std::ios::trunc);
    out << to_json(report, totals);
    out.flush();
    if (!out) return fail(options.report + ": cannot be written");
  }
  const bool agrees = report.verdicts_equal == report.verdicts_compared;
  const bool well = report.lost == 0 && report.doubled == 0 && agrees && as_expected;
  return well && (mapping.events.empty() || report.steps_unexpected == 0) ? 0 : 1;
}

Result<std::vector<Story>, Trouble> stories_for(const CaseFile& file, const ReplayMapping& mapping,
                                                const ReplayOptions& options) {
  if (mapping.events.empty() || !options.input.empty()) return stories_of(file, mapping);
  return scripted_stories(file, mapping, options.cases_max > 0);
}

/// The first step by a unit that the pack does not have, told in a line; or nothing.
std::optional<std::string> unknown_unit(const std::vector<Story>& stories,
                                        const domain::CityPack& pack,
                                        const ReplayMapping& mapping) {
  for (const Story& story : stories) {
    for (const Step& step : story.steps) {
      const bool known = step.who == "lead" || step.who == "office" || step.who == "citizen" ||
                         domain::find_agency(pack, domain::UnitId{step.who}) != nullptr;
      if (!known) {
        return mapping.events + ":" + std::to_string(step.line) + ": who: the pack has no unit " +
               step.who;
      }
    }
  }
  return std::nullopt;
}

int drive(Session& session, const domain::CityPack& pack, const ReplayMapping& mapping,
          CaseFile& file, const ReplayOptions& options) {
  const auto wall = WallTime::of_zone(mapping.time_zone);
  if (!wall) return fail(wall.error().what);
  name_units(pack, file);
  auto stories = stories_for(file, mapping, options);
  if (!stories) return fail(stories.error().what, 2);
  if (const auto wrong = unknown_unit(*stories, pack, mapping)) return fail(*wrong, 2);
  auto peers = peers_of(session, pack);
  if (!peers) return fail(peers.error().what);
  const bool scripted = !mapping.events.empty();
  EventQueue events;
  auto log = LogReader::open(session.connection("paidanctl-replay"),
                             scripted ? LogReader::Scope::all : LogReader::Scope::figures, events);
  if (!log) return fail(log.error().what);
  ReplayDriver driver(
      file, std::move(stories).value(),
      {.hold = scripted, .window_max = std::chrono::hours{mapping.window_hours_max}}, *wall,
      std::move(peers).value(), **log, events);
  ProgressLine line(*wall);
  const auto totals =
      driver.run([&](const ReplayProgress& progress) { return line.show(progress); });
  line.end();
  if (!totals) return fail(interrupted ? "stopped" : totals.error().what);
  return finish(file, driver, **log, *totals, mapping, options);
}

int replay(Session& session, const ReplayOptions& options) {
  const std::string city = options.city.empty() ? session.config().text("pack") : options.city;
  const auto folder = stage::find_pack(city);
  if (!folder) return fail(folder.error().what, 2);
  const auto pack = stage::load_pack(folder->string());
  if (!pack) return fail(pack.error().what, 2);
  const auto mapping = load_mapping((*folder / "replay.yaml").string());
  if (!mapping) return fail(mapping.error().what, 2);
  const std::string input = options.input.empty() ? mapping->input : options.input;
  auto file = read_cases(input, *mapping, options.cases_max);
  if (!file) return fail(file.error().what, 2);
  std::fprintf(stderr, "%s: %zu cases, %zu unreadable rows\n", input.c_str(), file->cases.size(),
               file->unreadable.size());
  for (std::size_t at = 0; at < file->unreadable.size() && at < unreadable_shown_max; ++at) {
    std::fprintf(stderr, "  line %lld: %s\n", static_cast<long long>(file->unreadable[at].line),
                 file->unreadable[at].why.c_str());
  }
  if (file->cases.empty()) return fail(input + ": no case can be read", 2);
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  return drive(session, *pack, *mapping, *file, options);
}

}  // namespace

void add_replay(CLI::App& app, Session& session, Action& action) {
  auto* command = app.add_subcommand(
      "replay", "replay past cases through a deployment with time.source: replay / 回放历史工单");
  auto options = std::make_shared<ReplayOptions>();
  command->add_option("--city", options->city, "city pack; default: the setting `pack`");
  command->add_option("--input", options->input, ".csv or .csv.xz; default: of the pack");
  command->add_option("--limit", options->cases_max, "only so many cases; 0: all");
  command->add_option("--expected", options->expected,
                      "counts that must come of it, JSON; default: of the pack");
  command->add_flag("--rewrite", options->rewrite,
                    "write what came of it as what is expected, instead of comparing");
  command->add_option("--report", options->report, "write the verdict table as JSON");
  command->callback([&session, &action, options] {
    action = [&session, options] { return replay(session, *options); };
  });
}

}  // namespace paidan::ctl
