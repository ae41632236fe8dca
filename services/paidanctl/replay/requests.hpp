#pragma once
#include "paidan/intake/v1/intake.pb.h"
#include "paidanctl/replay/case_file.hpp"

namespace paidan::ctl {

/// A past case as a channel would submit it, with its recorded time. Pure.
intake::v1::SubmitRequest submit_request(const ReplayCase& replayed);

}  // namespace paidan::ctl
