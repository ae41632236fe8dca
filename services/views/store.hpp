#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/redis/connection.hpp"
#include "paidan/stream/record.hpp"
#include "paidan/view_reader/keys.hpp"
#include "views/changes.hpp"

namespace paidan::views {

/// Why Redis could not be used. `broken`: what is stored makes no sense; wiping the views helps.
/// Otherwise Redis is away, full or busy, and waiting helps.
struct Trouble {
  std::string what;
  bool broken = false;
};

/// What the views say of themselves.
struct Meta {
  stream::Positions positions;
  std::uint64_t seq = 0;  ///< Batches applied.
  bool live = false;
};

/// One batch to be applied: all together, if the views still stand where it begins.
struct Batch {
  std::uint64_t seq = 0;   ///< As last seen.
  stream::Positions from;  ///< As last seen.
  stream::Positions to;    ///< Those that moved, or are new.
  bool becomes_live = false;
  Changes changes;
};

enum class Applied {
  done,
  repeated,  ///< All of it was in the views already.
  gap,       ///< The views stand elsewhere: look again with meta().
};

/// The views in Redis, for their one writer. Blocks for a command's timeout at most. Not
/// thread-safe.
class Store {
 public:
  Store(redis::Options options, std::string_view deployment);

  Result<Meta, Trouble> meta();
  Result<std::uint64_t, Trouble> seq();
  /// Of those ids, the tickets that the views know.
  Result<std::map<std::string, Ticket>, Trouble> load(const std::set<std::string>& ticket_ids);
  Result<Applied, Trouble> apply(const Batch& batch);
  /// Forgets everything, so that the views are built again from the log.
  Result<Unit, Trouble> wipe();
  /// Every count of every board.
  Result<std::map<Cell, std::int64_t>, Trouble> boards();

 private:
  using Words = std::vector<std::string>;
  Result<std::vector<redis::Reply>, Trouble> ask(const std::vector<Words>& commands);

  view_reader::Keys keys_;
  redis::Connection connection_;
  redis::Script script_;
};

}  // namespace paidan::views
