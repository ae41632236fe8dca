#include "views/config.hpp"

#include "paidan/runtime/properties.hpp"

namespace paidan::views {

runtime::PropertyTable properties() {
  using namespace runtime::properties;
  runtime::PropertyTable table = of_every_service("127.0.0.1:9105");
  table.insert(table.end(),
               {kafka_brokers(), kafka_topic_prefix(), kafka_partitions(), redis_address()});
  table.push_back({"views.batch_records", "Records that one call of Redis applies, at most", "200",
                   runtime::Kind::integer, 1, 1000});
  table.push_back({"views.board_interval_ms", "How often the boards are shown as metrics", "2000",
                   runtime::Kind::integer, 100, 60'000});
  return table;
}

}  // namespace paidan::views
