#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "paidan/contract/record.hpp"
#include "paidan/domain/facts.hpp"
#include "paidan/domain/partition_time.hpp"
#include "paidan/domain/sla.hpp"
#include "paidan/domain/ticket.hpp"

/// Records of `lifecycle`: the ticket's history. Pure, thread-safe.
namespace paidan::contract {

/// A fact with what the record says of the ticket after it.
struct TicketFact {
  std::uint64_t version = 0;
  domain::State state = domain::State::none;
  domain::UnitId lead_unit;
  std::uint32_t assign_epoch = 0;
  domain::UnitId queue_unit;
  std::vector<domain::UnitId> relieved_units;  ///< In charge before this fact and no more.
  domain::LifecycleFact fact;
};
using LifecycleRecord = std::variant<TicketFact, domain::TimeMark, domain::Settled>;
/// The same, as far as clocks care.
using LifecycleNoticeRecord =
    std::variant<domain::LifecycleNotice, domain::TimeMark, domain::Settled>;

DecodeResult<LifecycleRecord> decode_lifecycle(const stream::InRecord& record,
                                               std::int32_t partition_count);
/// Cheaper: leaves out everything but clocks.
DecodeResult<LifecycleNoticeRecord> decode_lifecycle_notice(const stream::InRecord& record,
                                                            std::int32_t partition_count);

/// `after` is the ticket that `evolve` returned for the fact. `stamp.happened_at` is not used: the
/// fact has its own.
stream::OutRecord encode_lifecycle(std::string_view ticket_id, const domain::LifecycleFact& fact,
                                   const domain::Ticket& after, const Stamp& stamp,
                                   std::span<const domain::UnitId> relieved_units = {});
/// Key "@<partition>" of the cause; happened_at is the mark's own time.
stream::OutRecord encode_time_mark(const domain::TimeMark& mark, const Stamp& stamp);
stream::OutRecord encode_settled(const domain::Settled& settled, const Stamp& stamp);

}  // namespace paidan::contract
