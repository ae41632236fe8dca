#pragma once
#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "paidan/base/time.hpp"
#include "paidan/classification/v1/classification.grpc.pb.h"
#include "paidan/dispatch/v1/ticket.grpc.pb.h"
#include "paidan/intake/v1/intake.pb.h"

namespace paidan::intake {

struct PeerOptions {
  std::string classification;  ///< `host:port`
  std::string dispatch;
  Milliseconds preview_timeout{300};
  Milliseconds track_timeout{2'000};
};

/// The services that intake asks, each time in the name of its own caller: the bearer token, the
/// trace and what is left of the deadline are passed on. Thread-safe; never blocks.
class Peers {
 public:
  explicit Peers(const PeerOptions& options);

  using OnPreview = std::function<void(const std::optional<classification::v1::Preview>& preview)>;
  /// Best effort: nothing when the answer does not come in time.
  void preview(const grpc::CallbackServerContext& outer, const v1::SubmitRequest& request,
               OnPreview on_preview);

  using OnTicket = std::function<void(const grpc::Status& status, const std::string& reason,
                                      const dispatch::v1::TicketView& ticket)>;
  void ticket(const grpc::CallbackServerContext& outer, const std::string& ticket_id,
              std::uint64_t min_version, OnTicket on_ticket);

 private:
  PeerOptions options_;
  std::unique_ptr<classification::v1::ClassificationService::Stub> classification_;
  std::unique_ptr<dispatch::v1::TicketService::Stub> dispatch_;
};

}  // namespace paidan::intake
