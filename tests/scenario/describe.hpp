#pragma once
#include <functional>
#include <string>
#include <vector>

#include "paidan/domain/pack.hpp"
#include "paidan/domain/ticket.hpp"

/// The words of the outputs.
namespace paidan::scenario {

/// What is needed to read the values of a fact.
struct Reader {
  const domain::CityPack& pack;
  std::function<std::string(const domain::TicketId&)> name_of;  ///< Of a ticket, in the story.
};

/// The fact itself in a few words.
std::string describe_body(const Reader& reader, const domain::LifecycleBody& body);

/// One line for a fact, one for each of its clocks, one for each verdict, and one where the
/// ticket's overlays are others than before.
std::vector<std::string> describe(const Reader& reader, const domain::Ticket& before,
                                  const domain::Ticket& after, const domain::LifecycleFact& fact);
std::string describe(const domain::CityPack& pack, const domain::SlaFact& fact);
std::string describe(const domain::Reply& reply);
std::string describe(const Reader& reader, const domain::LinkBody& body);
std::string describe_time(const domain::CityPack& pack, Instant at);
std::string quoted(const std::string& reason);
/// By nobody: the office.
std::string name_of_unit(const domain::UnitId& unit);

}  // namespace paidan::scenario
