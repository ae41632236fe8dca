#include "dispatch/config.hpp"
#include "dispatch/wiring.hpp"
#include "paidan/runtime/service.hpp"

int main(int argc, char** argv) {
  using namespace paidan;
  return runtime::service_main(argc, argv,
                               {.name = "dispatch",
                                .binary = "paidan-dispatch",
                                .summary = "Decides who must answer a ticket and keeps its history",
                                .properties = dispatch::properties(),
                                .check = dispatch::check,
                                .wire = dispatch::wire});
}
