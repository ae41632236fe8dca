#include "simulation.hpp"

#include <array>
#include <set>
#include <utility>

namespace paidan::simulation {

namespace {

namespace toy = testkit::toy;
using stream::Turn;
using testkit::FakeBroker;
using testkit::FakeLog;
using testkit::Fault;
using Random = std::mt19937_64;
using ToyPump = stream::Pump<toy::Decider, toy::Codec>;

constexpr std::int32_t partition_count = 4;
constexpr int members_max = 4;
constexpr int faulty_steps = 300;
constexpr int calm_steps_max = 2'000;

struct Tally : stream::PumpProbe {
  explicit Tally(Report& to) : report(to) {}
  void decided(std::string_view /*key*/, std::string_view /*trace*/, stream::Outcome /*outcome*/,
               std::string_view /*reason*/) override {}
  void dead_lettered(const stream::InRecord& /*record*/, std::string_view /*why*/) override {}
  void committed(std::size_t /*inputs*/, std::size_t /*outputs*/, Instant /*oldest*/) override {}
  void rewound() override { ++report.aborts; }
  void restored(std::size_t /*keys*/, std::int64_t /*read*/, std::int64_t /*expected*/,
                bool complete) override {
    if (complete) ++report.rebalances;
  }
  void stopped(std::string_view /*why*/) override {}
  Report& report;
};

/// The log, with the planted bug between it and the pump.
class PlantedLog : public stream::TransactionalLog {
 public:
  PlantedLog(FakeBroker& broker, testkit::FakeLogConfig config, Plant plant)
      : log_(broker, std::move(config)), plant_(plant) {}

  stream::Polled poll(std::size_t records_max, Milliseconds wait) override {
    auto polled = log_.poll(records_max, wait);
    if (plant_ == Plant::restore_cut_short) return cut_short(std::move(polled));
    if (plant_ == Plant::revocation_overheard) return overhear(std::move(polled));
    return polled;
  }

  stream::Commit commit(std::span<const stream::OutRecord> out,
                        const stream::Positions& upto) override {
    if (plant_ == Plant::position_before_the_mark) {
      auto beyond = upto;
      for (auto& [at, position] : beyond) {
        if (!out.empty() && is_wake(out.back())) position = NextOffset{position.get() + 1};
      }
      return log_.commit(out, beyond);
    }
    const auto result = log_.commit(out, upto);
    const bool abort = result == stream::Commit::rewound;
    return abort && plant_ == Plant::abort_taken_for_done ? stream::Commit::done : result;
  }

 private:
  static bool is_wake(const stream::OutRecord& record) {
    return record.topic == toy::state_topic && record.key.starts_with("@");
  }
  static stream::Polled cut_short(stream::Polled polled) {
    auto* chunk = std::get_if<stream::Snapshots>(&polled);
    if (chunk != nullptr && !chunk->records.empty()) chunk->records.pop_back();
    return polled;
  }
  stream::Polled overhear(stream::Polled polled) {
    if (const auto* gained = std::get_if<stream::Assigned>(&polled)) return without_known(*gained);
    if (std::holds_alternative<stream::Revoked>(polled)) return stream::Batch{};
    if (overheard_ && std::holds_alternative<stream::Snapshots>(polled)) return stream::Batch{};
    return polled;
  }
  stream::Assigned without_known(const stream::Assigned& gained) {
    stream::Assigned fresh;
    for (const Partition partition : gained.partitions) {
      if (known_.insert(partition).second) fresh.partitions.push_back(partition);
    }
    overheard_ = fresh.partitions.empty();
    return fresh;
  }

  FakeLog log_;
  Plant plant_;
  std::set<Partition> known_;
  bool overheard_ = false;
};

/// One process: a log and a pump that die together.
struct Process {
  Process(FakeBroker& broker, const testkit::ManualClock& clock, stream::PumpProbe& probe,
          const std::string& name, Plant plant, stream::PumpLimits limits)
      : log(broker, {"group", name, {toy::input}, toy::state_topic, 7}, plant),
        pump(decider, codec, log, clock, probe, limits) {}
  toy::Decider decider;
  toy::Codec codec;
  PlantedLog log;
  ToyPump pump;
};

stream::OutRecord random_record(Random& random, std::int64_t& time_ms) {
  const std::int32_t partition = static_cast<std::int32_t>(random() % partition_count);
  // Long keys too, so that the table's outside keys take part.
  std::string key = "k" + std::to_string(random() % 6) + "-" + std::to_string(partition);
  if (random() % 4 == 0) key += std::string(30, 'x');
  std::string text;
  switch (random() % 12) {
    case 0:
    case 1:
    case 2:
      text = "add " + std::to_string(random() % 9 + 1);
      break;
    case 3:
    case 4:
    case 5:
      // After every mark so far: the id of a wake names key and due time, so a time that has
      // fired must not come back.
      text = "wake " + std::to_string(time_ms + 1 + static_cast<std::int64_t>(random() % 60));
      break;
    case 6:
      text = "sleep";
      break;
    case 7:
      text = "forget";
      break;
    case 8:
      text = random() % 2 == 0 ? "refuse" : "skip";
      break;
    case 9:
      text = random() % 2 == 0 ? "malformed" : "\xff\xfe";
      break;
    default:
      time_ms += static_cast<std::int64_t>(random() % 40);
      key = stream::partition_key(Partition{partition});
      text = "mark " + std::to_string(time_ms);
  }
  return {toy::input, Partition{partition}, std::move(key), std::move(text), {}};
}

class Run {
 public:
  Run(std::uint64_t seed, Plant plant) : random_(seed), plant_(plant), tally_(report_) {
    limits_.wakes_max = 1 + random_() % 6;
    limits_.records_max = 1 + random_() % 9;
  }

  Report go() {
    for (int step = 0; step < faulty_steps; ++step) disturb();
    calm();
    if (!finish()) {
      report_.complaint = "no liveness: work remains after the faults have ended";
      return report_;
    }
    compare();
    return report_;
  }

 private:
  static std::string name_of(std::size_t index) { return "member-" + std::to_string(index); }

  void start(std::size_t index) {
    processes_[index] =
        std::make_unique<Process>(broker_, clock_, tally_, name_of(index), plant_, limits_);
  }

  void disturb() {
    const std::size_t index = random_() % members_max;
    auto& process = processes_[index];
    switch (random_() % 24) {
      case 0:
      case 1:
      case 2:
        input_.push_back(random_record(random_, time_ms_));
        append(input_.back());
        break;
      case 3:
        if (!process) start(index);
        break;
      case 4:
        crash(index);
        break;
      case 5:
        broker_.expire("group", name_of(index));
        break;
      case 6:
        broker_.fail_next(name_of(index), random_fault());
        break;
      case 7:
        toggle_cork();
        break;
      case 8:
        broker_.compact(toy::state_topic);
        break;
      default:
        turn(index);
    }
  }

  void append(const stream::OutRecord& record) { broker_.append(record); }

  Fault random_fault() {
    constexpr Fault faults[] = {Fault::aborted, Fault::aborted, Fault::crashed_before,
                                Fault::crashed_open, Fault::crashed_after};
    return faults[random_() % std::size(faults)];
  }

  void crash(std::size_t index) {
    if (!processes_[index]) return;
    processes_[index].reset();
    ++report_.crashes;
    if (random_() % 2 == 0) start(index);  // the supervisor was quick
  }

  void toggle_cork() {
    if (corked_) {
      broker_.uncork(*corked_);
      corked_.reset();
      return;
    }
    const stream::TopicName topic = random_() % 2 == 0 ? toy::state_topic : toy::output;
    corked_ = {topic, Partition{static_cast<std::int32_t>(random_() % partition_count)}};
    broker_.cork(*corked_);
  }

  Turn turn(std::size_t index) {
    auto& process = processes_[index];
    if (!process) return Turn::idle;
    clock_.advance(Milliseconds{static_cast<std::int64_t>(random_() % 3)});
    const Turn result = process->pump.turn();
    if (result == Turn::stop) crash(index);
    return result;
  }

  /// Dead processes stay dead and the group learns of it; somebody must be there to work.
  void calm() {
    if (corked_) broker_.uncork(*corked_);
    corked_.reset();
    for (std::size_t index = 0; index < members_max; ++index) {
      broker_.fail_next(name_of(index), Fault::aborted, 0);
      if (processes_[index]) continue;
      broker_.expire("group", name_of(index));
      broker_.time_out(name_of(index));
    }
    start(random_() % members_max);
  }

  bool finish() {
    int idle_rounds = 0;
    for (int step = 0; step < calm_steps_max && idle_rounds < 12; ++step) {
      bool worked = false;
      for (std::size_t index = 0; index < members_max; ++index) {
        if (turn(index) == Turn::idle) continue;
        worked = true;
        if (!processes_[index]) start(index);
      }
      idle_rounds = worked ? 0 : idle_rounds + 1;
    }
    return idle_rounds == 12 && all_consumed(broker_, input_);
  }

  static bool all_consumed(const FakeBroker& broker, const std::vector<stream::OutRecord>& input) {
    std::map<stream::TopicPartition, std::int64_t> ends;
    for (const auto& record : input) ++ends[{record.topic, record.partition}];
    const auto positions = broker.committed_positions("group");
    for (const auto& [at, end] : ends) {
      const auto position = positions.find(at);
      if (position == positions.end() || position->second.get() != end) return false;
    }
    return true;
  }

  /// Outputs of each key in their order. How the wakes of a mark were split over transactions is
  /// the schedule's business, so the counts are left out; their sums are in the states.
  static std::map<std::string, std::vector<std::string>> history(const FakeBroker& broker) {
    std::map<std::string, std::vector<std::string>> by_key;
    for (const stream::TopicName topic : {toy::output, toy::dead_letters}) {
      for (const auto& stored : broker.committed(topic)) {
        const std::string& text = *stored.record.value;
        if (text.starts_with("fired")) continue;
        by_key[stored.record.key].push_back(stored.record.headers.at(0).value + " = " + text);
      }
    }
    return by_key;
  }

  static std::map<std::string, std::string> states(const FakeBroker& broker) {
    std::map<std::string, std::string> by_key;
    for (const auto& [key, stored] : broker.compacted(toy::state_topic)) {
      by_key[key] = *stored.record.value;
    }
    return by_key;
  }

  void compare() {
    FakeBroker calm_broker(partition_count);
    for (const auto& record : input_) calm_broker.append(record);
    Report unused;
    Tally tally(unused);
    Process alone(calm_broker, clock_, tally, "alone", Plant::none, {});
    for (int idle = 0; idle < 3;) idle += alone.pump.turn() == Turn::idle ? 1 : 0;

    std::set<std::string> ids;
    for (const auto& stored : broker_.committed(toy::output)) {
      const std::string& id = stored.record.headers.at(0).value;
      if (!ids.insert(id).second) complain("twice: " + id);
      report_.wakes += id.starts_with("wake/") ? 1 : 0;
    }
    report_.outputs = ids.size();
    compare_maps(history(calm_broker), history(broker_), "history");
    compare_maps(states(calm_broker), states(broker_), "state");
    std::map<std::string, std::string> in_memory;
    for (const auto& process : processes_) {
      if (!process) continue;
      process->pump.for_each(
          [&](Partition partition, std::string_view key, const toy::State& state) {
            in_memory[std::string(key)] = *toy::Codec{}.snapshot(key, partition, state).value;
          });
    }
    compare_maps(states(calm_broker), in_memory, "memory");
  }

  template <class Map>
  void compare_maps(const Map& wanted, const Map& found, const std::string& what) {
    for (const auto& [key, value] : wanted) {
      const auto other = found.find(key);
      if (other != found.end() && other->second == value) continue;
      std::string where = what;
      where.append(" of ").append(key);
      complain(where.append(other == found.end() ? " is missing" : " differs"));
    }
    if (found.size() > wanted.size()) complain(what + " has more keys than it should");
  }

  void complain(std::string what) {
    if (!report_.complaint) report_.complaint = std::move(what);
  }

  Random random_;
  Plant plant_;
  Report report_;
  Tally tally_;
  stream::PumpLimits limits_;
  FakeBroker broker_{partition_count};
  testkit::ManualClock clock_;
  std::int64_t time_ms_ = 1'000;
  std::vector<stream::OutRecord> input_;
  std::optional<stream::TopicPartition> corked_;
  std::array<std::unique_ptr<Process>, members_max> processes_;
};

}  // namespace

Report simulate(std::uint64_t seed, Plant plant) { return Run(seed, plant).go(); }

}  // namespace paidan::simulation
