#pragma once
#include <google/protobuf/timestamp.pb.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "dispatch/command_requests.hpp"

/// What the checks of all requests share. Pure.
namespace paidan::dispatch {

/// A code or an id: nothing, or what is wrong with it.
std::optional<Problem> check_code(std::string_view field, const std::string& code,
                                  std::size_t bytes_max, bool required);
std::optional<Problem> check_reason(const std::string& reason, bool required);
std::optional<Problem> first_of(std::initializer_list<std::optional<Problem>> problems);

/// A point in time that may be left out; one outside the years 1 to 9999 is a problem.
Checked<std::optional<Instant>> checked_time(bool present, const google::protobuf::Timestamp& time,
                                             std::string_view field);

/// What people write may name a citizen; outside `subjects` nobody is named.
std::string masked(const std::string& text);

}  // namespace paidan::dispatch
