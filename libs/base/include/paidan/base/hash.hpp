#pragma once
#include <cstdint>
#include <string_view>

namespace paidan {

/// The 32-bit MurmurHash2 of Kafka's Java client, so that a peer in any language finds the same
/// partition. Not for secrets, nor for tables that a stranger can fill.
std::uint32_t murmur2(std::string_view bytes) noexcept;

}  // namespace paidan
