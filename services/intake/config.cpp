#include "intake/config.hpp"

#include "paidan/edge/serve.hpp"
#include "paidan/runtime/properties.hpp"

namespace paidan::intake {

namespace {

using runtime::Kind;
using runtime::Property;

Property number(std::string_view name, std::string_view help, std::string_view default_value,
                std::int64_t min, std::int64_t max) {
  return {name, help, default_value, Kind::integer, min, max};
}

}  // namespace

runtime::PropertyTable properties() {
  using namespace runtime::properties;
  runtime::PropertyTable table = of_every_service("127.0.0.1:9101");
  const runtime::PropertyTable door = edge::edge_properties("127.0.0.1:7001");
  table.insert(table.end(), door.begin(), door.end());
  for (const Property& property :
       {kafka_brokers(), kafka_topic_prefix(), kafka_partitions(), redis_address(), pack(),
        peers_classification(), peers_dispatch()}) {
    table.push_back(property);
  }
  table.push_back(number("kafka.unacknowledged_records_max",
                         "Records on their way to the broker; more are refused", "4000", 1,
                         1'000'000));
  table.push_back(number("kafka.delivery_timeout_ms",
                         "After this the outcome of a record is unknown", "30000", 1'000, 300'000));
  table.push_back(
      number("redis.timeout_ms", "Of one question about an earlier submission", "100", 10, 10'000));
  table.push_back(number("requests.pending_max",
                         "Requests accepted and not answered; more are refused", "4000", 1,
                         1'000'000));
  table.push_back(number("streams.max", "SubmitStream calls open at once", "64", 1, 10'000));
  table.push_back(number("streams.lines_pending_max",
                         "Lines of one stream that are read and not answered", "256", 1, 10'000));
  table.push_back(
      number("preview.timeout_ms", "Of the preview that a Submit may ask for", "300", 10, 10'000));
  table.push_back(number("track.timeout_ms", "Of the question to dispatch", "2000", 10, 30'000));
  table.push_back(number("recorded.age_days_max",
                         "Replay: older recorded times are refused (the dedupe window)", "400", 1,
                         36'500));
  return table;
}

}  // namespace paidan::intake
