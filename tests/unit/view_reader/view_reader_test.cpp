#include "paidan/view_reader/view_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <set>

#include "../views/builders.hpp"
#include "paidan/testkit/servers.hpp"
#include "views/changes.hpp"
#include "views/store.hpp"

namespace paidan::view_reader {
namespace {

using namespace views::test;
using domain::SlaKind;
using domain::State;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using views::Input;

std::vector<std::string> ids_of(const Page& page) {
  std::vector<std::string> ids;
  for (const Ticket& ticket : page.tickets) ids.push_back(ticket.view.ticket_id());
  return ids;
}

/// What views writes, ViewReader reads.
class ViewReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    auto started_server = testkit::RedisServer::start_or_explain();
    ASSERT_TRUE(started_server) << started_server.error().why;
    server_ = std::move(started_server).value();
    redis::Options options{server_->address()};
    options.backoff_min = options.backoff_max = Milliseconds{0};
    pool_ = std::make_unique<redis::Pool>(options, 4);
    reader_ = std::make_unique<ViewReader>(*pool_, "test.");
    store_ = std::make_unique<views::Store>(options, "test.");
  }

  void write(const std::vector<std::pair<std::string, Input>>& inputs, bool live = true) {
    std::set<std::string> ids;
    for (const auto& [id, input] : inputs) ids.insert(id);
    views::BatchFold fold(store_->load(ids).value());
    for (const auto& [id, input] : inputs) fold.add(id, input);
    views::Batch batch;
    batch.seq = seq_++;
    const stream::TopicPartition at{"lifecycle", Partition{1}};
    if (next_ > 0) batch.from[at] = NextOffset{next_};
    next_ += static_cast<std::int64_t>(inputs.size());
    batch.to[at] = NextOffset{next_};
    batch.becomes_live = live;
    batch.changes = fold.finish();
    ASSERT_EQ(*store_->apply(batch), views::Applied::done);
  }

  std::unique_ptr<testkit::RedisServer> server_;
  std::unique_ptr<redis::Pool> pool_;
  std::unique_ptr<ViewReader> reader_;
  std::unique_ptr<views::Store> store_;
  std::uint64_t seq_ = 0;
  std::int64_t next_ = 0;
};

TEST_F(ViewReaderTest, ATicketComesWithItsClocksTextAndPlaces) {
  write({{"a", opened({started("citizen", "", start + 1h)})},
         {"a", assigned(2, "PWD", {started("handle", "PWD", start + 2h)}, {unit("PARKS")})},
         {"a", sla(SlaKind::warned, "handle", "PWD", start + 2h)},
         {"a", sla(SlaKind::breached, "citizen", "", start + 1h)},
         {"a", views::Said{"the masked text"}}});
  const auto ticket = reader_->ticket("a");
  ASSERT_TRUE(ticket) << ticket.error().what;
  EXPECT_EQ(ticket->view.ticket_id(), "a");
  EXPECT_EQ(ticket->view.version(), 2u);
  EXPECT_EQ(ticket->view.state(), ticket::v1::TICKET_STATE_ASSIGNED);
  EXPECT_TRUE(ticket->view.breached());
  EXPECT_TRUE(ticket->view.text().empty()) << "whether the caller may read it is not known here";
  EXPECT_EQ(ticket->text, "the masked text");
  ASSERT_EQ(ticket->view.clocks_size(), 2);
  EXPECT_EQ(ticket->view.clocks(0).state(), sla_monitor::v1::CLOCK_STATE_BREACHED);
  EXPECT_EQ(ticket->view.clocks(1).state(), sla_monitor::v1::CLOCK_STATE_AT_RISK);
  EXPECT_EQ(ticket->partition, Partition{1});
  EXPECT_THAT(ticket->lifecycle_offsets, ElementsAre(101, 102));
  EXPECT_TRUE(ticket->is_in_charge("PARKS"));
  EXPECT_FALSE(ticket->is_in_charge(""));
  EXPECT_FALSE(ticket->was_in_charge("ISD"));
}

TEST_F(ViewReaderTest, AClockShowsHowItEnded) {
  const Instant due = start + 1h;
  write({{"a", opened({started("citizen", "PWD", due), started("handle", "PWD", due),
                       started("contact", "PWD", due)})},
         {"a", sla(SlaKind::breached, "handle", "PWD", due)},
         {"a", record(2, State::completed, domain::Completed{}, "PWD",
                      {stopped("citizen", domain::ClockStop::done),
                       stopped("handle", domain::ClockStop::done),
                       stopped("contact", domain::ClockStop::cancelled)})}});
  const auto ticket = reader_->ticket("a");
  ASSERT_TRUE(ticket);
  EXPECT_EQ(ticket->view.clocks(0).state(), sla_monitor::v1::CLOCK_STATE_MET);
  EXPECT_EQ(ticket->view.clocks(1).state(), sla_monitor::v1::CLOCK_STATE_MET_LATE);
  EXPECT_EQ(ticket->view.clocks(2).state(), sla_monitor::v1::CLOCK_STATE_CANCELLED);
  EXPECT_EQ(ticket->view.clocks(2).stopped_at().seconds(), 1'700'000'120);
}

TEST_F(ViewReaderTest, AClockThatGoesOnElsewhereIsNeitherMetNorMissed) {
  const Instant due = start + 1h;
  const auto goes_on = [&](const std::string& clock, domain::ClockStop how) {
    return std::vector<domain::ClockChange>{stopped(clock, how), started(clock, "PWD", due, 2)};
  };
  std::vector<domain::ClockChange> changes;
  for (const auto& change : goes_on("citizen", domain::ClockStop::moved)) {
    changes.push_back(change);
  }
  for (const auto& change : goes_on("supervise", domain::ClockStop::handed_over)) {
    changes.push_back(change);
  }
  for (const auto& change : goes_on("handle", domain::ClockStop::paused)) changes.push_back(change);
  write({{"a", opened({started("citizen", "PWD", due), started("supervise", "PWD", due),
                       started("handle", "PWD", due)})},
         {"a", record(2, State::assigned, domain::UrgeRecorded{1}, "PWD", changes)}});
  const auto ticket = reader_->ticket("a");
  ASSERT_TRUE(ticket);
  EXPECT_EQ(ticket->view.clocks(0).state(), sla_monitor::v1::CLOCK_STATE_MOVED);
  EXPECT_EQ(ticket->view.clocks(1).state(), sla_monitor::v1::CLOCK_STATE_HANDED_OVER);
  EXPECT_EQ(ticket->view.clocks(2).state(), sla_monitor::v1::CLOCK_STATE_PAUSED);
  EXPECT_EQ(ticket->view.clocks(3).state(), sla_monitor::v1::CLOCK_STATE_RUNNING);
}

TEST_F(ViewReaderTest, WhatIsNotThereIsNotFoundAndWhatIsNotThereYetIsBehind) {
  write({{"a", opened()}, {"only-alerts", sla(SlaKind::breached, "citizen", "", start)}});
  EXPECT_EQ(reader_->ticket("b").error().kind, ErrorKind::not_found);
  EXPECT_EQ(reader_->ticket("only-alerts").error().kind, ErrorKind::not_found);
  EXPECT_EQ(reader_->ticket("a", 2, Milliseconds{20}).error().kind, ErrorKind::behind);
  EXPECT_EQ(reader_->ticket("b", 1, Milliseconds{20}).error().kind, ErrorKind::behind);
}

TEST_F(ViewReaderTest, AVersionIsWaitedFor) {
  write({{"a", opened()}});
  auto waiting = std::async(std::launch::async, [this] { return reader_->ticket("a", 2); });
  write({{"a", assigned(2, "PWD")}});
  const auto ticket = waiting.get();
  ASSERT_TRUE(ticket) << ticket.error().what;
  EXPECT_EQ(ticket->view.version(), 2u);
}

TEST_F(ViewReaderTest, WhileTheViewsAreBuiltNothingIsAnsweredHalf) {
  write({{"a", opened()}, {"a", assigned(2, "PWD")}}, false);
  EXPECT_EQ(reader_->ticket("a").error().kind, ErrorKind::unavailable);
  EXPECT_EQ(reader_->open_list("PWD", 10, "").error().kind, ErrorKind::unavailable);
  EXPECT_EQ(reader_->board("").error().kind, ErrorKind::unavailable);
  EXPECT_EQ(reader_->check().error().kind, ErrorKind::unavailable);
  write({{"b", opened()}}, true);
  EXPECT_TRUE(reader_->ticket("a"));
  EXPECT_TRUE(reader_->check());
}

TEST_F(ViewReaderTest, AnOpenListComesByDueTimeInPagesWithThePositionsBeforeIt) {
  for (int i = 0; i < 5; ++i) {
    const std::string id = "t" + std::to_string(i);
    const Instant due = start + std::chrono::hours(10 - i);
    write({{id, opened()}, {id, assigned(2, "PWD", {started("handle", "PWD", due)})}});
  }
  write({{"undue", opened()}, {"undue", assigned(2, "PWD")}});
  const auto first = reader_->open_list("PWD", 4, "");
  ASSERT_TRUE(first) << first.error().what;
  EXPECT_THAT(ids_of(*first), ElementsAre("t4", "t3", "t2", "t1"));
  EXPECT_THAT(first->lifecycle_positions, ElementsAre(Pair(Partition{1}, NextOffset{12})));
  const auto second = reader_->open_list("PWD", 4, first->next_cursor);
  ASSERT_TRUE(second);
  EXPECT_THAT(ids_of(*second), ElementsAre("t0", "undue"));
  EXPECT_EQ(second->next_cursor, "");
  EXPECT_THAT(ids_of(*reader_->open_list("ISD", 4, "")), IsEmpty());
}

TEST_F(ViewReaderTest, AListNeverShowsATicketTwiceWhenItMovesBetweenPages) {
  for (int i = 0; i < 3; ++i) {
    const std::string id = "t" + std::to_string(i);
    write({{id, opened()},
           {id, assigned(2, "PWD", {started("handle", "PWD", start + std::chrono::hours(i))})}});
  }
  const auto first = reader_->open_list("PWD", 1, "");
  write({{"t0", record(3, State::completed, domain::Completed{}, "PWD",
                       {stopped("handle", domain::ClockStop::done)})}});
  EXPECT_THAT(ids_of(*reader_->open_list("PWD", 5, first->next_cursor)), ElementsAre("t1", "t2"));
}

TEST_F(ViewReaderTest, EveryQueueHasTheNameUnderWhichViewsWritesIt) {
  write({{"triage", opened()},
         {"triage", record(2, State::needs_triage, domain::TriageRequested{})},
         {"return", opened()},
         {"return", record(2, State::return_requested, domain::ReturnRequested{}, "PWD")},
         {"extension", opened()},
         {"extension", record(2, State::extension_requested, domain::UrgeRecorded{}, "PWD")},
         {"arbitration", opened()},
         {"arbitration", record(2, State::arbitration, domain::ArbitrationRequested{})},
         {"unreasonable", opened()},
         {"unreasonable", record(2, State::unreasonable, domain::UrgeRecorded{}, "PWD")},
         {"review", opened()},
         {"review", record(2, State::closed, domain::AppealRecorded{})},
         {"conflict", opened()},
         {"conflict", record(2, State::closed, domain::ConflictingSubmission{})},
         {"duplicate", opened()},
         {"duplicate", record(2, State::assigned, domain::DuplicateProposed{}, "PWD")}});
  const std::map<dispatch::v1::Queue, std::string> expected = {
      {dispatch::v1::QUEUE_TRIAGE, "triage"},
      {dispatch::v1::QUEUE_RETURN, "return"},
      {dispatch::v1::QUEUE_EXTENSION, "extension"},
      {dispatch::v1::QUEUE_ARBITRATION, "arbitration"},
      {dispatch::v1::QUEUE_UNREASONABLE, "unreasonable"},
      {dispatch::v1::QUEUE_REVIEW, "review"},
      {dispatch::v1::QUEUE_CONFLICT, "conflict"},
      {dispatch::v1::QUEUE_DUPLICATE, "duplicate"}};
  for (const auto& [queue, id] : expected) {
    EXPECT_THAT(ids_of(*reader_->queue(queue, 10, "")), ElementsAre(id)) << id;
  }
  EXPECT_EQ(static_cast<int>(expected.size()), dispatch::v1::Queue_ARRAYSIZE - 1);
}

domain::Assigned by_rule(const std::string& lead) {
  domain::Assigned body;
  body.lead_unit = unit(lead);
  body.basis = domain::AssignmentBasis::statutory;
  body.why.rule = "responsibility.yaml:7";
  return body;
}

std::vector<Input> a_return_that_ends_with(const std::string& taker) {
  domain::Assigned directed;
  directed.lead_unit = unit(taker);
  directed.basis = domain::AssignmentBasis::office;
  directed.why.explanation = {"签派", "directed"};
  return {opened(),
          record(2, State::assigned, by_rule("PWD"), "PWD"),
          record(3, State::return_requested, domain::ReturnRequested{"not ours", {}}, "PWD"),
          record(4, State::arbitration, domain::ReturnDecided{true, ""}),
          record(5, State::assigned, directed, taker),
          record(6, State::completed, domain::Completed{}, taker)};
}

TEST_F(ViewReaderTest, FiguresOfReturnsAndPrecedentsAreKeptOnce) {
  for (int i = 0; i < 25; ++i) {
    std::vector<std::pair<std::string, Input>> inputs;
    for (Input& input : a_return_that_ends_with(i % 5 == 0 ? "ISD" : "PARKS")) {
      if (auto* history = std::get_if<views::HistoryRecord>(&input)) {
        history->ticket_id = domain::TicketId{"t" + std::to_string(i)};
        history->fact.happened_at += std::chrono::hours(i);
      }
      inputs.emplace_back("t" + std::to_string(i), input);
      inputs.emplace_back("t" + std::to_string(i), input);  // Read again: counted once.
    }
    write(inputs);
  }
  const auto figures = reader_->return_figures("");
  ASSERT_TRUE(figures);
  ASSERT_EQ(figures->size(), 1u);
  const domain::ReturnFigures& row = figures->front();
  EXPECT_EQ(row.key.rule, "responsibility.yaml:7");
  EXPECT_EQ(row.key.category.get(), "street/lamp");
  EXPECT_EQ(row.assigned, 25u);
  EXPECT_EQ(row.requested, 25u);
  EXPECT_EQ(row.granted, 25u);
  ASSERT_EQ(row.takers.size(), 2u);
  EXPECT_EQ(row.takers[0].unit, unit("PARKS"));
  EXPECT_EQ(row.takers[0].count, 20u);
  EXPECT_EQ(reader_->return_figures("responsibility.yaml:7")->size(), 1u);
  EXPECT_THAT(*reader_->return_figures("no such rule"), IsEmpty());

  const auto found = reader_->precedents("street/lamp", "");
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->same_area);
  ASSERT_EQ(found->decisions.size(), domain::precedents_max);
  EXPECT_EQ(found->decisions.front().ticket.get(), "t24") << "the newest first";
  EXPECT_EQ(found->decisions.front().reason, "签派");
  const auto elsewhere = reader_->precedents("street/lamp", "another area");
  ASSERT_TRUE(elsewhere);
  EXPECT_FALSE(elsewhere->same_area);
  EXPECT_EQ(elsewhere->decisions.size(), domain::precedents_max);
  EXPECT_THAT(reader_->precedents("another category", "")->decisions, IsEmpty());
}

TEST_F(ViewReaderTest, ATicketOfWhichOnlyTheSubmissionIsKnownIsReceived) {
  views::Said said{"masked text", {}, start, 2};
  said.known.channel = domain::ChannelId{"hotline"};
  said.known.title = "Street lamp is dark";
  write({{"a", said}});
  const auto ticket = reader_->ticket("a");
  ASSERT_TRUE(ticket) << ticket.error().what;
  EXPECT_EQ(ticket->view.state(), ticket::v1::TICKET_STATE_RECEIVED);
  EXPECT_EQ(ticket->view.version(), 0u);
  EXPECT_EQ(ticket->view.title(), "Street lamp is dark");
  EXPECT_EQ(ticket->text, "masked text");
  EXPECT_FALSE(ticket->was_in_charge("PWD"));
}

TEST_F(ViewReaderTest, TicketsWithAProvisionalDueTimeAreListed) {
  auto clock = std::get<domain::ClockStarted>(started("citizen", "", start + 1h));
  clock.provisional = true;
  write({{"a", opened({clock})}, {"b", opened({started("citizen", "", start + 1h)})}});
  const auto page = reader_->provisional(10, "");
  ASSERT_TRUE(page);
  EXPECT_THAT(ids_of(*page), ElementsAre("a"));
}

TEST_F(ViewReaderTest, BoardsCountClocksByUnit) {
  write({{"a", opened({started("citizen", "PWD", start), started("handle", "ISD", start)})},
         {"b", opened({started("citizen", "PWD", start)})},
         {"b", sla(SlaKind::warned, "citizen", "PWD", start)}});
  const auto all = reader_->board("");
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 2u);
  EXPECT_EQ((*all)[0].unit(), "ISD");
  const auto own = reader_->board("PWD");
  ASSERT_EQ(own->size(), 1u);
  EXPECT_EQ((*own)[0].counts(0).clock(), "citizen");
  EXPECT_EQ((*own)[0].counts(0).running_count(), 1u);
  EXPECT_EQ((*own)[0].counts(0).at_risk_count(), 1u);
  EXPECT_EQ(reader_->board("nobody")->at(0).counts_size(), 0);
}

TEST_F(ViewReaderTest, WithoutRedisEveryReadIsUnavailable) {
  write({{"a", opened()}});
  server_->kill();
  EXPECT_EQ(reader_->ticket("a").error().kind, ErrorKind::unavailable);
  EXPECT_EQ(reader_->tickets({"a"}).error().kind, ErrorKind::unavailable);
  EXPECT_EQ(reader_->open_list("PWD", 1, "").error().kind, ErrorKind::unavailable);
  EXPECT_EQ(reader_->positions("lifecycle").error().kind, ErrorKind::unavailable);
  EXPECT_EQ(reader_->check().error().kind, ErrorKind::unavailable);
}

TEST_F(ViewReaderTest, ARestartOfRedisCostsNoReadAnError) {
  write({{"a", opened()}});
  ASSERT_TRUE(reader_->ticket("a"));
  server_->kill();
  ASSERT_TRUE(server_->start_again());
  EXPECT_EQ(reader_->check().error().what, "the views are being rebuilt; try again soon");
}

TEST(Keys, MembersOfAListSortByDueTime) {
  EXPECT_LT(Keys::list_member(9, "z"), Keys::list_member(10, "a"));
  EXPECT_LT(Keys::list_member(-5, "z"), Keys::list_member(1, "a"));
  EXPECT_LT(Keys::list_member(253'402'300'799'999, "z"),
            Keys::list_member(Keys::no_due_time_ms(), "a"));
  EXPECT_EQ(Keys::ticket_of_member(Keys::list_member(17, "a:b")), "a:b");
  EXPECT_EQ(Keys::ticket_of_member("nonsense"), "");
}

}  // namespace
}  // namespace paidan::view_reader
