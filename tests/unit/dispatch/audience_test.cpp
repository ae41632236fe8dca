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

Card card(ticket::v1::TicketState state) {
  Card card;
  card.view.set_state(state);
  return card;
}

TEST(Audience, IsNobodyForAnOpeningAndForTime) {
  const Card none;
  EXPECT_THAT(hearers_of(tests::opened("t"), nullptr), IsEmpty());
  EXPECT_THAT(hearers_of(record_of("", 0, ticket::v1::TICKET_STATE_UNSPECIFIED), nullptr),
              IsEmpty());
}

TEST(Audience, OfAnAssignmentIsLeadAndQueueAndWhoIsRelieved) {
  const Card before = card(ticket::v1::TICKET_STATE_ACKNOWLEDGED);
  EXPECT_THAT(hearers_of(assigned("t", 4, "A", "A-1", {"B", "B-1"}), &before),
              UnorderedElementsAre(
                  Hearer{"unit:A", Kinds::KIND_ASSIGNED}, Hearer{"unit:A-1", Kinds::KIND_ASSIGNED},
                  Hearer{"unit:B", Kinds::KIND_REMOVED}, Hearer{"unit:B-1", Kinds::KIND_REMOVED}));
}

TEST(Audience, OfLaterRecordsComesFromTheRecordAlone) {
  EXPECT_THAT(hearers_of(acknowledged("t", 3, "A", "A-1"), nullptr),
              UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED},
                                   Hearer{"unit:A-1", Kinds::KIND_UPDATED}));
}

TEST(Audience, NamesAUnitOnceThatIsBothLeadAndQueue) {
  EXPECT_THAT(hearers_of(acknowledged("t", 3, "A", "A"), nullptr),
              UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED}));
}

TEST(Audience, TellsCoHandlersWhatTheCardRemembers) {
  Card before = card(ticket::v1::TICKET_STATE_ASSIGNED);
  before.view.add_co_handlers("C");
  EXPECT_THAT(hearers_of(acknowledged("t", 3, "A", "A"), &before),
              UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED},
                                   Hearer{"unit:C", Kinds::KIND_UPDATED}));
}

TEST(Audience, FollowsATicketIntoAQueueAndOut) {
  auto in = record_of("t", 2, ticket::v1::TICKET_STATE_NEEDS_TRIAGE);
  in.mutable_triage_requested();
  const Card classified = card(ticket::v1::TICKET_STATE_CLASSIFIED);
  EXPECT_THAT(hearers_of(in, &classified),
              UnorderedElementsAre(Hearer{triage, Kinds::KIND_ASSIGNED}));
  const Card waiting = card(ticket::v1::TICKET_STATE_NEEDS_TRIAGE);
  EXPECT_THAT(hearers_of(in, &waiting), UnorderedElementsAre(Hearer{triage, Kinds::KIND_UPDATED}));
  EXPECT_THAT(hearers_of(assigned("t", 3, "A", "A"), &waiting),
              UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_ASSIGNED},
                                   Hearer{triage, Kinds::KIND_REMOVED}));
}

TEST(Audience, OfAnUnknownPastTellsEveryQueueThatTheFactCanEnd) {
  EXPECT_THAT(hearers_of(assigned("t", 3, "A", "A"), nullptr),
              UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_ASSIGNED},
                                   Hearer{triage, Kinds::KIND_REMOVED},
                                   Hearer{arbitration, Kinds::KIND_REMOVED}));
  auto decided = record_of("t", 5, ticket::v1::TICKET_STATE_ASSIGNED, "A", "A");
  decided.mutable_return_decided();
  EXPECT_THAT(hearers_of(decided, nullptr),
              UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED},
                                   Hearer{returns, Kinds::KIND_REMOVED}));
  auto closed = record_of("t", 9, ticket::v1::TICKET_STATE_CLOSED, "A", "A");
  closed.mutable_closed();
  EXPECT_THAT(hearers_of(closed, nullptr),
              UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED}));
}

TEST(Audience, PutsAConflictIntoItsQueueUntilTheTicketIsOver) {
  auto conflict = record_of("t", 4, ticket::v1::TICKET_STATE_ASSIGNED, "A", "A");
  conflict.mutable_conflicting_submission();
  Card before = card(ticket::v1::TICKET_STATE_ASSIGNED);
  EXPECT_THAT(hearers_of(conflict, &before),
              UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED},
                                   Hearer{conflicts, Kinds::KIND_ASSIGNED}));
  before.conflicting = true;
  auto closed = record_of("t", 9, ticket::v1::TICKET_STATE_CLOSED, "A", "A");
  closed.mutable_closed();
  EXPECT_THAT(hearers_of(closed, &before),
              UnorderedElementsAre(Hearer{"unit:A", Kinds::KIND_UPDATED},
                                   Hearer{conflicts, Kinds::KIND_REMOVED}));
}

}  // namespace
}  // namespace paidan::dispatch
