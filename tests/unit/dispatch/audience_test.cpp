#include "dispatch/audience.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "records.hpp"

namespace paidan::dispatch {
namespace {

using testing::IsEmpty;
using testing::UnorderedElementsAre;
using tests::acknowledged;
using tests::assigned;
using tests::record_of;
using Kinds = v1::SubscribeResponse;

const std::string triage = hearer_of_queue(v1::QUEUE_TRIAGE);
const std::string returns = hearer_of_queue(v1::QUEUE_RETURN);
const std::string arbitration = hearer_of_queue(v1::QUEUE_ARBITRATION);
const std::string conflicts = hearer_of_queue(v1::QUEUE_CONFLICT);
const std::string reviews = hearer_of_queue(v1::QUEUE_REVIEW);
const std::string duplicates = hearer_of_queue(v1::QUEUE_DUPLICATE);
const std::string unreasonable = hearer_of_queue(v1::QUEUE_UNREASONABLE);
const std::string extensions = hearer_of_queue(v1::QUEUE_EXTENSION);

/// As the feed asks: with the card that the record makes.
std::vector<Hearer> hear(const ticket::v1::LifecycleRecord& record, const Card* before) {
  return hearers_of(record, before, next_card(before, record));
}

Card card(ticket::v1::TicketState state) {
  Card card;
  card.view.set_state(state);
  card.complete = true;
  return card;
}

TEST(Audience, IsNobodyForAnOpeningAndForTime) {
  const Card none;
  EXPECT_THAT(hear(tests::opened("t"), nullptr), IsEmpty());
  EXPECT_THAT(hear(record_of("", 0, ticket::v1::TICKET_STATE_UNSPECIFIED), nullptr), IsEmpty());
}

TEST(Audience, OfAnAssignmentIsLeadAndQueueAndWhoIsRelieved) {
  const Card before = card(ticket::v1::TICKET_STATE_ACKNOWLEDGED);
  EXPECT_THAT(hear(assigned("t", 4, "A", "A-1", {"B", "B-1"}), &before),
              UnorderedElementsAre(
                  Hearer{"unit:A", Kinds::KIND_ASSIGNED}, Hearer{"unit:A-1", Kinds::KIND_ASSIGNED},
                  Hearer{"unit:B", Kinds::KIND_REMOVED}, Hearer{"unit:B-1", Kinds::KIND_REMOVED}));
}

TEST(Audience, OfLaterRecordsComesFromTheRecordAlone) {
  EXPECT_THAT(hear(acknowledged("t", 3, "A", "A-1"), nullptr),
              UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED},
                                   Hearer{"unit:A-1", Kinds::KIND_UPDATED}));
}

TEST(Audience, NamesAUnitOnceThatIsBothLeadAndQueue) {
  EXPECT_THAT(hear(acknowledged("t", 3, "A", "A"), nullptr),
              UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED}));
}

TEST(Audience, TellsCoHandlersWhatTheCardRemembers) {
  Card before = card(ticket::v1::TICKET_STATE_ASSIGNED);
  before.view.add_co_handlers("C");
  EXPECT_THAT(hear(acknowledged("t", 3, "A", "A"), &before),
              UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED},
                                   Hearer{"unit:C", Kinds::KIND_UPDATED}));
}

TEST(Audience, FollowsATicketIntoAQueueAndOut) {
  auto in = record_of("t", 2, ticket::v1::TICKET_STATE_NEEDS_TRIAGE);
  in.mutable_triage_requested();
  const Card classified = card(ticket::v1::TICKET_STATE_CLASSIFIED);
  EXPECT_THAT(hear(in, &classified), UnorderedElementsAre(Hearer{triage, Kinds::KIND_ASSIGNED}));
  const Card waiting = card(ticket::v1::TICKET_STATE_NEEDS_TRIAGE);
  EXPECT_THAT(hear(in, &waiting), UnorderedElementsAre(Hearer{triage, Kinds::KIND_UPDATED}));
  EXPECT_THAT(hear(assigned("t", 3, "A", "A"), &waiting),
              UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_ASSIGNED},
                                   Hearer{triage, Kinds::KIND_REMOVED}));
}

TEST(Audience, OfAnUnknownPastTellsEveryQueueThatTheFactCanEnd) {
  EXPECT_THAT(
      hear(assigned("t", 3, "A", "A"), nullptr),
      UnorderedElementsAre(
          Hearer{"unit:A", Kinds::KIND_ASSIGNED}, Hearer{triage, Kinds::KIND_REMOVED},
          Hearer{returns, Kinds::KIND_REMOVED}, Hearer{extensions, Kinds::KIND_REMOVED},
          Hearer{unreasonable, Kinds::KIND_REMOVED}, Hearer{arbitration, Kinds::KIND_REMOVED}));
  auto decided = record_of("t", 5, ticket::v1::TICKET_STATE_ASSIGNED, "A", "A");
  decided.mutable_return_decided();
  EXPECT_THAT(hear(decided, nullptr), UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED},
                                                           Hearer{returns, Kinds::KIND_REMOVED}));
  auto closed = record_of("t", 9, ticket::v1::TICKET_STATE_CLOSED, "A", "A");
  closed.mutable_closed();
  EXPECT_THAT(hear(closed, nullptr), UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED}));
}

TEST(Audience, TellsASubUnitThatItHasWorkAndThatItHasNoneAnyMore) {
  Card before = card(ticket::v1::TICKET_STATE_ACKNOWLEDGED);
  before.view.set_assign_epoch(0);
  auto down = record_of("t", 4, ticket::v1::TICKET_STATE_ACKNOWLEDGED, "A", "A");
  down.mutable_sub_assigned()->set_unit("A-2");
  down.mutable_sub_assigned()->set_by_unit("A");
  EXPECT_THAT(hear(down, &before), UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED},
                                                        Hearer{"unit:A-2", Kinds::KIND_ASSIGNED}));
  const Card with_one = next_card(&before, down);
  auto further = record_of("t", 5, ticket::v1::TICKET_STATE_ACKNOWLEDGED, "A", "A");
  further.mutable_sub_assigned()->set_unit("A-3");
  further.mutable_sub_assigned()->set_by_unit("A-2");
  EXPECT_THAT(hear(further, &with_one),
              UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED},
                                   Hearer{"unit:A-2", Kinds::KIND_UPDATED},
                                   Hearer{"unit:A-3", Kinds::KIND_ASSIGNED}));
  const Card with_two = next_card(&with_one, further);
  auto done = record_of("t", 6, ticket::v1::TICKET_STATE_ACKNOWLEDGED, "A", "A");
  done.mutable_sub_completed()->set_unit("A-3");
  EXPECT_THAT(hear(done, &with_two), UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED},
                                                          Hearer{"unit:A-2", Kinds::KIND_UPDATED},
                                                          Hearer{"unit:A-3", Kinds::KIND_REMOVED}));
  EXPECT_THAT(hear(done, nullptr), UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED},
                                                        Hearer{"unit:A-3", Kinds::KIND_REMOVED}));
}

TEST(Audience, TellsANewCoHandlerAndThatOneIsLate) {
  const Card before = card(ticket::v1::TICKET_STATE_ACKNOWLEDGED);
  auto added = record_of("t", 4, ticket::v1::TICKET_STATE_ACKNOWLEDGED, "A", "A");
  added.mutable_co_handler_added()->set_unit("C");
  EXPECT_THAT(hear(added, &before), UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED},
                                                         Hearer{"unit:C", Kinds::KIND_ASSIGNED}));
  const Card with_it = next_card(&before, added);
  auto late = record_of("t", 5, ticket::v1::TICKET_STATE_ACKNOWLEDGED, "A", "A");
  late.mutable_escalated()->mutable_sla()->set_clock("co_handle");
  late.mutable_escalated()->mutable_sla()->set_kind(ticket::v1::SLA_KIND_BREACHED);
  EXPECT_THAT(hear(late, &with_it), UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED},
                                                         Hearer{"unit:C", Kinds::KIND_UPDATED}));
}

TEST(Audience, OfARaisedTicketIsTheTownToo) {
  Card before = card(ticket::v1::TICKET_STATE_ACKNOWLEDGED);
  before.view.set_lead_unit("town");
  before.view.set_assign_epoch(1);
  auto raised = assigned("t", 4, "district", "district");
  raised.set_assign_epoch(2);
  raised.mutable_assigned()->add_co_handlers("town");
  EXPECT_THAT(hear(raised, &before),
              UnorderedElementsAre(Hearer{"unit:district", Kinds::KIND_ASSIGNED},
                                   Hearer{"unit:town", Kinds::KIND_ASSIGNED}));
}

TEST(Audience, PutsAnAppealIntoReviewUntilItIsDecided) {
  const Card before = card(ticket::v1::TICKET_STATE_CLOSED);
  auto appeal = record_of("t", 9, ticket::v1::TICKET_STATE_CLOSED, "A", "A");
  appeal.mutable_appeal_recorded()->set_reason("not so");
  EXPECT_THAT(hear(appeal, &before), UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED},
                                                          Hearer{reviews, Kinds::KIND_ASSIGNED}));
  const Card appealed = next_card(&before, appeal);
  EXPECT_EQ(appealed.view.request_reason(), "not so");
  auto decided = record_of("t", 10, ticket::v1::TICKET_STATE_CLOSED, "A", "A");
  decided.mutable_appeal_decided()->set_granted(false);
  EXPECT_THAT(hear(decided, &appealed), UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED},
                                                             Hearer{reviews, Kinds::KIND_REMOVED}));
  EXPECT_EQ(next_card(&appealed, decided).view.request_reason(), "");
}

TEST(Audience, PutsAProposedDuplicateIntoItsQueueUntilItIsLinkedOrRefused) {
  const Card before = card(ticket::v1::TICKET_STATE_ASSIGNED);
  auto proposed = record_of("t", 4, ticket::v1::TICKET_STATE_ASSIGNED, "A", "A");
  proposed.mutable_duplicate_proposed()->set_master_ticket_id("m");
  EXPECT_THAT(hear(proposed, &before),
              UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED},
                                   Hearer{duplicates, Kinds::KIND_ASSIGNED}));
  const Card waiting = next_card(&before, proposed);
  auto linked = record_of("t", 5, ticket::v1::TICKET_STATE_CLASSIFIED);
  linked.mutable_duplicate_linked()->set_master_ticket_id("m");
  linked.add_relieved_units("A");
  EXPECT_THAT(hear(linked, &waiting),
              UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_REMOVED},
                                   Hearer{duplicates, Kinds::KIND_REMOVED}));
  EXPECT_EQ(next_card(&waiting, linked).view.duplicate_of(), "m");
}

TEST(Audience, ShowsWhatARequestWants) {
  const Card before = card(ticket::v1::TICKET_STATE_ACKNOWLEDGED);
  auto asked = record_of("t", 4, ticket::v1::TICKET_STATE_EXTENSION_REQUESTED, "A", "A");
  asked.mutable_extension_requested()->set_reason("a pipe must be ordered");
  asked.mutable_extension_requested()->mutable_wanted_due_at()->set_seconds(1'800'000'000);
  const Card waiting = next_card(&before, asked);
  EXPECT_EQ(waiting.view.request_reason(), "a pipe must be ordered");
  EXPECT_EQ(waiting.view.wanted_due_at().seconds(), 1'800'000'000);
  auto granted = record_of("t", 5, ticket::v1::TICKET_STATE_ACKNOWLEDGED, "A", "A");
  granted.mutable_extension_decided()->set_granted(true);
  const Card after = next_card(&waiting, granted);
  EXPECT_EQ(after.view.request_reason(), "");
  EXPECT_FALSE(after.view.has_wanted_due_at());
  EXPECT_EQ(after.view.extension_reason(), "a pipe must be ordered");
  EXPECT_THAT(hear(granted, &waiting),
              UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED},
                                   Hearer{extensions, Kinds::KIND_REMOVED}));
}

TEST(Audience, PutsAConflictIntoItsQueueUntilTheTicketIsOver) {
  auto conflict = record_of("t", 4, ticket::v1::TICKET_STATE_ASSIGNED, "A", "A");
  conflict.mutable_conflicting_submission();
  Card before = card(ticket::v1::TICKET_STATE_ASSIGNED);
  EXPECT_THAT(hear(conflict, &before),
              UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED},
                                   Hearer{conflicts, Kinds::KIND_ASSIGNED}));
  before.view.set_conflicting(true);
  auto closed = record_of("t", 9, ticket::v1::TICKET_STATE_CLOSED, "A", "A");
  closed.mutable_closed();
  closed.mutable_actor()->set_role(common::v1::ROLE_OFFICE);
  EXPECT_THAT(hear(closed, &before), UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED},
                                                          Hearer{conflicts, Kinds::KIND_REMOVED}));
}

}  // namespace
}  // namespace paidan::dispatch
