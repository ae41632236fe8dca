#pragma once
#include "paidan/kafka/probe.hpp"
#include "paidan/runtime/service.hpp"

namespace paidan::intake {

/// Adds a worker that meets the condition "topics" once `submissions` and `subjects` are there with
/// `kafka.partitions` partitions. Another count is fatal: a ticket would land on a partition on
/// which nobody looks for it. `probe` must outlive the life cycle.
void add_topics_check(runtime::Service& service, kafka::KafkaProbe& probe);

}  // namespace paidan::intake
