#include "lifecycle_facts.hpp"

namespace paidan::contract {

namespace {

namespace wire = ticket::v1;

domain::ClockStarted read_started(wire::ClockStarted& started, const Path& at, Faults& faults) {
  domain::ClockStarted out;
  out.clock = std::move(*started.mutable_clock());
  if (out.clock.empty()) faults.add({"clock", &at}, "missing");
  out.seq = started.seq();
  out.step = started.step();
  out.unit = domain::UnitId{std::move(*started.mutable_unit())};
  out.started_at =
      read_instant(started.has_started_at(), started.started_at(), {"started_at", &at}, faults);
  out.due_at = read_instant(started.has_due_at(), started.due_at(), {"due_at", &at}, faults);
  out.warn_at =
      read_optional_instant(started.has_warn_at(), started.warn_at(), {"warn_at", &at}, faults);
  out.provisional = started.provisional();
  out.explanation = read_text(*started.mutable_explanation());
  return out;
}

domain::ClockStopped read_stopped(wire::ClockStopped& stopped, const Path& at, Faults& faults) {
  domain::ClockStopped out;
  out.clock = std::move(*stopped.mutable_clock());
  if (out.clock.empty()) faults.add({"clock", &at}, "missing");
  out.seq = stopped.seq();
  out.reason = read_enum<domain::ClockStop>(stopped.reason(), wire::ClockStop_IsValid,
                                            {"reason", &at}, faults);
  return out;
}

void write_started(const domain::ClockStarted& started, wire::ClockStarted& out) {
  out.set_clock(started.clock);
  out.set_seq(started.seq);
  out.set_step(started.step);
  out.set_unit(started.unit.get());
  write_instant(started.started_at, *out.mutable_started_at());
  write_instant(started.due_at, *out.mutable_due_at());
  if (started.warn_at) write_instant(*started.warn_at, *out.mutable_warn_at());
  out.set_provisional(started.provisional);
  write_text(started.explanation, *out.mutable_explanation());
}

void write_stopped(const domain::ClockStopped& stopped, wire::ClockStopped& out) {
  out.set_clock(stopped.clock);
  out.set_seq(stopped.seq);
  out.set_reason(write_enum<wire::ClockStop>(stopped.reason));
}

}  // namespace

std::vector<domain::ClockChange> read_clock_changes(wire::LifecycleRecord& record, Faults& faults) {
  std::vector<domain::ClockChange> out;
  out.reserve(static_cast<std::size_t>(record.clocks_size()));
  for (wire::ClockChange& change : *record.mutable_clocks()) {
    const Path at{"clocks", nullptr, static_cast<int>(out.size())};
    if (change.has_started()) {
      out.emplace_back(read_started(*change.mutable_started(), {"started", &at}, faults));
    } else if (change.has_stopped()) {
      out.emplace_back(read_stopped(*change.mutable_stopped(), {"stopped", &at}, faults));
    } else {
      faults.add(at, "neither started nor stopped");
    }
  }
  return out;
}

void write_clock_changes(const std::vector<domain::ClockChange>& changes,
                         wire::LifecycleRecord& out) {
  for (const domain::ClockChange& change : changes) {
    wire::ClockChange& written = *out.add_clocks();
    std::visit(Overloaded{[&](const domain::ClockStarted& started) {
                            write_started(started, *written.mutable_started());
                          },
                          [&](const domain::ClockStopped& stopped) {
                            write_stopped(stopped, *written.mutable_stopped());
                          }},
               change);
  }
}

}  // namespace paidan::contract
