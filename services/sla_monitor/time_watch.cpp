#include "sla_monitor/time_watch.hpp"

#include <algorithm>

#include "paidan/runtime/log.hpp"

namespace paidan::sla_monitor {

void TimeWatch::report(SteadyTime now) {
  const bool stalled = std::ranges::any_of(
      seen_, [now](const auto& entry) { return now - entry.second.since >= stalled_after; });
  metrics_.stalled(stalled);
  if (stalled != stalled_) {
    runtime::log::warn(
        "time", stalled ? "no time mark for 10 s: alerts will come late" : "time marks come again");
  }
  stalled_ = stalled;
}

}  // namespace paidan::sla_monitor
