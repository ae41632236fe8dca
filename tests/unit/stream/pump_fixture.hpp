#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "paidan/stream/pump.hpp"
#include "paidan/testkit/fake_broker.hpp"
#include "paidan/testkit/manual_clock.hpp"
#include "paidan/testkit/toy_stage.hpp"

namespace paidan::stream {

namespace toy = testkit::toy;

/// Remembers what the pump said of itself.
struct RecordingProbe : PumpProbe {
  void decided(std::string_view key, std::string_view trace, Outcome outcome,
               std::string_view /*reason*/) override {
    decisions.push_back(std::string(key) + " " + std::string(to_string(outcome)));
    traceparents.emplace_back(trace);
  }
  void dead_lettered(const InRecord& /*record*/, std::string_view why) override {
    letters.emplace_back(why);
  }
  void committed(std::size_t inputs, std::size_t /*outputs*/, Instant oldest) override {
    commits.push_back(inputs);
    oldest_input = oldest;
  }
  void rewound() override { ++rewinds; }
  void restored(std::size_t keys, std::int64_t /*read*/, std::int64_t /*expected*/,
                bool complete) override {
    restored_keys = keys;
    ready = complete;
  }
  void stopped(std::string_view why) override { stop = why; }

  std::vector<std::string> decisions;
  std::vector<std::string> traceparents;
  std::vector<std::string> letters;
  std::vector<std::size_t> commits;
  Instant oldest_input{};
  int rewinds = 0;
  std::size_t restored_keys = 0;
  bool ready = false;
  std::string stop;
};

/// A pump of the toy decider on a broker in memory with two partitions.
class PumpFixture : public testing::Test {
 protected:
  using ToyPump = Pump<toy::Decider, toy::Codec>;

  void start(PumpLimits limits = {}, bool tells_caught_up = false) {
    pump_.reset();
    probe_.ready = false;
    log_ = std::make_unique<testkit::FakeLog>(
        broker_, testkit::FakeLogConfig{"group",
                                        "member",
                                        {toy::input},
                                        toy::state_topic,
                                        100,
                                        tells_caught_up ? &clock_ : nullptr});
    pump_ = std::make_unique<ToyPump>(decider_, codec_, *log_, clock_, probe_, limits);
    while (!probe_.ready && probe_.stop.empty()) pump_->turn();
  }
  void append(std::string key, std::string value, std::int32_t partition = 0) {
    broker_.append({toy::input, Partition{partition}, std::move(key), std::move(value), {}},
                   from_unix_ms(5));
  }
  /// Turns until nothing comes any more; how many turns did something.
  int run() {
    int worked = 0;
    while (true) {
      const Turn turn = pump_->turn();
      if (turn != Turn::worked) return worked;
      ++worked;
    }
  }
  /// `key: text` of each committed output.
  std::vector<std::string> outputs(TopicName topic = toy::output) const {
    std::vector<std::string> all;
    for (const auto& stored : broker_.committed(topic)) {
      all.push_back(stored.record.key + ": " + stored.record.value.value_or("(none)"));
    }
    return all;
  }
  std::vector<std::string> ids() const {
    std::vector<std::string> all;
    for (const auto& stored : broker_.committed(toy::output)) {
      all.push_back(stored.record.headers.at(0).value);
    }
    return all;
  }

  testkit::FakeBroker broker_{2};
  testkit::ManualClock clock_{from_unix_ms(100)};
  toy::Decider decider_;
  toy::Codec codec_;
  RecordingProbe probe_;
  std::unique_ptr<testkit::FakeLog> log_;
  std::unique_ptr<ToyPump> pump_;
};

}  // namespace paidan::stream
