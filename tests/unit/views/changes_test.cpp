#include "views/changes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "builders.hpp"

namespace paidan::views {
namespace {

using namespace test;
using domain::SlaKind;
using domain::State;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

const std::string id = "0123456789abcdef";

struct QueueRow {
  State state;
  std::vector<std::string> queues;
  bool open_for_unit;
};

class StandingTest : public testing::TestWithParam<QueueRow> {};

TEST_P(StandingTest, AStateHasItsPlaces) {
  Ticket ticket;
  ticket.state = GetParam().state;
  ticket.lead_unit = unit("PWD");
  std::vector<std::string> queues;
  bool open = false;
  for (const Listing& listing : standing_of(ticket).lists) {
    if (listing.kind == ListKind::queue) queues.push_back(listing.name);
    open = open || listing == Listing{ListKind::open, "PWD", {}};
  }
  EXPECT_EQ(queues, GetParam().queues);
  EXPECT_EQ(open, GetParam().open_for_unit);
}

INSTANTIATE_TEST_SUITE_P(
    EveryState, StandingTest,
    testing::Values(
        QueueRow{State::none, {}, false}, QueueRow{State::received, {}, false},
        QueueRow{State::classified, {}, false}, QueueRow{State::assigned, {}, true},
        QueueRow{State::acknowledged, {}, true}, QueueRow{State::contacted, {}, true},
        QueueRow{State::completed, {}, false}, QueueRow{State::call_back, {}, false},
        QueueRow{State::onsite_recheck, {"REVIEW"}, true}, QueueRow{State::closed, {}, false},
        QueueRow{State::needs_triage, {"TRIAGE"}, false}, QueueRow{State::declined, {}, false},
        QueueRow{State::needs_info, {}, true}, QueueRow{State::withdrawn, {}, false},
        QueueRow{State::transferred_out, {}, false},
        QueueRow{State::return_requested, {"RETURN"}, true},
        QueueRow{State::extension_requested, {"EXTENSION"}, true},
        QueueRow{State::difficult, {}, true}, QueueRow{State::unreasonable, {"UNREASONABLE"}, true},
        QueueRow{State::redo, {}, true}, QueueRow{State::reopened, {}, true},
        QueueRow{State::arbitration, {"ARBITRATION"}, false}));

TEST(Standing, AUnitIsListedByItsOwnClockAndElseByAnyOther) {
  Effects effects;
  Ticket ticket;
  fold(ticket, opened({started("citizen", "", start + 5h)}), effects);
  fold(ticket,
       assigned(2, "PWD", {started("handle", "PWD", start + 3h)}, {unit("PARKS"), unit("PWD")}),
       effects);
  EXPECT_THAT(standing_of(ticket).lists,
              ElementsAre(Listing{ListKind::open, "PARKS", start + 3h},
                          Listing{ListKind::open, "PWD", start + 3h},
                          Listing{ListKind::open, "PWD-queue", start + 3h}));
}

TEST(Standing, AClockOfNoUnitCountsForTheLeadAndBeforeThatForNobody) {
  Effects effects;
  Ticket ticket;
  fold(ticket, opened({started("citizen", "", start + 5h)}), effects);
  EXPECT_THAT(standing_of(ticket).cells,
              ElementsAre(Pair(Cell{"none", "citizen", Counter::running}, 1)));
  fold(ticket, assigned(2, "PWD"), effects);
  EXPECT_THAT(standing_of(ticket).cells,
              ElementsAre(Pair(Cell{"PWD", "citizen", Counter::running}, 1)));
}

TEST(Standing, EveryUnitThatHasToDoWithItHasItInItsOpenList) {
  Ticket ticket;
  ticket.state = State::extension_requested;
  ticket.lead_unit = unit("PWD");
  ticket.co_handlers = {unit("PARKS")};
  ticket.sub_units = {unit("PWD-2"), unit("PWD-3")};
  std::vector<std::string> units;
  for (const Listing& listing : standing_of(ticket).lists) {
    if (listing.kind == ListKind::open) units.push_back(listing.name);
  }
  EXPECT_THAT(units, ElementsAre("PARKS", "PWD", "PWD-2", "PWD-3"));
}

TEST(Standing, AProvisionalDueTimeIsListedWhileItsClockRunsAndTheTicketIsOpen) {
  Ticket ticket;
  Effects effects;
  domain::ClockStarted clock = std::get<domain::ClockStarted>(started("citizen", "", start + 5h));
  clock.provisional = true;
  fold(ticket, opened({clock}), effects);
  const Listing place{ListKind::provisional, {}, start + 5h};
  EXPECT_THAT(standing_of(ticket).lists, ElementsAre(place));
  fold(
      ticket,
      record(2, State::classified, domain::DueRecalculated{"rules"}, {},
             {stopped("citizen", domain::ClockStop::moved), started("citizen", "", start + 6h, 2)}),
      effects);
  EXPECT_THAT(standing_of(ticket).lists, IsEmpty());
}

TEST(BatchFold, TheBoardFollowsAClockThatIsMovedOrHandedOver) {
  BatchFold first({});
  first.add(id, opened({started("citizen", "PWD", start + 1h)}));
  first.add(id, sla(SlaKind::breached, "citizen", "PWD", start + 1h));
  const Changes before = first.finish();
  BatchFold second(before.tickets);
  second.add(id, record(2, State::assigned, domain::Assigned{}, "ISD",
                        {stopped("citizen", domain::ClockStop::handed_over),
                         started("citizen", "ISD", start + 1h, 2)}));
  EXPECT_THAT(second.finish().cells,
              UnorderedElementsAre(Pair(Cell{"PWD", "citizen", Counter::breached}, -1),
                                   Pair(Cell{"ISD", "citizen", Counter::running}, 1)));
}

TEST(BatchFold, ASubmissionAloneIsATicketThatWasReceived) {
  BatchFold batch({});
  batch.add(id, Said{"text", {}, start, 1});
  const Changes changes = batch.finish();
  ASSERT_EQ(changes.tickets.size(), 1u);
  EXPECT_EQ(changes.tickets.begin()->second.state, State::received);
  EXPECT_THAT(changes.lists, IsEmpty());
}

TEST(BatchFold, APlaceThatMovesIsRemovedAndAdded) {
  BatchFold first({});
  first.add(id, opened());
  first.add(id, assigned(2, "PWD", {started("handle", "PWD", start + 3h)}));
  const Changes assigned_changes = first.finish();
  EXPECT_EQ(assigned_changes.lists.size(), 2u);

  BatchFold second(assigned_changes.tickets);
  second.add(id, record(3, State::assigned, domain::RedoOrdered{}, "PWD",
                        {stopped("handle", domain::ClockStop::cancelled),
                         started("handle", "PWD", start + 9h, 2)}));
  EXPECT_THAT(
      second.finish().lists,
      UnorderedElementsAre(ListChange{id, {ListKind::open, "PWD", start + 3h}, false},
                           ListChange{id, {ListKind::open, "PWD-queue", start + 3h}, false},
                           ListChange{id, {ListKind::open, "PWD", start + 9h}, true},
                           ListChange{id, {ListKind::open, "PWD-queue", start + 9h}, true}));
}

TEST(BatchFold, ABoardFollowsAClockThroughItsLife) {
  struct Step {
    Input input;
    std::map<Cell, std::int64_t> cells;
  };
  const auto due = start + 1h;
  const Cell running{"PWD", "citizen", Counter::running};
  const Cell at_risk{"PWD", "citizen", Counter::at_risk};
  const Cell breached{"PWD", "citizen", Counter::breached};
  const Cell warnings{"PWD", "citizen", Counter::warnings};
  const Cell breaches{"PWD", "citizen", Counter::breaches};
  const std::vector<Step> steps = {
      {opened({started("citizen", "PWD", due)}), {{running, 1}}},
      {sla(SlaKind::warned, "citizen", "PWD", due), {{running, -1}, {at_risk, 1}, {warnings, 1}}},
      {sla(SlaKind::breached, "citizen", "PWD", due),
       {{at_risk, -1}, {breached, 1}, {breaches, 1}}},
      {sla(SlaKind::breached, "citizen", "PWD", due), {}},
      {record(2, State::completed, domain::Completed{}, "PWD",
              {stopped("citizen", domain::ClockStop::done)}),
       {{breached, -1}}},
      {sla(SlaKind::retracted, "citizen", "PWD", due), {}},
  };
  std::map<std::string, Ticket> tickets;
  for (const Step& step : steps) {
    BatchFold batch(tickets);
    batch.add(id, step.input);
    const Changes changes = batch.finish();
    EXPECT_EQ(changes.cells, step.cells);
    for (const auto& [ticket_id, ticket] : changes.tickets) tickets[ticket_id] = ticket;
  }
}

TEST(BatchFold, OneBatchOrManyComeToTheSame) {
  const std::vector<Input> inputs = {
      opened({started("citizen", "", start + 1h)}),
      sla(SlaKind::breached, "citizen", "", start + 1h),
      assigned(2, "PWD", {started("handle", "PWD", start + 2h)}),
      record(3, State::completed, domain::Completed{}, "PWD",
             {stopped("handle", domain::ClockStop::done),
              stopped("citizen", domain::ClockStop::done)}),
  };
  BatchFold whole({});
  for (const Input& input : inputs) whole.add(id, input);
  std::map<std::string, Ticket> tickets;
  std::map<Cell, std::int64_t> cells;
  for (const Input& input : inputs) {
    BatchFold batch(tickets);
    batch.add(id, input);
    const Changes changes = batch.finish();
    for (const auto& [ticket_id, ticket] : changes.tickets) tickets[ticket_id] = ticket;
    for (const auto& [cell, count] : changes.cells) cells[cell] += count;
  }
  std::erase_if(cells, [](const auto& entry) { return entry.second == 0; });
  EXPECT_EQ(whole.finish().tickets, tickets);
  EXPECT_EQ(whole.finish().cells, cells);
  EXPECT_THAT(whole.finish().lists, IsEmpty());
}

TEST(BatchFold, TheFirstTextOfATicketCounts) {
  BatchFold batch({});
  EXPECT_EQ(batch.add(id, Said{"first", {}, start, 1}), Folded::applied);
  EXPECT_EQ(batch.add(id, Said{"second", {}, start, 1}), Folded::repeated);
  EXPECT_THAT(batch.finish().texts, ElementsAre(Pair(id, "first")));
}

}  // namespace
}  // namespace paidan::views
