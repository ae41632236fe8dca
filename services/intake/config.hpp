#pragma once
#include "paidan/runtime/config.hpp"

namespace paidan::intake {

/// Every setting of paidan-intake.
runtime::PropertyTable properties();

}  // namespace paidan::intake
