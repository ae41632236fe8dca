#include "restore.hpp"

#include <limits>
#include <utility>

namespace paidan::kafka {

namespace {
constexpr std::size_t chunk_records_max = 100'000;
}

Result<std::unique_ptr<Restore>, Error> Restore::open(const LogConfig& config,
                                                      const std::set<Partition>& partitions,
                                                      KafkaProbe& probe) {
  TailConfig tail;
  tail.connection = config.connection;
  for (const Partition partition : partitions) tail.only.push_back({*config.state, partition});
  tail.from = TailConfig::From::beginning;
  tail.stop_at_end = true;
  tail.fetch_queue_bytes = config.fetch_queue_bytes;
  auto opened = Tail::open(std::move(tail), probe);
  if (!opened) return opened.error();
  return std::unique_ptr<Restore>(new Restore(config, std::move(opened).value()));
}

Restore::Restore(const LogConfig& config, std::unique_ptr<Tail> tail)
    : config_(config),
      tail_(std::move(tail)),
      begin_(std::chrono::steady_clock::now()),
      progress_(begin_) {
  for (const auto& [at, end] : tail_->ends_at_open()) {
    expected_total_ += end.get() - tail_->positions().at(at).get();
  }
}

Result<stream::Snapshots, Error> Restore::step(Milliseconds wait) {
  auto tailed = tail_->poll(chunk_records_max, wait, config_.restore_chunk_bytes);
  if (!tailed) return tailed.error();
  const auto now = std::chrono::steady_clock::now();
  finished_ = tailed->finished;
  if (!tailed->records.empty()) progress_ = now;
  if (!finished_ && now - progress_ > config_.restore_stall_max) {
    return Error{ErrorKind::timed_out,
                 "restore: no progress; an open transaction holds the state topic back, or its end "
                 "was cut off"};
  }
  for (const stream::InRecord& record : tailed->records) with_state_.insert(record.partition);
  read_total_ += static_cast<std::int64_t>(tailed->records.size());
  return stream::Snapshots{std::move(tailed->records), std::move(tailed->owner), read_total_,
                           expected_total_};
}

Milliseconds Restore::took() const {
  return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - begin_);
}

}  // namespace paidan::kafka
