#pragma once

namespace paidan::ctl {

/// The whole program; returns the exit code.
int run(int argc, const char* const* argv);

}  // namespace paidan::ctl
