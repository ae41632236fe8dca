#include "paidan/runtime/service.hpp"
#include "sla_monitor/config.hpp"
#include "sla_monitor/wiring.hpp"

int main(int argc, char** argv) {
  paidan::runtime::ServiceInfo info;
  info.name = "sla_monitor";
  info.binary = "paidan-sla-monitor";
  info.summary = "Watches every clock; warns, and says so when one runs out.";
  info.properties = paidan::sla_monitor::properties();
  info.wire = paidan::sla_monitor::wire;
  return paidan::runtime::service_main(argc, argv, info);
}
