#pragma once
#include <functional>
#include <stop_token>
#include <string>
#include <thread>

#include "paidan/runtime/lifecycle.hpp"

namespace paidan::runtime {

/// How a worker's loop ended.
enum class WorkerEnd {
  stop,   ///< It was asked to, or has nothing left to do.
  fatal,  ///< It must not go on (fenced, unknown outcome, lost invariant): the process exits 70.
};

/// A worker's loop. Ends soon (well under 10 s) after `stop` is requested; ticks `heartbeat` at
/// least every second.
using WorkerLoop = std::function<WorkerEnd(const std::stop_token& stop, Heartbeat& heartbeat)>;

/// A thread that the life cycle watches.
class Supervised {
 public:
  Supervised(std::string name, WorkerLoop loop, Lifecycle& lifecycle, Health& health);

  /// Adds a component that runs `loop` on its own thread to `lifecycle`, which keeps it.
  static void add(std::string name, WorkerLoop loop, Lifecycle& lifecycle, Health& health);

  void start();
  /// Requests the stop and joins; the life cycle's watchdog bounds it.
  void stop();

 private:
  std::string name_;
  WorkerLoop loop_;
  Lifecycle& lifecycle_;
  Heartbeat& heartbeat_;
  std::jthread thread_;
};

}  // namespace paidan::runtime
