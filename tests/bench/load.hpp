#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "paidan/kafka/producer.hpp"
#include "paidan/stream/record.hpp"

/// What the pipeline is measured with: submissions of about 1.2 kB, as a city's are.
namespace paidan::bench {

/// The id of the ticket number `number`; the same in every run.
std::string ticket_id(std::uint64_t number);

/// A record of `submissions` for it, as intake would write it.
stream::OutRecord submission(std::uint64_t number, std::int32_t partition_count, Instant now);

/// The text of a submission, about 1.1 kB of UTF-8.
std::string complaint(std::uint64_t number);

/// Percentile of sorted-on-the-fly values, 0 when there are none.
double percentile(std::vector<double> values, double share);

}  // namespace paidan::bench
