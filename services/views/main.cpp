#include "paidan/runtime/service.hpp"
#include "views/config.hpp"
#include "views/wiring.hpp"

int main(int argc, char** argv) {
  paidan::runtime::ServiceInfo info;
  info.name = "views";
  info.binary = "paidan-views";
  info.summary = "Keeps the views in Redis that queries read; an empty Redis is filled again.";
  info.properties = paidan::views::properties();
  info.wire = paidan::views::wire;
  return paidan::runtime::service_main(argc, argv, info);
}
