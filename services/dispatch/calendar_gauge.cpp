#include "dispatch/calendar_gauge.hpp"

#include <utility>

#include "paidan/domain/clocks.hpp"
#include "paidan/metrics/names.hpp"

namespace paidan::dispatch {

std::function<std::string()> with_calendar_gauge(std::function<std::string()> serialise,
                                                 metrics::Registry& registry,
                                                 const domain::CityPack& pack,
                                                 const stream::Clock& clock) {
  if (!domain::covered_days(pack, clock.now())) return serialise;
  const metrics::Gauge gauge = registry.gauge(metrics::names::calendar_covered_days);
  return [serialise = std::move(serialise), gauge, &pack, &clock] {
    metrics::Gauge handle = gauge;
    handle.set(*domain::covered_days(pack, clock.now()));
    return serialise();
  };
}

}  // namespace paidan::dispatch
