#include "paidan/stream/decider.hpp"

namespace paidan::stream {

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::accepted:
      return "accepted";
    case Outcome::skipped:
      return "skipped";
    case Outcome::refused:
      return "refused";
    case Outcome::malformed:
      return "malformed";
  }
  return "unknown";
}

std::string partition_key(Partition partition) { return "@" + std::to_string(partition.get()); }

}  // namespace paidan::stream
