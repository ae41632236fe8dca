#include "paidan/rpc/log_sink.hpp"

#include <grpc/support/log.h>

#include <atomic>

namespace paidan::rpc {
namespace {

std::atomic<LogSink> current{nullptr};

void forward(gpr_log_func_args* line) {
  if (const LogSink sink = current.load())
    sink(line->severity == GPR_LOG_SEVERITY_ERROR, line->message);
}

}  // namespace

void set_log_sink(LogSink sink) {
  current.store(sink);
  gpr_set_log_function(sink == nullptr ? nullptr : forward);
}

}  // namespace paidan::rpc
