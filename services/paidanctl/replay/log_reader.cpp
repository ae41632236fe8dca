#include "paidanctl/replay/log_reader.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace paidan::ctl {

namespace {
constexpr std::size_t records_max = 2'000;
constexpr Milliseconds poll_wait{50};
constexpr std::array<stream::TopicName, 3> observed_topics{"lifecycle", "sla", "deadletters"};
}  // namespace

Result<std::unique_ptr<LogReader>, Trouble> LogReader::open(kafka::Connection connection,
                                                            EventQueue& events) {
  auto probe = std::make_unique<kafka::SilentProbe>();
  auto admin = kafka::Admin::open(connection, *probe);
  if (!admin) return Trouble{admin.error().what};
  const auto watermarks = (*admin)->watermarks("lifecycle", Milliseconds{10'000});
  if (!watermarks) return Trouble{"topic lifecycle: " + watermarks.error().what};
  kafka::TailConfig config;
  config.connection = std::move(connection);
  config.topics.assign(observed_topics.begin(), observed_topics.end());
  config.from = kafka::TailConfig::From::beginning;
  auto tail = kafka::Tail::open(std::move(config), *probe);
  if (!tail) return Trouble{tail.error().what};
  return std::unique_ptr<LogReader>(new LogReader(std::move(admin).value(), std::move(tail).value(),
                                                  static_cast<std::int32_t>(watermarks->size()),
                                                  events, std::move(probe)));
}

LogReader::LogReader(std::unique_ptr<kafka::Admin> admin, std::unique_ptr<kafka::Tail> tail,
                     std::int32_t partition_count, EventQueue& events,
                     std::unique_ptr<kafka::SilentProbe> probe)
    : probe_(std::move(probe)),
      admin_(std::move(admin)),
      tail_(std::move(tail)),
      partition_count_(partition_count),
      events_(events),
      thread_([this] { run(); }) {}

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
    for (const auto& record : tailed->records) {
      for (auto& notice : observer_.observe(record)) events_.put(std::move(notice));
    }
    breaches_ = observer_.breaches();
    if (tailed->ends.empty()) continue;
    {
      const std::scoped_lock lock(mutex_);
      for (const auto& [place, end] : tailed->ends) ends_[place] = end;
    }
    moved_.notify_all();
  }
}

Result<Unit, Trouble> LogReader::catch_up(Milliseconds deadline) {
  const auto until = std::chrono::steady_clock::now() + deadline;
  for (const stream::TopicName topic : observed_topics) {
    const auto marks = admin_->watermarks(topic, deadline);
    if (!marks) {
      return Trouble{"watermarks of " + std::string(topic) + ": " + marks.error().what};
    }
    for (const auto& [partition, watermark] : *marks) {
      std::unique_lock lock(mutex_);
      const auto reached = [&, place = stream::TopicPartition{topic, partition},
                            end = watermark.high] {
        const auto found = ends_.find(place);
        return end.get() == 0 || (found != ends_.end() && found->second >= end);
      };
      if (!moved_.wait_until(lock, until, reached)) {
        return Trouble{"the log could not be read to its end: " + std::string(topic)};
      }
    }
  }
  return Unit{};
}

}  // namespace paidan::ctl
