#include "dispatch/command_requests.hpp"

#include <algorithm>
#include <utility>

#include "dispatch/request_checks.hpp"
#include "paidan/contract/convert.hpp"
#include "paidan/domain/masking.hpp"
#include "paidan/domain/ticket_id.hpp"

namespace paidan::dispatch {
namespace {

std::size_t characters_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

/// Visible ASCII, so that an id can stand in a log, a header and a command line.
std::optional<Problem> check_command_id(const std::string& id) {
  const bool visible =
      std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  if (!id.empty() && id.size() <= limits::command_id_bytes_max && visible) return std::nullopt;
  return Problem{
      "header.command_id", "invalid",
      "1 to " + std::to_string(limits::command_id_bytes_max) + " visible ASCII characters"};
}

Checked<Instant> happened_at(const v1::CommandHeader& header, TimeSource source, Instant now) {
  constexpr std::string_view field = "header.recorded_at";
  if (source == TimeSource::live) {
    if (!header.has_recorded_at()) return now;
    return Problem{std::string(field), "not_in_replay",
                   "only in a deployment with time.source: replay"};
  }
  auto recorded = contract::from_proto(header.has_recorded_at(), header.recorded_at(), field);
  if (!recorded) return Problem{std::string(field), "invalid", recorded.error().why};
  if (!*recorded) {
    return Problem{std::string(field), "missing", "is required with time.source: replay"};
  }
  return **recorded;
}

}  // namespace

std::optional<Problem> check_code(std::string_view field, const std::string& code,
                                  std::size_t bytes_max, bool required) {
  if (code.empty() && required) return Problem{std::string(field), "missing", "is required"};
  if (code.size() > bytes_max) {
    return Problem{std::string(field), "too_long",
                   "at most " + std::to_string(bytes_max) + " bytes"};
  }
  return std::nullopt;
}

std::string masked(const std::string& text) { return domain::mask_text(text).text; }

std::optional<Problem> check_reason(const std::string& reason, bool required) {
  return check_text("reason", reason, limits::reason_characters_max, required);
}

std::optional<Problem> first_of(std::initializer_list<std::optional<Problem>> problems) {
  for (const auto& problem : problems) {
    if (problem) return problem;
  }
  return std::nullopt;
}

Checked<std::optional<Instant>> checked_time(bool present, const google::protobuf::Timestamp& time,
                                             std::string_view field) {
  auto instant = contract::from_proto(present, time, field);
  if (!instant) return Problem{std::string(field), "invalid", instant.error().why};
  return *instant;
}

Checked<std::string> checked_ticket_id(const std::string& text, std::string_view field) {
  auto id = domain::parse_ticket_id(text);
  if (id) return id->get();
  return Problem{std::string(field), "invalid", std::string(domain::to_string(id.error()))};
}

std::optional<Problem> check_text(std::string_view field, const std::string& text,
                                  std::size_t characters_max, bool required) {
  if (required && text.empty()) return Problem{std::string(field), "missing", "is required"};
  if (characters_of(text) > characters_max) {
    return Problem{std::string(field), "too_long",
                   "at most " + std::to_string(characters_max) + " characters"};
  }
  return std::nullopt;
}

Checked<CheckedHeader> checked(const v1::CommandHeader& header, rpc::Role role, TimeSource source,
                               Instant now) {
  auto ticket_id = checked_ticket_id(header.ticket_id(), "header.ticket_id");
  if (!ticket_id) return std::move(ticket_id).error();
  if (auto problem = check_command_id(header.command_id())) return *std::move(problem);
  if (role == rpc::Role::agency && header.assign_epoch() == 0) {
    return Problem{"header.assign_epoch", "missing", "is required: of the assignment acted on"};
  }
  auto when = happened_at(header, source, now);
  if (!when) return std::move(when).error();
  return CheckedHeader{*std::move(ticket_id), header.command_id(), header.assign_epoch(),
                       header.expected_version(), *when};
}

domain::Actor actor_of(const rpc::Caller& caller) {
  domain::Role role = domain::Role::none;
  switch (caller.role) {
    case rpc::Role::channel:
      role = domain::Role::channel;
      break;
    case rpc::Role::agency:
      role = domain::Role::agency;
      break;
    case rpc::Role::office:
      role = domain::Role::office;
      break;
    case rpc::Role::operations:
      role = domain::Role::operations;
      break;
  }
  return {role, domain::UnitId{caller.unit}, caller.name};
}

}  // namespace paidan::dispatch
