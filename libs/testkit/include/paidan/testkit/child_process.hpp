#pragma once
#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"

namespace paidan::testkit {

/// Why something real could not be had, in one line that says what to do.
struct Trouble {
  std::string why;
};

/// A real program started by a test and ended by its pid, at the latest with this object. If the
/// test itself dies, the kernel kills the child. Not thread-safe.
class ChildProcess {
 public:
  struct Options {
    std::vector<std::string> command;      ///< The program (found in PATH) and its arguments.
    std::vector<std::string> environment;  ///< `NAME=value`, on top of the inherited ones.
    std::filesystem::path output;          ///< Standard output and error are appended here.
  };
  static Result<std::unique_ptr<ChildProcess>, Trouble> start(Options options);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();  ///< SIGKILL, if it still runs.

  pid_t pid() const { return pid_; }
  bool running();
  void signal(int number);
  /// The wait status once it has ended, or nothing if it has not by then.
  std::optional<int> wait(Milliseconds deadline);
  /// SIGTERM, then SIGKILL after `patience`.
  void stop(Milliseconds patience);

 private:
  explicit ChildProcess(pid_t pid) : pid_(pid) {}
  pid_t pid_;
  std::optional<int> status_;
};

/// A port of the loopback address that nobody listens on at the moment.
std::uint16_t free_port();

/// The last bytes of a file, for a failure's message.
std::string tail_of(const std::filesystem::path& file, std::size_t bytes_max = 2'000);

/// A directory that disappears with this object, unless PAIDAN_TEST_KEEP is set.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace paidan::testkit
