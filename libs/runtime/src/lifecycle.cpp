#include "paidan/runtime/lifecycle.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <optional>
#include <thread>

#include "paidan/base/assert.hpp"
#include "paidan/runtime/log.hpp"

namespace paidan::runtime {
namespace {

constexpr std::string_view logger = "lifecycle";

void raise_event(int fd) {
  const std::uint64_t one = 1;
  const ssize_t written = ::write(fd, &one, sizeof one);
  PAIDAN_ASSERT(written == sizeof one, "an event descriptor takes eight bytes");
}

std::optional<int> take_signal(int fd) {
  signalfd_siginfo info{};
  if (::read(fd, &info, sizeof info) != sizeof info) return std::nullopt;
  return static_cast<int>(info.ssi_signo);
}

struct Woken {
  bool first;
  bool second;
};

// Waits until one of both is readable or the deadline (none: for ever) has passed.
Woken wait_for(int first, int second, std::optional<SteadyTime> deadline) {
  while (true) {
    std::array<pollfd, 2> fds = {pollfd{first, POLLIN, 0}, pollfd{second, POLLIN, 0}};
    int wait_ms = -1;
    if (deadline) {
      const auto left = *deadline - std::chrono::steady_clock::now();
      const auto left_ms = std::chrono::ceil<std::chrono::milliseconds>(left).count();
      wait_ms = static_cast<int>(std::max<std::int64_t>(0, left_ms));
    }
    const int ready = ::poll(fds.data(), fds.size(), wait_ms);
    if (ready < 0 && errno == EINTR) continue;
    return {(fds[0].revents & POLLIN) != 0, (fds[1].revents & POLLIN) != 0};
  }
}

[[noreturn]] void leave(ExitCode code) {
  log::flush();
  std::_Exit(code);
}

// Leaves the process when the stop takes too long or is asked for again.
void watch_stop(int signal_fd, int done_fd, SteadyTime deadline) {
  while (true) {
    const Woken woken = wait_for(signal_fd, done_fd, deadline);
    if (woken.second) return;
    if (!woken.first) {
      log::error(logger, "the stop took longer than its limit; leaving at once");
      leave(exit_failed);
    }
    if (const auto signal = take_signal(signal_fd); signal && *signal != SIGHUP) {
      log::warn(logger, "a second signal; leaving at once", {log::number("signal", *signal)});
      leave(exit_failed);
    }
  }
}

}  // namespace

Lifecycle::Lifecycle(Health& health) : health_(health) {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  const int blocked = pthread_sigmask(SIG_BLOCK, &signals, &signals_before_);
  signal_fd_ = ::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
  stop_fd_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  PAIDAN_ASSERT(blocked == 0 && signal_fd_ >= 0 && stop_fd_ >= 0, "out of descriptors");
}

Lifecycle::~Lifecycle() {
  ::close(signal_fd_);
  ::close(stop_fd_);
  pthread_sigmask(SIG_SETMASK, &signals_before_, nullptr);
}

void Lifecycle::add(Component component) { components_.push_back(std::move(component)); }

void Lifecycle::on_reload(std::function<void()> reload) { reloads_.push_back(std::move(reload)); }

void Lifecycle::request_stop() { raise_event(stop_fd_); }

void Lifecycle::fatal(const std::string& why) {
  log::write(log::Level::critical, logger, why, {log::number("exit_code", exit_fatal)});
  leave(exit_fatal);
}

Result<Unit, StartError> Lifecycle::start_all() {
  for (const Component& component : components_) {
    log::debug(logger, "starting", {log::text("part", component.name)});
    if (auto started = component.start(); !started) {
      return StartError{component.name + ": " + started.error().what};
    }
    ++started_;
  }
  return Unit{};
}

void Lifecycle::stop_all() {
  health_.start_draining();
  const SteadyTime deadline = std::chrono::steady_clock::now() + stop_limit;
  const int done_fd = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  PAIDAN_ASSERT(done_fd >= 0, "out of descriptors");
  std::thread watch([this, done_fd, deadline] { watch_stop(signal_fd_, done_fd, deadline); });
  while (started_ > 0) {
    const Component& component = components_[--started_];
    log::debug(logger, "stopping", {log::text("part", component.name)});
    component.stop(deadline);
  }
  raise_event(done_fd);
  watch.join();
  ::close(done_fd);
}

void Lifecycle::reload_all() {
  log::info(logger, "reloading");
  for (const auto& reload : reloads_) reload();
}

void Lifecycle::wait_for_end() {
  while (true) {
    const Woken woken = wait_for(signal_fd_, stop_fd_, std::nullopt);
    if (woken.second) return;
    const auto signal = take_signal(signal_fd_);
    if (!signal) continue;
    if (*signal != SIGHUP) {
      log::info(logger, "stopping on a signal", {log::number("signal", *signal)});
      return;
    }
    reload_all();
  }
}

int Lifecycle::run() {
  const auto started = start_all();
  if (started) {
    log::info(logger, "started");
    wait_for_end();
  } else {
    log::error(logger, started.error().what);
  }
  stop_all();
  log::info(logger, "stopped");
  return started ? exit_ok : exit_failed;
}

}  // namespace paidan::runtime
