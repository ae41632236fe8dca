#pragma once
#include <string>

/// The one script that changes the views (reference: compare-and-set on the stored offsets).
namespace paidan::views {

/// KEYS[1]: the meta hash. ARGV: the expected `seq`; the number of positions, then for each its
/// field, the expected value (`-`: none) and the new one; then commands, each as the number of its
/// words and the words.
///
/// Answers 1 when it was applied and 0 when all of it had been applied before. Errors:
/// - `GAP`: somebody else has changed the views, or they are empty. Nothing was done: begin again
///   from the stored positions.
/// - `HALF ...`: a command failed after others had been done. Scripts are not rolled back, so the
///   views are worth nothing now: wipe them.
/// With `#!lua` on its first line a server without memory refuses it before it starts.
std::string batch_script();

}  // namespace paidan::views
