#pragma once
#include "dispatch/answers.hpp"
#include "dispatch/sla_client.hpp"
#include "paidan/dispatch/v1/ticket.grpc.pb.h"
#include "paidan/kafka/record_reader.hpp"

namespace paidan::dispatch {

/// Questions about one ticket. Get reads the views; History and Why read the log, at the offsets
/// that the views keep.
class TicketRpc final : public v1::TicketService::CallbackService {
 public:
  static constexpr Milliseconds read_max{1'000};

  struct Parts {
    CallParts calls;
    const view_reader::ViewReader& views;
    kafka::RecordReader& records;
    SlaClient& sla;
  };
  explicit TicketRpc(const Parts& parts) : parts_(parts) {}

  grpc::ServerUnaryReactor* Get(grpc::CallbackServerContext* context, const v1::GetRequest* request,
                                v1::GetResponse* response) override;
  grpc::ServerUnaryReactor* History(grpc::CallbackServerContext* context,
                                    const v1::HistoryRequest* request,
                                    v1::HistoryResponse* response) override;
  grpc::ServerUnaryReactor* Why(grpc::CallbackServerContext* context, const v1::WhyRequest* request,
                                v1::WhyResponse* response) override;

 private:
  /// The ticket, if there is one that the caller may see.
  Result<view_reader::Ticket, grpc::Status> ticket(grpc::CallbackServerContext& context,
                                                   const rpc::Caller& caller,
                                                   const std::string& ticket_id,
                                                   std::uint64_t min_version) const;
  /// Its records, in order, without what the caller may not read.
  Result<std::vector<ticket::v1::LifecycleRecord>, grpc::Status> history(
      grpc::CallbackServerContext& context, const rpc::Caller& caller,
      const view_reader::Ticket& ticket) const;
  /// Into a linked duplicate: its master's answer, and for the citizen its progress.
  void show_master(v1::TicketView& view, const rpc::Caller& caller) const;
  void set_clocks(grpc::CallbackServerContext& context, const view_reader::Ticket& ticket,
                  Clocks& clocks) const;

  Parts parts_;
};

}  // namespace paidan::dispatch
