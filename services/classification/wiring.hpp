#pragma once
#include <memory>
#include <optional>
#include <string>

#include "paidan/base/result.hpp"
#include "paidan/runtime/service.hpp"

namespace paidan::classification {

/// Builds the process: the workers, then the gRPC server.
Result<std::shared_ptr<void>, runtime::StartError> wire(runtime::Service& service);

/// What `--check-config` finds beyond single properties: the pack must load.
std::optional<std::string> check(const runtime::Config& config);

}  // namespace paidan::classification
