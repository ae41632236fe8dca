#pragma once
#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace paidan::ctl {

class Session;

/// A subcommand sets this when it was asked for; the program then runs it and leaves with its exit
/// code: 0 done, 1 not done (one line on standard error says why), 2 wrong use.
using Action = std::function<int()>;

/// One function for each subcommand: adds it to the command line.
void add_submit(CLI::App& app, Session& session, Action& action);
void add_tail(CLI::App& app, Session& session, Action& action);
void add_topics(CLI::App& app, Session& session, Action& action);
void add_make_secrets(CLI::App& app, Session& session, Action& action);
void add_check_pack(CLI::App& app, Session& session, Action& action);
void add_propose_line(CLI::App& app, Session& session, Action& action);
void add_decide_line(CLI::App& app, Session& session, Action& action);
void add_calendar(CLI::App& app, Session& session, Action& action);
void add_due(CLI::App& app, Session& session, Action& action);
void add_deadletters(CLI::App& app, Session& session, Action& action);
void add_calls(CLI::App& app, Session& session, Action& action);
void add_recalculate_due(CLI::App& app, Session& session, Action& action);
void add_replay(CLI::App& app, Session& session, Action& action);
void add_whatif(CLI::App& app, Session& session, Action& action);
void add_explain_verdict(CLI::App& app, Session& session, Action& action);

/// Prints `paidanctl: <why>` on standard error; returns `code`.
int fail(const std::string& why, int code = 1);

}  // namespace paidan::ctl
