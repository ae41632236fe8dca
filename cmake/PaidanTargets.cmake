# One way to declare a target, and one rule about them, checked when CMake configures: a target may
# link only to the layers listed for its own layer, and to the third-party targets listed for it.
# A target without a layer is an error, so nothing escapes. docs/architecture.md has the layers.
include_guard(GLOBAL)

set(PAIDAN_ALLOW_base      "")
set(PAIDAN_ALLOW_domain    base)
set(PAIDAN_ALLOW_stream    base)
set(PAIDAN_ALLOW_proto     proto)
set(PAIDAN_ALLOW_contract  base domain stream proto)
set(PAIDAN_ALLOW_citypack  base domain)
set(PAIDAN_ALLOW_logic     base domain stream)
set(PAIDAN_ALLOW_codec     base domain stream contract logic)
set(PAIDAN_ALLOW_adapter   base stream)
set(PAIDAN_ALLOW_runtime   base stream)
set(PAIDAN_ALLOW_app       app base domain stream proto contract citypack logic codec adapter
                           runtime)
set(PAIDAN_ALLOW_testkit   base domain stream proto contract adapter runtime citypack)
set(PAIDAN_ALLOW_test      base domain stream proto contract citypack logic codec adapter runtime
                           testkit app test)

# Third-party names, by layer. An adapter names its one library at the call (EXTERNAL ...).
set(PAIDAN_EXTERNAL_proto     protobuf::libprotobuf gRPC::grpc++ Threads::Threads)
set(PAIDAN_EXTERNAL_contract  protobuf::libprotobuf)
set(PAIDAN_EXTERNAL_citypack  yaml-cpp date::date date::date-tz)
set(PAIDAN_EXTERNAL_runtime   yaml-cpp fmt::fmt spdlog::spdlog CLI11::CLI11
                              nlohmann_json::nlohmann_json PkgConfig::httplib Threads::Threads)
set(PAIDAN_EXTERNAL_app       csv::csv yaml-cpp fmt::fmt CLI11::CLI11
                              nlohmann_json::nlohmann_json LibLZMA::LibLZMA date::date
                              date::date-tz Threads::Threads gRPC::grpc++)
set(PAIDAN_EXTERNAL_test      GTest::gtest GTest::gtest_main GTest::gmock benchmark::benchmark
                              benchmark::benchmark_main fmt::fmt nlohmann_json::nlohmann_json
                              Threads::Threads date::date date::date-tz PkgConfig::rdkafka
                              PkgConfig::httplib LibLZMA::LibLZMA)
set(PAIDAN_EXTERNAL_testkit   GTest::gtest GTest::gmock fmt::fmt Threads::Threads
                              nlohmann_json::nlohmann_json PkgConfig::httplib)

# paidan_target(name LAYER <layer> [SERVICE <service>] [SRCS ...] [DEPS ...] [EXTERNAL ...]
#               [EXECUTABLE] [OBJECT] [OUTPUT <file name>])
# SERVICE marks what belongs to one service: no service may link another one's targets.
# A relative `include/` beside the CMakeLists.txt is the public face of the target.
function(paidan_target name)
  cmake_parse_arguments(ARG "EXECUTABLE;OBJECT" "LAYER;SERVICE;OUTPUT" "SRCS;DEPS;EXTERNAL" ${ARGN})
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "paidan_target(${name}): unknown arguments ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  if(ARG_EXECUTABLE)
    add_executable(${name} ${ARG_SRCS})
    set(scope PRIVATE)
  elseif(ARG_OBJECT)
    add_library(${name} OBJECT ${ARG_SRCS})
    set(scope PUBLIC)
  elseif(ARG_SRCS)
    add_library(${name} STATIC ${ARG_SRCS})
    set(scope PUBLIC)
  else()
    add_library(${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  if(ARG_OUTPUT)
    set_target_properties(${name} PROPERTIES OUTPUT_NAME ${ARG_OUTPUT})
  endif()
  if(IS_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/include)
    target_include_directories(${name} ${scope} ${CMAKE_CURRENT_SOURCE_DIR}/include)
  endif()
  if(ARG_SRCS AND NOT ARG_LAYER STREQUAL "proto")
    target_compile_options(${name} PRIVATE ${PAIDAN_WARNINGS})
  endif()
  target_link_libraries(${name} ${scope} ${ARG_DEPS} ${ARG_EXTERNAL})
  set_target_properties(${name} PROPERTIES PAIDAN_LAYER "${ARG_LAYER}"
                        PAIDAN_SERVICE "${ARG_SERVICE}" PAIDAN_EXTERNAL "${ARG_EXTERNAL}")
  if(NOT ARG_EXECUTABLE)
    string(REGEX REPLACE "^paidan_" "" short ${name})
    add_library(paidan::${short} ALIAS ${name})
  endif()
endfunction()

# paidan_test(name SRCS ... DEPS ... [LABELS ...] [TIMEOUT_S n] [WHOLE])
# Each TEST() becomes one ctest entry, or with WHOLE the program is one entry: a suite that starts
# a Kafka or a Redis of its own pays for it once.
function(paidan_test name)
  cmake_parse_arguments(ARG "WHOLE" "TIMEOUT_S" "SRCS;DEPS;EXTERNAL;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT_S)
    set(ARG_TIMEOUT_S 120)
  endif()
  paidan_target(${name} LAYER test EXECUTABLE SRCS ${ARG_SRCS}
                DEPS ${ARG_DEPS} EXTERNAL ${ARG_EXTERNAL} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE PAIDAN_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                             PAIDAN_BINARY_DIR="${CMAKE_BINARY_DIR}")
  if(ARG_WHOLE)
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT_S})
  else()
    gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60
                         PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT_S})
  endif()
endfunction()

# A pure library must not ask for the outside world: checked on its object code.
function(paidan_test_purity name)
  add_test(NAME purity.${name} COMMAND ${CMAKE_SOURCE_DIR}/cmake/no_world.sh $<TARGET_FILE:${name}>)
  set_tests_properties(purity.${name} PROPERTIES LABELS "tidy")
endfunction()

# Whole archive + only its declared neighbours: an undefined symbol means an undeclared dependency.
function(paidan_link_alone name)
  file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/${name}_alone.cpp "int main() { return 0; }\n")
  paidan_target(${name}_alone LAYER test EXECUTABLE
                SRCS ${CMAKE_CURRENT_BINARY_DIR}/${name}_alone.cpp
                DEPS "$<LINK_LIBRARY:WHOLE_ARCHIVE,${name}>")
endfunction()

function(_paidan_all_targets dir out)
  get_property(found DIRECTORY ${dir} PROPERTY BUILDSYSTEM_TARGETS)
  get_property(subdirs DIRECTORY ${dir} PROPERTY SUBDIRECTORIES)
  foreach(sub IN LISTS subdirs)
    _paidan_all_targets(${sub} more)
    list(APPEND found ${more})
  endforeach()
  set(${out} ${found} PARENT_SCOPE)
endfunction()

function(_paidan_check_link target dep errors_out)
  set(errors ${${errors_out}})
  get_target_property(layer ${target} PAIDAN_LAYER)
  get_target_property(service ${target} PAIDAN_SERVICE)
  get_target_property(external ${target} PAIDAN_EXTERNAL)
  set(dep_layer "")
  if(TARGET ${dep})
    get_target_property(dep_layer ${dep} PAIDAN_LAYER)
    get_target_property(dep_service ${dep} PAIDAN_SERVICE)
  endif()
  if(dep_layer)
    if(NOT dep_layer IN_LIST PAIDAN_ALLOW_${layer})
      list(APPEND errors "${target} (${layer}) -> ${dep} (${dep_layer}): not allowed")
    elseif(dep_service AND NOT layer STREQUAL "test" AND NOT dep_service STREQUAL service)
      list(APPEND errors "${target} (${service}) -> ${dep}: no service links another")
    endif()
  elseif(NOT dep IN_LIST PAIDAN_EXTERNAL_${layer}
         AND NOT (layer STREQUAL "adapter" AND dep IN_LIST external))
    list(APPEND errors "${target} (${layer}) -> ${dep}: library not allowed in this layer")
  endif()
  set(${errors_out} ${errors} PARENT_SCOPE)
endfunction()

function(paidan_check_layers)
  _paidan_all_targets(${CMAKE_SOURCE_DIR} targets)
  set(errors "")
  foreach(target IN LISTS targets)
    get_target_property(type ${target} TYPE)
    if(type STREQUAL "UTILITY")
      continue()
    endif()
    get_target_property(layer ${target} PAIDAN_LAYER)
    if(NOT layer OR NOT DEFINED PAIDAN_ALLOW_${layer})
      list(APPEND errors "${target}: has no known layer, declare it with paidan_target()")
      continue()
    endif()
    get_target_property(own ${target} LINK_LIBRARIES)
    get_target_property(pass ${target} INTERFACE_LINK_LIBRARIES)
    foreach(dep IN LISTS own pass)
      string(REGEX REPLACE "^\\$<LINK_(ONLY|LIBRARY):(WHOLE_ARCHIVE,)?(.*)>$" "\\3" dep "${dep}")
      if(dep STREQUAL "" OR dep MATCHES "-NOTFOUND$" OR dep MATCHES "^::@")
        continue()
      endif()
      if(TARGET ${dep})
        get_target_property(aliased ${dep} ALIASED_TARGET)
        if(aliased)
          set(dep ${aliased})
        endif()
      endif()
      _paidan_check_link(${target} ${dep} errors)
    endforeach()
  endforeach()
  list(REMOVE_DUPLICATES errors)
  if(errors)
    list(JOIN errors "\n  " text)
    message(FATAL_ERROR "layer rule broken:\n  ${text}")
  endif()
endfunction()
