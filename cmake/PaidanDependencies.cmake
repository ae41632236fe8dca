# Every third-party library, once. Versions are those of Debian 12; older ones were not tried.
include_guard(GLOBAL)

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Protobuf 3.21 REQUIRED)   # module mode: Debian ships no config file
find_package(gRPC 1.51 CONFIG REQUIRED)
find_package(yaml-cpp 0.7 REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(spdlog 1.10 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)   # its config file states no version
find_package(date CONFIG REQUIRED)
find_package(LibLZMA 5 REQUIRED)

pkg_check_modules(rdkafka REQUIRED IMPORTED_TARGET rdkafka>=2.0.2)
pkg_check_modules(hiredis REQUIRED IMPORTED_TARGET hiredis>=0.14)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium>=1.0.18)
pkg_check_modules(httplib REQUIRED IMPORTED_TARGET cpp-httplib>=0.11)

if(PAIDAN_TESTS)
  find_package(GTest 1.12 CONFIG REQUIRED)
  find_package(benchmark 1.7 CONFIG REQUIRED)
  include(GoogleTest)
endif()

# libcsv ships neither a CMake nor a pkg-config file.
find_library(PAIDAN_LIBCSV csv REQUIRED)
add_library(csv::csv UNKNOWN IMPORTED)
set_target_properties(csv::csv PROPERTIES IMPORTED_LOCATION ${PAIDAN_LIBCSV})
