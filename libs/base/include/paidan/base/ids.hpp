#pragma once
#include <cstdint>
#include <string>

#include "paidan/base/strong.hpp"

namespace paidan {

using Partition = Strong<std::int32_t, struct PartitionTag>;
/// Offset of the first record that is not yet consumed (an exclusive end), never "last consumed".
using NextOffset = Strong<std::int64_t, struct NextOffsetTag>;

}  // namespace paidan
