#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "paidanctl/replay/events.hpp"
#include "paidanctl/replay/story.hpp"

namespace grpc {
class Channel;
}

namespace paidan::ctl {

/// Acts as whoever a step says: the citizen through intake, agencies and the office through
/// dispatch. Answers come on other threads; `send` is the driver's only.
class StepSender {
 public:
  struct Peers {
    std::shared_ptr<grpc::Channel> intake;
    std::shared_ptr<grpc::Channel> dispatch;
    std::string channel_token;
    std::string office_token;
    /// Of a unit; nothing: the deployment has none.
    std::function<std::optional<std::string>(const std::string& unit)> token_of;
    /// The ticket of another case, by its external id, for fields that say `@<external id>`.
    std::function<std::string(const std::string& external_id)> ticket_of;
  };

  StepSender(Peers peers, EventQueue& events) : peers_(std::move(peers)), events_(events) {}

  /// Sends the step that is next of the story; its answer comes as StepAnswered. It is retried with
  /// the same id, so it has one effect.
  void send(std::size_t index, const std::string& external_id, const Story& story);

 private:
  std::string token_for(const Step& step, const Story& story) const;

  const Peers peers_;
  EventQueue& events_;
};

}  // namespace paidan::ctl
