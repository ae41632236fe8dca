#pragma once
#include <string>
#include <variant>

#include "paidan/citypack/load.hpp"
#include "paidan/domain/classify.hpp"
#include "paidan/domain/routing.hpp"

/// The packs in deploy/cities, loaded once, and what they decide for a submission.
namespace paidan::cities {

/// Fails the test program when the pack does not load; prints its errors.
const domain::CityPack& pack_of(const std::string& city);

struct Decision {
  std::string category;
  std::string area;
  std::string lead_unit;  ///< Empty: the ticket goes to triage.
  std::string queue_unit;
  domain::AssignmentBasis basis = domain::AssignmentBasis::none;
  domain::Urgency urgency = domain::Urgency::none;
};

/// Classifies and routes; what a ticket meets in the services, without them.
Decision decide(const std::string& city, const domain::Submitted& submitted);

}  // namespace paidan::cities
