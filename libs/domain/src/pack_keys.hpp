#pragma once
#include <cstdint>

#include "paidan/domain/pack.hpp"

/// The keys of PackIndex's tables: small numbers side by side. The loader bounds their size.
namespace paidan::domain {

constexpr std::uint64_t number_of(Index index) { return static_cast<std::uint64_t>(index) + 1; }

constexpr std::uint64_t line_key(Index area, Index area_class, Index channel) {
  return number_of(area) << 32U | number_of(area_class) << 16U | number_of(channel);
}

/// `first` is a unit kind or the number of a function.
constexpr std::uint64_t unit_key(Index first, Index area) {
  return number_of(first) << 32U | number_of(area);
}

}  // namespace paidan::domain
