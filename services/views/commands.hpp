#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "paidan/view_reader/keys.hpp"
#include "views/changes.hpp"

/// From changes to the words of Redis. Pure.
namespace paidan::views {

std::string_view to_string(Counter counter);
std::optional<Counter> counter_of(std::string_view name);

/// Appends the commands of `changes` in the form that the batch script takes: the number of words,
/// then the words.
void append_commands(const Changes& changes, const view_reader::Keys& keys,
                     std::vector<std::string>& words);
void append_command(std::vector<std::string> command, std::vector<std::string>& words);

}  // namespace paidan::views
