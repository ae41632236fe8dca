#pragma once
#include <string>
#include <utility>
#include <vector>

/// Results in the form that Google benchmark writes, so that `./paidan bench` reads one form.
namespace paidan::bench {

struct Result {
  std::string name;
  double value = 0;
  std::string unit;
};

/// Prints a line for each, and writes the file of `--benchmark_out=FILE`, if given. Returns the
/// exit code.
int report(const std::vector<Result>& results, int argc, const char* const* argv);

/// The value of `--name=VALUE`, or `fallback`.
std::string flag(int argc, const char* const* argv, const std::string& name,
                 const std::string& fallback);

}  // namespace paidan::bench
