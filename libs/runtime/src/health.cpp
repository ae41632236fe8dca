#include "paidan/runtime/health.hpp"

#include <algorithm>
#include <limits>

#include "paidan/base/assert.hpp"

namespace paidan::runtime {
namespace {

constexpr std::int64_t retired_ns = std::numeric_limits<std::int64_t>::max();

std::int64_t ns_of(SteadyTime time) {
  return std::chrono::nanoseconds(time.time_since_epoch()).count();
}

template <class All>
void assert_new(const All& all, const std::string& name) {
  PAIDAN_ASSERT(std::ranges::none_of(all, [&](const auto& one) { return one.name() == name; }),
                "a name of the health report is used twice");
}

}  // namespace

Heartbeat::Heartbeat(std::string name)
    : name_(std::move(name)), last_ns_(ns_of(std::chrono::steady_clock::now())) {}

void Heartbeat::tick() noexcept {
  last_ns_.store(ns_of(std::chrono::steady_clock::now()), std::memory_order_release);
}

void Heartbeat::retire() noexcept { last_ns_.store(retired_ns, std::memory_order_release); }

bool Heartbeat::alive(SteadyTime now, std::chrono::milliseconds limit) const noexcept {
  const std::int64_t last = last_ns_.load(std::memory_order_acquire);
  return last == retired_ns || ns_of(now) - last < std::chrono::nanoseconds(limit).count();
}

Heartbeat& Health::add_heartbeat(std::string name) {
  const std::lock_guard lock(mutex_);
  assert_new(heartbeats_, name);
  return heartbeats_.emplace_back(std::move(name));
}

Condition& Health::add_condition(std::string name) {
  const std::lock_guard lock(mutex_);
  assert_new(conditions_, name);
  return conditions_.emplace_back(std::move(name));
}

Health::Report Health::liveness(SteadyTime now) const {
  const std::lock_guard lock(mutex_);
  Report report;
  for (const Heartbeat& heartbeat : heartbeats_) {
    if (!heartbeat.alive(now, heartbeat_limit)) report.failing.push_back(heartbeat.name());
  }
  report.ok = report.failing.empty();
  return report;
}

Health::Report Health::readiness() const {
  const std::lock_guard lock(mutex_);
  Report report;
  if (draining()) report.failing.emplace_back("draining");
  for (const Condition& condition : conditions_) {
    if (!condition.met()) report.failing.push_back(condition.name());
  }
  report.ok = report.failing.empty();
  return report;
}

}  // namespace paidan::runtime
