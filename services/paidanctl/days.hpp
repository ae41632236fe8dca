#pragma once
#include <optional>
#include <string>

#include "paidan/domain/calendar.hpp"

namespace paidan::ctl {

/// A whole YYYY-MM-DD.
std::optional<domain::Day> parse_day(const std::string& text);
std::string text_of(domain::Day day);

}  // namespace paidan::ctl
