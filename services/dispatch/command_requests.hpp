#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "dispatch/logic.hpp"
#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"
#include "paidan/dispatch/v1/assignment.pb.h"
#include "paidan/dispatch/v1/command.pb.h"
#include "paidan/dispatch/v1/office.pb.h"
#include "paidan/domain/facts.hpp"
#include "paidan/rpc/caller.hpp"

/// Requests of the gRPC edge -> domain commands, checked: each problem names the field and the
/// limit (and never repeats the caller's data). Free text is masked as the citizen's is. Pure.
namespace paidan::dispatch {

namespace limits {
inline constexpr std::size_t command_id_bytes_max = 64;
inline constexpr std::size_t unit_bytes_max = 128;
inline constexpr std::size_t code_bytes_max = 256;  ///< Of a category, an area, a demand kind.
inline constexpr std::size_t reason_characters_max = 500;
inline constexpr std::size_t reply_characters_max = 4'000;
inline constexpr std::size_t co_handler_reply_characters_max = 2'000;
inline constexpr std::size_t finding_characters_max = 1'000;
inline constexpr std::size_t destination_characters_max = 100;
}  // namespace limits

struct Problem {
  std::string field;
  std::string_view reason;  ///< For programs: `missing`, `too_long`, ...
  std::string message;
};
template <class T>
using Checked = Result<T, Problem>;

/// A command's header, checked. `happened_at` is `now`, or in a replay what the caller recorded.
struct CheckedHeader {
  std::string ticket_id;  ///< In its canonical form.
  std::string command_id;
  std::uint32_t assign_epoch = 0;
  std::uint64_t expected_version = 0;
  Instant happened_at;
};
Checked<CheckedHeader> checked(const v1::CommandHeader& header, rpc::Role role, TimeSource source,
                               Instant now);

// Of agencies (agency_requests.cpp).
Checked<domain::CommandBody> body_of(const v1::AcknowledgeRequest& request);
Checked<domain::CommandBody> body_of(const v1::RecordContactRequest& request);
Checked<domain::CommandBody> body_of(const v1::RequestReturnRequest& request);
Checked<domain::CommandBody> body_of(const v1::CompleteRequest& request);
Checked<domain::CommandBody> body_of(const v1::RequestExtensionRequest& request);
Checked<domain::CommandBody> body_of(const v1::RequestUnreasonableRequest& request);
Checked<domain::CommandBody> body_of(const v1::SubAssignRequest& request);
Checked<domain::CommandBody> body_of(const v1::RaiseToDistrictRequest& request);
Checked<domain::CommandBody> body_of(const v1::ReplyAsCoHandlerRequest& request);
// Of the office (office_requests.cpp).
Checked<domain::CommandBody> body_of(const v1::DeclineRequest& request);
Checked<domain::CommandBody> body_of(const v1::RequestInfoRequest& request);
Checked<domain::CommandBody> body_of(const v1::CorrectClassificationRequest& request);
Checked<domain::CommandBody> body_of(const v1::AssignRequest& request);
Checked<domain::CommandBody> body_of(const v1::AddCoHandlerRequest& request);
Checked<domain::CommandBody> body_of(const v1::DecideReturnRequest& request);
Checked<domain::CommandBody> body_of(const v1::DecideExtensionRequest& request);
Checked<domain::CommandBody> body_of(const v1::DecideUnreasonableRequest& request);
Checked<domain::CommandBody> body_of(const v1::DecideAppealRequest& request);
Checked<domain::CommandBody> body_of(const v1::MarkDifficultRequest& request);
Checked<domain::CommandBody> body_of(const v1::LinkDuplicateRequest& request);
Checked<domain::CommandBody> body_of(const v1::UnlinkDuplicateRequest& request);
Checked<domain::CommandBody> body_of(const v1::RecordCallBackRequest& request);
Checked<domain::CommandBody> body_of(const v1::RedoRequest& request);
Checked<domain::CommandBody> body_of(const v1::ReopenRequest& request);
Checked<domain::CommandBody> body_of(const v1::SuperviseRequest& request);
Checked<domain::CommandBody> body_of(const v1::TransferOutRequest& request);
Checked<domain::CommandBody> body_of(const v1::CloseRequest& request);
Checked<domain::CommandBody> body_of(const v1::OrderRecheckRequest& request);
Checked<domain::CommandBody> body_of(const v1::RecordRecheckRequest& request);
Checked<domain::CommandBody> body_of(const v1::RecalculateDueRequest& request);

domain::Actor actor_of(const rpc::Caller& caller);

/// The canonical form of a ticket id as people write it.
Checked<std::string> checked_ticket_id(const std::string& text, std::string_view field);
/// Nothing, or what is wrong: too long in characters (code points), or missing though required.
std::optional<Problem> check_text(std::string_view field, const std::string& text,
                                  std::size_t characters_max, bool required);

}  // namespace paidan::dispatch
