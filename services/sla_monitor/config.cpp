#include "sla_monitor/config.hpp"

#include "paidan/edge/serve.hpp"
#include "paidan/runtime/properties.hpp"
#include "paidan/stage/workers.hpp"

namespace paidan::sla_monitor {
namespace {

void append(runtime::PropertyTable& table, const runtime::PropertyTable& more) {
  table.insert(table.end(), more.begin(), more.end());
}

}  // namespace

runtime::PropertyTable properties() {
  using namespace runtime::properties;
  runtime::PropertyTable table = of_every_service("127.0.0.1:9104");
  append(table, stage::stage_properties());
  append(table, edge::edge_properties("127.0.0.1:7004"));
  table.push_back(redis_address());
  table.push_back({"grpc.threads", "Threads for calls that read the views", "4",
                   runtime::Kind::integer, 1, 64});
  table.push_back({"grpc.waiting_calls_max", "Calls that may wait for one of them", "256",
                   runtime::Kind::integer, 1, 100'000});
  return table;
}

}  // namespace paidan::sla_monitor
