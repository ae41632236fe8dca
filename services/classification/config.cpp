#include "classification/config.hpp"

#include "paidan/edge/serve.hpp"
#include "paidan/runtime/properties.hpp"
#include "paidan/stage/workers.hpp"

namespace paidan::classification {

runtime::PropertyTable properties() {
  using namespace runtime::properties;
  runtime::PropertyTable table = of_every_service("127.0.0.1:9102");
  for (const auto& more : {stage::stage_properties(), edge::edge_properties("127.0.0.1:7002")}) {
    table.insert(table.end(), more.begin(), more.end());
  }
  table.push_back(pack());
  table.push_back({"grpc.threads", "Threads for previews", "2", runtime::Kind::integer, 1, 64});
  table.push_back({"grpc.waiting_calls_max", "Previews that may wait for one of them", "256",
                   runtime::Kind::integer, 1, 100'000});
  return table;
}

}  // namespace paidan::classification
