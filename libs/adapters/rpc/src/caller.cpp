#include "paidan/rpc/caller.hpp"

#include <array>
#include <utility>

#include "paidan/base/assert.hpp"

namespace paidan::rpc {
namespace {

constexpr std::array<std::pair<Role, std::string_view>, 4> roles = {{
    {Role::channel, "channel"},
    {Role::agency, "agency"},
    {Role::office, "office"},
    {Role::operations, "operations"},
}};

}  // namespace

std::string_view to_string(Role role) {
  for (const auto& [known, name] : roles) {
    if (known == role) return name;
  }
  PAIDAN_ASSERT(false, "no such role");
}

std::optional<Role> role_of(std::string_view name) {
  for (const auto& [role, known] : roles) {
    if (known == name) return role;
  }
  return std::nullopt;
}

}  // namespace paidan::rpc
