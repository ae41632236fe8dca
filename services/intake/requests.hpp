#pragma once
#include <optional>

#include "intake/logic.hpp"
#include "paidan/base/result.hpp"
#include "paidan/intake/v1/intake.pb.h"

/// Messages of the gRPC service -> values of the logic. What cannot be a value (an impossible time,
/// an unknown enum) is Invalid; the limits are the logic's.
namespace paidan::intake {

Result<Submission, Invalid> submission_of(const v1::SubmitRequest& request);

/// A later word, with its time.
struct Said {
  FollowUp follow_up;
  std::optional<Instant> recorded_at;
};
Result<Said, Invalid> said(const v1::SupplementRequest& request);
Result<Said, Invalid> said(const v1::UrgeRequest& request);
Result<Said, Invalid> said(const v1::WithdrawRequest& request);
Result<Said, Invalid> said(const v1::RateRequest& request);
Result<Said, Invalid> said(const v1::AppealRequest& request);

Result<Instant, Invalid> mark_of(const v1::WriteMarkRequest& request);

}  // namespace paidan::intake
