#pragma once
#include <compare>
#include <cstddef>
#include <functional>
#include <utility>

namespace paidan {

/// A value that mixes only with values of the same meaning. `Tag` is an incomplete type whose only
/// job is to be different. No arithmetic: take `get()` and say what you mean.
template <class T, class Tag>
class Strong {
 public:
  using Value = T;
  constexpr Strong() = default;
  constexpr explicit Strong(T value) : value_(std::move(value)) {}
  constexpr const T& get() const noexcept { return value_; }
  friend constexpr auto operator<=>(const Strong&, const Strong&) = default;

 private:
  T value_{};
};

}  // namespace paidan

template <class T, class Tag>
struct std::hash<paidan::Strong<T, Tag>> {
  std::size_t operator()(const paidan::Strong<T, Tag>& strong) const noexcept {
    return std::hash<T>{}(strong.get());
  }
};
