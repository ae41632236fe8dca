#include <google/protobuf/util/json_util.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>

#include "paidan/rpc/status.hpp"
#include "paidanctl/commands.hpp"
#include "paidanctl/session.hpp"
#include "paidanctl/submit_stream.hpp"

namespace paidan::ctl {

namespace {

constexpr std::size_t line_bytes_max = 256UL * 1024;

/// Answers come in any order; lines are printed in theirs.
class Printer {
 public:
  void print(std::uint64_t line, const nlohmann::ordered_json& answer) {
    const std::scoped_lock lock(mutex_);
    ready_[line] = answer.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    for (auto next = ready_.find(next_line_); next != ready_.end();
         next = ready_.find(++next_line_)) {
      std::printf("%s\n", next->second.c_str());
      ready_.erase(next);
    }
    std::fflush(stdout);
    const std::string outcome = answer.at("outcome");
    if (outcome != "accepted" && outcome != "repeated") all_accepted_ = false;
  }
  bool all_accepted() const { return all_accepted_; }

 private:
  std::mutex mutex_;
  std::map<std::uint64_t, std::string> ready_;
  std::uint64_t next_line_ = 1;
  bool all_accepted_ = true;
};

nlohmann::ordered_json answer_of(const intake::v1::SubmitStreamResponse& response) {
  const auto code = static_cast<grpc::StatusCode>(response.code());
  const bool unknown =
      code == grpc::StatusCode::UNAVAILABLE || code == grpc::StatusCode::DEADLINE_EXCEEDED;
  std::string outcome = unknown ? "unknown" : "refused";
  if (code == grpc::StatusCode::OK) {
    outcome = response.accepted().repeated() ? "repeated" : "accepted";
  }
  std::string error;
  if (code != grpc::StatusCode::OK) {
    error = std::string(rpc::code_name(code)) + ": " + response.error();
  }
  return {{"line", response.line()},
          {"external_id", response.external_id()},
          {"ticket_id", response.accepted().ticket_id()},
          {"outcome", outcome},
          {"error", error}};
}

nlohmann::ordered_json unreadable(std::uint64_t line, const std::string& why) {
  return {{"line", line},
          {"external_id", ""},
          {"ticket_id", ""},
          {"outcome", "refused"},
          {"error", "INVALID_ARGUMENT: line: " + why}};
}

int submit(Session& session, const std::string& file) {
  const auto token = session.token("channel-all");
  if (!token) return fail(token.error().what);
  std::ifstream opened;
  if (file != "-") {
    opened.open(file);
    if (!opened) return fail(file + ": cannot be opened", 2);
  }
  std::istream& in = file == "-" ? std::cin : opened;
  Printer printer;
  SubmitStreamClient client(session.new_channel("intake"), {.token = *token},
                            [&](const intake::v1::SubmitStreamResponse& response) {
                              printer.print(response.line(), answer_of(response));
                            });
  std::string text;
  for (std::uint64_t line = 1; std::getline(in, text); ++line) {
    intake::v1::SubmitRequest request;
    if (text.size() > line_bytes_max) {
      printer.print(line, unreadable(line, "longer than 262144 bytes"));
      continue;
    }
    const auto read = google::protobuf::util::JsonStringToMessage(text, &request);
    if (read.ok())
      client.submit(line, std::move(request));
    else
      printer.print(line, unreadable(line, "not a SubmitRequest in protobuf JSON"));
  }
  client.finish();
  return printer.all_accepted() ? 0 : 1;
}

}  // namespace

void add_submit(CLI::App& app, Session& session, Action& action) {
  auto* command = app.add_subcommand(
      "submit", "stream submissions, one protobuf-JSON SubmitRequest a line / 提交诉求");
  auto file = std::make_shared<std::string>();
  command->add_option("--file", *file, "a .jsonl file; - is standard input")->required();
  command->callback(
      [&session, &action, file] { action = [&session, file] { return submit(session, *file); }; });
}

}  // namespace paidan::ctl
