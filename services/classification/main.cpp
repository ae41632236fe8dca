#include "classification/config.hpp"
#include "classification/wiring.hpp"
#include "paidan/runtime/service.hpp"

int main(int argc, char** argv) {
  paidan::runtime::ServiceInfo info;
  info.name = "classification";
  info.binary = "paidan-classification";
  info.summary = "Finds category, demand kind, urgency and area of every submission.";
  info.properties = paidan::classification::properties();
  info.check = paidan::classification::check;
  info.wire = paidan::classification::wire;
  return paidan::runtime::service_main(argc, argv, info);
}
