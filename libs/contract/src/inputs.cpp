#include "paidan/contract/inputs.hpp"

#include <type_traits>
#include <utility>

#include "paidan/contract/commands.hpp"
#include "paidan/contract/links.hpp"
#include "paidan/contract/matches.hpp"
#include "paidan/contract/sla.hpp"
#include "paidan/contract/submissions.hpp"
#include "paidan/contract/topics.hpp"

namespace paidan::contract {

namespace {

/// A time mark stands for itself; anything else is something that happened to a ticket.
struct ToInput {
  Instant happened_at;
  const std::string& key;

  DispatchInput operator()(domain::TimeMark& mark) const { return mark; }
  DispatchInput operator()(domain::MarkAnswered& answered) const { return answered; }
  DispatchInput operator()(domain::SlaFact& fact) const { return of_ticket(std::move(fact)); }
  DispatchInput operator()(domain::LinkProposed& proposed) const {
    return of_ticket(std::move(proposed));
  }
  DispatchInput operator()(domain::LinkWithdrawn& withdrawn) const {
    return of_ticket(std::move(withdrawn));
  }
  template <class CitizenSays>
  DispatchInput operator()(CitizenSays& fact) const {
    return of_ticket(domain::CitizenFact{std::move(fact)});
  }

  template <class Body>
  DispatchInput of_ticket(Body body) const {
    return domain::TicketInput{std::move(body), happened_at, domain::TicketId{key}};
  }
};

template <class Body>
DecodeResult<DispatchInput> to_input(DecodeResult<Body> decoded) {
  if (!decoded) return std::move(decoded).error();
  Decoded<Body> record = std::move(decoded).value();
  const ToInput to{record.meta.happened_at, record.key};
  DispatchInput input;
  if constexpr (std::is_same_v<Body, domain::Command> ||
                std::is_same_v<Body, domain::LinkReceived>) {
    input = to.of_ticket(std::move(record.body));
  } else {
    input = std::visit(to, record.body);
  }
  return Decoded<DispatchInput>{std::move(record.key), std::move(record.meta), std::move(input)};
}

}  // namespace

DecodeResult<DispatchInput> decode_dispatch_input(const stream::InRecord& record,
                                                  std::int32_t partition_count) {
  if (record.topic == topic::classified) {
    return to_input(decode_classified(record, partition_count));
  }
  if (record.topic == topic::commands) return to_input(decode_command(record, partition_count));
  if (record.topic == topic::sla) return to_input(decode_sla(record, partition_count));
  if (record.topic == topic::matches) return to_input(decode_match(record, partition_count));
  if (record.topic == topic::links) return to_input(decode_link(record, partition_count));
  return stream::Malformed{"topic: dispatch does not read it"};
}

}  // namespace paidan::contract
