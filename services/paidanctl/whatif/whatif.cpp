#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "paidanctl/commands.hpp"
#include "paidanctl/days.hpp"
#include "paidanctl/pack_option.hpp"
#include "paidanctl/session.hpp"
#include "paidanctl/whatif/report.hpp"

namespace paidan::ctl {

namespace {

constexpr std::size_t workers_max = 16;
constexpr std::size_t examples_max = 10'000;

struct WhatIfOptions {
  std::string from;
  std::string to;
  std::string pack;
  std::string json;
  std::size_t examples = 10;
  std::size_t workers = 2;
};

Result<OpenedIn, Trouble> range_of(const domain::CityPack& pack, const WhatIfOptions& options) {
  const auto from = parse_day(options.from);
  if (!from) return Trouble{"--from " + options.from + ": must be a day, YYYY-MM-DD"};
  const auto to = parse_day(options.to);
  if (!to) return Trouble{"--to " + options.to + ": must be a day, YYYY-MM-DD"};
  if (*to < *from) return Trouble{"--to " + options.to + ": is before --from " + options.from};
  const domain::TimeZone& zone = pack.calendar.zone;
  return OpenedIn{domain::to_instant(zone, domain::CivilTime{*from}),
                  domain::to_instant(zone, domain::CivilTime{*to + std::chrono::days{1}})};
}

/// Says on standard error, once a second, how far it has come.
class Progress {
 public:
  explicit Progress(const std::atomic<std::uint64_t>& decided)
      : thread_([this, &decided](const std::stop_token& stop) {
          std::unique_lock lock(mutex_);
          while (!stop.stop_requested()) {
            woken_.wait_for(lock, stop, std::chrono::seconds{1}, [] { return false; });
            if (stop.stop_requested()) return;
            std::fprintf(stderr, "%llu tickets decided again / 已重算\n",
                         static_cast<unsigned long long>(decided.load()));
          }
        }) {}

 private:
  std::mutex mutex_;
  std::condition_variable_any woken_;
  std::jthread thread_;
};

/// What the partitions come to; tickets are printed and written as they come.
class Gatherer {
 public:
  Gatherer(const domain::CityPack& pack, const WhatIfOptions& options,
           std::unique_ptr<JsonReport> json)
      : pack_(pack), options_(options), json_(std::move(json)) {
    report_.from = options.from;
    report_.to = options.to;
  }

  void take(const PartitionResult& result) {
    whatif::merge(report_.summary, result.summary);
    report_.other_versions += result.other_versions;
    if (result.horizon) {
      report_.horizon = std::min(report_.horizon.value_or(*result.horizon), *result.horizon);
    }
    earliest(first_opened_at_, result.first_opened_at);
    if (result.last_opened_at && (!last_opened_at_ || *result.last_opened_at > *last_opened_at_)) {
      last_opened_at_ = result.last_opened_at;
    }
    for (const ChangedTicket& ticket : result.changed) {
      if (shown_ < options_.examples) examples_ += to_text(pack_, ticket);
      shown_ += shown_ < options_.examples ? 1 : 0;
      if (json_) json_->add(pack_, ticket);
    }
  }

  int finish() {
    if (report_.summary.tickets == 0) return fail(nothing_found());
    std::printf("%s%s", to_table(pack_, report_).c_str(), examples_.c_str());
    if (!json_) return 0;
    const auto written = json_->finish(pack_, report_);
    return written ? 0 : fail(written.error().what);
  }

 private:
  static void earliest(std::optional<Instant>& kept, const std::optional<Instant>& other) {
    if (other && (!kept || *other < *kept)) kept = other;
  }

  std::string nothing_found() const {
    const std::string range = options_.from + " to " + options_.to;
    if (report_.summary.unreadable > 0) {
      return "the log no longer holds what was decided on in the " +
             std::to_string(report_.summary.unreadable) + " tickets opened " + range;
    }
    if (!first_opened_at_) return "the log has no ticket yet";
    const auto day = [&](Instant at) {
      return domain::to_rfc3339(pack_.calendar.zone, at).substr(0, 10);
    };
    return "no ticket was opened " + range + "; the log has tickets opened " +
           day(*first_opened_at_) + " to " + day(*last_opened_at_);
  }

  const domain::CityPack& pack_;
  const WhatIfOptions& options_;
  std::unique_ptr<JsonReport> json_;
  RerunReport report_;
  std::optional<Instant> first_opened_at_;
  std::optional<Instant> last_opened_at_;
  std::string examples_;
  std::size_t shown_ = 0;
};

int what_if(const Session& session, const WhatIfOptions& options) {
  const auto pack = load_pack_of(session, options.pack);
  if (!pack) return fail(pack.error().what, pack.error().code);
  const auto range = range_of(*pack, options);
  if (!range) return fail(range.error().what, 2);
  std::unique_ptr<JsonReport> json;
  if (!options.json.empty()) {
    auto opened = JsonReport::open(options.json);
    if (!opened) return fail(opened.error().what);
    json = std::move(opened).value();
  }
  // Only to tell days from terms; a deployment whose pack has changed since does without.
  const auto before = load_pack_of(session, "");
  RerunPlan plan{.connection = session.connection("paidanctl"),
                 .range = *range,
                 .pack = &*pack,
                 .before = before ? &*before : nullptr,
                 .workers = options.workers};
  std::atomic<std::uint64_t> decided{0};
  Gatherer gatherer(*pack, options, std::move(json));
  const auto done = [&] {
    const Progress progress(decided);
    return rerun(plan, decided, [&](const PartitionResult& result) { gatherer.take(result); });
  }();
  return done ? gatherer.finish() : fail(done.error().what);
}

}  // namespace

void add_whatif(CLI::App& app, Session& session, Action& action) {
  auto* command = app.add_subcommand(
      "whatif", "decide the log again by another pack, and say what differs / 规则变更推演");
  auto options = std::make_shared<WhatIfOptions>();
  command->add_option("--pack", options->pack, "the other pack: its name, or a path with /")
      ->required();
  command->add_option("--from", options->from, "tickets opened from this day on, YYYY-MM-DD")
      ->required();
  command->add_option("--to", options->to, "up to this day, which is included")->required();
  command->add_option("--json", options->json, "write every difference to this file");
  command->add_option("--examples", options->examples, "tickets to print")
      ->check(CLI::Range(std::size_t{0}, examples_max))
      ->capture_default_str();
  command->add_option("--workers", options->workers, "partitions that are read at a time")
      ->check(CLI::Range(std::size_t{1}, workers_max))
      ->capture_default_str();
  command->footer(
      "The log is only read. Clocks run along up to the last time mark of the log. "
      "docs/what-if.md says what is taken as recorded, and has the schema of --json.");
  command->callback([&session, &action, options] {
    action = [&session, options] { return what_if(session, *options); };
  });
}

}  // namespace paidan::ctl
