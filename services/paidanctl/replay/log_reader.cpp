#include "paidanctl/replay/log_reader.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace paidan::ctl {

namespace {

constexpr std::size_t records_max = 2'000;
constexpr Milliseconds poll_wait{50};
constexpr std::array<stream::TopicName, 4> topics_of_figures{"lifecycle", "sla", "matches",
                                                             "deadletters"};
constexpr std::array<stream::TopicName, 4> topics_between{"submissions", "classified", "sightings",
                                                          "links"};
/// Written without transactions, so no control record ends it.
constexpr std::string_view plain_topic = "submissions";

struct StageTopics {
  const char* group;
  std::vector<stream::TopicName> topics;
};
/// DESIGN section 1. Commands are not here: each is answered after it was decided.
const std::array<StageTopics, 4>& stage_topics() {
  static const std::array<StageTopics, 4> stages{
      {{"classification", {"submissions"}},
       {"clusters", {"sightings"}},
       {"dispatch", {"classified", "matches", "links", "sla"}},
       {"sla_monitor", {"lifecycle"}}}};
  return stages;
}

Milliseconds left_until(std::chrono::steady_clock::time_point deadline) {
  const auto left = deadline - std::chrono::steady_clock::now();
  return std::max(Milliseconds{1}, std::chrono::duration_cast<Milliseconds>(left));
}

}  // namespace

Result<std::unique_ptr<LogReader>, Trouble> LogReader::open(const kafka::Connection& connection,
                                                            Scope scope, EventQueue& events) {
  std::unique_ptr<LogReader> reader(new LogReader(scope, events));
  if (auto connected = reader->connect(connection, scope); !connected) return connected.error();
  reader->thread_ = std::thread([raw = reader.get()] { raw->run(); });
  return reader;
}

Result<Unit, Trouble> LogReader::connect(const kafka::Connection& connection, Scope scope) {
  kafka::TailConfig config;
  config.connection = connection;
  config.topics.assign(topics_of_figures.begin(), topics_of_figures.end());
  config.from = kafka::TailConfig::From::beginning;
  if (scope == Scope::all) {
    config.topics.insert(config.topics.end(), topics_between.begin(), topics_between.end());
    for (const StageTopics& stage : stage_topics()) {
      auto backlog = kafka::Backlog::open(connection, stage.group, stage.topics, *probe_);
      if (!backlog) return Trouble{backlog.error().what};
      stages_.push_back(std::move(backlog).value());
    }
  }
  auto all = kafka::Backlog::open(connection, "reader", config.topics, *probe_);
  if (!all) return Trouble{all.error().what};
  all_ = std::move(all).value();
  auto tail = kafka::Tail::open(std::move(config), *probe_);
  if (!tail) return Trouble{tail.error().what};
  tail_ = std::move(tail).value();
  partition_count_ = static_cast<std::int32_t>(std::ranges::count_if(
      tail_->positions(), [](const auto& at) { return at.first.topic == "lifecycle"; }));
  return Unit{};
}

LogReader::~LogReader() { stop(); }

const Observer& LogReader::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
  return observer_;
}

void LogReader::run() {
  while (!stopping_) {
    auto tailed = tail_->poll(records_max, poll_wait);
    if (!tailed) {
      events_.put(ClientFailed{"reading the log: " + tailed.error().what});
      return;
    }
    if (tailed->records.empty() && tailed->ends.empty()) continue;
    {
      const std::scoped_lock lock(mutex_);
      for (const auto& record : tailed->records) {
        for (auto& notice : observer_.observe(record)) events_.put(std::move(notice));
        read_[{record.topic, record.partition}] = NextOffset{record.offset + 1};
      }
      for (const auto& [place, end] : tailed->ends) ends_[place] = end;
      breaches_ = observer_.breaches();
    }
    moved_.notify_all();
  }
}

/// An end is told only after an empty fetch. Before that, one offset that is left of a topic with
/// transactions is the marker of the last one: there is one writer, and it is committed.
bool LogReader::has_read(const stream::TopicPartition& place, NextOffset end) const {
  if (end.get() == 0) return true;
  if (const auto found = ends_.find(place); found != ends_.end() && found->second >= end) {
    return true;
  }
  const auto found = read_.find(place);
  if (found == read_.end()) return false;
  const std::int64_t markers = place.topic == plain_topic ? 0 : 1;
  return found->second.get() + markers >= end.get();
}

Result<Unit, Trouble> LogReader::read_to(const stream::Positions& ends,
                                         Clock::time_point deadline) {
  for (const auto& [place, end] : ends) {
    std::unique_lock lock(mutex_);
    const auto reached = [&, place = place, end = end] { return has_read(place, end); };
    if (!moved_.wait_until(lock, deadline, reached)) {
      return Trouble{"the log could not be read to its end: " + std::string(place.topic)};
    }
  }
  return Unit{};
}

Result<stream::Positions, Trouble> LogReader::ends(Clock::time_point deadline) {
  auto ends = all_->ends(left_until(deadline));
  if (!ends) return Trouble{"the ends of the log: " + ends.error().what};
  return std::move(ends).value();
}

Result<Unit, Trouble> LogReader::catch_up(Milliseconds deadline) {
  const auto until = Clock::now() + deadline;
  auto wanted = ends(until);
  if (!wanted) return wanted.error();
  return read_to(*wanted, until);
}

Result<bool, Trouble> LogReader::is_taken_in(Clock::time_point deadline) {
  for (const auto& backlog : stages_) {
    const auto committed = backlog->committed(left_until(deadline));
    if (!committed) return Trouble{committed.error().what};
    const std::scoped_lock lock(mutex_);
    for (const auto& [place, position] : *committed) {
      const auto read = read_.find(place);
      if (read != read_.end() && position < read->second) return false;
    }
  }
  return true;
}

/// What a stage writes is committed together with its positions: when all positions stand at the
/// ends, and the ends are still the same afterwards, nothing can follow by itself.
Result<Unit, Trouble> LogReader::wait_until_at_rest(Milliseconds deadline) {
  const auto until = Clock::now() + deadline;
  while (Clock::now() < until) {
    const auto before = ends(until);
    if (!before) return before.error();
    if (auto read = read_to(*before, until); !read) return read.error();
    const auto taken_in = is_taken_in(until);
    if (!taken_in) return taken_in.error();
    if (!*taken_in) continue;
    const auto after = ends(until);
    if (!after) return after.error();
    if (*after == *before) return Unit{};
  }
  return Trouble{"the stages did not come to rest"};
}

Charge LogReader::charge_of(const std::string& ticket_id) const {
  const std::scoped_lock lock(mutex_);
  const auto found = observer_.tickets().find(ticket_id);
  return found == observer_.tickets().end() ? Charge{} : found->second.charge;
}

bool LogReader::needs_person(const std::string& ticket_id) const {
  const std::scoped_lock lock(mutex_);
  const auto found = observer_.tickets().find(ticket_id);
  return found != observer_.tickets().end() && found->second.needs_person;
}

bool LogReader::owes_until(Instant time) const {
  const std::scoped_lock lock(mutex_);
  return observer_.owes_until(time);
}

}  // namespace paidan::ctl
