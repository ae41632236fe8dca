#include "views/observe.hpp"

#include <algorithm>
#include <chrono>

#include "paidan/contract/cloud_event.hpp"
#include "paidan/runtime/log.hpp"

namespace paidan::views {
namespace {

namespace log = runtime::log;
namespace names = metrics::names;
constexpr std::string_view logger = "views";

double seconds(Milliseconds time) { return std::chrono::duration<double>(time).count(); }

metrics::Counter outcome(metrics::Registry& registry, std::string_view name) {
  return registry.counter(names::decisions, {{"service", registry.service()}, {"outcome", name}});
}

}  // namespace

ObservedBuilder::ObservedBuilder(metrics::Registry& registry, const stream::Clock& clock,
                                 runtime::Condition& complete)
    : clock_(clock),
      complete_(complete),
      inputs_(registry.counter(names::inputs)),
      accepted_(outcome(registry, "accepted")),
      repeated_(outcome(registry, "skipped")),
      malformed_(outcome(registry, "malformed")),
      jumps_(registry.counter(names::version_gaps)),
      gaps_(registry.counter(names::view_gaps)),
      lag_(registry.gauge(names::view_lag_seconds, {{"view", "tickets"}})),
      lateness_(registry.histogram(names::alert_lateness_seconds)) {}

void ObservedBuilder::applied(const Report& report) {
  waiting_ = false;
  inputs_.add(static_cast<double>(report.records));
  accepted_.add(static_cast<double>(report.records - report.repeated));
  repeated_.add(static_cast<double>(report.repeated));
  jumps_.add(static_cast<double>(report.jumped));
  lag_.set(seconds(std::max(clock_.now() - report.newest, Milliseconds{0})));
}

void ObservedBuilder::alerted(const domain::SlaFact& fact) {
  using domain::SlaKind;
  if (fact.kind == SlaKind::warned || fact.kind == SlaKind::breached) {
    lateness_.observe(seconds(fact.late));
  }
}

void ObservedBuilder::malformed(const stream::InRecord& record, std::string_view why) {
  malformed_.add();
  log::warn(logger, "a record cannot be read and is left out of the views",
            {log::topic(record.topic), log::partition(record.partition), log::offset(record.offset),
             log::trace(contract::traceparent_of(record)), log::text("why", why)});
}

void ObservedBuilder::caught_up() {
  waiting_ = false;
  lag_.set(0);
}

void ObservedBuilder::live(bool live) {
  if (live != complete_.met()) {
    log::info(logger, live ? "the views are complete" : "the views are not complete");
  }
  complete_.set(live);
}

void ObservedBuilder::gap() {
  gaps_.add();
  log::warn(logger,
            "the views were changed or emptied by somebody else; begins from what they say");
}

void ObservedBuilder::wiped(std::string_view why) {
  log::error(logger, "the views made no sense and were emptied; they are built again",
             {log::text("why", why)});
}

void ObservedBuilder::waits(std::string_view why) {
  if (!waiting_) log::warn(logger, "waits and tries again", {log::text("why", why)});
  waiting_ = true;
}

void BoardMetrics::show(const std::map<Cell, std::int64_t>& cells) {
  for (const auto& [cell, count] : cells) {
    std::int64_t& shown = shown_[cell];
    const bool only_grows = cell.counter == Counter::warnings || cell.counter == Counter::breaches;
    // While an emptied Redis is filled again, a counter waits until it is where it was.
    const std::int64_t target =
        only_grows ? std::max(shown, count) : std::max<std::int64_t>(0, count);
    if (target != shown) add(cell, target - shown);
    shown = target;
  }
  for (auto& [cell, shown] : shown_) {
    const bool only_grows = cell.counter == Counter::warnings || cell.counter == Counter::breaches;
    if (only_grows || shown == 0 || cells.contains(cell)) continue;
    add(cell, -shown);
    shown = 0;
  }
}

void BoardMetrics::add(const Cell& cell, std::int64_t change) {
  using metrics::ClockState;
  const metrics::Labels labels{{"unit", cell.unit}, {"clock", cell.clock}};
  switch (cell.counter) {
    case Counter::running:
      clocks_.add(cell.unit, cell.clock, ClockState::running, change);
      break;
    case Counter::at_risk:
      clocks_.add(cell.unit, cell.clock, ClockState::at_risk, change);
      break;
    case Counter::breached:
      clocks_.add(cell.unit, cell.clock, ClockState::breached, change);
      break;
    case Counter::warnings:
      registry_.counter(names::warnings, labels).add(static_cast<double>(change));
      break;
    case Counter::breaches:
      registry_.counter(names::breaches, labels).add(static_cast<double>(change));
      break;
  }
}

}  // namespace paidan::views
