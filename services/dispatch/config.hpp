#pragma once
#include <optional>
#include <string>

#include "paidan/runtime/config.hpp"

namespace paidan::dispatch {

/// Every setting of the service.
runtime::PropertyTable properties();

/// What the values mean together: the pack loads, and no worker would idle. Nothing: all is well.
std::optional<std::string> check(const runtime::Config& config);

}  // namespace paidan::dispatch
