#include "intake/acceptor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "paidan/contract/topics.hpp"
#include "paidan/crypto/seal.hpp"
#include "paidan/domain/ticket_id.hpp"
#include "small_city.hpp"

// The path through the front door, with a broker and a memory that answer when the test says so.

namespace paidan::intake {
namespace {

using testing_city::lamp;
using testing_city::noon;

class FixedClock final : public stream::Clock {
 public:
  Instant now() const override { return noon; }
};

class MapMemory final : public Memory {
 public:
  void recall(const std::string& ticket_id, OnRecalled on_recalled) override {
    const auto found = kept.find(ticket_id);
    on_recalled(away || found == kept.end() ? std::nullopt : std::optional(found->second));
  }
  void remember(const std::string& ticket_id, const std::string& content_hash,
                OnRemembered on_remembered) override {
    if (!away) kept[ticket_id] = content_hash;
    on_remembered();
  }
  std::map<std::string, std::string> kept;
  bool away = false;
};

crypto::Key key(std::uint8_t byte) {
  const std::vector<std::uint8_t> bytes(crypto::Key::size_bytes, byte);
  return std::move(*crypto::Key::from(bytes));
}

class AcceptorTest : public testing::Test {
 protected:
  struct Sent {
    stream::OutRecord record;
    kafka::OnDelivery on_delivery;
  };

  AcceptorParts parts(bool replay = false) {
    return {.keys = keys,
            .memory = memory,
            .clock = clock,
            .rules = {.pack = city, .replay = replay},
            .partition_count = 4,
            .send = [this](stream::OutRecord record,
                           kafka::OnDelivery on_delivery) -> Result<Unit, kafka::Error> {
              if (refuse_next) return kafka::Error{*std::exchange(refuse_next, std::nullopt), ""};
              sent.push_back({std::move(record), std::move(on_delivery)});
              return Unit{};
            },
            .on_accepted = [this](const std::string& channel) { ++accepted[channel]; },
            .pending_max = 2};
  }
  void deliver(std::size_t index, std::int64_t offset = 7) {
    sent.at(index).on_delivery(kafka::Delivered{sent.at(index).record.partition, offset});
  }
  void fail(std::size_t index, kafka::ErrorKind kind) {
    sent.at(index).on_delivery(kafka::Error{kind, "why"});
  }
  void submit(const Submission& submission) {
    acceptor.submit(caller, submission, trace,
                    [this](const Decided& decided) { answers.push_back(decided); });
  }
  Accepted only_accepted() {
    EXPECT_EQ(answers.size(), 1U);
    return std::get<Accepted>(answers.at(0));
  }
  Refusal only_refusal() {
    EXPECT_EQ(answers.size(), 1U);
    return std::get<Refusal>(answers.at(0));
  }
  domain::Submitted submitted_at(std::size_t index) {
    const stream::OutRecord& out = sent.at(index).record;
    const stream::InRecord in{
        .topic = out.topic, .partition = out.partition, .key = out.key, .value = *out.value};
    auto decoded = contract::decode_submission(in, 4);
    EXPECT_TRUE(decoded) << decoded.error().why;
    return std::get<domain::Submitted>(decoded->body);
  }

  const std::string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  domain::CityPack city = testing_city::small_city();
  FixedClock clock;
  MapMemory memory;
  Keys keys{key(1), key(2), key(3)};
  std::vector<Sent> sent;
  std::vector<Decided> answers;
  std::map<std::string, int> accepted;
  std::optional<kafka::ErrorKind> refuse_next;
  rpc::Caller caller{.name = "channel-all", .role = rpc::Role::channel, .unit = "*"};
  Acceptor acceptor{parts()};
};

TEST_F(AcceptorTest, NothingIsAnsweredBeforeTheBrokersReport) {
  submit(lamp());
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_TRUE(answers.empty());
  EXPECT_TRUE(memory.kept.empty());
  EXPECT_TRUE(accepted.empty());
  deliver(0);
  const Accepted answer = only_accepted();
  EXPECT_TRUE(domain::is_ticket_id(answer.ticket_id));
  EXPECT_FALSE(answer.repeated);
  EXPECT_EQ(accepted["hotline"], 1);
  EXPECT_EQ(memory.kept.count(answer.ticket_id), 1U);
}

TEST_F(AcceptorTest, WhatHasTheSameExternalIdIsTakenInTurn) {
  Submission other = lamp();
  other.text = "别的内容";
  submit(lamp());
  submit(other);  // while the first is not answered
  ASSERT_EQ(sent.size(), 1U);
  deliver(0);
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_FALSE(std::get<Accepted>(answers[0]).repeated);
  EXPECT_EQ(std::get<Refusal>(answers[1]).kind, Refusal::Kind::conflict);
  EXPECT_EQ(sent.size(), 1U);
  submit(lamp());
  EXPECT_TRUE(std::get<Accepted>(answers.at(2)).repeated);
}

TEST_F(AcceptorTest, WhoWaitsForAFailedTurnGoesOnWithoutIt) {
  Submission other = lamp();
  other.text = "别的内容";
  submit(lamp());
  submit(other);
  fail(0, kafka::ErrorKind::timed_out);
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(std::get<Refusal>(answers[0]).kind, Refusal::Kind::unknown);
  ASSERT_EQ(sent.size(), 2U);
  deliver(1);
  EXPECT_FALSE(std::get<Accepted>(answers.at(1)).repeated);
}

TEST_F(AcceptorTest, TheRecordLiesOnItsTicketsPartitionAndNamesItsTrace) {
  submit(lamp());
  const stream::OutRecord& record = sent.at(0).record;
  EXPECT_EQ(record.topic, contract::topic::submissions);
  EXPECT_EQ(record.partition, contract::partition_of(record.key, 4));
  EXPECT_THAT(record.headers, testing::Contains(stream::Header{"traceparent", trace}));
  EXPECT_EQ(submitted_at(0).content_hash.size(), 32U);
  EXPECT_TRUE(submitted_at(0).subject_ref.empty());
}

TEST_F(AcceptorTest, ContactDataGoesFirstAndEncrypted) {
  Submission s = lamp();
  s.contact = {"张三丰", "13812345678", ""};
  submit(s);
  ASSERT_EQ(sent.size(), 1U);
  const stream::OutRecord subject_record = sent[0].record;
  EXPECT_EQ(subject_record.topic, contract::topic::subjects);
  EXPECT_THAT(*subject_record.value, testing::Not(testing::HasSubstr("13812345678")));

  deliver(0, 90);
  ASSERT_EQ(sent.size(), 2U);
  const domain::Submitted submitted = submitted_at(1);
  EXPECT_EQ(submitted.subject_ref, subject_record.key);
  EXPECT_EQ(submitted.subject_at.offset, 90);
  EXPECT_EQ(submitted.subject_at.partition, subject_record.partition.get());

  const stream::InRecord in{.topic = contract::topic::subjects,
                            .key = subject_record.key,
                            .value = *subject_record.value};
  const auto subject = contract::decode_subject(in);
  ASSERT_TRUE(subject) << subject.error().why;
  const auto data_key = crypto::unwrap(key(2), subject->wrapped_data_key, subject->subject_ref);
  ASSERT_TRUE(data_key);
  const auto content = crypto::open(*data_key, subject->sealed, subject->subject_ref);
  ASSERT_TRUE(content);
  EXPECT_EQ(contract::decode_subject_content(*content)->phone, "13812345678");
}

TEST_F(AcceptorTest, TheSamePhoneIsTheSameCallerHoweverItIsWrittenAndNobodyCanReadIt) {
  Submission s = lamp();
  s.contact.phone = "+86 138-1234-5678";
  submit(s);
  deliver(0);
  const std::string caller_key = submitted_at(1).caller_key;
  EXPECT_THAT(caller_key, testing::MatchesRegex("[0-9a-f]{20}"));
  EXPECT_EQ(keys.caller_key("13812345678"), caller_key);
  EXPECT_NE(keys.caller_key("13812345679"), caller_key);
  EXPECT_NE((Keys{key(1), key(2), key(4)}.caller_key("13812345678")), caller_key)
      << "without the secret nobody can try all numbers";
  EXPECT_EQ(keys.caller_key(""), "");
  EXPECT_EQ(keys.caller_key("12345"), "") << "the hotline's own number is nobody's";
}

TEST_F(AcceptorTest, TheSameSubmissionAgainIsTheSameTicketAndNoSecondRecord) {
  submit(lamp());
  deliver(0);
  submit(lamp());
  EXPECT_EQ(sent.size(), 1U);
  EXPECT_EQ(std::get<Accepted>(answers[1]).ticket_id, std::get<Accepted>(answers[0]).ticket_id);
  EXPECT_TRUE(std::get<Accepted>(answers[1]).repeated);
}

TEST_F(AcceptorTest, OtherContentUnderTheSameExternalIdExistsAlready) {
  submit(lamp());
  deliver(0);
  Submission other = lamp();
  other.text += "！";
  submit(other);
  EXPECT_EQ(sent.size(), 1U);
  EXPECT_EQ(std::get<Refusal>(answers[1]).kind, Refusal::Kind::conflict);
}

TEST_F(AcceptorTest, WithoutAMemoryTheLogDecides) {
  memory.away = true;
  submit(lamp());
  deliver(0);
  submit(lamp());
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(sent[0].record, sent[1].record);  // Byte by byte: dispatch drops the second.
  deliver(1);
  EXPECT_FALSE(std::get<Accepted>(answers[1]).repeated);
  EXPECT_EQ(std::get<Accepted>(answers[0]).ticket_id, std::get<Accepted>(answers[1]).ticket_id);
}

TEST_F(AcceptorTest, AFailedDeliveryIsUnknownAndNotRemembered) {
  submit(lamp());
  fail(0, kafka::ErrorKind::timed_out);
  EXPECT_EQ(only_refusal().kind, Refusal::Kind::unknown);
  EXPECT_TRUE(memory.kept.empty());
  EXPECT_TRUE(accepted.empty());
}

TEST_F(AcceptorTest, WithoutASubjectThereIsNoSubmission) {
  Submission s = lamp();
  s.contact.phone = "13812345678";
  submit(s);
  fail(0, kafka::ErrorKind::timed_out);
  EXPECT_EQ(sent.size(), 1U);
  EXPECT_EQ(only_refusal().kind, Refusal::Kind::unknown);
}

TEST_F(AcceptorTest, AFullProducerSaysWhenToComeBack) {
  refuse_next = kafka::ErrorKind::full;
  submit(lamp());
  EXPECT_EQ(only_refusal().kind, Refusal::Kind::busy);
  EXPECT_GT(only_refusal().retry_after.count(), 0);
}

TEST_F(AcceptorTest, RequestsUnderWayAreBounded) {
  for (int i = 0; i < 3; ++i) {
    Submission s = lamp();
    s.external_id += std::to_string(i);
    submit(s);
  }
  EXPECT_EQ(sent.size(), 2U);
  EXPECT_EQ(only_refusal().kind, Refusal::Kind::busy);
  answers.clear();
  sent[0].on_delivery(kafka::Delivered{Partition{0}, 1});
  sent[0].on_delivery = nullptr;  // The producer lets go of what it has called.
  submit(lamp());
  EXPECT_EQ(sent.size(), 3U);
}

TEST_F(AcceptorTest, ATokenOfOneChannelUsesThatChannelOnly) {
  caller.unit = "open311";
  submit(lamp());
  EXPECT_EQ(only_refusal().kind, Refusal::Kind::forbidden);
  answers.clear();
  Submission own = lamp();
  own.channel = "open311";
  submit(own);
  EXPECT_EQ(sent.size(), 1U);
}

TEST_F(AcceptorTest, AWrongRequestNamesItsField) {
  Submission s = lamp();
  s.title = "";
  submit(s);
  EXPECT_EQ(only_refusal().message, "title: required");
  EXPECT_EQ(only_refusal().reason, "empty");
  EXPECT_TRUE(sent.empty());
}

TEST_F(AcceptorTest, ALaterWordGoesToItsTicket) {
  const std::string ticket = acceptor.ticket_id("hotline", "desk-1");
  acceptor.follow_up(caller, {ticket, ""}, domain::Urged{"请打13812345678"}, std::nullopt, trace,
                     [this](const Decided& decided) { answers.push_back(decided); });
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].record.topic, contract::topic::subjects);  // The span that masking took out.
  deliver(0);
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(sent[1].record.topic, contract::topic::submissions);
  EXPECT_EQ(sent[1].record.key, ticket);
  deliver(1);
  EXPECT_EQ(only_accepted().ticket_id, ticket);
  EXPECT_TRUE(memory.kept.empty());
  EXPECT_TRUE(accepted.empty());
}

TEST_F(AcceptorTest, ATokenOfOneChannelProvesTheTicketByItsExternalId) {
  caller.unit = "hotline";
  const std::string own = acceptor.ticket_id("hotline", "desk-1");
  const std::string foreign = acceptor.ticket_id("open311", "desk-1");
  const auto ticket_of = [this](const Acceptor::Address& address) {
    const auto ticket = acceptor.ticket_of(caller, address);
    const auto* refusal = std::get_if<Refusal>(&ticket);
    return refusal ? refusal->reason : std::get<std::string>(ticket);
  };
  EXPECT_EQ(ticket_of({own, "desk-1"}), own);
  EXPECT_EQ(ticket_of({"", "desk-1"}), own);
  EXPECT_EQ(ticket_of({foreign, "desk-1"}), "not_a_ticket_id");
  EXPECT_EQ(ticket_of({own, ""}), "empty");
  EXPECT_EQ(ticket_of({"nonsense", "desk-1"}), "not_a_ticket_id");
}

TEST_F(AcceptorTest, AMarkIsAnsweredWhenEveryPartitionHasIt) {
  Acceptor replaying(parts(true));
  const auto mark = [&](Instant at) {
    replaying.write_mark(at, trace, [this](const Decided& decided) { answers.push_back(decided); });
  };
  mark(noon);
  ASSERT_EQ(sent.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_TRUE(answers.empty());
    EXPECT_EQ(sent[i].record.key, "@" + std::to_string(i));
    deliver(i);
  }
  EXPECT_EQ(answers.size(), 1U);
  mark(noon - std::chrono::hours{1});
  EXPECT_EQ(std::get<Refusal>(answers[1]).reason, "time_went_back");
  mark(noon);  // A source that did not hear the answer asks again.
  EXPECT_EQ(sent.size(), 8U);
}

TEST_F(AcceptorTest, TicketIdsAreThoseOfTheirChannelAndExternalIdAlone) {
  EXPECT_EQ(acceptor.ticket_id("hotline", "1"), acceptor.ticket_id("hotline", "1"));
  EXPECT_NE(acceptor.ticket_id("hotline", "1"), acceptor.ticket_id("hotline", "2"));
  EXPECT_NE(acceptor.ticket_id("hotline", "1"), acceptor.ticket_id("open311", "1"));
  EXPECT_NE(acceptor.ticket_id("ab", "c"), acceptor.ticket_id("a", "bc"));
}

}  // namespace
}  // namespace paidan::intake
