#pragma once
#include <string>

#include "paidan/base/ids.hpp"
#include "paidan/base/strong.hpp"

namespace paidan::domain {

/// 16 characters, the last one a check character: `ticket_id.hpp`.
using TicketId = Strong<std::string, struct TicketIdTag>;
/// A unit 承办单位 of the pack's `agencies.yaml`: bureau, district, town, department or queue.
using UnitId = Strong<std::string, struct UnitIdTag>;
/// A category's path joined by "/"; empty: none.
using CategoryId = Strong<std::string, struct CategoryIdTag>;
/// A code of the pack's `areas.yaml`; empty: unknown.
using AreaId = Strong<std::string, struct AreaIdTag>;
/// A channel 来源渠道 of the pack's `channels.yaml`.
using ChannelId = Strong<std::string, struct ChannelIdTag>;

}  // namespace paidan::domain
