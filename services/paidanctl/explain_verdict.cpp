#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "paidan/contract/convert.hpp"
#include "paidan/dispatch/v1/ticket.grpc.pb.h"
#include "paidan/domain/calendar.hpp"
#include "paidan/domain/verdicts.hpp"
#include "paidan/rpc/status.hpp"
#include "paidanctl/commands.hpp"
#include "paidanctl/enum_names.hpp"
#include "paidanctl/pack_option.hpp"
#include "paidanctl/session.hpp"

namespace paidan::ctl {

namespace {

struct ExplainOptions {
  std::string ticket;
  std::string role = "operations";
  std::string unit;
  std::string pack;
  std::int64_t timeout_ms = 10'000;
  bool json = false;
};

/// A verdict with what its record says of it.
struct Line {
  domain::Verdict verdict;
  std::uint64_t version = 0;
  std::string rules_version;
  bool stands = true;  ///< False: a later one for the same clock and seq took its place.
};

Result<std::vector<Line>, Trouble> lines_of(const dispatch::v1::HistoryResponse& history) {
  std::vector<Line> lines;
  for (const auto& record : history.records()) {
    for (const auto& written : record.verdicts()) {
      auto verdict = contract::from_proto(written, "verdicts");
      if (!verdict) return Trouble{"the answer cannot be read: " + verdict.error().why};
      lines.push_back(
          {std::move(verdict).value(), record.version(), record.meta().rules_version(), true});
    }
  }
  std::set<std::pair<std::string, std::uint32_t>> seen;
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    if (line->verdict.subject != domain::VerdictSubject::clock) continue;
    line->stands = seen.emplace(line->verdict.clock, line->verdict.seq).second;
  }
  return lines;
}

nlohmann::ordered_json to_json(const domain::CityPack& pack, const Line& line) {
  const domain::Verdict& verdict = line.verdict;
  const auto time = [&](Instant at) { return domain::to_rfc3339(pack.calendar.zone, at); };
  const domain::Text text = domain::describe_verdict(pack, verdict);
  nlohmann::ordered_json json{{"subject", name_of(verdict.subject)},
                              {"clock", verdict.clock},
                              {"seq", verdict.seq},
                              {"unit", verdict.unit.get()},
                              {"due_at", nullptr},
                              {"at", time(verdict.at)},
                              {"result", name_of(verdict.result)},
                              {"counted", verdict.counted},
                              {"reason", verdict.reason},
                              {"stands", line.stands},
                              {"version", line.version},
                              {"rules_version", line.rules_version},
                              {"text_zh", text.zh},
                              {"text_en", text.en}};
  if (verdict.due_at) json["due_at"] = time(*verdict.due_at);
  return json;
}

void print(const domain::CityPack& pack, const Line& line) {
  const domain::Text text = domain::describe_verdict(pack, line.verdict);
  std::printf("%llu  %s\n   %s\n   rules 规则 %s%s\n",
              static_cast<unsigned long long>(line.version), text.zh.c_str(), text.en.c_str(),
              line.rules_version.c_str(),
              line.stands ? "" : "; replaced by a later one 已被后来的结论取代");
}

Result<dispatch::v1::HistoryResponse, Trouble> history_of(const Session& session,
                                                          const ExplainOptions& options) {
  const auto token = session.token(options.unit.empty() ? options.role : "agency-" + options.unit);
  if (!token) return token.error();
  const auto stub = dispatch::v1::TicketService::NewStub(session.new_channel("dispatch"));
  grpc::ClientContext call;
  rpc::prepare(call, {.timeout = Milliseconds{options.timeout_ms}, .token = *token});
  dispatch::v1::HistoryRequest request;
  request.set_ticket_id(options.ticket);
  dispatch::v1::HistoryResponse response;
  const grpc::Status status = stub->History(&call, request, &response);
  if (status.ok()) return response;
  return Trouble{std::string(rpc::code_name(status.error_code())) + ": " + status.error_message()};
}

int explain_verdict(const Session& session, const ExplainOptions& options) {
  const auto pack = load_pack_of(session, options.pack);
  if (!pack) return fail(pack.error().what, pack.error().code);
  const auto history = history_of(session, options);
  if (!history) return fail(history.error().what);
  const auto lines = lines_of(*history);
  if (!lines) return fail(lines.error().what);
  if (options.json) {
    auto json = nlohmann::ordered_json::array();
    for (const Line& line : *lines) json.push_back(to_json(*pack, line));
    std::printf("%s\n", json.dump(2).c_str());
    return 0;
  }
  if (lines->empty()) std::printf("no verdict yet / 尚无考核结论\n");
  for (const Line& line : *lines) print(*pack, line);
  return 0;
}

}  // namespace

void add_explain_verdict(CLI::App& app, Session& session, Action& action) {
  auto* command = app.add_subcommand(
      "explain-verdict", "what counts of a ticket, in time or not, and why / 考核结论说明");
  auto options = std::make_shared<ExplainOptions>();
  command->add_option("ticket", options->ticket, "ticket id")->required();
  auto* role = command->add_option("--role", options->role, "whose token: operations or office")
                   ->check(CLI::IsMember({"operations", "office"}))
                   ->capture_default_str();
  command->add_option("--unit", options->unit, "as this unit, which sees its own tickets only")
      ->excludes(role);
  add_pack_option(*command, options->pack);
  command->add_option("--timeout-ms", options->timeout_ms)
      ->check(CLI::Range(1, 600'000))
      ->capture_default_str();
  command->add_flag("--json", options->json, "as one JSON array");
  command->footer(
      "The line of the history that gave the verdict, in the words of the pack; the due time and "
      "the rules are those of then. The last verdict of a clock and seq stands.");
  command->callback([&session, &action, options] {
    action = [&session, options] { return explain_verdict(session, *options); };
  });
}

}  // namespace paidan::ctl
