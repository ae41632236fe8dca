#include "dispatch/codec.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "a_pack.hpp"
#include "paidan/contract/commands.hpp"
#include "paidan/contract/lifecycle.hpp"
#include "paidan/contract/sla.hpp"
#include "paidan/contract/submissions.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/domain/ticket_id.hpp"

namespace paidan::dispatch {
namespace {

static_assert(stream::CodecFor<Codec, Logic>);

constexpr std::int32_t partitions = 4;
constexpr Instant noon = from_unix_ms(1'700'000'000'000);
constexpr Instant later = noon + Milliseconds{5'000};
const std::string ticket = domain::make_ticket_id({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}).get();
const Partition partition = contract::partition_of(ticket, partitions);
const Codec codec(partitions, "rules-1");

stream::InRecord as_input(const stream::OutRecord& out) {
  stream::InRecord in;
  in.topic = out.topic;
  in.partition = out.partition;
  in.offset = 42;
  in.key = out.key;
  if (out.value) in.value = *out.value;
  for (const stream::Header& header : out.headers)
    in.headers.emplace_back(header.name, header.value);
  return in;
}

/// Of an event that is a record.
template <class... Arguments>
stream::OutRecord encoded(const Arguments&... arguments) {
  const std::optional<stream::OutRecord> record = codec.encode(arguments...);
  EXPECT_TRUE(record.has_value());
  return record.value_or(stream::OutRecord{});
}

contract::Stamp stamp(const stream::Cause& cause) {
  return {cause, 0, noon, later, "rules-1", "test"};
}

stream::OutRecord a_command(const std::string& id, Partition where) {
  const stream::Cause cause{"command/x", {}, where};
  domain::Command command;
  command.command_id = id;
  command.actor = {domain::Role::agency, domain::UnitId{"PWD"}, "agency-PWD"};
  command.reply_to = {"dispatch-0/1-1", 5};
  command.body = domain::AcknowledgeCommand{};
  return contract::encode_command(ticket, command, stamp(cause));
}

TEST(DispatchCodec, ReadsACitizensWordWithTheTimeAtWhichItHappened) {
  const stream::Cause cause{"submissions/0/1", {}, partition};
  const auto record =
      contract::encode_classified(ticket, domain::Urged{"soon please"}, stamp(cause));
  const auto decoded = codec.decode(as_input(record));
  ASSERT_TRUE(decoded) << decoded.error().why;
  EXPECT_EQ(decoded->key, ticket);
  EXPECT_FALSE(decoded->advance_to);
  const auto& input = std::get<domain::TicketInput>(decoded->input);
  EXPECT_EQ(input.happened_at, noon);
  EXPECT_TRUE(std::holds_alternative<domain::CitizenFact>(input.body));
}

TEST(DispatchCodec, ReadsACommand) {
  const auto decoded = codec.decode(as_input(a_command("c1", partition)));
  ASSERT_TRUE(decoded) << decoded.error().why;
  const auto& input = std::get<domain::TicketInput>(decoded->input);
  EXPECT_EQ(std::get<domain::Command>(input.body).command_id, "c1");
}

TEST(DispatchCodec, RefusesARecordOnAWrongPartition) {
  const Partition wrong{(partition.get() + 1) % partitions};
  EXPECT_FALSE(codec.decode(as_input(a_command("c1", wrong))));
}

TEST(DispatchCodec, RefusesGarbageAndATopicThatItDoesNotRead) {
  stream::OutRecord garbage = a_command("c1", partition);
  garbage.value = "\xff\xff garbage";
  EXPECT_FALSE(codec.decode(as_input(garbage)));
  garbage.topic = contract::topic::audit;
  EXPECT_FALSE(codec.decode(as_input(garbage)));
}

TEST(DispatchCodec, ReadsMarksAndTheirAnswersUnderThePartitionsKey) {
  const stream::Cause cause{"submissions/2/1", {}, Partition{2}};
  const auto mark = codec.decode(
      as_input(contract::encode_classified("@2", domain::TimeMark{noon, 0}, stamp(cause))));
  ASSERT_TRUE(mark) << mark.error().why;
  EXPECT_EQ(mark->key, "@2");
  EXPECT_TRUE(std::holds_alternative<domain::TimeMark>(mark->input));
  const auto answered = codec.decode(
      as_input(contract::encode_sla("@2", domain::MarkAnswered{{noon, 1}, 4}, stamp(cause))));
  ASSERT_TRUE(answered) << answered.error().why;
  EXPECT_EQ(std::get<domain::MarkAnswered>(answered->input).fired_count, 4U);
}

TEST(DispatchCodec, WritesAFactWithTheTicketAfterItAndWhomItRelieves) {
  State after;
  after.ticket.state = domain::State::assigned;
  after.ticket.version = 7;
  after.ticket.lead_unit = domain::UnitId{"PWD"};
  after.ticket.queue_unit = domain::UnitId{"PWD-1"};
  after.ticket.assign_epoch = 2;
  HistoryWritten written;
  written.fact.body = domain::Assigned{.lead_unit = domain::UnitId{"PWD"}};
  written.fact.happened_at = noon;
  written.relieved_units = {domain::UnitId{"BTD"}};
  const auto record =
      encoded(ticket, written, after, stream::Cause{"commands/1/9", {}, partition}, 1U, later);
  EXPECT_EQ(record.topic, contract::topic::lifecycle);
  EXPECT_EQ(record.partition, partition);
  const auto decoded = contract::decode_lifecycle(as_input(record), partitions);
  ASSERT_TRUE(decoded) << decoded.error().why;
  EXPECT_EQ(decoded->meta.cause, "commands/1/9");
  EXPECT_EQ(decoded->meta.happened_at, noon);
  EXPECT_EQ(decoded->meta.decided_at, later);
  const auto& fact = std::get<contract::TicketFact>(decoded->body);
  EXPECT_EQ(fact.version, 7U);
  EXPECT_EQ(fact.queue_unit, domain::UnitId{"PWD-1"});
  EXPECT_EQ(fact.relieved_units, written.relieved_units);
}

TEST(DispatchCodec, SendsAReplyToThePartitionThatItsCommandNames) {
  domain::Reply reply;
  reply.command_id = "c1";
  reply.reply_to = {"dispatch-0/1-1", 5};
  reply.answer = domain::Accepted{3, false};
  const auto record =
      encoded(ticket, reply, State{}, stream::Cause{"commands/1/9", {}, partition}, 0U, later);
  EXPECT_EQ(record.topic, contract::topic::replies);
  EXPECT_EQ(record.partition, Partition{5});
  const auto decoded = contract::decode_reply(as_input(record));
  ASSERT_TRUE(decoded) << decoded.error().why;
  EXPECT_EQ(decoded->body.reply_to.instance, "dispatch-0/1-1");
}

TEST(DispatchCodec, SendsAnEffectToThePartitionOfTheTicketThatItReaches) {
  const domain::TicketId master = domain::make_ticket_id({9, 9, 9, 9, 9, 9, 9, 9, 9, 9});
  const domain::LinkEffect effect{master, domain::Linked{}, noon, 4};
  const auto record =
      encoded(ticket, effect, State{}, stream::Cause{"commands/1/9", {}, partition}, 0U, later);
  EXPECT_EQ(record.topic, contract::topic::links);
  EXPECT_EQ(record.key, master.get());
  EXPECT_EQ(record.partition, contract::partition_of(master.get(), partitions));
  const auto decoded = codec.decode(as_input(record));
  ASSERT_TRUE(decoded) << decoded.error().why;
  const auto& input = std::get<domain::TicketInput>(decoded->input);
  EXPECT_EQ(input.ticket_id, master);
  EXPECT_EQ(input.happened_at, noon);
  EXPECT_EQ(std::get<domain::LinkReceived>(input.body).source.get(), ticket);
}

TEST(DispatchCodec, WritesNoRecordForAProposalThatWaitsForItsTicket) {
  const domain::ProposalKept kept{{.master_ticket_id = ticket, .level = 2}};
  EXPECT_FALSE(codec.encode(ticket, kept, {}, {"matches/1/9", {}, partition}, 0, later));
}

TEST(DispatchCodec, RestoresWhatItSnapshots) {
  State of_ticket;
  of_ticket.ticket.state = domain::State::assigned;
  of_ticket.ticket.version = 2;
  of_ticket.ticket.lead_unit = domain::UnitId{"PWD"};
  const auto restored = codec.restore(as_input(codec.snapshot(ticket, partition, of_ticket)));
  ASSERT_TRUE(restored) << restored.error().why;
  EXPECT_EQ(*restored, of_ticket);
  State of_partition;
  of_partition.time = {noon, 2, 0};
  const auto time = codec.restore(as_input(codec.snapshot("@2", Partition{2}, of_partition)));
  ASSERT_TRUE(time) << time.error().why;
  EXPECT_EQ(*time, of_partition);
}

TEST(DispatchCodec, ForgetsByATombstone) {
  EXPECT_FALSE(codec.snapshot(ticket, partition, State{}).value);
  EXPECT_FALSE(codec.snapshot("@2", Partition{2}, State{}).value);
}

}  // namespace
}  // namespace paidan::dispatch
