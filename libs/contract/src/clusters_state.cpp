#include <algorithm>

#include "fingerprints.hpp"
#include "paidan/contract/sightings.hpp"
#include "paidan/domain/ticket_id.hpp"
#include "paidan/state/v1/cluster.pb.h"

namespace paidan::contract {

namespace {

namespace wire = state::v1;

domain::TicketIdBytes read_id(const std::string& id, const Path& at, Faults& faults) {
  domain::TicketIdBytes bytes{};
  if (domain::is_ticket_id(id)) {
    std::ranges::copy(id, bytes.begin());
  } else {
    faults.add(at, "not a ticket id");
  }
  return bytes;
}

std::string write_id(const domain::TicketIdBytes& bytes) { return {bytes.data(), bytes.size()}; }

domain::SeenTicket read_ticket(const wire::SeenTicket& ticket, const Path& at, Faults& faults) {
  domain::SeenTicket out;
  out.ticket_id = read_id(ticket.ticket_id(), {"ticket_id", &at}, faults);
  if (!ticket.master_ticket_id().empty()) {
    out.master = read_id(ticket.master_ticket_id(), {"master_ticket_id", &at}, faults);
  }
  out.level = ticket.level();
  out.happened_at = from_unix_ms(ticket.happened_at_ms());
  out.fingerprint = read_fingerprint(ticket.fingerprint(), {"fingerprint", &at}, faults);
  if (ticket.category_size() == static_cast<int>(out.category.size())) {
    std::ranges::copy(ticket.category(), out.category.begin());
  } else if (ticket.category_size() != 0) {
    faults.add({"category", &at}, "neither 4 hashes nor none");
  }
  out.area = ticket.area();
  out.channel = ticket.channel();
  return out;
}

void write_ticket(const domain::SeenTicket& ticket, wire::SeenTicket& out) {
  out.set_ticket_id(write_id(ticket.ticket_id));
  if (ticket.master != domain::TicketIdBytes{}) out.set_master_ticket_id(write_id(ticket.master));
  out.set_level(ticket.level);
  out.set_happened_at_ms(to_unix_ms(ticket.happened_at));
  if (ticket.fingerprint != domain::Fingerprint{}) {
    write_fingerprint(ticket.fingerprint, *out.mutable_fingerprint());
  }
  if (ticket.category.back() != 0) {
    for (const std::uint32_t hash : ticket.category) out.add_category(hash);
  }
  out.set_area(ticket.area);
  out.set_channel(ticket.channel);
}

}  // namespace

stream::OutRecord encode_clusters_state(std::string_view key, Partition partition,
                                        const domain::CallerTickets& state) {
  stream::OutRecord out{.topic = topic::clusters_state,
                        .partition = partition,
                        .key = std::string(key),
                        .value = std::nullopt,
                        .headers = {}};
  if (state.tickets.empty()) return out;
  wire::CallerTickets proto;
  for (const domain::SeenTicket& ticket : state.tickets) {
    write_ticket(ticket, *proto.add_tickets());
  }
  out.value = serialize(proto);
  return out;
}

Result<domain::CallerTickets, stream::Malformed> decode_clusters_state(
    const stream::InRecord& record) {
  domain::CallerTickets state;
  if (!record.value) return state;
  wire::CallerTickets proto;
  if (auto malformed = parse(proto, *record.value, value_bytes_max)) return std::move(*malformed);
  Faults faults;
  for (const wire::SeenTicket& ticket : proto.tickets()) {
    const Path at{"tickets", nullptr, static_cast<int>(state.tickets.size())};
    state.tickets.push_back(read_ticket(ticket, at, faults));
  }
  if (faults.any()) return faults.take();
  return state;
}

}  // namespace paidan::contract
