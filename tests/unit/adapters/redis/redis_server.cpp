#include "redis_server.hpp"

#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <thread>
#include <vector>

#include "paidan/redis/connection.hpp"

namespace paidan::redis::test {

RedisServer::RedisServer() {
  std::string name =
      (std::filesystem::temp_directory_path() / "paidan-redis-").string() + std::string(6, 'X');
  folder_ = mkdtemp(name.data());
  socket_ = folder_ + "/redis.sock";
  start();
}

RedisServer::~RedisServer() {
  kill();
  std::filesystem::remove_all(folder_);
}

void RedisServer::start() {
  std::vector<std::string> words = {"redis-server",  "--port", "0",     "--unixsocket", socket_,
                                    "--save",        "",       "--dir", folder_,        "--logfile",
                                    folder_ + "/log"};
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  pid_ = ::fork();
  if (pid_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // A test that crashes leaves no server behind.
    ::close(STDOUT_FILENO);              // Nor one that keeps the test's output open.
    ::close(STDERR_FILENO);
    ::execvp(argv[0], argv.data());
    ::_exit(127);
  }
  if (pid_ < 0) throw std::runtime_error("no process for redis-server");
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  Options options{address()};
  options.backoff_min = options.backoff_max = Milliseconds{0};
  Connection probe(options);
  while (!probe.reachable()) {
    if (std::chrono::steady_clock::now() > deadline) {
      throw std::runtime_error("redis-server does not answer; is it installed?");
    }
    std::this_thread::yield();
  }
}

void RedisServer::kill() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

void RedisServer::freeze() { ::kill(pid_, SIGSTOP); }
void RedisServer::unfreeze() { ::kill(pid_, SIGCONT); }

}  // namespace paidan::redis::test
