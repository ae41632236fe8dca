#include "state_fields.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace paidan::contract {

namespace {

namespace wire = state::v1;

// Names and units of clocks are most of a snapshot's bytes, and nearly always one of these.
struct ShortName {
  std::string_view clock;
  std::string_view letter;
};
constexpr std::array<ShortName, 11> short_names{{{"citizen", "C"},
                                                 {"acknowledge", "A"},
                                                 {"contact", "K"},
                                                 {"handle", "H"},
                                                 {"return_request", "R"},
                                                 {"co_handle", "O"},
                                                 {"call_back", "B"},
                                                 {"redo", "D"},
                                                 {"supervise", "S"},
                                                 {"sub_handle", "L"},
                                                 {"review", "V"}}};
constexpr std::string_view no_unit = "-";
constexpr std::string_view queue_unit = "=";

}  // namespace

std::optional<Instant> from_optional_ms(std::int64_t unix_ms) {
  if (unix_ms == 0) return std::nullopt;
  return from_unix_ms(unix_ms);
}
std::int64_t to_optional_ms(const std::optional<Instant>& instant) {
  return instant ? to_unix_ms(*instant) : 0;
}

std::string read_clock(std::string name) {
  if (name.size() != 1) return name;
  const auto* found = std::ranges::find(short_names, name, &ShortName::letter);
  return found == short_names.end() ? name : std::string(found->clock);
}
std::string write_clock(const std::string& name) {
  const auto* found = std::ranges::find(short_names, name, &ShortName::clock);
  return found == short_names.end() ? name : std::string(found->letter);
}

domain::UnitId read_clock_unit(std::string unit, const wire::DispatchTicket& ticket) {
  if (unit.empty()) return domain::UnitId{ticket.lead_unit()};
  if (unit == queue_unit) return domain::UnitId{ticket.queue_unit()};
  return unit == no_unit ? domain::UnitId{} : domain::UnitId{std::move(unit)};
}
std::string write_clock_unit(const domain::UnitId& unit, const domain::Ticket& ticket) {
  if (unit == ticket.lead_unit) return {};
  if (unit.get().empty()) return std::string(no_unit);
  return unit == ticket.queue_unit ? std::string(queue_unit) : unit.get();
}

namespace {

void read_clock_seqs(const wire::DispatchTicket& proto, domain::Ticket& out) {
  for (const domain::OpenClock& clock : out.clocks) out.clock_seqs[clock.clock] = clock.seq;
  for (const auto& [clock, seq] : proto.clock_seqs()) out.clock_seqs[read_clock(clock)] = seq;
}
void write_clock_seqs(const domain::Ticket& ticket, wire::DispatchTicket& out) {
  std::map<std::string, std::uint32_t> implied;
  for (const domain::OpenClock& clock : ticket.clocks) implied[clock.clock] = clock.seq;
  for (const auto& [clock, seq] : ticket.clock_seqs) {
    const auto found = implied.find(clock);
    if (found != implied.end() && found->second == seq) continue;
    (*out.mutable_clock_seqs())[write_clock(clock)] = seq;
  }
}

std::vector<domain::OpenClock> read_open_clocks(wire::DispatchTicket& proto) {
  std::vector<domain::OpenClock> out;
  out.reserve(static_cast<std::size_t>(proto.clocks_size()));
  for (wire::OpenClock& clock : *proto.mutable_clocks()) {
    out.push_back({.clock = read_clock(std::move(*clock.mutable_clock())),
                   .seq = clock.seq(),
                   .step = clock.step(),
                   .unit = read_clock_unit(std::move(*clock.mutable_unit()), proto),
                   .due_at = from_unix_ms(clock.due_at_ms()),
                   .provisional_since = from_optional_ms(clock.provisional_since_ms())});
  }
  return out;
}

void write_open_clocks(const domain::Ticket& ticket, wire::DispatchTicket& out) {
  for (const domain::OpenClock& clock : ticket.clocks) {
    wire::OpenClock& written = *out.add_clocks();
    written.set_clock(write_clock(clock.clock));
    written.set_seq(clock.seq);
    written.set_step(clock.step);
    written.set_unit(write_clock_unit(clock.unit, ticket));
    written.set_due_at_ms(to_unix_ms(clock.due_at));
    written.set_provisional_since_ms(to_optional_ms(clock.provisional_since));
  }
}

void read_matter(wire::DispatchTicket& proto, domain::Ticket& out, Faults& faults) {
  out.channel = domain::ChannelId{std::move(*proto.mutable_channel())};
  out.category = domain::CategoryId{std::move(*proto.mutable_category())};
  out.demand_kind = std::move(*proto.mutable_demand_kind());
  out.urgency =
      read_enum<domain::Urgency>(proto.urgency(), ticket::v1::Urgency_IsValid, {"urgency"}, faults);
  out.area = domain::AreaId{std::move(*proto.mutable_area())};
  out.content_hash = std::move(*proto.mutable_content_hash());
  out.conflicting_hashes = read_ids<std::string>(*proto.mutable_conflicting_hashes());
  out.confidential = proto.confidential();
  out.designated_unit = domain::UnitId{std::move(*proto.mutable_designated_unit())};
}

void write_matter(const domain::Ticket& ticket, wire::DispatchTicket& out) {
  out.set_channel(ticket.channel.get());
  out.set_category(ticket.category.get());
  out.set_demand_kind(ticket.demand_kind);
  out.set_urgency(write_enum<ticket::v1::Urgency>(ticket.urgency));
  out.set_area(ticket.area.get());
  out.set_content_hash(ticket.content_hash);
  for (const std::string& hash : ticket.conflicting_hashes) out.add_conflicting_hashes(hash);
  out.set_confidential(ticket.confidential);
  out.set_designated_unit(ticket.designated_unit.get());
}

void read_times(const wire::DispatchTicket& proto, domain::Ticket& out) {
  out.opened_at = from_unix_ms(proto.opened_at_ms());
  out.assigned_at = from_unix_ms(proto.assigned_at_ms());
  out.last_happened_at = from_unix_ms(proto.last_happened_at_ms());
  out.given_due_at = from_optional_ms(proto.given_due_at_ms());
  out.contacted_at = from_optional_ms(proto.contacted_at_ms());
  out.closed_at = from_optional_ms(proto.closed_at_ms());
}

void write_times(const domain::Ticket& ticket, wire::DispatchTicket& out) {
  out.set_opened_at_ms(to_unix_ms(ticket.opened_at));
  out.set_assigned_at_ms(to_unix_ms(ticket.assigned_at));
  out.set_last_happened_at_ms(to_unix_ms(ticket.last_happened_at));
  out.set_given_due_at_ms(to_optional_ms(ticket.given_due_at));
  out.set_contacted_at_ms(to_optional_ms(ticket.contacted_at));
  out.set_closed_at_ms(to_optional_ms(ticket.closed_at));
}

}  // namespace

domain::Ticket read_dispatch_ticket(wire::DispatchTicket& proto, Faults& faults) {
  domain::Ticket out;
  out.state =
      read_enum<domain::State>(proto.state(), ticket::v1::TicketState_IsValid, {"state"}, faults);
  out.version = proto.version();
  out.assign_epoch = proto.assign_epoch();
  out.clocks = read_open_clocks(proto);
  if (proto.has_extras()) read_extras(proto, out.extras.edit(), faults);
  out.lead_unit = domain::UnitId{std::move(*proto.mutable_lead_unit())};
  out.queue_unit = domain::UnitId{std::move(*proto.mutable_queue_unit())};
  out.co_handlers = read_ids<domain::UnitId>(*proto.mutable_co_handlers());
  out.excluded_units = read_ids<domain::UnitId>(*proto.mutable_excluded_units());
  out.directed_by_office = proto.directed_by_office();
  out.returns_granted = proto.returns_granted();
  for (const wire::AnsweredCommand& command : proto.commands()) {
    out.commands.push_back({command.command_hash(), command.version()});
  }
  read_clock_seqs(proto, out);
  out.urge_count = proto.urge_count();
  out.breached = proto.breached();
  // Records from before the count have the flag alone.
  out.breach_count = proto.breach_count() == 0 && proto.breached() ? 1 : proto.breach_count();
  out.closed_unrated = proto.closed_unrated();
  out.reminded = proto.reminded();
  out.resume_state = read_enum<domain::State>(proto.resume_state(), ticket::v1::TicketState_IsValid,
                                              {"resume_state"}, faults);
  out.report_version = proto.report_version();
  out.outcome = read_enum<domain::CompletionOutcome>(proto.outcome(), ticket::v1::Outcome_IsValid,
                                                     {"outcome"}, faults);
  read_matter(proto, out, faults);
  read_times(proto, out);
  return out;
}

void write_dispatch_ticket(const domain::Ticket& ticket, wire::DispatchTicket& out) {
  out.set_state(write_enum<ticket::v1::TicketState>(ticket.state));
  out.set_version(ticket.version);
  out.set_assign_epoch(ticket.assign_epoch);
  out.set_lead_unit(ticket.lead_unit.get());
  out.set_queue_unit(ticket.queue_unit.get());
  for (const domain::UnitId& unit : ticket.co_handlers) out.add_co_handlers(unit.get());
  for (const domain::UnitId& unit : ticket.excluded_units) out.add_excluded_units(unit.get());
  out.set_directed_by_office(ticket.directed_by_office);
  out.set_returns_granted(ticket.returns_granted);
  write_open_clocks(ticket, out);
  for (const domain::AnsweredCommand& command : ticket.commands) {
    wire::AnsweredCommand& written = *out.add_commands();
    written.set_command_hash(command.command_hash);
    written.set_version(command.version);
  }
  write_clock_seqs(ticket, out);
  out.set_urge_count(ticket.urge_count);
  out.set_breached(ticket.breached);
  out.set_breach_count(ticket.breach_count);
  out.set_closed_unrated(ticket.closed_unrated);
  out.set_reminded(ticket.reminded);
  if (ticket.extras != Boxed<domain::TicketExtras>{}) write_extras(ticket, *out.mutable_extras());
  out.set_resume_state(write_enum<ticket::v1::TicketState>(ticket.resume_state));
  out.set_report_version(ticket.report_version);
  out.set_outcome(write_enum<ticket::v1::Outcome>(ticket.outcome));
  write_matter(ticket, out);
  write_times(ticket, out);
}

domain::SlaTicket read_sla_ticket(wire::SlaTicket& proto, Faults& /*faults*/) {
  domain::SlaTicket out;
  out.version = proto.version();
  out.clocks.reserve(static_cast<std::size_t>(proto.clocks_size()));
  for (wire::RunningClock& clock : *proto.mutable_clocks()) {
    out.clocks.push_back({.clock = read_clock(std::move(*clock.mutable_clock())),
                          .seq = clock.seq(),
                          .step = clock.step(),
                          .unit = domain::UnitId{std::move(*clock.mutable_unit())},
                          .due_at = from_unix_ms(clock.due_at_ms()),
                          .warn_at = from_optional_ms(clock.warn_at_ms()),
                          .breached = clock.breached()});
  }
  return out;
}

void write_sla_ticket(const domain::SlaTicket& ticket, wire::SlaTicket& out) {
  out.set_version(ticket.version);
  for (const domain::RunningClock& clock : ticket.clocks) {
    wire::RunningClock& written = *out.add_clocks();
    written.set_clock(write_clock(clock.clock));
    written.set_seq(clock.seq);
    written.set_step(clock.step);
    written.set_unit(clock.unit.get());
    written.set_due_at_ms(to_unix_ms(clock.due_at));
    written.set_warn_at_ms(to_optional_ms(clock.warn_at));
    written.set_breached(clock.breached);
  }
}

}  // namespace paidan::contract
