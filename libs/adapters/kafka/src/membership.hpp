#pragma once
#include <cstdint>
#include <string>

#include "client.hpp"

namespace paidan::kafka {

/// Who we are in the group, as the broker will check it when it takes our positions.
struct Membership {
  Owned<rd_kafka_consumer_group_metadata_t> metadata;
  std::int32_t generation = -1;
  std::string member;

  /// A generation below 0 or a nameless member means that the group has thrown us out and we do not
  /// know it yet. Brokers take positions of such a "member" without a check, so a zombie's
  /// transaction would go through: never send them. See docs/adr/0002.
  bool checked_by_broker() const { return metadata && generation >= 0 && !member.empty(); }
};

/// As it is at this moment; it may change with the next heartbeat.
Membership read_membership(rd_kafka_t* consumer);

}  // namespace paidan::kafka
