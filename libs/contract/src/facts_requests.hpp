#pragma once
#include <string_view>

#include "fields.hpp"
#include "paidan/ticket/v1/lifecycle.pb.h"

/// What units ask of the office, what the office decides and orders, and where a ticket leaves the
/// straight life. One `read` per fact, and one case of the writer.
namespace paidan::contract::facts {

domain::LifecycleBody read(ticket::v1::Declined& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::InfoRequested& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::ExtensionRequested& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::ExtensionDecided& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::UnreasonableRequested& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::UnreasonableDecided& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::AppealDecided& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::MarkedDifficult& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::Supervised& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::Reopened& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::TransferredOut& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::RecheckOrdered& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::RecheckRecorded& fact, const Path& at, Faults& faults);
domain::LifecycleBody read(ticket::v1::DueRecalculated& fact, const Path& at, Faults& faults);

struct RequestWriter {
  ticket::v1::LifecycleRecord& out;

  std::string_view operator()(const domain::Declined& fact) const;
  std::string_view operator()(const domain::InfoRequested& fact) const;
  std::string_view operator()(const domain::ExtensionRequested& fact) const;
  std::string_view operator()(const domain::ExtensionDecided& fact) const;
  std::string_view operator()(const domain::UnreasonableRequested& fact) const;
  std::string_view operator()(const domain::UnreasonableDecided& fact) const;
  std::string_view operator()(const domain::AppealDecided& fact) const;
  std::string_view operator()(const domain::MarkedDifficult& fact) const;
  std::string_view operator()(const domain::Supervised& fact) const;
  std::string_view operator()(const domain::Reopened& fact) const;
  std::string_view operator()(const domain::TransferredOut& fact) const;
  std::string_view operator()(const domain::RecheckOrdered& fact) const;
  std::string_view operator()(const domain::RecheckRecorded& fact) const;
  std::string_view operator()(const domain::DueRecalculated& fact) const;
};

}  // namespace paidan::contract::facts
