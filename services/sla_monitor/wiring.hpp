#pragma once
#include <memory>

#include "paidan/base/result.hpp"
#include "paidan/runtime/service.hpp"

namespace paidan::sla_monitor {

/// Builds the process: the workers, then the gRPC server.
Result<std::shared_ptr<void>, runtime::StartError> wire(runtime::Service& service);

}  // namespace paidan::sla_monitor
