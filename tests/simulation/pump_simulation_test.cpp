// Whatever the schedule of crashes, aborts, rebalances and fencing, what is committed is what one
// uninterrupted run would have written, and the work ends. A failing seed is all that is needed to
// see the failure again: PAIDAN_FIRST_SEED=<seed> PAIDAN_SEEDS=1.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "simulation.hpp"

namespace paidan::simulation {
namespace {

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

TEST(PumpSimulation, CommittedWorkIsThatOfOneUninterruptedRun) {
  const std::uint64_t first = number_from("PAIDAN_FIRST_SEED", 0);
  const std::uint64_t count = number_from("PAIDAN_SEEDS", 2'000);
  Report sum;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const Report report = simulate(seed);
    ASSERT_FALSE(report.complaint) << "seed " << seed << ": " << *report.complaint;
    sum.outputs += report.outputs;
    sum.wakes += report.wakes;
    sum.crashes += report.crashes;
    sum.aborts += report.aborts;
    sum.rebalances += report.rebalances;
  }
  std::printf(
      "seeds %llu..%llu: %zu outputs, %zu of wakes; %zu crashes, %zu aborts, %zu restores\n",
      static_cast<unsigned long long>(first), static_cast<unsigned long long>(first + count - 1),
      sum.outputs, sum.wakes, sum.crashes, sum.aborts, sum.rebalances);
  if (count < 100) return;
  // A schedule without trouble would prove nothing.
  EXPECT_GT(sum.crashes, count);
  EXPECT_GT(sum.aborts, count / 4);
  EXPECT_GT(sum.rebalances, count);
  EXPECT_GT(sum.wakes, count);
}

class PlantedBug : public testing::TestWithParam<Plant> {};

TEST_P(PlantedBug, IsFound) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    if (simulate(seed, GetParam()).complaint) return;
  }
  FAIL() << "500 seeds passed with a bug planted: the simulation is blind to it";
}

INSTANTIATE_TEST_SUITE_P(Simulation, PlantedBug,
                         testing::Values(Plant::abort_taken_for_done, Plant::restore_cut_short,
                                         Plant::revocation_overheard,
                                         Plant::position_before_the_mark));

TEST(PumpSimulation, TheSameSeedGivesTheSameRun) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Report one = simulate(seed);
    const Report two = simulate(seed);
    EXPECT_EQ(one.outputs, two.outputs);
    EXPECT_EQ(one.crashes, two.crashes);
    EXPECT_EQ(one.aborts, two.aborts);
    EXPECT_EQ(one.rebalances, two.rebalances);
  }
}

}  // namespace
}  // namespace paidan::simulation
