#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <random>

#include "paidan/contract/links.hpp"
#include "paidan/contract/message.hpp"
#include "paidan/domain/ticket_id.hpp"
#include "paidan/ticket/v1/classified.pb.h"
#include "paidan/ticket/v1/commands.pb.h"
#include "paidan/ticket/v1/lifecycle.pb.h"
#include "paidan/ticket/v1/links.pb.h"
#include "paidan/ticket/v1/sla.pb.h"
#include "paidan/ticket/v1/submissions.pb.h"
#include "samples.hpp"

// What a reader does with a record that nobody of ours wrote: it names the field and goes on.

namespace paidan::contract {
namespace {

namespace wire = ticket::v1;
using samples::Sample;

/// Why the record of that topic cannot be read; empty when it can.
std::string why_not(const stream::OutRecord& record) {
  const stream::InRecord in = samples::as_input(record);
  constexpr std::int32_t count = samples::partition_count;
  const auto why = [](const auto& result) { return result ? std::string() : result.error().why; };
  if (in.topic == topic::submissions) return why(decode_submission(in, count));
  if (in.topic == topic::classified) return why(decode_classified(in, count));
  if (in.topic == topic::lifecycle) {
    const std::string notice = why(decode_lifecycle_notice(in, count));
    const std::string whole = why(decode_lifecycle(in, count));
    // The notice looks at less, so it may accept more, never less.
    EXPECT_TRUE(!whole.empty() || notice.empty()) << notice;
    return whole;
  }
  if (in.topic == topic::sla) return why(decode_sla(in, count));
  if (in.topic == topic::commands) return why(decode_command(in, count));
  if (in.topic == topic::links) return why(decode_link(in, count));
  return in.topic == topic::replies ? why(decode_reply(in)) : samples::why_not_clusters(in);
}

Sample sample(const std::string& name) {
  for (Sample& found : samples::all()) {
    if (found.name == name) return found;
  }
  ADD_FAILURE() << "no sample " << name;
  return {};
}

/// The sample with its message changed.
template <class Proto>
stream::OutRecord changed(const std::string& name, const std::function<void(Proto&)>& change) {
  Sample found = sample(name);
  Proto proto;
  EXPECT_TRUE(proto.ParseFromString(*found.record.value));
  change(proto);
  found.record.value = proto.SerializeAsString();
  return found.record;
}

bool is_ticket_topic(const Sample& candidate) {
  return !candidate.name.starts_with("subjects") &&
         candidate.name.find("state") == std::string::npos;
}

TEST(DecodeTest, EverySampleIsRead) {
  for (const Sample& each : samples::all()) {
    if (!is_ticket_topic(each)) continue;
    EXPECT_EQ(why_not(each.record), "") << each.name;
  }
}

TEST(DecodeTest, AReferenceThatIsNotThereIsNowhere) {
  domain::Classified classified = samples::classified();
  classified.content_ref = {};
  classified.subject_at = {};
  const auto record = encode_classified(samples::ticket_id(), classified, samples::stamp());
  const auto decoded = decode_classified(samples::as_input(record), samples::partition_count);
  ASSERT_TRUE(decoded) << decoded.error().why;
  EXPECT_EQ(std::get<domain::Classified>(decoded->body), classified);
}

TEST(DecodeTest, ATombstoneIsNoRecord) {
  for (Sample each : samples::all()) {
    if (!is_ticket_topic(each)) continue;
    each.record.value.reset();
    EXPECT_EQ(why_not(each.record), "value: missing (a tombstone)") << each.name;
  }
}

TEST(DecodeTest, AnEmptyValueIsNoRecord) {
  for (Sample each : samples::all()) {
    if (!is_ticket_topic(each)) continue;
    each.record.value = "";
    EXPECT_EQ(why_not(each.record), "meta: missing") << each.name;
  }
}

TEST(DecodeTest, AnOversizeValueIsRefusedByItsSize) {
  for (Sample each : samples::all()) {
    if (!is_ticket_topic(each)) continue;
    const std::size_t bytes_max = find_topic(each.record.topic)->bytes_max;
    each.record.value = std::string(bytes_max + 1, '\0');
    EXPECT_EQ(why_not(each.record), "value: " + std::to_string(bytes_max + 1) + " bytes, at most " +
                                        std::to_string(bytes_max))
        << each.name;
  }
}

TEST(DecodeTest, ACutOffRecordIsRefused) {
  for (const Sample& each : samples::all()) {
    if (!is_ticket_topic(each)) continue;
    for (std::size_t size = 1; size < each.record.value->size(); ++size) {
      stream::OutRecord cut = each.record;
      cut.value = each.record.value->substr(0, size);
      EXPECT_NE(why_not(cut), "") << each.name << " cut at " << size;
    }
  }
}

TEST(DecodeTest, TextThatIsNotUtf8IsRefused) {
  for (const std::string bad : {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf5\x80\x80\x80", "a\xe8"}) {
    const auto record = changed<wire::SubmissionRecord>(
        "submissions.submitted",
        [&](wire::SubmissionRecord& proto) { proto.mutable_submitted()->set_title(bad); });
    EXPECT_THAT(why_not(record), testing::StartsWith("value: not a paidan.ticket.v1."));
  }
}

TEST(DecodeTest, DeepNestingIsRefusedNotFollowed) {
  // Groups of an unknown field: each byte opens one more.
  stream::OutRecord record = sample("submissions.urged").record;
  record.value = std::string(10'000, '\x7b');
  EXPECT_THAT(why_not(record), testing::StartsWith("value: not a"));
}

TEST(DecodeTest, FieldsOfALaterVersionAreNoFault) {
  stream::OutRecord record = sample("submissions.urged").record;
  record.value->append("\xfa\x3f\x03new", 6);  // Field 1023, length-delimited.
  EXPECT_EQ(why_not(record), "");
}

TEST(DecodeTest, ARandomRecordNeverDoesMoreThanBeRefused) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (const Sample& each : samples::all()) {
    if (!is_ticket_topic(each)) continue;
    for (int round = 0; round < 200; ++round) {
      stream::OutRecord record = each.record;
      for (int flips = 0; flips < 3; ++flips) {
        (*record.value)[random() % record.value->size()] = static_cast<char>(random());
      }
      (void)why_not(record);
    }
  }
}

TEST(DecodeTest, AKeyThatIsNotTheTicketIsRefused) {
  const std::string other = domain::make_ticket_id({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}).get();
  for (Sample each : samples::all()) {
    if (!is_ticket_topic(each) || each.record.topic == topic::replies) continue;
    if (each.record.topic == topic::sightings) continue;  // Keyed by their cluster.
    const bool of_partition = is_partition_key(each.record.key);
    each.record.key = other;
    EXPECT_EQ(why_not(each.record), of_partition ? "key: not the key of its partition"
                                                 : "key: not the ticket id that the value names")
        << each.name;
    each.record.key = "short";
    EXPECT_EQ(why_not(each.record),
              of_partition ? "key: not the key of its partition" : "key: not a ticket id")
        << each.name;
  }
}

TEST(DecodeTest, ARecordOnAWrongPartitionIsRefused) {
  for (Sample each : samples::all()) {
    if (!is_ticket_topic(each) || each.record.topic == topic::replies) continue;
    const std::int32_t right = each.record.partition.get();
    each.record.partition = Partition{(right + 1) % samples::partition_count};
    EXPECT_EQ(why_not(each.record),
              is_partition_key(each.record.key)
                  ? "key: not the key of its partition"
                  : "partition: the key belongs to partition " + std::to_string(right))
        << each.name;
  }
}

struct BadField {
  std::string why;
  stream::OutRecord record;
};

std::vector<BadField> bad_submissions() {
  const auto change = [](const std::function<void(wire::SubmissionRecord&)>& edit) {
    return changed<wire::SubmissionRecord>("submissions.submitted", edit);
  };
  return {
      {"meta: missing", change([](auto& proto) { proto.clear_meta(); })},
      {"meta.happened_at: missing",
       change([](auto& proto) { proto.mutable_meta()->clear_happened_at(); })},
      {"meta.decided_at: not a time of the years 1 to 9999", change([](auto& proto) {
         proto.mutable_meta()->mutable_decided_at()->set_seconds(
             std::numeric_limits<std::int64_t>::max());
       })},
      {"submitted.given_due_at: not a time of the years 1 to 9999", change([](auto& proto) {
         proto.mutable_submitted()->mutable_given_due_at()->set_nanos(-1);
       })},
      {"submitted.place.latitude: not a finite number", change([](auto& proto) {
         proto.mutable_submitted()->mutable_place()->set_latitude(
             std::numeric_limits<double>::quiet_NaN());
       })},
      {"submitted.subject_at.offset: negative", change([](auto& proto) {
         proto.mutable_submitted()->mutable_subject_at()->set_offset(-2);
       })},
      {"fact: missing, or of a later version",
       change([](auto& proto) { proto.clear_submitted(); })},
      {"rated.satisfaction: unknown value 9",
       changed<wire::SubmissionRecord>("submissions.rated",
                                       [](auto& proto) {
                                         proto.mutable_rated()->set_satisfaction(
                                             static_cast<wire::Satisfaction>(9));
                                       })},
  };
}

std::vector<BadField> bad_lifecycle() {
  const auto change = [](const std::function<void(wire::LifecycleRecord&)>& edit) {
    return changed<wire::LifecycleRecord>("lifecycle.assigned", edit);
  };
  return {
      {"version: missing; the first is 1", change([](auto& proto) { proto.set_version(0); })},
      {"state: unknown value 99",
       change([](auto& proto) { proto.set_state(static_cast<wire::TicketState>(99)); })},
      {"actor.role: unknown value 77", change([](auto& proto) {
         proto.mutable_actor()->set_role(static_cast<common::v1::Role>(77));
       })},
      {"assigned.basis: unknown value 40", change([](auto& proto) {
         proto.mutable_assigned()->set_basis(static_cast<wire::AssignmentBasis>(40));
       })},
      {"clocks[0].started.due_at: missing",
       change([](auto& proto) { proto.mutable_clocks(0)->mutable_started()->clear_due_at(); })},
      {"clocks[1].stopped.clock: missing",
       change([](auto& proto) { proto.mutable_clocks(1)->mutable_stopped()->clear_clock(); })},
      {"clocks[2]: neither started nor stopped", change([](auto& proto) { proto.add_clocks(); })},
      {"fact: missing, or of a later version", change([](auto& proto) { proto.clear_assigned(); })},
  };
}

std::vector<BadField> bad_others() {
  return {
      {"classified.candidates[1].confidence: not a finite number",
       changed<wire::ClassifiedRecord>(
           "classified.classified",
           [](auto& proto) {
             proto.mutable_classified()->mutable_candidates(1)->set_confidence(
                 std::numeric_limits<double>::infinity());
           })},
      {"sla.kind: missing",
       changed<wire::SlaRecord>("sla.met", [](auto& proto) { proto.mutable_sla()->clear_kind(); })},
      {"sla.clock: missing",
       changed<wire::SlaRecord>("sla.met",
                                [](auto& proto) { proto.mutable_sla()->clear_clock(); })},
      {"mark_answered.at: missing",
       changed<wire::SlaRecord>("sla.mark_answered",
                                [](auto& proto) { proto.mutable_mark_answered()->clear_at(); })},
      {"command_id: not 1 to 64 bytes",
       changed<wire::CommandRecord>(
           "commands.close", [](auto& proto) { proto.set_command_id(std::string(65, 'c')); })},
      {"reply_to.partition: not one of the 16 of `replies`",
       changed<wire::CommandRecord>(
           "commands.close", [](auto& proto) { proto.mutable_reply_to()->set_partition(16); })},
      {"command: missing, or of a later version",
       changed<wire::CommandRecord>("commands.close", [](auto& proto) { proto.clear_close(); })},
      {"complete.report.outcome: unknown value 8",
       changed<wire::CommandRecord>("commands.complete",
                                    [](auto& proto) {
                                      proto.mutable_complete()->mutable_report()->set_outcome(
                                          static_cast<wire::Outcome>(8));
                                    })},
      {"record_call_back.satisfaction: unknown value 7",
       changed<wire::CommandRecord>(
           "commands.record_call_back",
           [](auto& proto) { proto.mutable_record_call_back()->set_satisfaction(7); })},
      {"answer: missing, or of a later version",
       changed<wire::ReplyRecord>("replies.accepted", [](auto& proto) { proto.clear_accepted(); })},
      {"key: not the instance of the value",
       changed<wire::ReplyRecord>("replies.accepted",
                                  [](auto& proto) { proto.set_instance("other"); })},
  };
}

std::vector<BadField> bad_links_and_verdicts() {
  const auto verdict = [](const std::function<void(wire::Verdict&)>& edit) {
    return changed<wire::LifecycleRecord>("lifecycle.declined",
                                          [&](auto& proto) { edit(*proto.mutable_verdicts(1)); });
  };
  return {
      {"verdicts[1].subject: missing", verdict([](auto& proto) { proto.clear_subject(); })},
      {"verdicts[1].result: missing", verdict([](auto& proto) { proto.clear_result(); })},
      {"verdicts[1].result: unknown value 33",
       verdict([](auto& proto) { proto.set_result(static_cast<wire::VerdictResult>(33)); })},
      {"verdicts[1].at: missing", verdict([](auto& proto) { proto.clear_at(); })},
      {"duplicate_linked.master_ticket_id: not a ticket id",
       changed<wire::LifecycleRecord>(
           "lifecycle.duplicate_linked",
           [](auto& proto) { proto.mutable_duplicate_linked()->clear_master_ticket_id(); })},
      {"duplicate_proposed.level: unknown value 9",
       changed<wire::LifecycleRecord>("lifecycle.duplicate_proposed",
                                      [](auto& proto) {
                                        proto.mutable_duplicate_proposed()->set_level(
                                            static_cast<wire::DuplicateLevel>(9));
                                      })},
      {"link_duplicate.master_ticket_id: not a ticket id",
       changed<wire::CommandRecord>(
           "commands.link_duplicate",
           [](auto& proto) { proto.mutable_link_duplicate()->set_master_ticket_id("A-1"); })},
      {"source_ticket_id: not a ticket id",
       changed<wire::LinkRecord>("links.linked",
                                 [](auto& proto) { proto.clear_source_ticket_id(); })},
      {"effect: missing, or of a later version",
       changed<wire::LinkRecord>("links.linked", [](auto& proto) { proto.clear_linked(); })},
      {"master_answer.outcome: unknown value 8",
       changed<wire::LinkRecord>("links.master_answer",
                                 [](auto& proto) {
                                   proto.mutable_master_answer()->set_outcome(
                                       static_cast<wire::Outcome>(8));
                                 })},
      {"master_moved.master_ticket_id: not a ticket id",
       changed<wire::LinkRecord>(
           "links.master_moved",
           [](auto& proto) { proto.mutable_master_moved()->set_master_ticket_id("x"); })},
  };
}

TEST(DecodeTest, ALinkLiesOnThePartitionOfTheTicketThatItReaches) {
  const domain::TicketId& target = samples::other_ticket_id();
  const Partition own = partition_of(target.get(), samples::partition_count);
  ASSERT_NE(own, samples::cause().partition);
  const domain::LinkEffect effect{
      .target = target, .body = domain::Linked{}, .happened_at = samples::at(60)};
  const stream::OutRecord record =
      encode_link(samples::ticket_id(), effect, samples::stamp(), samples::partition_count);
  EXPECT_EQ(record.partition, own);
  EXPECT_EQ(record.key, target.get());
  const auto decoded = decode_link(samples::as_input(record), samples::partition_count);
  ASSERT_TRUE(decoded) << decoded.error().why;
  EXPECT_EQ(decoded->key, target.get());
  EXPECT_EQ(decoded->body.source.get(), samples::ticket_id());
  EXPECT_EQ(decoded->meta.happened_at, samples::at(60));
}

TEST(DecodeTest, ABadFieldIsNamed) {
  for (const auto& table :
       {bad_submissions(), bad_lifecycle(), bad_others(), bad_links_and_verdicts()}) {
    for (const BadField& row : table) EXPECT_EQ(why_not(row.record), row.why);
  }
}

TEST(DecodeTest, EnumsOfTheDomainEndWhereThoseOfTheContractDo) {
  EXPECT_EQ(static_cast<int>(domain::State::arbitration), wire::TicketState_MAX);
  EXPECT_EQ(static_cast<int>(domain::Role::system), common::v1::Role_MAX);
  EXPECT_EQ(static_cast<int>(domain::Satisfaction::dissatisfied), wire::Satisfaction_MAX);
  EXPECT_EQ(static_cast<int>(domain::Urgency::critical), wire::Urgency_MAX);
  EXPECT_EQ(static_cast<int>(domain::ClockStop::handed_over), wire::ClockStop_MAX);
  EXPECT_EQ(static_cast<int>(domain::SlaKind::retracted), wire::SlaKind_MAX);
  EXPECT_EQ(static_cast<int>(domain::AssignmentBasis::raised), wire::AssignmentBasis_MAX);
  EXPECT_EQ(static_cast<int>(domain::FactFinding::untrue), wire::FactFinding_MAX);
  EXPECT_EQ(static_cast<int>(domain::ClaimJudgement::unreasonable), wire::ClaimJudgement_MAX);
  EXPECT_EQ(static_cast<int>(domain::CompletionOutcome::explained), wire::Outcome_MAX);
  EXPECT_EQ(static_cast<int>(domain::ReplyMethod::online), wire::ReplyMethod_MAX);
  EXPECT_EQ(static_cast<int>(domain::TriageReason::no_owner), wire::TriageReason_MAX);
  EXPECT_EQ(static_cast<int>(domain::CloseReason::rechecked), wire::CloseReason_MAX);
  EXPECT_EQ(static_cast<int>(domain::RefusalReason::nothing_to_decide), wire::RefusalReason_MAX);
  EXPECT_EQ(static_cast<int>(domain::DuplicateLevel::same_fault), wire::DuplicateLevel_MAX);
  EXPECT_EQ(static_cast<int>(domain::VerdictSubject::close), wire::VerdictSubject_MAX);
  EXPECT_EQ(static_cast<int>(domain::VerdictResult::unrated), wire::VerdictResult_MAX);
}

}  // namespace
}  // namespace paidan::contract
