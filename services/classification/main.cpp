#include "classification/config.hpp"
#include "classification/wiring.hpp"
#include "paidan/runtime/service.hpp"

int main(int argc, char** argv) {
  paidan::runtime::ServiceInfo info;
  info.name = "classification";
  info.binary = "paidan-classification";
  info.summary = "Says what a ticket is about, how urgent it is and where it lies.";
  info.properties = paidan::classification::properties();
  info.check = paidan::classification::check_settings;
  info.wire = paidan::classification::wire;
  return paidan::runtime::service_main(argc, argv, info);
}
