#pragma once
#include <chrono>
#include <map>
#include <memory>

#include "paidan/metrics/probes.hpp"
#include "paidan/runtime/health.hpp"
#include "paidan/stream/record.hpp"
#include "sla_monitor/logic.hpp"

namespace paidan::sla_monitor {

/// Notices when a partition's time line stands still: clocks then fire late, never falsely
/// (DESIGN section 4). One per worker; not thread-safe.
class TimeWatch {
 public:
  using SteadyTime = runtime::SteadyTime;
  static constexpr std::chrono::milliseconds stalled_after{10'000};
  static constexpr std::chrono::milliseconds look_interval{1'000};

  explicit TimeWatch(metrics::Registry& registry) : metrics_(registry) {}

  /// Whether it is time to look again. Cheap.
  bool is_due(SteadyTime now) const { return now - looked_at_ >= look_interval; }

  /// `mark_of(partition)` gives the last mark of an owned partition's time line.
  template <class MarkOf>
  void look(const stream::Positions& owned, MarkOf&& mark_of, SteadyTime now) {
    looked_at_ = now;
    std::map<Partition, Seen> seen;
    for (const auto& [at, next] : owned) {
      const Instant mark = mark_of(at.partition);
      const auto known = seen_.find(at.partition);
      const bool moved = known == seen_.end() || known->second.mark != mark;
      seen.insert_or_assign(at.partition, moved ? Seen{mark, now} : known->second);
    }
    seen_ = std::move(seen);
    report(now);
  }

  bool stalled() const { return stalled_; }

 private:
  struct Seen {
    Instant mark;
    SteadyTime since;
  };
  void report(SteadyTime now);

  metrics::TimeMetrics metrics_;
  std::map<Partition, Seen> seen_;
  SteadyTime looked_at_{};
  bool stalled_ = false;
};

}  // namespace paidan::sla_monitor
