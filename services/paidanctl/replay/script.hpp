#pragma once
#include <string>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidanctl/replay/case_file.hpp"
#include "paidanctl/replay/mapping.hpp"
#include "paidanctl/replay/story.hpp"
#include "paidanctl/trouble.hpp"

namespace paidan::ctl {

/// The stories of the cases by their columns alone; each case is independent.
std::vector<Story> stories_of(const CaseFile& file, const ReplayMapping& mapping);

/// The stories with what `mapping.events` tells: a CSV file with the columns `external_id`, `at`,
/// `who`, `verb`, `fields` (protobuf JSON) and `refusal`, see Step. Cases of one phone number, and
/// a case that a field names as `@<external id>`, are one group. Events of cases that are not in
/// `file` are left out when it was `cut`, else they are an error. The error names file, line and
/// column.
Result<std::vector<Story>, Trouble> scripted_stories(const CaseFile& file,
                                                     const ReplayMapping& mapping, bool cut);

}  // namespace paidan::ctl
