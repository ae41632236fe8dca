#include "paidan/stage/observe.hpp"

#include "paidan/runtime/log.hpp"

namespace paidan::stage {
namespace {

namespace log = runtime::log;
constexpr std::string_view kafka_logger = "kafka";
constexpr std::string_view pump_logger = "pump";

}  // namespace

void ObservedKafka::committed(std::chrono::microseconds took, std::size_t /*records*/) {
  metrics_.committed(took);
}

void ObservedKafka::aborted(std::string_view why) {
  metrics_.aborted();
  log::warn(kafka_logger, "a transaction was aborted", {log::text("why", why)});
}

void ObservedKafka::assigned(std::size_t partitions) {
  metrics_.assigned(partitions);
  log::info(kafka_logger, "owned partitions have changed",
            {log::number("partitions", static_cast<std::int64_t>(partitions))});
}

void ObservedKafka::restored(std::int64_t records, std::chrono::milliseconds took) {
  metrics_.restored(took);
  log::info(kafka_logger, "state is restored",
            {log::number("records", records), log::number("took_ms", took.count())});
}

void ObservedKafka::producer_rebuilt(std::string_view why) {
  metrics_.producer_rebuilt();
  log::warn(kafka_logger, "a producer was replaced", {log::text("why", why)});
}

void ObservedKafka::warned(std::string_view what) {
  metrics_.warned();
  log::warn(kafka_logger, what);
}

void ObservedPump::decided(std::string_view key, std::string_view traceparent,
                           stream::Outcome outcome, std::string_view reason) {
  metrics_.decided(key, traceparent, outcome, reason);
  if (log::level() > log::Level::debug) return;
  log::debug(pump_logger, "decided",
             {log::ticket_id(key), log::trace(traceparent),
              log::text("outcome", stream::to_string(outcome)), log::text("reason", reason)});
}

void ObservedPump::dead_lettered(const stream::InRecord& record, std::string_view why) {
  metrics_.dead_lettered(record, why);
  log::warn(pump_logger, "a record was dead-lettered",
            {log::topic(record.topic), log::partition(record.partition), log::offset(record.offset),
             log::trace(record.header("traceparent")), log::text("why", why)});
}

void ObservedPump::committed(std::size_t inputs, std::size_t outputs, Instant oldest_input) {
  metrics_.committed(inputs, outputs, oldest_input);
}

void ObservedPump::rewound() { metrics_.rewound(); }

void ObservedPump::restored(std::size_t keys, std::int64_t records_read,
                            std::int64_t records_expected, bool complete) {
  metrics_.restored(keys, records_read, records_expected, complete);
  ready_.set(complete);
}

void ObservedPump::stopped(std::string_view why) {
  metrics_.stopped(why);
  log::error(pump_logger, "the worker must stop", {log::text("why", why)});
}

}  // namespace paidan::stage
