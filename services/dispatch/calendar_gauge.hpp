#pragma once
#include <functional>
#include <string>

#include "paidan/domain/pack.hpp"
#include "paidan/metrics/registry.hpp"
#include "paidan/stream/log.hpp"

namespace paidan::dispatch {

/// `serialise` with `paidan_calendar_covered_days` in it: how many days of the pack's calendar are
/// left, by the machine's clock (also in a replay, where time is another one), set whenever
/// somebody asks. A pack that counts no working time has no such gauge. As thread-safe as
/// `serialise`; keeps references to what it is given.
std::function<std::string()> with_calendar_gauge(std::function<std::string()> serialise,
                                                 metrics::Registry& registry,
                                                 const domain::CityPack& pack,
                                                 const stream::Clock& clock);

}  // namespace paidan::dispatch
