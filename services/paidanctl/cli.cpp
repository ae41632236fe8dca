#include "paidanctl/cli.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>

#include "paidan/runtime/service.hpp"
#include "paidanctl/commands.hpp"
#include "paidanctl/session.hpp"

namespace paidan::ctl {

int fail(const std::string& why, int code) {
  std::fprintf(stderr, "paidanctl: %s\n", why.c_str());
  return code;
}

int run(int argc, const char* const* argv) {
  CLI::App app("paidan's command line: submit, look, repair, replay / 派单命令行工具");
  app.set_version_flag("--version", "paidanctl " + std::string(runtime::version()));
  app.require_subcommand(1);
  app.fallthrough();
  Session session;
  session.add_options(app);
  Action action;
  add_submit(app, session, action);
  add_tail(app, session, action);
  add_calls(app, session, action);
  add_topics(app, session, action);
  add_deadletters(app, session, action);
  add_make_secrets(app, session, action);
  add_check_pack(app, session, action);
  add_propose_line(app, session, action);
  add_decide_line(app, session, action);
  add_calendar(app, session, action);
  add_due(app, session, action);
  add_recalculate_due(app, session, action);
  add_replay(app, session, action);
  add_whatif(app, session, action);
  add_explain_verdict(app, session, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {  // the library's only way to say so
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (const auto loaded = session.load(); !loaded) return fail(loaded.error().what, 2);
  return action();
}

}  // namespace paidan::ctl
