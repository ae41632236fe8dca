#include <charconv>
#include <string>

#include "paidan/runtime/config.hpp"

namespace paidan::runtime {
namespace {

bool is_port(std::string_view text) {
  int port = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port >= 0 && port <= 65535;
}

}  // namespace

std::optional<std::string> check_not_empty(std::string_view value) {
  if (value.empty()) return "must not be empty";
  return std::nullopt;
}

std::optional<std::string> check_host_port(std::string_view value) {
  const std::size_t colon = value.rfind(':');
  if (colon == value.npos || colon == 0 || !is_port(value.substr(colon + 1))) {
    return "must be host:port with a port of 0 to 65535";
  }
  return std::nullopt;
}

std::optional<std::string> check_host_ports(std::string_view value) {
  while (true) {
    const std::size_t comma = value.find(',');
    if (auto wrong = check_host_port(value.substr(0, comma))) return wrong;
    if (comma == value.npos) return std::nullopt;
    value.remove_prefix(comma + 1);
  }
}

std::optional<std::string> check_redis_address(std::string_view value) {
  constexpr std::string_view unix_prefix = "unix:";
  if (!value.starts_with(unix_prefix)) {
    if (check_host_port(value)) return "must be unix:/path or host:port";
    return std::nullopt;
  }
  constexpr std::size_t path_max = 107;  // sun_path of Linux, less its terminating zero
  const std::size_t size = value.size() - unix_prefix.size();
  if (size == 0 || size > path_max) return "its path must have 1 to 107 bytes";
  return std::nullopt;
}

}  // namespace paidan::runtime
