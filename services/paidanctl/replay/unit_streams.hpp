#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "paidan/base/time.hpp"
#include "paidanctl/replay/events.hpp"

namespace grpc {
class Channel;
}

namespace paidan::ctl {

/// One subscription for each unit that can lead: that it is in charge a unit learns over Subscribe
/// only. Puts UnitInCharge into the queue.
class UnitStreams {
 public:
  struct Unit {
    std::string id;
    std::string token;
  };

  /// Opens every subscription.
  UnitStreams(const std::function<std::shared_ptr<grpc::Channel>()>& new_channel,
              const std::vector<Unit>& units, EventQueue& events);
  UnitStreams(const UnitStreams&) = delete;
  UnitStreams& operator=(const UnitStreams&) = delete;
  ~UnitStreams();

  /// Blocks until every subscription is live; the units that are not by then.
  std::vector<std::string> wait_until_live(Milliseconds deadline);

 private:
  class Subscription;
  std::vector<std::unique_ptr<Subscription>> subscriptions_;
};

}  // namespace paidan::ctl
