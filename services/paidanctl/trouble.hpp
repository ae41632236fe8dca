#pragma once
#include <string>

namespace paidan::ctl {

/// Why something cannot be done: a line, or more, for the person at the terminal.
struct Trouble {
  std::string what;
};

}  // namespace paidan::ctl
