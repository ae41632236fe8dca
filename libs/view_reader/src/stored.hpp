#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "paidan/view_reader/view_reader.hpp"

namespace paidan::view_reader {

/// From the bytes in Redis to what callers get. Nothing when they are not a ViewTicket, or when
/// only facts of the SLA monitor have come so far.
std::optional<Ticket> ticket_from(std::string_view ticket_id, const std::string& view_bytes,
                                  std::string text);

}  // namespace paidan::view_reader
