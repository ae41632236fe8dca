#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "paidan/stream/decider.hpp"

namespace paidan::contract {

/// Where in a message: "clocks[3].started.due_at". Lives on the stack while the message is read,
/// and becomes a string only when something is wrong.
struct Path {
  std::string_view name;
  const Path* parent = nullptr;
  int index = -1;

  std::string to_string() const;
};

/// Collects what is wrong with a message; the first finding counts.
class Faults {
 public:
  void add(const Path& at, std::string_view what);
  bool any() const { return first_.has_value(); }
  stream::Malformed take() { return stream::Malformed{std::move(*first_)}; }

 private:
  std::optional<std::string> first_;
};

}  // namespace paidan::contract
