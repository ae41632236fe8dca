#pragma once
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "client.hpp"
#include "paidan/stream/log.hpp"

namespace paidan::kafka {

/// Looks up, again and again, where the inputs end, and when that was seen; then tells which
/// partitions have been read that far. Looking takes a round trip, so it has a thread of its own.
class EndsWatch {
 public:
  /// The client must outlive this object and read committed records only.
  EndsWatch(rd_kafka_t* client, const Topics& topics, const stream::Clock& clock,
            Milliseconds interval, KafkaProbe& probe);
  EndsWatch(const EndsWatch&) = delete;
  EndsWatch& operator=(const EndsWatch&) = delete;
  ~EndsWatch();

  /// Forgets what was seen and watches these.
  void watch(std::vector<stream::TopicPartition> partitions);

  /// Partitions whose inputs have all been read to an end seen at `as_of`; each end is told once.
  /// `read_to` holds the next offset of each watched one.
  std::vector<stream::CaughtUp> caught_up(const stream::Positions& read_to);

 private:
  struct Seen {
    Instant as_of{};
    std::map<stream::TopicName, NextOffset> ends;
  };
  void run();
  void look(const std::vector<stream::TopicPartition>& partitions, std::uint64_t generation);

  rd_kafka_t* client_;
  const Topics& topics_;
  const stream::Clock& clock_;
  const Milliseconds interval_;
  KafkaProbe& probe_;

  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  std::uint64_t generation_ = 0;  ///< Of watch(); an answer for an older one is dropped.
  std::vector<stream::TopicPartition> partitions_;
  std::map<Partition, Seen> newest_;
  std::map<Partition, Seen> aimed_at_;  ///< Kept until reached, so that a reader with a constant
                                        ///< lag also catches up, with a past instant.
  std::thread thread_;
};

}  // namespace paidan::kafka
