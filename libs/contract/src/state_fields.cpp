#include "state_fields.hpp"

namespace paidan::contract {

namespace {

namespace wire = state::v1;

// In snapshots 0 means "no time"; no ticket has one of the epoch.
std::optional<Instant> from_optional_ms(std::int64_t unix_ms) {
  if (unix_ms == 0) return std::nullopt;
  return from_unix_ms(unix_ms);
}
std::int64_t to_optional_ms(const std::optional<Instant>& instant) {
  return instant ? to_unix_ms(*instant) : 0;
}

std::vector<domain::OpenClock> read_open_clocks(wire::DispatchTicket& proto) {
  std::vector<domain::OpenClock> out;
  out.reserve(static_cast<std::size_t>(proto.clocks_size()));
  for (wire::OpenClock& clock : *proto.mutable_clocks()) {
    out.push_back({.clock = std::move(*clock.mutable_clock()),
                   .seq = clock.seq(),
                   .step = clock.step(),
                   .unit = domain::UnitId{std::move(*clock.mutable_unit())},
                   .due_at = from_unix_ms(clock.due_at_ms())});
  }
  return out;
}

void write_open_clocks(const domain::Ticket& ticket, wire::DispatchTicket& out) {
  for (const domain::OpenClock& clock : ticket.clocks) {
    wire::OpenClock& written = *out.add_clocks();
    written.set_clock(clock.clock);
    written.set_seq(clock.seq);
    written.set_step(clock.step);
    written.set_unit(clock.unit.get());
    written.set_due_at_ms(to_unix_ms(clock.due_at));
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
}

void write_times(const domain::Ticket& ticket, wire::DispatchTicket& out) {
  out.set_opened_at_ms(to_unix_ms(ticket.opened_at));
  out.set_assigned_at_ms(to_unix_ms(ticket.assigned_at));
  out.set_last_happened_at_ms(to_unix_ms(ticket.last_happened_at));
  out.set_given_due_at_ms(to_optional_ms(ticket.given_due_at));
  out.set_contacted_at_ms(to_optional_ms(ticket.contacted_at));
}

}  // namespace

domain::Ticket read_dispatch_ticket(wire::DispatchTicket& proto, Faults& faults) {
  domain::Ticket out;
  out.state =
      read_enum<domain::State>(proto.state(), ticket::v1::TicketState_IsValid, {"state"}, faults);
  out.version = proto.version();
  out.assign_epoch = proto.assign_epoch();
  out.lead_unit = domain::UnitId{std::move(*proto.mutable_lead_unit())};
  out.queue_unit = domain::UnitId{std::move(*proto.mutable_queue_unit())};
  out.co_handlers = read_ids<domain::UnitId>(*proto.mutable_co_handlers());
  out.excluded_units = read_ids<domain::UnitId>(*proto.mutable_excluded_units());
  out.directed_by_office = proto.directed_by_office();
  out.returns_granted = proto.returns_granted();
  out.clocks = read_open_clocks(proto);
  for (const wire::AnsweredCommand& command : proto.commands()) {
    out.commands.push_back({command.command_hash(), command.version()});
  }
  for (const auto& [clock, seq] : proto.clock_seqs()) out.clock_seqs.emplace(clock, seq);
  out.urge_count = proto.urge_count();
  out.breached = proto.breached();
  out.resume_state = read_enum<domain::State>(proto.resume_state(), ticket::v1::TicketState_IsValid,
                                              {"resume_state"}, faults);
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
  for (const auto& [clock, seq] : ticket.clock_seqs) (*out.mutable_clock_seqs())[clock] = seq;
  out.set_urge_count(ticket.urge_count);
  out.set_breached(ticket.breached);
  out.set_resume_state(write_enum<ticket::v1::TicketState>(ticket.resume_state));
  write_matter(ticket, out);
  write_times(ticket, out);
}

domain::SlaTicket read_sla_ticket(wire::SlaTicket& proto, Faults& /*faults*/) {
  domain::SlaTicket out;
  out.version = proto.version();
  out.clocks.reserve(static_cast<std::size_t>(proto.clocks_size()));
  for (wire::RunningClock& clock : *proto.mutable_clocks()) {
    out.clocks.push_back({.clock = std::move(*clock.mutable_clock()),
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
    written.set_clock(clock.clock);
    written.set_seq(clock.seq);
    written.set_step(clock.step);
    written.set_unit(clock.unit.get());
    written.set_due_at_ms(to_unix_ms(clock.due_at));
    written.set_warn_at_ms(to_optional_ms(clock.warn_at));
    written.set_breached(clock.breached);
  }
}

}  // namespace paidan::contract
