#pragma once
#include <memory>
#include <optional>
#include <string>

#include "paidan/base/result.hpp"
#include "paidan/runtime/service.hpp"

namespace paidan::classification {

/// Builds the process: the workers, then the gRPC server.
Result<std::shared_ptr<void>, runtime::StartError> wire(runtime::Service& service);

/// What a property alone cannot tell: that the pack loads.
std::optional<std::string> check_settings(const runtime::Config& config);

}  // namespace paidan::classification
