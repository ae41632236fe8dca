#pragma once
#include <memory>
#include <string>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"
#include "paidan/kafka/connection.hpp"
#include "paidan/kafka/error.hpp"
#include "paidan/kafka/probe.hpp"
#include "paidan/stream/record.hpp"

namespace paidan::kafka {

/// How far one consumer group has come, as an outsider sees it: asked for, never joined. Not
/// thread-safe.
class Backlog {
 public:
  /// `group` without the prefix, e.g. "dispatch". The topics must exist.
  static Result<std::unique_ptr<Backlog>, Error> open(Connection connection,
                                                      const std::string& group,
                                                      std::vector<stream::TopicName> topics,
                                                      KafkaProbe& probe,
                                                      Milliseconds deadline = Milliseconds{10'000});
  Backlog(const Backlog&) = delete;
  Backlog& operator=(const Backlog&) = delete;
  ~Backlog();

  /// What the group has committed, for every partition of the topics; 0 where it never has. Waits
  /// for transactions that are being committed.
  Result<stream::Positions, Error> committed(Milliseconds deadline);
  /// The ends of the same partitions, of committed records (last stable offsets).
  Result<stream::Positions, Error> ends(Milliseconds deadline);

 private:
  class Impl;
  explicit Backlog(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace paidan::kafka
