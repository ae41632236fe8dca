#pragma once
#include <string>
#include <string_view>

#include "paidan/base/result.hpp"
#include "paidan/runtime/config.hpp"

namespace paidan::runtime {

/// What a command line of a service asks for.
struct CommandLine {
  ConfigInputs inputs;  ///< Environment included.
  bool check_config = false;
  bool print_config = false;
};

/// The program has said what it was asked: leave with `code`, after `text` on standard output when
/// the code is 0, else on standard error.
struct Leave {
  int code;
  std::string text;
};

/// Reads the flags of a service. --help and --version are a Leave with code 0, a wrong flag one
/// with code 2.
Result<CommandLine, Leave> parse_command_line(int argc, const char* const* argv,
                                              std::string_view binary, std::string_view summary,
                                              std::string_view version,
                                              const PropertyTable& properties);

}  // namespace paidan::runtime
