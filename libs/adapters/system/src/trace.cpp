#include "paidan/system/trace.hpp"

#include <algorithm>

#include "paidan/system/random.hpp"

namespace paidan::system {
namespace {

constexpr std::size_t size = 55;  // 00-<32>-<16>-<2>

bool is_hex(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_zero(std::string_view text) { return text.find_first_not_of('0') == text.npos; }

// All zeros means "none" in the specification; randomness may hit it once in a universe.
std::string random_id(std::size_t size_bytes) {
  std::string id = random_hex(size_bytes);
  if (is_zero(id)) id.back() = '1';
  return id;
}

}  // namespace

bool is_traceparent(std::string_view text) {
  if (text.size() != size || text.substr(0, 3) != "00-") return false;
  if (text[35] != '-' || text[52] != '-') return false;
  const auto trace = text.substr(3, 32);
  const auto span = text.substr(36, 16);
  return is_hex(trace) && is_hex(span) && is_hex(text.substr(53)) && !is_zero(trace) &&
         !is_zero(span);
}

std::string new_traceparent() { return "00-" + random_id(16) + "-" + random_id(8) + "-01"; }

std::string child_traceparent(std::string_view parent) {
  if (!is_traceparent(parent)) return new_traceparent();
  std::string child(parent);
  child.replace(36, 16, random_id(8));
  return child;
}

}  // namespace paidan::system
