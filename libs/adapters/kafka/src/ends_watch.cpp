#include "ends_watch.hpp"

#include <algorithm>
#include <utility>

#include "offsets.hpp"

namespace paidan::kafka {

namespace {
constexpr Milliseconds look_deadline{2'000};
}

EndsWatch::EndsWatch(rd_kafka_t* client, const Topics& topics, const stream::Clock& clock,
                     Milliseconds interval, KafkaProbe& probe)
    : client_(client), topics_(topics), clock_(clock), interval_(interval), probe_(probe) {
  thread_ = std::thread([this] { run(); });
}

EndsWatch::~EndsWatch() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void EndsWatch::watch(std::vector<stream::TopicPartition> partitions) {
  const std::lock_guard lock(mutex_);
  ++generation_;
  partitions_ = std::move(partitions);
  newest_.clear();
  aimed_at_.clear();
  wake_.notify_all();
}

std::vector<stream::CaughtUp> EndsWatch::caught_up(const stream::Positions& read_to) {
  const std::lock_guard lock(mutex_);
  std::vector<stream::CaughtUp> reached;
  for (auto& [partition, seen] : newest_) {
    const Seen& aim = aimed_at_.try_emplace(partition, seen).first->second;
    const bool all_read = std::all_of(aim.ends.begin(), aim.ends.end(), [&](const auto& end) {
      const auto position = read_to.find({end.first, partition});
      return position != read_to.end() && position->second >= end.second;
    });
    if (!all_read) continue;
    reached.push_back({partition, aim.as_of});
    aimed_at_.erase(partition);
  }
  for (const stream::CaughtUp& told : reached) {
    if (const auto seen = newest_.find(told.partition); seen->second.as_of == told.as_of) {
      newest_.erase(seen);
    }
  }
  return reached;
}

void EndsWatch::run() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    const auto partitions = partitions_;
    const auto generation = generation_;
    if (!partitions.empty()) {
      lock.unlock();
      look(partitions, generation);
      lock.lock();
    }
    wake_.wait_for(lock, interval_, [&] { return ending_ || generation != generation_; });
  }
}

void EndsWatch::look(const std::vector<stream::TopicPartition>& partitions,
                     std::uint64_t generation) {
  // Taken before the question: what was appended until then lies before the answered end.
  const Instant as_of = clock_.now();
  const auto ends = look_up(client_, topics_, partitions, Edge::end, look_deadline);
  if (!ends) {
    probe_.warned(ends.error().what);
    return;
  }
  const std::lock_guard lock(mutex_);
  if (generation != generation_) return;
  newest_.clear();
  for (const auto& [at, end] : *ends) {
    Seen& seen = newest_[at.partition];
    seen.as_of = as_of;
    seen.ends[at.topic] = end;
  }
}

}  // namespace paidan::kafka
