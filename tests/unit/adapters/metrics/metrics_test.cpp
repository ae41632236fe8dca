#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "paidan/metrics/probes.hpp"

namespace paidan::metrics {
namespace {

using testing::HasSubstr;
using testing::Not;

class FixedClock final : public stream::Clock {
 public:
  Instant now() const override { return from_unix_ms(10'000); }
};

Registry registry_of(bool replay = false) { return Registry({"dispatch", "1.2.3", replay}); }

TEST(Names, EveryDescriptionOfTheHeaderIsListedOnce) {
  std::ifstream header(PAIDAN_SOURCE_DIR "/libs/adapters/metrics/include/paidan/metrics/names.hpp");
  std::stringstream text;
  text << header.rdbuf();
  const std::string source = text.str();
  ASSERT_FALSE(source.empty());
  const std::regex quoted("\"(paidan_[a-z_]+)\"");
  std::set<std::string> in_header, listed;
  for (std::sregex_iterator at(source.begin(), source.end(), quoted), end; at != end; ++at) {
    in_header.insert((*at)[1]);
  }
  for (const auto& description : all_names()) listed.emplace(description.name);
  EXPECT_EQ(listed, in_header);
  EXPECT_EQ(listed.size(), all_names().size());
}

TEST(Names, FollowTheConventionOfTheirKind) {
  for (const auto& [name, help, kind, spans_a_day] : all_names()) {
    EXPECT_EQ(name.ends_with("_total"), kind == MetricKind::counter) << name;
    const bool is_histogram = kind == MetricKind::histogram;
    EXPECT_TRUE(!is_histogram || name.ends_with("_seconds")) << name;
    EXPECT_TRUE(!spans_a_day || is_histogram) << name;
    EXPECT_TRUE(help.ends_with('.')) << name;
  }
}

TEST(RegistryText, ShowsBuildInfoAndNoModeWhenLive) {
  const Registry registry = registry_of();
  EXPECT_THAT(registry.serialise(),
              HasSubstr("paidan_build_info{service=\"dispatch\",version=\"1.2.3\"} 1"));
  EXPECT_THAT(registry.serialise(), Not(HasSubstr("mode=")));
}

TEST(RegistryText, PutsModeReplayOnEverySeries) {
  Registry registry = registry_of(true);
  registry.counter(names::tickets, {{"channel", "hotline"}}).add();
  std::istringstream lines(registry.serialise());
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("paidan_")) continue;
    EXPECT_THAT(line, HasSubstr("mode=\"replay\""));
  }
}

TEST(RegistrySeries, AskingAgainGivesTheSameSeries) {
  Registry registry = registry_of();
  registry.counter(names::tickets, {{"channel", "hotline"}}).add();
  registry.counter(names::tickets, {{"channel", "hotline"}}).add(2);
  EXPECT_EQ(registry.counter(names::tickets, {{"channel", "hotline"}}).value(), 3);
  EXPECT_EQ(registry.counter(names::tickets, {{"channel", "web"}}).value(), 0);
}

TEST(RegistrySeries, BeyondTheBoundEverythingIsOther) {
  Registry registry({"intake", "1", false, 3});
  for (int i = 0; i < 10; ++i) {
    registry.counter(names::tickets, {{"channel", "c" + std::to_string(i)}}).add();
  }
  EXPECT_EQ(registry.counter(names::tickets, {{"channel", "c0"}}).value(), 1);
  const std::string text = registry.serialise();
  EXPECT_THAT(text, HasSubstr("paidan_tickets_total{channel=\"other\"} 7"));
  EXPECT_THAT(text, HasSubstr("paidan_metric_label_overflow_total 7"));
  EXPECT_THAT(text, Not(HasSubstr("c3")));
}

TEST(RegistrySeries, CountsEveryIncrementOfManyThreads) {
  Registry registry = registry_of();
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 1000; ++n) registry.counter(names::inputs).add();
    });
  }
  threads.clear();
  EXPECT_EQ(registry.counter(names::inputs).value(), 4000);
}

TEST(RegistryDeathTest, ADescriptionOfAnotherKindIsABug) {
  Registry registry = registry_of();
  EXPECT_DEATH(registry.gauge(names::tickets), "another kind");
}

TEST(PumpMetrics, CountsOutcomesAndReasonsOfRefusals) {
  Registry registry = registry_of();
  const FixedClock clock;
  PumpMetrics probe(registry, clock);
  probe.decided("T1", "", stream::Outcome::accepted, "");
  probe.decided("T1", "", stream::Outcome::refused, "stale_epoch");
  probe.decided("T2", "", stream::Outcome::refused, "stale_epoch");
  const std::string text = registry.serialise();
  EXPECT_THAT(text,
              HasSubstr("paidan_decisions_total{outcome=\"accepted\",service=\"dispatch\"} 1"));
  EXPECT_THAT(text,
              HasSubstr("paidan_decisions_total{outcome=\"refused\",service=\"dispatch\"} 2"));
  EXPECT_THAT(text,
              HasSubstr("paidan_refusals_total{reason=\"stale_epoch\",service=\"dispatch\"} 2"));
  EXPECT_THAT(text, Not(HasSubstr("T1")));
}

TEST(PumpMetrics, MeasuresTheAgeOfTheOldestInput) {
  Registry registry = registry_of();
  const FixedClock clock;
  PumpMetrics probe(registry, clock);
  probe.committed(3, 5, from_unix_ms(8'000));
  probe.committed(0, 1, from_unix_ms(0));
  const std::string text = registry.serialise();
  EXPECT_THAT(text, HasSubstr("paidan_record_age_seconds_sum 2\n"));
  EXPECT_THAT(text, HasSubstr("paidan_record_age_seconds_count 1\n"));
  EXPECT_THAT(text, HasSubstr("paidan_inputs_total 3\n"));
  EXPECT_THAT(text, HasSubstr("paidan_outputs_total 6\n"));
}

TEST(PumpMetrics, WorkersOfOneProcessAddUpAndTakeTheirShareBack) {
  Registry registry = registry_of();
  const FixedClock clock;
  PumpMetrics first(registry, clock);
  {
    PumpMetrics second(registry, clock);
    first.restored(0, 10, 40, false);
    EXPECT_EQ(registry.gauge(names::restoring).value(), 1);
    first.restored(10, 40, 40, true);
    second.restored(5, 10, 10, true);
    EXPECT_EQ(registry.gauge(names::restoring).value(), 0);
    EXPECT_EQ(registry.gauge(names::restored_keys).value(), 15);
    EXPECT_EQ(registry.gauge(names::restore_records_per_key).value(), 2);
  }
  EXPECT_EQ(registry.gauge(names::restored_keys).value(), 10);
}

TEST(PumpMetrics, TheSecondStageOfAProcessHasSeriesOfItsOwn) {
  Registry registry = registry_of();
  const FixedClock clock;
  PumpMetrics first(registry, clock);
  PumpMetrics second(registry, clock, "clusters");
  KafkaMetrics kafka(registry, "clusters");
  first.committed(3, 3, from_unix_ms(8'000));
  second.committed(5, 1, from_unix_ms(8'000));
  second.decided("T1", "", stream::Outcome::skipped, "repeated");
  kafka.assigned(4);
  const std::string text = registry.serialise();
  EXPECT_THAT(text, HasSubstr("paidan_inputs_total 3\n"));
  EXPECT_THAT(text, HasSubstr("paidan_inputs_total{stage=\"clusters\"} 5\n"));
  EXPECT_THAT(text, HasSubstr("paidan_decisions_total{outcome=\"skipped\",service=\"dispatch\","
                              "stage=\"clusters\"} 1"));
  EXPECT_THAT(text, HasSubstr("paidan_owned_partitions{stage=\"clusters\"} 4"));
}

TEST(KafkaMetrics, OwnedPartitionsFollowTheAssignment) {
  Registry registry = registry_of();
  {
    KafkaMetrics kafka(registry);
    kafka.assigned(4);
    kafka.assigned(2);
    kafka.committed(std::chrono::milliseconds(5));
    EXPECT_EQ(registry.gauge(names::owned_partitions).value(), 2);
  }
  EXPECT_EQ(registry.gauge(names::owned_partitions).value(), 0);
  EXPECT_THAT(registry.serialise(), HasSubstr("paidan_commit_seconds_bucket{le=\"0.005\"} 1"));
}

TEST(ClockMetrics, GaugesMoveWithTheClocksAndBreachesOnlyGrow) {
  Registry registry = registry_of();
  ClockMetrics clocks(registry);
  clocks.add("huangpu", "citizen", ClockState::running, 2);
  clocks.add("huangpu", "citizen", ClockState::running, -1);
  clocks.add("huangpu", "citizen", ClockState::breached, 1);
  clocks.breached("huangpu", "citizen", std::chrono::seconds(1));
  const std::string text = registry.serialise();
  EXPECT_THAT(text,
              HasSubstr(R"(paidan_clocks{clock="citizen",state="running",unit="huangpu"} 1)"));
  EXPECT_THAT(text, HasSubstr(R"(paidan_breaches_total{clock="citizen",unit="huangpu"} 1)"));
}

TEST(TimeMetrics, AStalledWorkerCountsOnceUntilItIsGone) {
  Registry registry = registry_of();
  {
    TimeMetrics time(registry);
    time.stalled(true);
    time.stalled(true);
    EXPECT_EQ(registry.gauge(names::time_stalled).value(), 1);
  }
  EXPECT_EQ(registry.gauge(names::time_stalled).value(), 0);
}

TEST(CallMetrics, CountsCodesAndOpenStreams) {
  Registry registry = registry_of();
  CallMetrics calls(registry);
  calls.answered("/a.B/C", "OK", std::chrono::milliseconds(1));
  calls.stream_opened("/a.B/S");
  EXPECT_EQ(registry.gauge(names::streams, {{"method", "/a.B/S"}}).value(), 1);
  calls.stream_closed("/a.B/S", "CANCELLED");
  EXPECT_EQ(registry.gauge(names::streams, {{"method", "/a.B/S"}}).value(), 0);
  EXPECT_THAT(registry.serialise(),
              HasSubstr(R"(paidan_calls_total{code="OK",method="/a.B/C"} 1)"));
}

}  // namespace
}  // namespace paidan::metrics
