#include "paidan/contract/state.hpp"

#include <gtest/gtest.h>

#include "samples.hpp"

namespace paidan::contract {
namespace {

const Partition partition{1};

stream::InRecord input(const stream::OutRecord& out) { return samples::as_input(out); }

TEST(StateTest, ATicketComesBackAsItWas) {
  const auto out = encode_dispatch_state(samples::ticket_id(), partition, samples::ticket());
  const auto back = decode_dispatch_state(input(out));
  ASSERT_TRUE(back) << back.error().why;
  EXPECT_EQ(std::get<domain::Ticket>(*back), samples::ticket());
  EXPECT_TRUE(out.headers.empty());
}

TEST(StateTest, WhatFewTicketsHaveComesBackAsItWas) {
  const auto out =
      encode_dispatch_state(samples::ticket_id(), partition, samples::ticket_with_extras());
  const auto back = decode_dispatch_state(input(out));
  ASSERT_TRUE(back) << back.error().why;
  EXPECT_EQ(std::get<domain::Ticket>(*back), samples::ticket_with_extras());
}

TEST(StateTest, ATicketWithoutExtrasDoesNotPayForThem) {
  domain::Ticket edited_back = samples::ticket();
  edited_back.extras.edit().supervised = true;
  edited_back.extras.edit().supervised = false;
  EXPECT_EQ(encode_dispatch_state(samples::ticket_id(), partition, edited_back).value,
            encode_dispatch_state(samples::ticket_id(), partition, samples::ticket()).value);
}

TEST(StateTest, ATicketFromBeforeBreachesWereCountedHasOne) {
  domain::Ticket uncounted = samples::ticket();
  uncounted.breach_count = 0;
  const auto back = decode_dispatch_state(
      input(encode_dispatch_state(samples::ticket_id(), partition, uncounted)));
  ASSERT_TRUE(back) << back.error().why;
  EXPECT_EQ(std::get<domain::Ticket>(*back).breach_count, 1U);
}

TEST(StateTest, AClockKeepsItsUnitWhetherItIsTheLeadsOrNobodys) {
  domain::Ticket ticket = samples::ticket();
  ticket.clocks[0].unit = ticket.lead_unit;
  ticket.clocks[1].unit = {};
  const auto back =
      decode_dispatch_state(input(encode_dispatch_state(samples::ticket_id(), partition, ticket)));
  EXPECT_EQ(std::get<domain::Ticket>(*back), ticket);
  ticket.lead_unit = {};
  const auto unassigned =
      decode_dispatch_state(input(encode_dispatch_state(samples::ticket_id(), partition, ticket)));
  EXPECT_EQ(std::get<domain::Ticket>(*unassigned), ticket);
}

TEST(StateTest, ClocksComeBackAsTheyWere) {
  const auto out = encode_sla_monitor_state(samples::ticket_id(), partition, samples::sla_ticket());
  const auto back = decode_sla_monitor_state(input(out));
  ASSERT_TRUE(back) << back.error().why;
  EXPECT_EQ(std::get<domain::SlaTicket>(*back), samples::sla_ticket());
}

TEST(StateTest, AnUnknownTicketIsATombstoneAndBack) {
  const auto dispatch = encode_dispatch_state(samples::ticket_id(), partition, domain::Ticket{});
  EXPECT_EQ(dispatch.value, std::nullopt);
  EXPECT_EQ(std::get<domain::Ticket>(*decode_dispatch_state(input(dispatch))), domain::Ticket{});
  const auto sla = encode_sla_monitor_state(samples::ticket_id(), partition, domain::SlaTicket{});
  EXPECT_EQ(sla.value, std::nullopt);
  EXPECT_EQ(std::get<domain::SlaTicket>(*decode_sla_monitor_state(input(sla))),
            domain::SlaTicket{});
}

TEST(StateTest, AnUnknownCallerIsATombstoneAndBack) {
  const auto out = encode_clusters_state("c/00112233445566778899", partition, {});
  EXPECT_EQ(out.value, std::nullopt);
  EXPECT_EQ(*decode_clusters_state(input(out)), domain::CallerTickets{});
}

TEST(StateTest, ACallerWithAllTicketsThatMayBeRememberedFits) {
  domain::SeenTicket ticket;
  std::copy_n(samples::ticket_id().begin(), ticket.ticket_id.size(), ticket.ticket_id.begin());
  ticket.master = ticket.ticket_id;
  ticket.happened_at = samples::at(1);
  ticket.fingerprint = domain::fingerprint("路灯", "不亮");
  ticket.category = {1, 2, 3, 4};
  const domain::CallerTickets full{{domain::caller_tickets_max, ticket}};
  const auto out = encode_clusters_state("c/00112233445566778899", partition, full);
  EXPECT_LE(out.value->size(), 140 * domain::caller_tickets_max);
  EXPECT_EQ(*decode_clusters_state(input(out)), full);
}

TEST(StateTest, TheTimeOfAPartitionLivesUnderItsOwnKey) {
  const domain::PartitionTime time{samples::at(60), 2, 7};
  EXPECT_TRUE(is_partition_key("@1"));
  EXPECT_FALSE(is_partition_key(samples::ticket_id()));
  const auto dispatch = encode_dispatch_state("@1", partition, time);
  EXPECT_EQ(std::get<domain::PartitionTime>(*decode_dispatch_state(input(dispatch))), time);
  const auto sla = encode_sla_monitor_state("@1", partition, time);
  EXPECT_EQ(std::get<domain::PartitionTime>(*decode_sla_monitor_state(input(sla))), time);
  const auto gone = encode_sla_monitor_state("@1", partition, domain::PartitionTime{});
  EXPECT_EQ(gone.value, std::nullopt);
  EXPECT_EQ(std::get<domain::PartitionTime>(*decode_sla_monitor_state(input(gone))),
            domain::PartitionTime{});
}

/// Assigned, acknowledged and contacted, with names as long as the packs have them.
domain::Ticket usual_ticket() {
  domain::Ticket ticket = samples::ticket();
  ticket.state = domain::State::contacted;
  ticket.resume_state = domain::State::none;
  ticket.category = domain::CategoryId{"street_services/enforcement/parking_enforcement"};
  ticket.conflicting_hashes.clear();
  ticket.co_handlers.clear();
  ticket.excluded_units.clear();
  ticket.designated_unit = {};
  ticket.directed_by_office = false;
  ticket.returns_granted = 0;
  ticket.given_due_at.reset();
  ticket.clocks.push_back({"return_request", 1, 0, ticket.lead_unit, samples::at(30'000)});
  ticket.clock_seqs = {
      {"citizen", 1}, {"handle", 2}, {"acknowledge", 1}, {"contact", 1}, {"return_request", 1}};
  return ticket;
}

TEST(StateTest, AnOpenTicketTakesAtMost300BytesAndItsClocks250) {
  const auto dispatch = encode_dispatch_state(samples::ticket_id(), partition, usual_ticket());
  EXPECT_LE(dispatch.value->size(), 300U);
  EXPECT_EQ(std::get<domain::Ticket>(*decode_dispatch_state(input(dispatch))), usual_ticket());
  const auto sla = encode_sla_monitor_state(samples::ticket_id(), partition, samples::sla_ticket());
  EXPECT_LE(sla.value->size(), 250U);
}

TEST(StateTest, GarbageInAStateTopicIsNamedNotGuessed) {
  stream::OutRecord out = encode_dispatch_state(samples::ticket_id(), partition, samples::ticket());
  out.value = "\xff\xff";
  EXPECT_FALSE(decode_dispatch_state(input(out)));
  EXPECT_FALSE(decode_sla_monitor_state(input(out)));
}

}  // namespace
}  // namespace paidan::contract
