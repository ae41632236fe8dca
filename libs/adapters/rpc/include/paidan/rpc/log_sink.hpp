#pragma once
#include <string_view>

namespace paidan::rpc {

/// Gets gRPC's own messages, from any thread. They name files, addresses and system errors.
using LogSink = void (*)(bool is_error, std::string_view message);

/// Sends what gRPC would write to standard error to `sink`, so that each line of a service's log is
/// JSON; null: back to standard error. For the whole process; call before the first server.
void set_log_sink(LogSink sink);

}  // namespace paidan::rpc
