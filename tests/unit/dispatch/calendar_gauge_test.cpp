#include "dispatch/calendar_gauge.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "paidan/citypack/load.hpp"
#include "paidan/domain/calendar.hpp"
#include "paidan/testkit/manual_clock.hpp"

namespace paidan::dispatch {
namespace {

using testing::HasSubstr;
using testing::Not;

domain::CityPack load_pack(const std::string& path) {
  auto loaded = citypack::load(std::string(PAIDAN_SOURCE_DIR) + path);
  EXPECT_TRUE(loaded);
  return loaded ? std::move(loaded).value() : domain::CityPack{};
}

/// What the monitor port shows at `moment`.
std::string shown(const domain::CityPack& pack, Instant moment, bool replay = false) {
  metrics::RegistryOptions options;
  options.service = "dispatch";
  options.version = "1";
  options.replay = replay;
  metrics::Registry registry(options);
  testkit::ManualClock clock(moment - std::chrono::days{100});
  const auto show =
      with_calendar_gauge([&] { return registry.serialise(); }, registry, pack, clock);
  clock.set(moment);  // time goes on after the start
  return show();
}

TEST(CalendarGauge, SaysHowManyDaysOfTheCalendarAreLeftNow) {
  const domain::CityPack pack = load_pack("/tests/data/packs/small");
  const Instant end = *domain::covered_until(pack.calendar);
  EXPECT_THAT(shown(pack, end - std::chrono::days{60}),
              HasSubstr("\npaidan_calendar_covered_days 60\n"));
  EXPECT_THAT(shown(pack, end + std::chrono::hours{36}),
              HasSubstr("\npaidan_calendar_covered_days -1.5\n"));
}

TEST(CalendarGauge, MarksAReplaySoThatItPagesNobody) {
  const domain::CityPack pack = load_pack("/tests/data/packs/small");
  EXPECT_THAT(shown(pack, *domain::covered_until(pack.calendar), true),
              HasSubstr("\npaidan_calendar_covered_days{mode=\"replay\"} 0\n"));
}

TEST(CalendarGauge, IsNotShownForAPackThatCountsNoWorkingTime) {
  EXPECT_THAT(shown(load_pack("/deploy/cities/boston"), Instant{}),
              Not(HasSubstr("paidan_calendar_covered_days")));
}

}  // namespace
}  // namespace paidan::dispatch
