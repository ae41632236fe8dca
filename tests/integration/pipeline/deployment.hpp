#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "paidan/stream/record.hpp"
#include "paidan/testkit/deployment.hpp"

namespace paidan::pipeline {

using testkit::Deployment;

/// A record, copied out of its batch.
struct Logged {
  stream::TopicName topic;
  Partition partition;
  std::int64_t offset = 0;
  std::string key;
  std::optional<std::string> value;
  std::map<std::string, std::string> headers;
};

/// All services of a Shanghai deployment, ready. Null after a failure, which says why.
std::unique_ptr<Deployment> start_deployment();

/// Starts it again and waits until it is ready.
bool run(Deployment& deployment, const std::string& service);

/// Every committed record of the topic, up to its present end.
std::vector<Logged> read(Deployment& deployment, stream::TopicName topic);
/// Appends a record as a foreign producer could.
bool append(Deployment& deployment, stream::OutRecord record);

}  // namespace paidan::pipeline
