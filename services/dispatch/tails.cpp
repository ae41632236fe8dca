#include "dispatch/tails.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include "paidan/contract/topics.hpp"
#include "paidan/runtime/log.hpp"

namespace paidan::dispatch {
namespace {

namespace log = runtime::log;

constexpr Milliseconds poll_wait{50};
constexpr std::size_t records_per_poll = 1'000;
constexpr Milliseconds admin_max{3'000};
constexpr std::chrono::seconds keep_alive_interval{10};

/// Opens the tail, trying again while no broker answers; null when asked to stop.
std::unique_ptr<kafka::Tail> open(const kafka::TailConfig& config, kafka::KafkaProbe& probe,
                                  const std::stop_token& stop, runtime::Heartbeat& heartbeat) {
  while (!stop.stop_requested()) {
    heartbeat.tick();
    auto tail = kafka::Tail::open(config, probe);
    if (tail) return std::move(tail).value();
    log::warn("tail", "cannot read yet", {log::text("why", tail.error().what)});
  }
  return nullptr;
}

/// Polls until asked to stop; `each` sees every round, also an empty one.
template <class Each>
runtime::WorkerEnd read(kafka::Tail& tail, runtime::Condition& ready, const std::stop_token& stop,
                        runtime::Heartbeat& heartbeat, Each each) {
  ready.set(true);
  while (!stop.stop_requested()) {
    heartbeat.tick();
    auto tailed = tail.poll(records_per_poll, poll_wait);
    if (!tailed) {
      log::error("tail", "reading ended", {log::text("why", tailed.error().what)});
      return runtime::WorkerEnd::fatal;
    }
    each(tailed->records);
  }
  ready.set(false);
  return runtime::WorkerEnd::stop;
}

void unreadable(const stream::InRecord& record) {
  log::warn(
      "tail", "a record cannot be read and is passed over",
      {log::topic(record.topic), log::partition(record.partition), log::offset(record.offset)});
}

/// Offsets of `lifecycle`, `records_before` before its end; nothing when asked to stop.
std::optional<stream::Positions> feed_start(const TailParts& parts, std::size_t records_before,
                                            const std::stop_token& stop,
                                            runtime::Heartbeat& heartbeat) {
  while (!stop.stop_requested()) {
    heartbeat.tick();
    auto admin = kafka::Admin::open(parts.connection, parts.probe);
    if (!admin) continue;
    const auto marks = (*admin)->watermarks(contract::topic::lifecycle, admin_max);
    if (!marks) {
      log::warn("tail", "cannot look at lifecycle yet", {log::text("why", marks.error().what)});
      continue;
    }
    const auto each = static_cast<std::int64_t>(records_before / marks->size());
    stream::Positions start;
    for (const auto& [partition, mark] : *marks) {
      start[{contract::topic::lifecycle, partition}] =
          NextOffset{std::max(mark.low.get(), mark.high.get() - each)};
    }
    return start;
  }
  return std::nullopt;
}

FeedPosition feed_position(const stream::Positions& start) {
  FeedPosition position(start.size());
  for (const auto& [at, next] : start) {
    position.at(static_cast<std::size_t>(at.partition.get())) = next.get();
  }
  return position;
}

}  // namespace

runtime::WorkerLoop read_replies(TailParts parts, Partition partition, CommandDesk& desk) {
  return [parts = std::move(parts), partition, &desk](const std::stop_token& stop,
                                                      runtime::Heartbeat& heartbeat) {
    kafka::TailConfig config;
    config.connection = parts.connection;
    config.only = {{contract::topic::replies, partition}};
    const auto tail = open(config, parts.probe, stop, heartbeat);
    if (tail == nullptr) return runtime::WorkerEnd::stop;
    return read(*tail, parts.ready, stop, heartbeat, [&](const auto& records) {
      for (const stream::InRecord& record : records) {
        if (!desk.ingest(record)) unreadable(record);
      }
      desk.expire(std::chrono::steady_clock::now());
    });
  };
}

runtime::WorkerLoop read_feed(TailParts parts, std::size_t records_before, Feed& feed,
                              Texts& texts) {
  return [parts = std::move(parts), records_before, &feed, &texts](const std::stop_token& stop,
                                                                   runtime::Heartbeat& heartbeat) {
    const auto start = feed_start(parts, records_before, stop, heartbeat);
    if (!start) return runtime::WorkerEnd::stop;
    kafka::TailConfig config;
    config.connection = parts.connection;
    config.topics = {contract::topic::lifecycle, contract::topic::submissions};
    config.start = *start;
    const auto tail = open(config, parts.probe, stop, heartbeat);
    if (tail == nullptr) return runtime::WorkerEnd::stop;
    feed.begin(feed_position(*start));
    auto told_at = std::chrono::steady_clock::now();
    return read(*tail, parts.ready, stop, heartbeat, [&](const auto& records) {
      for (const stream::InRecord& record : records) {
        if (record.topic == contract::topic::submissions) {
          texts.ingest(record);
        } else if (!feed.ingest(record)) {
          unreadable(record);
        }
      }
      const auto now = std::chrono::steady_clock::now();
      if (now - told_at < keep_alive_interval) return;
      told_at = now;
      feed.keep_alive();
    });
  };
}

}  // namespace paidan::dispatch
