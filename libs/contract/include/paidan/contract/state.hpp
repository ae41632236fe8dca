#pragma once
#include <string>
#include <string_view>
#include <variant>

#include "paidan/base/result.hpp"
#include "paidan/domain/partition_time.hpp"
#include "paidan/domain/sla.hpp"
#include "paidan/domain/ticket.hpp"
#include "paidan/stream/decider.hpp"
#include "paidan/stream/record.hpp"

/// Snapshots of `dispatch.state` and `sla_monitor.state`, compact (DESIGN section 2). They carry no
/// CloudEvents headers: they are state, not events. Pure, thread-safe.
namespace paidan::contract {

using DispatchState = std::variant<domain::Ticket, domain::PartitionTime>;
using SlaMonitorState = std::variant<domain::SlaTicket, domain::PartitionTime>;

/// A default value gives the tombstone.
stream::OutRecord encode_dispatch_state(std::string_view key, Partition partition,
                                        const DispatchState& state);
stream::OutRecord encode_sla_monitor_state(std::string_view key, Partition partition,
                                           const SlaMonitorState& state);

/// A tombstone gives a default Ticket, or PartitionTime for a key "@<partition>".
Result<DispatchState, stream::Malformed> decode_dispatch_state(const stream::InRecord& record);
Result<SlaMonitorState, stream::Malformed> decode_sla_monitor_state(const stream::InRecord& record);

/// True for the key of a partition's own state, "@<partition>".
bool is_partition_key(std::string_view key);

}  // namespace paidan::contract
