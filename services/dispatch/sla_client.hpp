#pragma once
#include <google/protobuf/repeated_ptr_field.h>
#include <grpcpp/grpcpp.h>

#include <memory>
#include <optional>
#include <string>

#include "paidan/sla_monitor/v1/sla.grpc.pb.h"

namespace paidan::dispatch {

using Clocks = google::protobuf::RepeatedPtrField<sla_monitor::v1::ClockView>;

/// Asks the SLA monitor about a ticket's clocks, on behalf of the caller: with its token, within
/// its deadline. Thread-safe; blocks.
class SlaClient {
 public:
  static constexpr std::chrono::milliseconds call_max{500};

  explicit SlaClient(const std::string& address);
  /// Nothing when the monitor does not answer: the views' clocks have to do.
  std::optional<Clocks> clocks(const grpc::CallbackServerContext& context,
                               const std::string& ticket_id, std::uint64_t min_version);

 private:
  std::unique_ptr<sla_monitor::v1::SlaService::Stub> stub_;
};

}  // namespace paidan::dispatch
