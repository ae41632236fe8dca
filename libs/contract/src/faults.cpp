#include "faults.hpp"

namespace paidan::contract {

std::string Path::to_string() const {
  std::string text = parent == nullptr ? std::string() : parent->to_string() + ".";
  text += name;
  if (index >= 0) text += "[" + std::to_string(index) + "]";
  return text;
}

void Faults::add(const Path& at, std::string_view what) {
  if (first_) return;
  first_ = at.to_string() + ": ";
  first_->append(what);
}

}  // namespace paidan::contract
