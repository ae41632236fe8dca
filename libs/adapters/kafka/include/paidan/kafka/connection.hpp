#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "paidan/stream/record.hpp"

namespace paidan::kafka {

/// How to reach the deployment's topics. Logical topic names stay inside the process; the broker
/// sees `topic_prefix` + name. `topics` lists every logical name that this process may read or
/// write, as views that never dangle (the table in `libs/contract`); another name is a bug and
/// asserts.
struct Connection {
  std::string brokers;       ///< `host:port[,host:port...]`
  std::string client_id;     ///< For the broker's log, e.g. "dispatch-0-1".
  std::string topic_prefix;  ///< Also prefixes group and transactional ids.
  std::vector<stream::TopicName> topics;
  std::size_t record_bytes_max = 512UL * 1024;  ///< Largest record, headers included.
};

}  // namespace paidan::kafka
