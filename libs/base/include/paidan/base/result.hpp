#pragma once
#include <utility>
#include <variant>

#include "paidan/base/assert.hpp"

namespace paidan {

/// Nothing, as the value of a Result that only succeeds or fails.
using Unit = std::monostate;

/// A value or a typed error of the outside world. Same verbs as std::expected, so that C++23 can
/// replace it. Reading the side that is not there is a bug and asserts.
template <class T, class E>
class [[nodiscard]] Result {
 public:
  Result(T value) : store_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: like expected
  Result(E error) : store_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: like expected
  bool has_value() const noexcept { return store_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  const T& value() const& { return (check(0), std::get<0>(store_)); }
  T& value() & { return (check(0), std::get<0>(store_)); }
  T&& value() && { return (check(0), std::get<0>(std::move(store_))); }
  const E& error() const& { return (check(1), std::get<1>(store_)); }
  E&& error() && { return (check(1), std::get<1>(std::move(store_))); }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

 private:
  void check(std::size_t index) const { PAIDAN_ASSERT(store_.index() == index, "wrong side read"); }
  std::variant<T, E> store_;
};

}  // namespace paidan
