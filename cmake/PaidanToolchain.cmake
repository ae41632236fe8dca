# Compiler settings that hold for every target of ours.
include_guard(GLOBAL)

option(PAIDAN_TESTS "Build the tests" ON)
set(PAIDAN_SANITIZE "" CACHE STRING "Sanitizers for every target, e.g. address,undefined or thread")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_program(PAIDAN_CCACHE ccache)
if(PAIDAN_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # The base directory makes a second build folder of the same sources hit the cache of the first.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros ${PAIDAN_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
endif()
find_program(PAIDAN_MOLD mold)
if(PAIDAN_MOLD AND NOT PAIDAN_SANITIZE)
  add_link_options(-fuse-ld=mold)
endif()

if(PAIDAN_SANITIZE)
  add_compile_options(-fsanitize=${PAIDAN_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PAIDAN_SANITIZE})
else()
  # _FORTIFY_SOURCE needs an optimised build; every preset of ours is one.
  add_compile_definitions($<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=2>)
endif()
add_compile_options(-fstack-protector-strong -fcf-protection)
add_link_options(-Wl,-z,relro,-z,now)

# Warnings for our sources; generated code and dependencies are not ours to mend. A designated
# initializer that leaves the rest to its defaults is our idiom, not an oversight.
set(PAIDAN_WARNINGS -Wall -Wextra -Wno-missing-field-initializers -Wconversion -Wshadow
    -Wnon-virtual-dtor -Werror)
# Optimising, g++ 12 takes an inactive member of a std::variant for one that is read; the sanitizers
# and clang-tidy look for real ones.
list(APPEND PAIDAN_WARNINGS -Wno-maybe-uninitialized)
