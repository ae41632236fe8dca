#include "paidanctl/enum_names.hpp"

#include <string_view>

#include "paidan/common/v1/common.pb.h"
#include "paidan/ticket/v1/commands.pb.h"
#include "paidan/ticket/v1/lifecycle.pb.h"

namespace paidan::ctl {

namespace {

namespace wire = ticket::v1;

/// `ASSIGNMENT_BASIS_BASIC` -> `basic`. Enumerators of domain and contract have the same numbers.
template <class Wire, class Enum>
std::string name_in(const std::string& (*name)(Wire), std::string_view prefix, Enum value) {
  const std::string& whole = name(static_cast<Wire>(value));
  std::string out = whole.size() > prefix.size() ? whole.substr(prefix.size()) : whole;
  for (char& letter : out) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return out;
}

}  // namespace

std::string name_of(domain::AssignmentBasis basis) {
  return name_in<wire::AssignmentBasis>(wire::AssignmentBasis_Name, "ASSIGNMENT_BASIS_", basis);
}
std::string name_of(domain::TriageReason reason) {
  return name_in<wire::TriageReason>(wire::TriageReason_Name, "TRIAGE_REASON_", reason);
}
std::string name_of(domain::RefusalReason reason) {
  return name_in<wire::RefusalReason>(wire::RefusalReason_Name, "REFUSAL_REASON_", reason);
}
std::string name_of(domain::VerdictSubject subject) {
  return name_in<wire::VerdictSubject>(wire::VerdictSubject_Name, "VERDICT_SUBJECT_", subject);
}
std::string name_of(domain::VerdictResult result) {
  return name_in<wire::VerdictResult>(wire::VerdictResult_Name, "VERDICT_RESULT_", result);
}
std::string name_of(domain::Role role) {
  return name_in<common::v1::Role>(common::v1::Role_Name, "ROLE_", role);
}

}  // namespace paidan::ctl
