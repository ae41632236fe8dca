#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace paidan::ctl {

/// Reads a file in chunks, unpacking it when its name ends in `.xz`, and gives each chunk to `sink`
/// until it answers false. Returns one line about what went wrong, or nothing.
std::optional<std::string> read_chunks(const std::string& path,
                                       const std::function<bool(std::string_view)>& sink);

}  // namespace paidan::ctl
