#include "sla_monitor/codec.hpp"

#include <gtest/gtest.h>

#include "stage.hpp"

namespace paidan::sla_monitor {
namespace {

using namespace test;

stream::InRecord view_of(const stream::OutRecord& record) {
  stream::InRecord view;
  view.topic = record.topic;
  view.partition = record.partition;
  view.key = record.key;
  if (record.value) view.value = *record.value;
  return view;
}

TEST(SlaCodec, StatesComeBackFromTheirSnapshots) {
  const Codec codec(partition_count);
  domain::SlaTicket ticket;
  ticket.version = 7;
  ticket.clocks = {{"citizen", 1, 0, domain::UnitId{"PWD"}, start, start - 1s, false},
                   {"handle", 3, 2, domain::UnitId{"PWD"}, start, {}, true}};
  const std::string id = ticket_id(1);
  for (const auto& [key, state] :
       {std::pair<std::string, State>{id, ticket},
        std::pair<std::string, State>{"@1", domain::PartitionTime{start, 2, 5}}}) {
    const auto record = codec.snapshot(key, Partition{1}, state);
    const auto back = codec.restore(view_of(record));
    ASSERT_TRUE(back) << back.error().why;
    EXPECT_EQ(*back, state);
  }
  EXPECT_FALSE(codec.snapshot(id, Partition{1}, State{}).value) << "a tombstone";
}

TEST(SlaCodec, OnlyWhatOthersNeedIsWritten) {
  const Codec codec(partition_count);
  const stream::Cause cause{"lifecycle/0/5", {}, Partition{0}};
  const auto writes = [&](const Event& event) {
    return codec.encode(ticket_id(1), event, State{}, cause, 0, start).has_value();
  };
  domain::SlaFact fact;
  fact.kind = domain::SlaKind::breached;
  fact.clock = "citizen";
  EXPECT_TRUE(writes(fact));
  EXPECT_TRUE(writes(domain::MarkAnswered{}));
  EXPECT_FALSE(writes(started("citizen", start)));
  EXPECT_FALSE(writes(domain::VersionSeen{1}));
  EXPECT_FALSE(writes(WakesFired{1}));
  EXPECT_FALSE(writes(MarkSeen{start}));
}

TEST(SlaCodec, OnlyAMarkMovesTime) {
  const Codec codec(partition_count);
  const stream::Cause cause{"tick/0/5", {}, Partition{0}};
  const contract::Stamp stamp{cause, 0, start, start, {}, "dispatch"};
  const auto mark = contract::encode_time_mark({start, 0}, stamp);
  const auto decoded = codec.decode(view_of(mark));
  ASSERT_TRUE(decoded) << decoded.error().why;
  EXPECT_EQ(decoded->advance_to, start);
  const auto settled = contract::encode_settled({start}, stamp);
  EXPECT_FALSE(codec.decode(view_of(settled))->advance_to);
}

}  // namespace
}  // namespace paidan::sla_monitor
