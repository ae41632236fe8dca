#pragma once
#include "paidan/runtime/config.hpp"

namespace paidan::sla_monitor {

/// Every setting of paidan-sla-monitor.
runtime::PropertyTable properties();

}  // namespace paidan::sla_monitor
