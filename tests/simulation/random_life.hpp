#pragma once
#include <random>

#include "world.hpp"

/// Random stories of a few tickets: every command and citizen fact, by the right and by wrong
/// people, early and late, with records between tickets and services held back.
namespace paidan::simulation {

using Random = std::mt19937_64;

/// One step of the story at `now`: an input for one of the tickets.
void random_input(scenario::World& world, Random& random, Instant now);
/// Records are held back, or arrive.
void random_delivery(scenario::World& world, Random& random);
std::string random_name(Random& random);

}  // namespace paidan::simulation
