#include "src/link_effects.hpp"

#include "src/overloaded.hpp"
#include "src/work.hpp"

namespace paidan::domain {
namespace {

void tell_duplicates(const Ticket& master, const LinkBody& body, std::vector<LinkReach>& out) {
  for (const TicketId& duplicate : master.extras->duplicates) {
    out.push_back({duplicate, body});
  }
}

void tell_master(const Ticket& duplicate, std::vector<LinkReach>& out) {
  if (is_linked(duplicate)) {
    out.push_back({duplicate.extras->duplicate_of, Unlinked{}});
  }
}

/// An ended master answers for nobody: each duplicate goes its own way.
void end(const Ticket& before, std::string reason, std::vector<LinkReach>& out) {
  tell_duplicates(before, LinkRefused{std::move(reason)}, out);
  tell_master(before, out);
}

bool has_answered(const Ticket& ticket) { return ticket.report_version != 0; }

}  // namespace

std::vector<LinkReach> link_effects(const Ticket& before, const LifecycleBody& body) {
  std::vector<LinkReach> out;
  if (before.extras->duplicates.empty() && !is_linked(before) &&
      !std::holds_alternative<DuplicateLinked>(body)) {
    return out;
  }
  std::visit(Overloaded{
                 [&](const Completed&) { tell_duplicates(before, MasterAnswer{}, out); },
                 [&](const RedoOrdered&) { tell_duplicates(before, MasterReopen{}, out); },
                 [&](const TicketWithdrawn&) {
                   if (has_answered(before)) {
                     tell_master(before, out);
                   } else {
                     end(before, "master_withdrawn", out);
                   }
                 },
                 [&](const Declined&) { end(before, "master_declined", out); },
                 [&](const TransferredOut&) { end(before, "master_transferred_out", out); },
                 [&](const Closed& fact) {
                   if (fact.reason == CloseReason::office && !has_answered(before)) {
                     end(before, "master_closed", out);
                   }
                 },
                 [&](const Reopened&) {
                   if (has_answered(before)) {
                     tell_duplicates(before, MasterReopen{}, out);
                   }
                   tell_master(before, out);
                 },
                 [&](const DuplicateLinked& fact) {
                   out.push_back({fact.master, Linked{}});
                   tell_duplicates(before, MasterMoved{fact.master}, out);
                 },
                 [&](const DuplicateUnlinked&) { tell_master(before, out); },
                 [](const auto&) {},
             },
             body);
  return out;
}

}  // namespace paidan::domain
