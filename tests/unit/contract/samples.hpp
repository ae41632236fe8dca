#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "paidan/contract/commands.hpp"
#include "paidan/contract/lifecycle.hpp"
#include "paidan/contract/matches.hpp"
#include "paidan/contract/sightings.hpp"
#include "paidan/contract/sla.hpp"
#include "paidan/contract/state.hpp"
#include "paidan/contract/subjects.hpp"
#include "paidan/contract/submissions.hpp"
#include "paidan/contract/topics.hpp"

/// One record for every alternative of every message of the contract, with every field set
/// somewhere. Fixed values: their bytes are the golden files of proto/testdata.
namespace paidan::contract::samples {

inline constexpr std::int32_t partition_count = 4;

struct Sample {
  std::string name;  ///< `<topic>.<fact>`
  stream::OutRecord record;
};

std::vector<Sample> all();
/// Those of `sightings`, `matches` and `clusters.state`.
void add_clusters(std::vector<Sample>& out);
/// Why such a record cannot be read; empty when it can.
std::string why_not_clusters(const stream::InRecord& record);
/// Decodes and encodes it again with the same stamp.
stream::OutRecord clusters_again(const stream::InRecord& record);

/// A well-formed ticket id, and the partition that it belongs to.
const std::string& ticket_id();
Partition partition();
/// Another one, on another partition.
const domain::TicketId& other_ticket_id();
/// A record as its reader gets it; `out` must outlive it.
stream::InRecord as_input(const stream::OutRecord& out);

domain::Submitted submitted();
domain::Classified classified();
domain::Ticket ticket();
/// One with all that few tickets have.
domain::Ticket ticket_with_extras();
domain::SlaTicket sla_ticket();
Instant at(int second);

/// A stamp whose cause lies on `partition()`.
const stream::Cause& cause();
Stamp stamp();

}  // namespace paidan::contract::samples
