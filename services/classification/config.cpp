#include "classification/config.hpp"

#include "paidan/edge/serve.hpp"
#include "paidan/runtime/properties.hpp"
#include "paidan/stage/workers.hpp"

namespace paidan::classification {

runtime::PropertyTable properties() {
  runtime::PropertyTable table = runtime::properties::of_every_service("127.0.0.1:9102");
  for (const runtime::PropertyTable& more :
       {stage::stage_properties(), edge::edge_properties("127.0.0.1:7002")}) {
    table.insert(table.end(), more.begin(), more.end());
  }
  table.push_back(runtime::properties::pack());
  return table;
}

}  // namespace paidan::classification
