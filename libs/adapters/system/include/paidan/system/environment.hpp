#pragma once
#include <optional>
#include <string>

namespace paidan::system {

/// A variable of the environment; empty counts as set. Not while another thread changes it.
std::optional<std::string> environment(const std::string& name);
std::string host_name();

}  // namespace paidan::system
