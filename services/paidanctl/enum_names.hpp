#pragma once
#include <string>

#include "paidan/domain/facts.hpp"

/// Enumerators as the contract has them, without the prefix and in small letters: `in_time`.
namespace paidan::ctl {

std::string name_of(domain::AssignmentBasis basis);
std::string name_of(domain::TriageReason reason);
std::string name_of(domain::RefusalReason reason);
std::string name_of(domain::VerdictSubject subject);
std::string name_of(domain::VerdictResult result);
std::string name_of(domain::Role role);

}  // namespace paidan::ctl
