#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"
#include "paidan/dispatch/v1/assignment.grpc.pb.h"
#include "paidan/dispatch/v1/office.grpc.pb.h"
#include "paidanctl/replay/events.hpp"
#include "paidanctl/replay/story.hpp"

namespace paidan::ctl {

/// Agencies that answer as they did: one subscription for each unit that can lead, and the commands
/// of that unit. What they learn they learn over Subscribe only. Thread-safe.
class UnitClients {
 public:
  struct Unit {
    std::string id;
    std::string token;
  };

  /// Opens every subscription; `live()` tells when all are.
  UnitClients(const std::function<std::shared_ptr<grpc::Channel>()>& new_channel,
              const std::vector<Unit>& units, EventQueue& events);
  UnitClients(const UnitClients&) = delete;
  UnitClients& operator=(const UnitClients&) = delete;
  ~UnitClients();

  /// Blocks until every subscription is live; the units that are not by then.
  std::vector<std::string> wait_until_live(Milliseconds deadline);

  /// Sends the step as the unit in charge; its answer comes as StepAnswered. `decide_return` and
  /// `rate` are not a unit's.
  void send(std::size_t index, const ReplayCase& replayed, const Story& story);

 private:
  class Subscription;

  void acknowledge(std::size_t index, const Story& story);
  void contact(std::size_t index, const Story& story);
  void request_return(std::size_t index, const ReplayCase& replayed, const Story& story);
  void complete(std::size_t index, const ReplayCase& replayed, const Story& story);

  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<dispatch::v1::AssignmentService::Stub> stub_;
  EventQueue& events_;
  std::map<std::string, std::string> tokens_;
  std::vector<std::unique_ptr<Subscription>> subscriptions_;
};

/// The hotline office of a replay: answers returns as recorded, and assigns by hand what the rules
/// could not. Thread-safe.
class OfficeClient {
 public:
  OfficeClient(std::shared_ptr<grpc::Channel> channel, std::string token, EventQueue& events);

  void decide_return(std::size_t index, const ReplayCase& replayed, const Story& story);
  /// 签派; failing is an event too.
  void assign(const std::string& ticket_id, const std::string& lead_unit, Instant at);

 private:
  std::unique_ptr<dispatch::v1::OfficeService::Stub> stub_;
  std::string token_;
  EventQueue& events_;
};

/// Of a step; the same when the replay is run again over the same log.
std::string command_id(const std::string& ticket_id, const std::string& step);

}  // namespace paidan::ctl
