#include "paidan/domain/queues.hpp"

#include "src/states.hpp"

namespace paidan::domain {
namespace {

constexpr States with_unit = State::assigned | State::acknowledged | State::contacted |
                             State::onsite_recheck | State::needs_info | State::difficult |
                             State::return_requested | State::extension_requested |
                             State::unreasonable | State::redo | State::reopened;

constexpr std::array<std::string_view, 9> names{"",          "TRIAGE",      "RETURN",
                                                "EXTENSION", "ARBITRATION", "UNREASONABLE",
                                                "REVIEW",    "CONFLICT",    "DUPLICATE"};

}  // namespace

std::string_view name_of(Queue queue) { return names[static_cast<std::size_t>(queue)]; }

bool is_with_unit(State state) { return with_unit.has(state); }

bool lies_in(Queue queue, const Waiting& ticket) {
  switch (queue) {
    case Queue::triage:
      return ticket.state == State::needs_triage;
    case Queue::returned:
      return ticket.state == State::return_requested;
    case Queue::extension:
      return ticket.state == State::extension_requested;
    case Queue::arbitration:
      return ticket.state == State::arbitration;
    case Queue::unreasonable:
      return ticket.state == State::unreasonable;
    case Queue::review:
      return ticket.appealed || ticket.state == State::onsite_recheck ||
             (ticket.difficult && is_with_unit(ticket.state));
    case Queue::conflict:
      return ticket.conflicting;
    case Queue::duplicate:
      return ticket.proposed && is_open(ticket.state);
    case Queue::none:
      break;
  }
  return false;
}

}  // namespace paidan::domain
