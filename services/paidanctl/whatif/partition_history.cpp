#include "paidanctl/whatif/partition_history.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include "paidan/contract/inputs.hpp"
#include "paidan/contract/lifecycle.hpp"
#include "paidan/contract/state.hpp"
#include "paidan/contract/topics.hpp"

namespace paidan::ctl {

namespace {

constexpr std::string_view opened_type = "paidan.ticket.opened.v1";

bool names_master(const domain::LifecycleFact& fact, const std::string& master) {
  if (const auto* proposed = std::get_if<domain::DuplicateProposed>(&fact.body)) {
    return proposed->master.get() == master;
  }
  const auto* linked = std::get_if<domain::DuplicateLinked>(&fact.body);
  return linked != nullptr && linked->master.get() == master;
}

}  // namespace

std::optional<PartitionHistory::Cause> PartitionHistory::parse_cause(std::string_view id) {
  const std::size_t slash = id.find('/');
  const std::size_t last = id.rfind('/');
  if (slash == std::string_view::npos || last <= slash) return std::nullopt;
  const contract::Topic* topic = contract::find_topic(id.substr(0, slash));
  const std::string_view number = id.substr(last + 1);
  std::int64_t offset = -1;
  const auto [end, error] = std::from_chars(number.begin(), number.end(), offset);
  if (topic == nullptr || error != std::errc() || end != number.end()) return std::nullopt;
  return Cause{topic->name, offset};
}

void PartitionHistory::note_opened(Instant at) {
  first_opened_at_ = std::min(first_opened_at_.value_or(at), at);
  last_opened_at_ = std::max(last_opened_at_.value_or(at), at);
}

void PartitionHistory::take_lifecycle(const stream::InRecord& record) {
  const bool of_partition = contract::is_partition_key(record.key);
  const bool opens = record.header("ce_type") == opened_type;
  const auto place = places_.find(std::string(record.key));
  // Most records of a long log are of other days' tickets: their bytes are not looked at.
  if (!of_partition && !opens && place == places_.end()) return;
  auto decoded = contract::decode_lifecycle(record, partition_count_);
  if (!decoded) {
    if (place != places_.end()) tickets_[place->second].broken = true;
    return;
  }
  if (const auto* mark = std::get_if<domain::TimeMark>(&decoded->body)) {
    last_mark_at_ = std::max(last_mark_at_.value_or(mark->at), mark->at);
  }
  auto* fact = std::get_if<contract::TicketFact>(&decoded->body);
  if (fact == nullptr) return;
  Collected* ticket = place == places_.end()
                          ? open(decoded->key, decoded->meta, fact->fact.happened_at)
                          : &tickets_[place->second];
  if (ticket != nullptr) add_fact(*ticket, decoded->meta, std::move(fact->fact));
}

/// Nothing: it is of another day.
PartitionHistory::Collected* PartitionHistory::open(const std::string& id,
                                                    const contract::Meta& meta, Instant at) {
  note_opened(at);
  if (at < range_.from || at >= range_.to) return nullptr;
  places_.emplace(id, tickets_.size());
  tickets_.push_back({.id = id, .rules_version = meta.rules_version});
  return &tickets_.back();
}

void PartitionHistory::add_fact(Collected& ticket, const contract::Meta& meta,
                                domain::LifecycleFact fact) {
  ticket.several_versions |= ticket.rules_version != meta.rules_version;
  const auto cause = parse_cause(meta.cause);
  if (!cause) {
    ticket.broken = true;
    return;
  }
  if (ticket.groups.empty() || ticket.groups.back().cause != *cause) {
    ticket.groups.push_back({.cause = *cause});
  }
  ticket.groups.back().facts.push_back(std::move(fact));
}

void PartitionHistory::take_input(const stream::InRecord& record) {
  const auto place = places_.find(std::string(record.key));
  if (place == places_.end()) return;
  auto decoded = contract::decode_dispatch_input(record, partition_count_);
  if (!decoded) return;  // dispatch could not read it either
  auto* input = std::get_if<domain::TicketInput>(&decoded->body);
  if (input == nullptr) return;
  tickets_[place->second].inputs.push_back({{record.topic, record.offset}, std::move(*input)});
}

std::optional<LoggedTicket> PartitionHistory::next() {
  while (next_ < tickets_.size()) {
    auto logged = assemble(std::exchange(tickets_[next_++], {}));
    if (logged) return logged;
    ++unreadable_;
  }
  return std::nullopt;
}

/// Where an input without facts stands: behind what came before it in its own topic, and within
/// that by its time.
std::size_t PartitionHistory::place_of(const Input& input, const std::vector<Group>& groups) {
  if (const auto* proposed = std::get_if<domain::LinkProposed>(&input.input.body)) {
    const auto& opened = groups.front().facts;
    const bool kept = std::any_of(opened.begin(), opened.end(), [&](const auto& fact) {
      return names_master(fact, proposed->master_ticket_id);
    });
    if (kept) return 0;
  }
  // Nothing but a kept proposal is known before the ticket is.
  std::size_t low = 1;
  std::size_t high = groups.size();
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i].cause.topic != input.at.topic) continue;
    if (groups[i].cause.offset < input.at.offset) {
      low = std::max(low, i + 1);
    } else {
      high = std::min(high, i);
    }
  }
  while (low < high && groups[low].facts.front().happened_at <= input.input.happened_at) ++low;
  return low;
}

/// Gives each group its input; what is left over caused nothing.
std::vector<PartitionHistory::Input> PartitionHistory::attach(std::vector<Input> inputs,
                                                              std::vector<Group>& groups) {
  std::vector<Input> idle;
  for (Input& input : inputs) {
    const auto group = std::find_if(groups.begin(), groups.end(),
                                    [&](const Group& each) { return each.cause == input.at; });
    if (group != groups.end()) {
      group->input = std::move(input.input);
    } else if (input.at.topic != contract::topic::sla) {
      idle.push_back(std::move(input));
    }
  }
  std::stable_sort(idle.begin(), idle.end(), [](const Input& one, const Input& other) {
    return one.input.happened_at < other.input.happened_at;
  });
  return idle;
}

std::optional<LoggedTicket> PartitionHistory::assemble(Collected collected) {
  if (collected.broken) return std::nullopt;
  std::vector<Group>& groups = collected.groups;
  std::vector<std::vector<whatif::Happening>> before(groups.size() + 1);
  for (Input& input : attach(std::move(collected.inputs), groups)) {
    before[place_of(input, groups)].push_back({.input = std::move(input.input)});
  }
  LoggedTicket out;
  out.ticket.id = domain::TicketId{collected.id};
  if (!collected.several_versions) out.rules_version = std::move(collected.rules_version);
  std::vector<whatif::Happening>& happenings = out.ticket.happenings;
  for (std::size_t i = 0; i <= groups.size(); ++i) {
    std::move(before[i].begin(), before[i].end(), std::back_inserter(happenings));
    if (i == groups.size()) break;
    const bool by_clocks = groups[i].cause.topic == contract::topic::sla;
    if (!groups[i].input && !by_clocks) return std::nullopt;
    happenings.push_back({.input = std::move(groups[i].input).value_or(domain::TicketInput{}),
                          .by_clocks = by_clocks,
                          .facts = std::move(groups[i].facts)});
  }
  return out;
}

}  // namespace paidan::ctl
