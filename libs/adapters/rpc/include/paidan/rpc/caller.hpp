#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace paidan::rpc {

/// A bit each, so that a permission is a set.
enum class Role : std::uint8_t { channel = 1, agency = 2, office = 4, operations = 8 };
std::string_view to_string(Role role);
std::optional<Role> role_of(std::string_view name);

/// Who calls, as the token says. Never taken from a request.
struct Caller {
  std::string name;  ///< The token's name: `agency-huangpu`.
  Role role = Role::channel;
  std::string unit;  ///< The unit of an agency; empty for others.
};

}  // namespace paidan::rpc
