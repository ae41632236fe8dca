#include <gtest/gtest.h>

#include "member.hpp"
#include "paidan/testkit/fake_broker.hpp"
#include "world.hpp"

namespace paidan::conformance {

namespace {

std::string name_of(int ordinal) { return "member-" + std::to_string(ordinal); }

class FakeDistantMember : public DistantMember {
 public:
  FakeDistantMember(testkit::FakeBroker& broker, std::unique_ptr<stream::TransactionalLog> log,
                    int ordinal)
      : broker_(broker), log_(std::move(log)), member_(*log_), ordinal_(ordinal) {}
  bool take_batch() override { return member_.until_held(1); }
  void freeze() override { broker_.expire("group", name_of(ordinal_)); }
  void thaw() override {}
  stream::Commit commit() override { return member_.commit_copies(); }

 private:
  testkit::FakeBroker& broker_;
  std::unique_ptr<stream::TransactionalLog> log_;
  Member member_;
  int ordinal_;
};

class FakeWorld : public World {
 public:
  std::unique_ptr<stream::TransactionalLog> join(int ordinal) override {
    return std::make_unique<testkit::FakeLog>(
        broker_, testkit::FakeLogConfig{
                     "group", name_of(ordinal), {input, second_input}, state, 100, &clock});
  }
  std::unique_ptr<DistantMember> join_from_afar(int ordinal) override {
    return std::make_unique<FakeDistantMember>(broker_, join(ordinal), ordinal);
  }
  void append(stream::OutRecord record) override { broker_.append(std::move(record), clock.now()); }
  std::vector<Seen> committed(stream::TopicName topic) override {
    std::vector<Seen> all;
    for (testkit::Stored& stored : broker_.committed(topic)) {
      all.push_back({stored.offset, std::move(stored.record)});
    }
    return all;
  }
  void leave_open(int ordinal, const std::vector<stream::OutRecord>& records) override {
    const auto log = join(ordinal);
    Member member(*log);
    ASSERT_TRUE(member.until_ready());
    broker_.fail_next(name_of(ordinal), testkit::Fault::crashed_open);
    ASSERT_EQ(member.commit(records), stream::Commit::fenced);
  }
  void cork(stream::TopicPartition at) override {
    corked_ = at;
    broker_.cork(at);
  }
  void uncork() override { broker_.uncork(corked_); }

 private:
  testkit::FakeBroker broker_{partition_count};
  stream::TopicPartition corked_{};
};

}  // namespace

std::unique_ptr<World> make_world() { return std::make_unique<FakeWorld>(); }

}  // namespace paidan::conformance
