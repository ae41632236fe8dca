#include "paidanctl/whatif/rerun.hpp"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "paidan/contract/topics.hpp"
#include "paidan/kafka/admin.hpp"
#include "paidan/kafka/tail.hpp"

namespace paidan::ctl {

namespace {

namespace topic = contract::topic;

constexpr std::size_t records_max = 5'000;
constexpr Milliseconds poll_wait{200};
constexpr Milliseconds admin_deadline{10'000};

/// Calls `visit` for every record of one partition of these topics that is there now.
template <class Visit>
std::optional<Trouble> read_partition(const kafka::Connection& connection,
                                      std::vector<stream::TopicPartition> partitions, Visit visit) {
  kafka::SilentProbe probe;
  kafka::TailConfig config;
  config.connection = connection;
  config.only = std::move(partitions);
  config.from = kafka::TailConfig::From::beginning;
  config.stop_at_end = true;
  auto opened = kafka::Tail::open(std::move(config), probe);
  if (!opened) return Trouble{"reading the log: " + opened.error().what};
  while (true) {
    const auto tailed = (*opened)->poll(records_max, poll_wait);
    if (!tailed) return Trouble{"reading the log: " + tailed.error().what};
    for (const auto& record : tailed->records) {
      if (auto trouble = visit(record)) return trouble;
    }
    if (tailed->finished) return std::nullopt;
  }
}

class Worker {
 public:
  Worker(const RerunPlan& plan, std::int32_t partition_count, std::atomic<std::uint64_t>& decided)
      : plan_(plan), partition_count_(partition_count), decided_(decided) {}

  Result<PartitionResult, Trouble> run(Partition partition) {
    PartitionHistory history(plan_.range, partition_count_);
    auto trouble = read_partition(
        plan_.connection, {{topic::lifecycle, partition}},
        [&](const stream::InRecord& record) { return take_lifecycle(history, record); });
    if (!trouble && history.size() > 0) {
      trouble = read_partition(plan_.connection,
                               {{topic::classified, partition},
                                {topic::commands, partition},
                                {topic::matches, partition},
                                {topic::links, partition}},
                               [&](const stream::InRecord& record) {
                                 history.take_input(record);
                                 return std::optional<Trouble>();
                               });
    }
    if (trouble) return std::move(*trouble);
    return decide(history);
  }

 private:
  static std::optional<Trouble> take_lifecycle(PartitionHistory& history,
                                               const stream::InRecord& record) {
    history.take_lifecycle(record);
    if (history.size() <= PartitionHistory::tickets_max) return std::nullopt;
    return Trouble{"more than " + std::to_string(PartitionHistory::tickets_max) +
                   " tickets of one partition are in the range: choose a shorter one"};
  }

  PartitionResult decide(PartitionHistory& history) {
    PartitionResult out;
    out.first_opened_at = history.first_opened_at();
    out.last_opened_at = history.last_opened_at();
    out.horizon = history.last_mark_at();
    const Instant horizon = out.horizon.value_or(plan_.range.to - Milliseconds{1});
    while (auto logged = history.next()) {
      decide(*logged, horizon, out);
      ++decided_;
    }
    out.summary.unreadable = history.unreadable();
    return out;
  }

  void decide(const LoggedTicket& logged, Instant horizon, PartitionResult& out) {
    const bool known =
        plan_.before != nullptr && logged.rules_version == plan_.before->rules_version;
    out.other_versions += known ? 0 : 1;
    std::vector<domain::LifecycleFact> facts;
    for (const whatif::Happening& happening : logged.ticket.happenings) {
      facts.insert(facts.end(), happening.facts.begin(), happening.facts.end());
    }
    whatif::Again again = whatif::decide_by(*plan_.pack, logged.ticket, horizon);
    const whatif::Outcome then = whatif::outcome_of(facts, horizon);
    const whatif::Outcome now = whatif::outcome_of(again.facts, horizon);
    whatif::Difference difference =
        whatif::compare(then, now, known ? &plan_.before->calendar : nullptr, plan_.pack->calendar);
    whatif::add(out.summary, then, now, difference, again);
    if (difference.empty() && again.refused.empty()) return;
    out.changed.push_back(
        {logged.ticket.id.get(), std::move(difference), std::move(again.refused)});
  }

  const RerunPlan& plan_;
  std::int32_t partition_count_;
  std::atomic<std::uint64_t>& decided_;
};

/// Partitions are handed out in order, and taken in order; one that is done waits for its turn.
class Line {
 public:
  Line(std::int32_t count, std::size_t ahead_max) : count_(count), ahead_max_(ahead_max) {}

  /// The next partition to work on; nothing: no more. Waits while too many are done and not taken.
  std::optional<Partition> draw() {
    std::unique_lock lock(mutex_);
    moved_.wait(lock, [&] {
      return stopped_ || drawn_ == count_ ||
             drawn_ < taken_ + static_cast<std::int32_t>(ahead_max_);
    });
    if (stopped_ || drawn_ == count_) return std::nullopt;
    return Partition{drawn_++};
  }
  void put(Partition partition, Result<PartitionResult, Trouble> result) {
    {
      const std::scoped_lock lock(mutex_);
      done_.emplace(partition.get(), std::move(result));
    }
    moved_.notify_all();
  }
  Result<PartitionResult, Trouble> take() {
    std::unique_lock lock(mutex_);
    moved_.wait(lock, [&] { return done_.contains(taken_); });
    auto node = done_.extract(taken_++);
    lock.unlock();
    moved_.notify_all();
    return std::move(node.mapped());
  }
  void stop() {
    {
      const std::scoped_lock lock(mutex_);
      stopped_ = true;
    }
    moved_.notify_all();
  }

 private:
  const std::int32_t count_;
  const std::size_t ahead_max_;
  std::mutex mutex_;
  std::condition_variable moved_;
  std::int32_t drawn_ = 0;
  std::int32_t taken_ = 0;
  bool stopped_ = false;
  std::map<std::int32_t, Result<PartitionResult, Trouble>> done_;
};

Result<std::int32_t, Trouble> partitions_of_log(const kafka::Connection& connection) {
  kafka::SilentProbe probe;
  auto admin = kafka::Admin::open(connection, probe);
  if (!admin) return Trouble{admin.error().what};
  const auto marks = (*admin)->watermarks(topic::lifecycle, admin_deadline);
  if (!marks) return Trouble{"topic lifecycle: " + marks.error().what};
  return static_cast<std::int32_t>(marks->size());
}

}  // namespace

Result<Unit, Trouble> rerun(const RerunPlan& plan, std::atomic<std::uint64_t>& decided,
                            const std::function<void(PartitionResult)>& take) {
  const auto count = partitions_of_log(plan.connection);
  if (!count) return count.error();
  Line line(*count, plan.workers + 1);
  std::vector<std::jthread> workers;
  for (std::size_t i = 0; i < plan.workers; ++i) {
    workers.emplace_back([&] {
      Worker worker(plan, *count, decided);
      while (const auto partition = line.draw()) line.put(*partition, worker.run(*partition));
    });
  }
  for (std::int32_t partition = 0; partition < *count; ++partition) {
    auto result = line.take();
    if (!result) {
      line.stop();
      return std::move(result).error();
    }
    take(std::move(result).value());
  }
  return Unit{};
}

}  // namespace paidan::ctl
