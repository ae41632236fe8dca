#include "paidan/runtime/worker.hpp"

#include <exception>
#include <memory>
#include <utility>

namespace paidan::runtime {

Supervised::Supervised(std::string name, WorkerLoop loop, Lifecycle& lifecycle, Health& health)
    : name_(std::move(name)),
      loop_(std::move(loop)),
      lifecycle_(lifecycle),
      heartbeat_(health.add_heartbeat(name_)) {}

void Supervised::add(std::string name, WorkerLoop loop, Lifecycle& lifecycle, Health& health) {
  auto worker = std::make_shared<Supervised>(name, std::move(loop), lifecycle, health);
  lifecycle.add({std::move(name),
                 [worker]() -> Result<Unit, StartError> {
                   worker->start();
                   return Unit{};
                 },
                 [worker](SteadyTime) { worker->stop(); }});
}

void Supervised::start() {
  heartbeat_.tick();
  thread_ = std::jthread([this](const std::stop_token& stop) {
    try {
      if (loop_(stop, heartbeat_) == WorkerEnd::fatal) {
        lifecycle_.fatal(name_ + ": the worker gave up");
      }
    } catch (const std::exception& error) {
      lifecycle_.fatal(name_ + ": " + error.what());
    }
    heartbeat_.retire();
  });
}

void Supervised::stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

}  // namespace paidan::runtime
