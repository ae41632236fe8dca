#pragma once
#include "paidan/runtime/config.hpp"

namespace paidan::classification {

/// Every setting of paidan-classification.
runtime::PropertyTable properties();

}  // namespace paidan::classification
