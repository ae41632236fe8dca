#pragma once
#include <chrono>
#include <csignal>
#include <functional>
#include <string>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/runtime/health.hpp"

namespace paidan::runtime {

/// Exit codes of every program of the project.
enum ExitCode {
  exit_ok = 0,
  exit_failed = 1,  ///< Could not start, or could not stop in time.
  exit_usage = 2,   ///< Wrong flag, setting or file.
  exit_fatal = 70,  ///< A worker gave up: the supervisor must start the process again.
};

/// Why a part could not start: one line that says what to do.
struct StartError {
  std::string what;
};

struct Component {
  std::string name;
  /// Must return within seconds: what waits for the world does so on a worker's thread.
  std::function<Result<Unit, StartError>()> start;
  /// Must return by `deadline`; called only when start succeeded.
  std::function<void(SteadyTime deadline)> stop;
};

/// Starts the parts in the order added, waits for SIGTERM or SIGINT, and stops them in the reverse
/// order within `stop_limit`. So add what others need first, and the door (gRPC server) last.
class Lifecycle {
 public:
  static constexpr std::chrono::milliseconds stop_limit{10'000};

  /// Blocks the signals in the calling thread, so construct it before any other thread exists.
  explicit Lifecycle(Health& health);
  Lifecycle(const Lifecycle&) = delete;
  Lifecycle& operator=(const Lifecycle&) = delete;
  ~Lifecycle();

  void add(Component component);
  /// Called on SIGHUP, on the main thread: reload tokens and the like. Add before run().
  void on_reload(std::function<void()> reload);

  /// Blocks until stopped, and returns an exit code. A second SIGTERM or SIGINT while stopping, or
  /// a stop over its limit, leaves the process at once with exit_failed.
  int run();

  /// Thread-safe.
  void request_stop();
  /// Thread-safe. Logs `why` and leaves the process at once with exit_fatal, running no destructor:
  /// state is rebuilt from the log, never repaired in process.
  [[noreturn]] static void fatal(const std::string& why);

 private:
  Result<Unit, StartError> start_all();
  void stop_all();
  void wait_for_end();
  void reload_all();

  Health& health_;
  std::vector<Component> components_;
  std::size_t started_ = 0;
  std::vector<std::function<void()>> reloads_;
  sigset_t signals_before_{};
  int signal_fd_ = -1;
  int stop_fd_ = -1;  ///< An eventfd: readable once the end is requested.
};

}  // namespace paidan::runtime
