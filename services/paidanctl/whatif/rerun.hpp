#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/domain/pack.hpp"
#include "paidan/kafka/connection.hpp"
#include "paidan/whatif/summary.hpp"
#include "paidanctl/trouble.hpp"
#include "paidanctl/whatif/partition_history.hpp"

namespace paidan::ctl {

struct RerunPlan {
  kafka::Connection connection;
  OpenedIn range;
  const domain::CityPack* pack = nullptr;    ///< The new one.
  const domain::CityPack* before = nullptr;  ///< The deployment's; nothing: not at hand.
  std::size_t workers = 2;
};

/// A ticket that would have gone otherwise.
struct ChangedTicket {
  std::string ticket_id;
  whatif::Difference difference;
  std::vector<whatif::RefusedCommand> refused;
};

/// What came of one partition.
struct PartitionResult {
  whatif::Summary summary;
  std::vector<ChangedTicket> changed;  ///< In the order of opening.
  std::optional<Instant> horizon;
  std::optional<Instant> first_opened_at;
  std::optional<Instant> last_opened_at;
  std::uint64_t other_versions = 0;  ///< Tickets that `before` did not decide.
};

/// Reads the log partition by partition, without a consumer group, writes nothing, and decides each
/// ticket of the range again. `take` gets the partitions in their order, on the caller's thread; at
/// most `workers` more are in memory. `decided` counts tickets while it runs.
Result<Unit, Trouble> rerun(const RerunPlan& plan, std::atomic<std::uint64_t>& decided,
                            const std::function<void(PartitionResult)>& take);

}  // namespace paidan::ctl
