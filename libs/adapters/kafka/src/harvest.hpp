#pragma once
#include <cstddef>
#include <memory>
#include <vector>

#include "client.hpp"
#include "paidan/stream/record.hpp"

namespace paidan::kafka {

/// Collects consumed messages and gives them out as records whose views point into them.
class Harvest {
 public:
  explicit Harvest(const Topics& topics) : topics_(topics) {}

  /// Takes the message. False if its topic is none of ours.
  bool add(Owned<rd_kafka_message_t> message);
  bool empty() const { return records_.empty(); }
  std::size_t size() const { return records_.size(); }
  std::size_t bytes() const { return bytes_; }

  /// The records so far, and what keeps them alive; starts anew.
  std::vector<stream::InRecord> take_records() { return std::move(records_); }
  stream::Owner take_owner();

 private:
  using Messages = std::vector<Owned<rd_kafka_message_t>>;

  const Topics& topics_;
  const rd_kafka_topic_t* last_topic_ = nullptr;  ///< Runs of one topic need one look-up.
  stream::TopicName last_name_;
  std::vector<stream::InRecord> records_;
  Messages messages_;
  std::size_t bytes_ = 0;
};

}  // namespace paidan::kafka
