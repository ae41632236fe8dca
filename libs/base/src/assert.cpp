#include "paidan/base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace paidan {

void assertion_failed(const char* expression, const char* why, const char* file,
                      int line) noexcept {
  std::fprintf(stderr, "paidan: assertion failed: %s (%s) at %s:%d\n", expression, why, file, line);
  std::abort();
}

}  // namespace paidan
