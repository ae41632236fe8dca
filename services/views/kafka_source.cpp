#include "views/kafka_source.hpp"

#include <utility>

#include "paidan/base/assert.hpp"
#include "paidan/contract/topics.hpp"

namespace paidan::views {
namespace {

constexpr Milliseconds open_deadline{3'000};  // Less than the limit of a heartbeat.

}  // namespace

KafkaSource::KafkaSource(kafka::Connection connection, kafka::KafkaProbe& probe)
    : connection_(std::move(connection)), probe_(probe) {}

Result<Unit, kafka::Error> KafkaSource::open(const stream::Positions& from) {
  tail_.reset();
  kafka::TailConfig config;
  config.connection = connection_;
  config.topics = {contract::topic::lifecycle, contract::topic::sla, contract::topic::submissions};
  config.from = kafka::TailConfig::From::beginning;
  config.start = from;
  config.open_deadline = open_deadline;
  auto tail = kafka::Tail::open(std::move(config), probe_);
  if (!tail) return std::move(tail).error();
  tail_ = std::move(tail).value();
  return Unit{};
}

Result<kafka::Tailed, kafka::Error> KafkaSource::poll(std::size_t records_max, Milliseconds wait) {
  PAIDAN_ASSERT(tail_ != nullptr, "open comes before poll");
  return tail_->poll(records_max, wait);
}

const stream::Positions& KafkaSource::positions() const {
  PAIDAN_ASSERT(tail_ != nullptr, "open comes before positions");
  return tail_->positions();
}

const stream::Positions& KafkaSource::ends_at_open() const {
  PAIDAN_ASSERT(tail_ != nullptr, "open comes before ends");
  return tail_->ends_at_open();
}

}  // namespace paidan::views
