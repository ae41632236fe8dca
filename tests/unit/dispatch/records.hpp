#pragma once
#include <string>
#include <vector>

#include "paidan/contract/message.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/stream/record.hpp"
#include "paidan/ticket/v1/lifecycle.pb.h"

namespace paidan::dispatch::tests {

using Record = ticket::v1::LifecycleRecord;

inline Record record_of(const std::string& ticket_id, std::uint64_t version,
                        ticket::v1::TicketState state, const std::string& lead = {},
                        const std::string& queue = {}) {
  Record record;
  record.set_ticket_id(ticket_id);
  record.set_version(version);
  record.set_state(state);
  record.set_lead_unit(lead);
  record.set_queue_unit(queue);
  return record;
}

inline Record opened(const std::string& ticket_id) {
  Record record = record_of(ticket_id, 1, ticket::v1::TICKET_STATE_CLASSIFIED);
  ticket::v1::Classified& classified = *record.mutable_opened()->mutable_classified();
  classified.set_channel("hotline");
  classified.set_title("Pothole");
  classified.mutable_content_ref()->set_partition(1);
  classified.mutable_content_ref()->set_offset(12);
  return record;
}

inline Record assigned(const std::string& ticket_id, std::uint64_t version, const std::string& lead,
                       const std::string& queue, const std::vector<std::string>& relieved = {}) {
  Record record = record_of(ticket_id, version, ticket::v1::TICKET_STATE_ASSIGNED, lead, queue);
  record.mutable_assigned()->set_lead_unit(lead);
  record.mutable_assigned()->set_queue_unit(queue);
  for (const std::string& unit : relieved) record.add_relieved_units(unit);
  return record;
}

inline Record acknowledged(const std::string& ticket_id, std::uint64_t version,
                           const std::string& lead, const std::string& queue) {
  Record record = record_of(ticket_id, version, ticket::v1::TICKET_STATE_ACKNOWLEDGED, lead, queue);
  record.mutable_acknowledged();
  return record;
}

/// A record of `lifecycle` with its bytes.
struct Logged {
  std::string bytes;
  stream::InRecord record;

  Logged(const Record& value, std::int32_t partition, std::int64_t offset)
      : bytes(contract::serialize(value)) {
    record.topic = contract::topic::lifecycle;
    record.partition = Partition{partition};
    record.offset = offset;
    record.value = bytes;
  }
};

}  // namespace paidan::dispatch::tests
