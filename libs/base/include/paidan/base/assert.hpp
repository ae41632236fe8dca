#pragma once
#include <cstddef>

namespace paidan {

/// Prints where and why, then aborts. Never returns.
[[noreturn]] void assertion_failed(const char* expression, const char* why, const char* file,
                                   int line) noexcept;

}  // namespace paidan

/// For bugs only, and on in release too: a process that has lost an invariant must not decide.
/// A business refusal is a fact, and trouble of the outside world is a Result.
#define PAIDAN_ASSERT(expression, why) \
  ((expression) ? (void)0 : ::paidan::assertion_failed(#expression, why, __FILE__, __LINE__))
