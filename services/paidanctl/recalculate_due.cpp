#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "paidan/dispatch/v1/office.grpc.pb.h"
#include "paidan/rpc/status.hpp"
#include "paidan/stage/pack.hpp"
#include "paidanctl/commands.hpp"
#include "paidanctl/retried_call.hpp"
#include "paidanctl/session.hpp"

namespace paidan::ctl {

namespace {

namespace v1 = paidan::dispatch::v1;

constexpr int page_size = 100;
constexpr int progress_every = 100;
constexpr int attempts_max = 5;
constexpr Milliseconds call_timeout{10'000};

struct Options {
  std::string ticket;
  bool all = false;
};

struct Totals {
  int recounted = 0;
  int nothing_to_do = 0;
  int failed = 0;
  int seen() const { return recounted + nothing_to_do + failed; }
};

/// One call to the office's service, as operations.
class Recount {
 public:
  Recount(const std::shared_ptr<grpc::Channel>& channel, std::string token, std::string rules)
      : stub_(v1::OfficeService::NewStub(channel)),
        token_(std::move(token)),
        rules_(std::move(rules)) {}

  /// The same rules and ticket make the same command id: a repeat has one effect.
  void one(const std::string& ticket_id) {
    v1::RecalculateDueRequest request;
    request.mutable_header()->set_ticket_id(ticket_id);
    request.mutable_header()->set_command_id("recount/" + rules_ + "/" + ticket_id);
    v1::RecalculateDueResponse response;
    std::string reason;
    const grpc::Status status = call([&](grpc::ClientContext& context) {
      const grpc::Status answered = stub_->RecalculateDue(&context, request, &response);
      reason = rpc::reason_of(context);
      return answered;
    });
    if (status.ok()) {
      ++totals_.recounted;
    } else if (reason == "nothing_to_decide") {
      ++totals_.nothing_to_do;
    } else {
      ++totals_.failed;
      std::fprintf(stderr, "%s: %s\n", ticket_id.c_str(), status.error_message().c_str());
    }
    if (totals_.seen() % progress_every == 0) {
      std::fprintf(stderr, "%d tickets done, %d failed\n", totals_.seen(), totals_.failed);
    }
  }

  /// Page after page: a ticket that has been recounted leaves the list, and the pages go on behind
  /// the last due time that was seen.
  grpc::Status all() {
    v1::ListProvisionalRequest request;
    request.set_page_size(page_size);
    do {
      v1::ListProvisionalResponse page;
      const grpc::Status status = call([&](grpc::ClientContext& context) {
        return stub_->ListProvisional(&context, request, &page);
      });
      if (!status.ok()) return status;
      for (const v1::TicketView& ticket : page.tickets()) one(ticket.ticket_id());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return grpc::Status::OK;
  }

  const Totals& totals() const { return totals_; }

 private:
  template <class Ask>
  grpc::Status call(Ask ask) {
    grpc::Status status;
    for (int attempt = 1; attempt <= attempts_max; ++attempt) {
      grpc::ClientContext context;
      rpc::prepare(context, {.timeout = call_timeout, .token = token_});
      context.set_wait_for_ready(true);
      status = ask(context);
      if (status.ok() || !may_retry(status)) break;
    }
    return status;
  }

  std::unique_ptr<v1::OfficeService::Stub> stub_;
  std::string token_;
  std::string rules_;
  Totals totals_;
};

int recalculate_due(Session& session, const Options& options) {
  if (options.all != options.ticket.empty()) return fail("either --all or --ticket ID", 2);
  const auto pack = stage::load_pack(session.config().text("pack"));
  if (!pack) return fail(pack.error().what);
  const auto token = session.token("operations");
  if (!token) return fail(token.error().what);
  Recount recount(session.new_channel("dispatch"), *token, pack->rules_version);
  if (options.all) {
    const grpc::Status listed = recount.all();
    if (!listed.ok()) return fail("the list of provisional due times: " + listed.error_message());
  } else {
    recount.one(options.ticket);
  }
  const Totals& totals = recount.totals();
  std::printf("recounted %d, nothing to do %d, failed %d\n", totals.recounted, totals.nothing_to_do,
              totals.failed);
  return totals.failed == 0 ? 0 : 1;
}

}  // namespace

void add_recalculate_due(CLI::App& app, Session& session, Action& action) {
  auto* command = app.add_subcommand(
      "recalculate-due",
      "count provisional due times again, once the year's holidays are in the pack / 重算暂定时限");
  auto options = std::make_shared<Options>();
  command->add_flag("--all", options->all, "every open ticket with a provisional due time");
  command->add_option("--ticket", options->ticket, "this ticket only");
  command->callback([&session, &action, options] {
    action = [&session, options] { return recalculate_due(session, *options); };
  });
}

}  // namespace paidan::ctl
