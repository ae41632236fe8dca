#pragma once
#include <string_view>

#include "fields.hpp"
#include "paidan/ticket/v1/lifecycle.pb.h"

/// The straight life of a ticket, from Opened to Closed, and what the citizen and the clocks add.
/// One `read` per fact, and one case of the writer, which sets the fact and returns its name.
namespace paidan::contract::facts {

domain::LifecycleBody read(ticket::v1::Opened& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::Assigned& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::TriageRequested& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::Acknowledged& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::Contacted& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::Completed& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::ReturnRequested& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::ReturnDecided& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::ArbitrationRequested& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::RatingRecorded& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::Closed& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::TicketWithdrawn& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::UrgeRecorded& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::SupplementRecorded& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::ConflictingSubmission& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::Escalated& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::AppealRecorded& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::RedoOrdered& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::Reclassified& fact, const Path& at, Faults& faults);

struct WorkWriter {
  ticket::v1::LifecycleRecord& out;

  std::string_view operator()(const domain::Opened& fact) const;
  std::string_view operator()(const domain::Assigned& fact) const;
  std::string_view operator()(const domain::TriageRequested& fact) const;
  std::string_view operator()(const domain::Acknowledged& fact) const;
  std::string_view operator()(const domain::Contacted& fact) const;
  std::string_view operator()(const domain::Completed& fact) const;
  std::string_view operator()(const domain::ReturnRequested& fact) const;
  std::string_view operator()(const domain::ReturnDecided& fact) const;
  std::string_view operator()(const domain::ArbitrationRequested& fact) const;
  std::string_view operator()(const domain::RatingRecorded& fact) const;
  std::string_view operator()(const domain::Closed& fact) const;
  std::string_view operator()(const domain::TicketWithdrawn& fact) const;
  std::string_view operator()(const domain::UrgeRecorded& fact) const;
  std::string_view operator()(const domain::SupplementRecorded& fact) const;
  std::string_view operator()(const domain::ConflictingSubmission& fact) const;
  std::string_view operator()(const domain::Escalated& fact) const;
  std::string_view operator()(const domain::AppealRecorded& fact) const;
  std::string_view operator()(const domain::RedoOrdered& fact) const;
  std::string_view operator()(const domain::Reclassified& fact) const;
};

}  // namespace paidan::contract::facts
