#pragma once
#include <vector>

#include "samples.hpp"

/// The parts of `samples::all()`.
namespace paidan::contract::samples {

void add_lifecycle(std::vector<Sample>& out);
void add_commands(std::vector<Sample>& out);
void add_links(std::vector<Sample>& out);

domain::CompletionReport report();
domain::SlaFact sla_fact(domain::SlaKind kind);
const domain::Rated& rated();

}  // namespace paidan::contract::samples
