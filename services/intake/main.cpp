#include "intake/config.hpp"
#include "intake/wiring.hpp"
#include "paidan/runtime/service.hpp"

int main(int argc, char** argv) {
  paidan::runtime::ServiceInfo info;
  info.name = "intake";
  info.binary = "paidan-intake";
  info.summary = "Takes submissions from the channels and appends them to the log.";
  info.properties = paidan::intake::properties();
  info.check = paidan::intake::check_settings;
  info.wire = paidan::intake::wire;
  return paidan::runtime::service_main(argc, argv, info);
}
