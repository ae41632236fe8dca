#pragma once
#include <string>
#include <string_view>

/// W3C Trace Context, level 1: `00-<32 hex>-<16 hex>-<2 hex>`. Thread-safe.
namespace paidan::system {

/// A new trace, marked as sampled.
std::string new_traceparent();
/// The same trace with a new span id, or a new trace when `parent` is not a valid traceparent.
std::string child_traceparent(std::string_view parent);
bool is_traceparent(std::string_view text);

}  // namespace paidan::system
