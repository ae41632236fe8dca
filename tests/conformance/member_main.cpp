// A group member in a process of its own, for tests that freeze or kill it:
// conformance_member BROKERS PREFIX ORDINAL COMMANDS
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

#include "member.hpp"
#include "paidan/kafka/log.hpp"

namespace paidan::conformance {
namespace {

const char* name_of(stream::Commit commit) {
  switch (commit) {
    case stream::Commit::done:
      return "done";
    case stream::Commit::rewound:
      return "rewound";
    case stream::Commit::fenced:
      return "fenced";
  }
  return "unknown";
}

int serve(stream::TransactionalLog& log, std::istream& commands) {
  Member member(log);
  for (std::string command; std::getline(commands, command);) {
    if (command == "take") std::cout << (member.until_held(1) ? "held" : "nothing") << std::endl;
    if (command == "commit") std::cout << name_of(member.commit_copies()) << std::endl;
    while (command == "run") {
      if (!member.step()) return EXIT_FAILURE;
      if (!member.held.empty() && member.commit_copies() == stream::Commit::fenced) {
        return EXIT_FAILURE;
      }
    }
  }
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace paidan::conformance

int main(int argc, char** argv) {
  using namespace paidan;
  if (argc != 5) return EXIT_FAILURE;
  using conformance::input, conformance::second_input, conformance::output, conformance::state;
  kafka::LogConfig config;
  config.connection = {argv[1], "member", argv[2], {input, second_input, output, state}};
  config.group = "group";
  config.instance_ordinal = std::atoi(argv[3]);
  config.inputs = {input, second_input};
  config.state = state;
  config.session_timeout = Milliseconds{2'000};
  kafka::SilentProbe probe;
  const testkit::ManualClock clock;
  const auto log = kafka::KafkaLog::open(config, clock, probe);
  if (!log) {
    std::cout << log.error().what << std::endl;
    return EXIT_FAILURE;
  }
  std::ifstream commands(argv[4]);
  return conformance::serve(*log.value(), commands);
}
