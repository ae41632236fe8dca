#include "paidan/runtime/pump_log.hpp"

#include <utility>

#include "paidan/runtime/log.hpp"

namespace paidan::runtime {

PumpLog::PumpLog(std::string worker, stream::PumpProbe& next)
    : worker_(std::move(worker)), next_(next) {}

void PumpLog::decided(std::string_view key, std::string_view traceparent, stream::Outcome outcome,
                      std::string_view reason) {
  const auto level = outcome == stream::Outcome::refused ? log::Level::info : log::Level::debug;
  log::write(level, worker_, "decided",
             {log::ticket_id(key), log::trace(traceparent),
              log::text("outcome", stream::to_string(outcome)), log::text("reason", reason)});
  next_.decided(key, traceparent, outcome, reason);
}

void PumpLog::dead_lettered(const stream::InRecord& record, std::string_view why) {
  log::warn(
      worker_, "dead-lettered",
      {log::trace(record.header("traceparent")), log::topic(record.topic),
       log::partition(record.partition), log::offset(record.offset), log::text("reason", why)});
  next_.dead_lettered(record, why);
}

void PumpLog::committed(std::size_t inputs, std::size_t outputs, Instant oldest_input) {
  next_.committed(inputs, outputs, oldest_input);
}

void PumpLog::rewound() {
  log::warn(worker_, "a transaction was aborted; its inputs are read again");
  next_.rewound();
}

void PumpLog::restored(std::size_t keys, std::int64_t records_read, std::int64_t records_expected,
                       bool complete) {
  log::write(complete ? log::Level::info : log::Level::debug, worker_,
             complete ? "restored" : "restoring",
             {log::number("keys", static_cast<std::int64_t>(keys)),
              log::number("records_read", records_read),
              log::number("records_expected", records_expected)});
  next_.restored(keys, records_read, records_expected, complete);
}

void PumpLog::stopped(std::string_view why) {
  log::error(worker_, "the pump stops", {log::text("reason", why)});
  next_.stopped(why);
}

}  // namespace paidan::runtime
