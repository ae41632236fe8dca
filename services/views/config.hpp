#pragma once
#include "paidan/runtime/config.hpp"

namespace paidan::views {

/// Every setting of paidan-views.
runtime::PropertyTable properties();

}  // namespace paidan::views
