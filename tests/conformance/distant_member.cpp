#include "distant_member.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include "kafka_setup.hpp"
#include "paidan/testkit/wait.hpp"

namespace paidan::conformance {

MemberProcess::MemberProcess(const kafka::Connection& connection, const std::string& program,
                             const std::string& who) {
  const auto pipe = directory_.path() / "commands";
  EXPECT_EQ(mkfifo(pipe.c_str(), S_IRUSR | S_IWUSR), 0);
  auto started = testkit::ChildProcess::start(
      {{std::string(PAIDAN_BINARY_DIR "/bin/") + program, connection.brokers,
        connection.topic_prefix, who, pipe.string()},
       {},
       directory_.path() / "answers"});
  if (!started) {
    ADD_FAILURE() << started.error().why;
    return;
  }
  process_ = std::move(started).value();
  commands_.open(pipe);
}

void MemberProcess::tell(const std::string& command) { commands_ << command << std::endl; }

std::string MemberProcess::ask(const std::string& command) {
  tell(command);
  ++answers_;
  std::string answer;
  testkit::eventually(
      [&] {
        std::ifstream file(directory_.path() / "answers");
        std::size_t lines = 0;
        while (lines < answers_ && std::getline(file, answer)) ++lines;
        return lines == answers_ || !process_->running();
      },
      Milliseconds{30'000});
  return answer;
}

void MemberProcess::freeze() {
  process_->signal(SIGSTOP);
  // The session must be over before the successor can own anything, which is what the test waits
  // for; nothing more to wait for here.
}

void MemberProcess::thaw() { process_->signal(SIGCONT); }

void MemberProcess::kill() {
  process_->signal(SIGKILL);
  process_->wait(Milliseconds{10'000});
}

stream::Commit MemberProcess::commit() {
  const std::string answer = ask("commit");
  if (answer == "done") return stream::Commit::done;
  EXPECT_TRUE(answer == "rewound" || answer == "fenced") << answer;
  return answer == "rewound" ? stream::Commit::rewound : stream::Commit::fenced;
}

}  // namespace paidan::conformance
