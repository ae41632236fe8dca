#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "intake/logic.hpp"
#include "paidan/contract/subjects.hpp"
#include "paidan/contract/submissions.hpp"
#include "paidan/stream/record.hpp"

/// Accepted input <-> records of `subjects` and `submissions`. Pure, thread-safe.
namespace paidan::intake {

inline constexpr std::string_view service_name = "intake";

/// What all records of one accepted request share.
struct Receipt {
  std::string ticket_id;
  std::string cause;  ///< Derived from the content, so that a repeat has the same ids.
  std::string traceparent;
  Instant happened_at;
  Instant decided_at;
  std::string rules_version;
};

/// The bytes to be encrypted.
std::string subject_content(const Contact& contact, const std::vector<Span>& spans);

/// On the partition of the subject ref.
stream::OutRecord subject_record(const contract::Subject& subject, const Receipt& receipt,
                                 std::int32_t partition_count);
/// On the partition of the ticket id.
stream::OutRecord submission_record(const contract::SubmissionBody& body, const Receipt& receipt,
                                    std::int32_t partition_count);
contract::SubmissionBody body_of(const FollowUp& follow_up);

/// Of a replay: one per partition of `submissions`.
std::vector<stream::OutRecord> time_mark_records(Instant at, Instant now,
                                                 const std::string& traceparent,
                                                 const std::string& rules_version,
                                                 std::int32_t partition_count);

}  // namespace paidan::intake
