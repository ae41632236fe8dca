#include "paidan/testkit/child_process.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <utility>

#include "paidan/base/assert.hpp"
#include "paidan/testkit/wait.hpp"

namespace paidan::testkit {

namespace {

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> environment_with(const std::vector<std::string>& more) {
  std::vector<std::string> all = more;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view inherited(*entry);
    const std::string_view name = inherited.substr(0, inherited.find('=') + 1);
    bool replaced = false;
    for (const std::string& ours : more) replaced = replaced || ours.starts_with(name);
    if (!replaced) all.emplace_back(inherited);
  }
  return all;
}

/// Only calls that are safe between fork and exec.
[[noreturn]] void become(char* const* command, char* const* environment, int output) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing < 0 || output < 0) _exit(127);
  dup2(nothing, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  execvpe(command[0], command, environment);
  _exit(127);
}

}  // namespace

Result<std::unique_ptr<ChildProcess>, Trouble> ChildProcess::start(Options options) {
  PAIDAN_ASSERT(!options.command.empty(), "a child process needs a program");
  const int output =
      open(options.output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (output < 0) return Trouble{options.output.string() + ": " + std::strerror(errno)};
  std::vector<std::string> environment = environment_with(options.environment);
  const std::vector<char*> argv = pointers_to(options.command);
  const std::vector<char*> envp = pointers_to(environment);
  const pid_t pid = fork();
  if (pid == 0) become(argv.data(), envp.data(), output);
  close(output);
  if (pid < 0) return Trouble{std::string("fork: ") + std::strerror(errno)};
  return std::unique_ptr<ChildProcess>(new ChildProcess(pid));
}

ChildProcess::~ChildProcess() {
  if (!running()) return;
  signal(SIGKILL);
  wait(Milliseconds{10'000});
}

bool ChildProcess::running() {
  if (status_) return false;
  int status = 0;
  const pid_t ended = waitpid(pid_, &status, WNOHANG);
  if (ended == 0) return true;
  status_ = ended == pid_ ? status : 0;
  return false;
}

void ChildProcess::signal(int number) {
  if (running()) ::kill(pid_, number);
}

std::optional<int> ChildProcess::wait(Milliseconds deadline) {
  eventually([this] { return !running(); }, deadline);
  return status_;
}

void ChildProcess::stop(Milliseconds patience) {
  signal(SIGTERM);
  if (wait(patience)) return;
  signal(SIGKILL);
  wait(Milliseconds{10'000});
}

std::uint16_t free_port() {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  const bool bound = probe >= 0 &&
                     bind(probe, reinterpret_cast<sockaddr*>(&address), length) == 0 &&
                     getsockname(probe, reinterpret_cast<sockaddr*>(&address), &length) == 0;
  if (probe >= 0) close(probe);
  PAIDAN_ASSERT(bound, "the loopback address has a free port");
  return ntohs(address.sin_port);
}

std::string tail_of(const std::filesystem::path& file, std::size_t bytes_max) {
  std::ifstream in(file, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (text.size() > bytes_max) text.erase(0, text.size() - bytes_max);
  return text;
}

TemporaryDirectory::TemporaryDirectory() {
  std::string pattern = (std::filesystem::temp_directory_path() / "paidan-test-XXXXXX").string();
  const char* made = mkdtemp(pattern.data());
  PAIDAN_ASSERT(made != nullptr, "a temporary directory can be made");
  path_ = made;
}

TemporaryDirectory::~TemporaryDirectory() {
  if (std::getenv("PAIDAN_TEST_KEEP") != nullptr) return;
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace paidan::testkit
