#include "paidan/domain/duplicates.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "paidan/domain/pack.hpp"
#include "paidan/domain/ticket_id.hpp"

namespace paidan::domain {
namespace {

using Action = DuplicatePolicy::Action;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* lamp_text =
    "福州路一号门口的路灯已经三天不亮了，晚上老人出门很不安全，请尽快维修。";
constexpr const char* lamp_again =
    "福州路一号门口的路灯已经五天不亮了，晚上老人出门很不安全，请尽快来维修。";
constexpr const char* noise_text = "楼下饭店的油烟机昼夜轰鸣，影响休息。";
constexpr const char* lamp = "城乡建设/市政设施/路灯";
constexpr const char* road = "城乡建设/市政设施/道路";
constexpr const char* town = "310101002";
constexpr const char* other_town = "310101013";

std::string id_of(char name) {
  return make_ticket_id({static_cast<std::uint8_t>(name), 2, 3, 4, 5, 6, 7, 8, 9, 10}).get();
}
char name_of(const std::string& id) {
  for (char name = 'a'; name <= 'z'; ++name) {
    if (id_of(name) == id) return name;
  }
  return '?';
}

/// A ticket of the caller, `hours` after a certain moment.
struct Ticket {
  char name;
  double hours;
  std::string category = lamp;
  std::string area = town;
  std::string text = lamp_text;
  std::string channel = "hotline";
};

Sighting seen(const Ticket& ticket) {
  return {.line = SightingLine::caller,
          .ticket_id = id_of(ticket.name),
          .channel = ChannelId{ticket.channel},
          .category = CategoryId{ticket.category},
          .demand_kind = "求助",
          .area = AreaId{ticket.area},
          .fingerprint = fingerprint("", ticket.text),
          .happened_at = from_unix_ms(1'759'200'000'000) +
                         Milliseconds{static_cast<std::int64_t>(ticket.hours * 3'600'000)}};
}

constexpr double day = 24;

/// A caller whose tickets are seen one after the other.
class Caller {
 public:
  explicit Caller(DuplicatePolicy policy = {}) : policy_(std::move(policy)) {}

  std::vector<Match> sees(const Sighting& sighting) {
    last_ = decide_cluster(policy_, tickets_, sighting);
    std::vector<Match> matches;
    for (const ClusterEvent& event : last_.events) {
      tickets_ = evolve_cluster(std::move(tickets_), event);
      if (const auto* match = std::get_if<Match>(&event)) matches.push_back(*match);
    }
    return matches;
  }
  const CallerTickets& tickets() const { return tickets_; }
  std::string_view reason() const { return last_.reason; }
  const DuplicatePolicy& policy() const { return policy_; }
  void wake() {
    const auto due = forget_at(policy_, tickets_);
    ASSERT_TRUE(due);
    for (const ClusterEvent& event : forget_cluster(tickets_, *due).events) {
      tickets_ = evolve_cluster(std::move(tickets_), event);
    }
  }

 private:
  DuplicatePolicy policy_;
  CallerTickets tickets_;
  ClusterDecision last_;
};

std::string in_words(const Match& match) {
  const auto* proposed = std::get_if<LinkProposed>(&match.body);
  const std::string name(1, name_of(match.ticket_id));
  if (proposed == nullptr) {
    const auto& withdrawn = std::get<LinkWithdrawn>(match.body);
    return name + " not to " + name_of(withdrawn.master_ticket_id) + ": " + withdrawn.reason;
  }
  return name + " to " + name_of(proposed->master_ticket_id) + ", level " +
         std::to_string(proposed->level);
}

std::vector<std::string> play(const std::vector<Ticket>& tickets, DuplicatePolicy policy = {}) {
  Caller caller(policy);
  std::vector<std::string> said;
  for (const Ticket& ticket : tickets) {
    for (const Match& match : caller.sees(seen(ticket))) said.push_back(in_words(match));
  }
  return said;
}

struct Row {
  const char* sentence;
  std::vector<Ticket> tickets;
  std::vector<std::string> said;
  DuplicatePolicy policy = {};
};

void expect_rows(const std::vector<Row>& rows) {
  for (const Row& row : rows) EXPECT_EQ(play(row.tickets, row.policy), row.said) << row.sentence;
}

TEST(Duplicates, OfTheSameEvent) {
  expect_rows({
      {"the same text by the same channel within a day is the same event",
       {{'a', 0}, {'b', 2}},
       {"b to a, level 1"}},
      {"a day later to the second it still is", {{'a', 0}, {'b', day}}, {"b to a, level 1"}},
      {"after that it is the same matter", {{'a', 0}, {'b', day + 0.1}}, {"b to a, level 2"}},
      {"blanks, punctuation and width are no difference",
       {{'a', 0, lamp, town, "路灯 不亮 No.1！"}, {'b', 1, lamp, town, "路灯不亮，ｎｏ１"}},
       {"b to a, level 1"}},
      {"by another channel it is the same matter, not the same event",
       {{'a', 0}, {'b', 1, lamp, town, lamp_text, "web"}},
       {"b to a, level 2"}},
      {"it needs no category", {{'a', 0, "", ""}, {'b', 1, "", ""}}, {"b to a, level 1"}},
      {"the same text for two places is two events", {{'a', 0}, {'b', 1, lamp, other_town}}, {}},
      {"tickets without a text are not alike for it",
       {{'a', 0, "", "", ""}, {'b', 1, "", "", ""}},
       {}},
  });
}

TEST(Duplicates, OfTheSameCallerOnTheSameMatter) {
  expect_rows({
      {"the same category in the same area is the same matter, whatever the words",
       {{'a', 0}, {'b', 5 * day, lamp, town, noise_text}},
       {"b to a, level 2"}},
      {"another category is another matter", {{'a', 0}, {'b', day * 2, road}}, {}},
      {"without an area, texts that are alike make the same matter",
       {{'a', 0}, {'b', 3 * day, lamp, "", lamp_again}},
       {"b to a, level 2"}},
      {"without an area, other texts do not", {{'a', 0}, {'b', 3 * day, lamp, "", noise_text}}, {}},
      {"two known places are two matters, however alike the texts",
       {{'a', 0}, {'b', 3 * day, lamp, other_town, lamp_again}},
       {}},
      {"without a category nothing but the same event is found",
       {{'a', 0, ""}, {'b', 3 * day, ""}},
       {}},
      {"on the last day of the window it counts, a moment later it does not",
       {{'a', 0}, {'b', 30 * day}, {'c', 60.1 * day}},
       {"b to a, level 2"}},
      {"two levels of the category may be enough for a pack",
       {{'a', 0}, {'b', 2 * day, road}},
       {"b to a, level 2"},
       {.category_levels = 2}},
      {"three levels tell a road from a lamp",
       {{'a', 0}, {'b', 2 * day, road}},
       {},
       {.category_levels = 3}},
      {"more levels than there are mean all",
       {{'a', 0}, {'b', 2 * day, road}, {'c', 3 * day}},
       {"c to a, level 2"},
       {.category_levels = 9}},
      {"a pack may look at fewer days", {{'a', 0}, {'b', 8 * day}}, {}, {.window_days = 7}},
      {"and a pack may want none of it", {{'a', 0}, {'b', 1}}, {}, {.same_caller = Action::off}},
  });
}

TEST(Duplicates, OfAChainGoToItsEarliest) {
  expect_rows({
      {"the third goes to the first, not to the second",
       {{'a', 0}, {'b', 2 * day}, {'c', 4 * day}},
       {"b to a, level 2", "c to a, level 2"}},
      {"also when it is like the second alone",
       {{'a', 0, lamp, town, noise_text}, {'b', 2 * day}, {'c', 4 * day, lamp, "", lamp_again}},
       {"b to a, level 2", "c to a, level 2"}},
      {"a chain of the same event stays of level 1",
       {{'a', 0}, {'b', 10}, {'c', 20}},
       {"b to a, level 1", "c to a, level 1"}},
      {"when the master is out of the window, a new chain begins",
       {{'a', 0}, {'b', 20 * day}, {'c', 40 * day}, {'d', 45 * day}},
       {"b to a, level 2", "d to c, level 2"}},
      {"two matters of one caller are two chains",
       {{'a', 0},
        {'b', day, road, town, noise_text},
        {'c', 3 * day},
        {'d', 4 * day, road, town, noise_text}},
       {"c to a, level 2", "d to b, level 2"}},
  });
}

TEST(Duplicates, ThatComeToLightLateMoveToTheEarlierMaster) {
  expect_rows({
      {"the earlier ticket is seen second: the later one is the duplicate",
       {{'b', 2 * day}, {'a', 0}},
       {"b to a, level 2"}},
      {"a master that turns out to be a duplicate gives up its own",
       {{'b', 2 * day}, {'c', 4 * day}, {'a', 0}},
       {"c to b, level 2", "b to a, level 2", "c not to b: earlier_ticket", "c to a, level 2"}},
      {"one in the middle changes nothing for the others",
       {{'a', 0}, {'c', 4 * day}, {'b', 2 * day}},
       {"c to a, level 2", "b to a, level 2"}},
      {"what is older than the window before the newest changes nothing",
       {{'b', 20 * day}, {'c', 29 * day}, {'a', -2 * day}},
       {"c to b, level 2"}},
  });
}

TEST(Duplicates, AreProposedWithTheirEvidence) {
  Caller caller({.same_caller = Action::link});
  caller.sees(seen({'a', 0}));
  const auto same_area = caller.sees(seen({'b', 3.5 * day, lamp, town, lamp_again}));
  ASSERT_EQ(same_area.size(), 1U);
  EXPECT_EQ(same_area[0].happened_at, seen({'b', 3.5 * day}).happened_at);
  const auto& proposed = std::get<LinkProposed>(same_area[0].body);
  EXPECT_TRUE(proposed.automatic);
  EXPECT_GT(proposed.score, 0.75);
  EXPECT_LT(proposed.score, 1.0);
  EXPECT_THAT(proposed.evidence.zh, HasSubstr("3天前已有工单 " + id_of('a')));
  EXPECT_THAT(proposed.evidence.zh, HasSubstr("同一类别、同一区域，内容相似度"));
  EXPECT_THAT(proposed.evidence.en, HasSubstr("came 3 days earlier; the same category and area"));

  Caller proposing;
  proposing.sees(seen({'a', 0}));
  const auto again = proposing.sees(seen({'b', 1.0}));
  const auto& same_event = std::get<LinkProposed>(again.at(0).body);
  EXPECT_FALSE(same_event.automatic);
  EXPECT_EQ(same_event.score, 1.0);
  EXPECT_THAT(same_event.evidence.en, HasSubstr("sent the same text 1 hour earlier"));
}

TEST(Duplicates, SkipWhatSaysNothingNew) {
  Caller caller;
  caller.sees(seen({'a', 40 * day}));
  const CallerTickets before = caller.tickets();
  EXPECT_THAT(caller.sees(seen({'a', 41 * day})), IsEmpty());
  EXPECT_EQ(caller.reason(), "repeated");
  EXPECT_THAT(caller.sees(seen({'b', 9.9 * day})), IsEmpty());
  EXPECT_EQ(caller.reason(), "too_old");
  Sighting place = seen({'c', 40 * day});
  place.line = SightingLine::place;
  EXPECT_THAT(caller.sees(place), IsEmpty());
  EXPECT_EQ(caller.reason(), "place");
  EXPECT_EQ(caller.tickets(), before);
}

TEST(Duplicates, AreForgottenWithTheLastTicketOfTheWindow) {
  Caller caller;
  caller.sees(seen({'a', 0}));
  caller.sees(seen({'b', 10 * day}));
  EXPECT_EQ(forget_at(caller.policy(), caller.tickets()),
            seen({'x', 40 * day}).happened_at + Milliseconds{1});
  caller.wake();
  EXPECT_EQ(caller.tickets(), CallerTickets{});
  EXPECT_EQ(forget_at(caller.policy(), caller.tickets()), std::nullopt);
}

TEST(Duplicates, RememberNoMoreThanTheBound) {
  Caller caller;
  std::size_t most = 0;
  for (int number = 0; number < 200; ++number) {
    Sighting sighting = seen({'a', number / 10.0, lamp, town, std::to_string(number)});
    const auto byte = static_cast<std::uint8_t>(number);
    sighting.ticket_id = make_ticket_id({byte, 1, 2, 3, 4, 5, 6, 7, 8, 9}).get();
    caller.sees(sighting);
    most = std::max(most, caller.tickets().tickets.size());
  }
  EXPECT_EQ(most, caller_tickets_max);
  Sighting oldest = seen({'a', 0});
  oldest.ticket_id = make_ticket_id({0, 1, 2, 3, 4, 5, 6, 7, 8, 9}).get();
  EXPECT_THAT(caller.sees(oldest), IsEmpty()) << "a repeat of a forgotten ticket";
  EXPECT_EQ(caller.reason(), "too_old");
}

// ---- properties ----------------------------------------------------------------------------

Ticket random_ticket(char name, std::mt19937& random) {
  const std::vector<std::string> categories{lamp, road, ""};
  const std::vector<std::string> areas{town, other_town, ""};
  const std::vector<std::string> texts{lamp_text, lamp_again, noise_text, ""};
  const auto any = [&](const std::vector<std::string>& of) { return of[random() % of.size()]; };
  return {name,       static_cast<double>(random() % (30 * 24)), any(categories), any(areas),
          any(texts), random() % 2 ? "web" : "hotline"};
}

std::vector<Ticket> random_tickets(std::mt19937& random) {
  std::vector<Ticket> tickets;
  for (char name = 'a'; name <= 'l'; ++name) tickets.push_back(random_ticket(name, random));
  return tickets;
}

std::map<char, char> masters(const Caller& caller) {
  std::map<char, char> out;
  for (const SeenTicket& ticket : caller.tickets().tickets) {
    const auto text = [](const TicketIdBytes& id) { return std::string(id.data(), id.size()); };
    out[name_of(text(ticket.ticket_id))] = name_of(text(ticket.master));
  }
  return out;
}

class DuplicatesProperty : public testing::Test {
 protected:
  DuplicatesProperty() : seed_(std::random_device{}()), random_(seed_) {}
  unsigned seed_;
  std::mt19937 random_;
};

TEST_F(DuplicatesProperty, TheMastersDoNotDependOnTheOrderWithinAWindow) {
  SCOPED_TRACE("seed " + std::to_string(seed_));
  for (int round = 0; round < 300; ++round) {
    std::vector<Ticket> tickets = random_tickets(random_);
    Caller one;
    for (const Ticket& ticket : tickets) one.sees(seen(ticket));
    std::shuffle(tickets.begin(), tickets.end(), random_);
    Caller other;
    for (const Ticket& ticket : tickets) other.sees(seen(ticket));
    ASSERT_EQ(masters(one), masters(other)) << "round " << round;
  }
}

TEST_F(DuplicatesProperty, AMasterIsEarlierAndNobodysDuplicate) {
  SCOPED_TRACE("seed " + std::to_string(seed_));
  for (int round = 0; round < 300; ++round) {
    Caller caller;
    for (const Ticket& ticket : random_tickets(random_)) caller.sees(seen(ticket));
    const auto& tickets = caller.tickets().tickets;
    for (const SeenTicket& ticket : tickets) {
      if (ticket.master == TicketIdBytes{}) continue;
      const auto master = std::ranges::find(tickets, ticket.master, &SeenTicket::ticket_id);
      ASSERT_NE(master, tickets.end());
      ASSERT_LE(master->happened_at, ticket.happened_at);
      ASSERT_EQ(master->master, TicketIdBytes{});
    }
  }
}

TEST_F(DuplicatesProperty, RepeatingAnythingThatWasSeenChangesNothing) {
  SCOPED_TRACE("seed " + std::to_string(seed_));
  for (int round = 0; round < 100; ++round) {
    const std::vector<Ticket> tickets = random_tickets(random_);
    Caller caller;
    for (std::size_t count = 0; count < tickets.size(); ++count) {
      caller.sees(seen(tickets[count]));
      const CallerTickets before = caller.tickets();
      for (std::size_t again = 0; again <= count; ++again) {
        ASSERT_THAT(caller.sees(seen(tickets[again])), IsEmpty());
      }
      ASSERT_EQ(caller.tickets(), before);
    }
  }
}

TEST_F(DuplicatesProperty, AWithdrawalNamesTheProposalThatStood) {
  SCOPED_TRACE("seed " + std::to_string(seed_));
  for (int round = 0; round < 300; ++round) {
    Caller caller;
    std::map<std::string, std::string> standing;
    for (const Ticket& ticket : random_tickets(random_)) {
      for (const Match& match : caller.sees(seen(ticket))) {
        if (const auto* proposed = std::get_if<LinkProposed>(&match.body)) {
          ASSERT_EQ(standing.count(match.ticket_id), 0U) << "proposed twice";
          standing[match.ticket_id] = proposed->master_ticket_id;
        } else {
          const auto& withdrawn = std::get<LinkWithdrawn>(match.body);
          ASSERT_EQ(standing[match.ticket_id], withdrawn.master_ticket_id);
          standing.erase(match.ticket_id);
        }
      }
    }
  }
}

}  // namespace
}  // namespace paidan::domain
