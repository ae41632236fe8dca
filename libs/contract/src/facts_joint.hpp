#pragma once
#include <string_view>

#include "fields.hpp"
#include "paidan/ticket/v1/lifecycle.pb.h"

/// What joins units (co-handlers 协办, levels 二次派单) and tickets (duplicates 重复件). One `read`
/// per fact, and one case of the writer.
namespace paidan::contract::facts {

domain::LifecycleBody read(ticket::v1::CoHandlerAdded& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::CoHandlerReplied& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::SubAssigned& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::SubCompleted& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::DuplicateProposed& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::DuplicateProposalDropped& fact, const Path& at,
                           Faults& faults);
domain::LifecycleBody read(ticket::v1::DuplicateLinked& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::DuplicateUnlinked& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::DuplicateJoined& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::DuplicateLeft& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::MasterAnswered& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::MasterReopened& fact, const Path& at, Faults& faults);

struct JointWriter {
  ticket::v1::LifecycleRecord& out;

  std::string_view operator()(const domain::CoHandlerAdded& fact) const;
  std::string_view operator()(const domain::CoHandlerReplied& fact) const;
  std::string_view operator()(const domain::SubAssigned& fact) const;
  std::string_view operator()(const domain::SubCompleted& fact) const;
  std::string_view operator()(const domain::DuplicateProposed& fact) const;
  std::string_view operator()(const domain::DuplicateProposalDropped& fact) const;
  std::string_view operator()(const domain::DuplicateLinked& fact) const;
  std::string_view operator()(const domain::DuplicateUnlinked& fact) const;
  std::string_view operator()(const domain::DuplicateJoined& fact) const;
  std::string_view operator()(const domain::DuplicateLeft& fact) const;
  std::string_view operator()(const domain::MasterAnswered& fact) const;
  std::string_view operator()(const domain::MasterReopened& fact) const;
};

}  // namespace paidan::contract::facts
