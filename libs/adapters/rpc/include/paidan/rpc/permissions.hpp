#pragma once
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "paidan/rpc/caller.hpp"

namespace paidan::rpc {

class Roles {
 public:
  constexpr Roles(std::initializer_list<Role> roles) {
    for (const Role role : roles) bits_ = static_cast<std::uint8_t>(bits_ | bit(role));
  }
  constexpr bool contains(Role role) const { return (bits_ & bit(role)) != 0; }

 private:
  static constexpr std::uint8_t bit(Role role) { return static_cast<std::uint8_t>(role); }
  std::uint8_t bits_ = 0;
};

struct Permission {
  std::string_view method;  ///< `/package.Service/Method`
  Roles roles;
};

/// The one table of who may call what, for all services. What is not in it nobody may call.
std::span<const Permission> permissions();
/// True when `role` may call `method`.
bool allowed(std::string_view method, Role role);

}  // namespace paidan::rpc
