#pragma once
#include <memory>
#include <optional>
#include <string>

#include "paidan/base/result.hpp"
#include "paidan/runtime/service.hpp"

namespace paidan::intake {

/// Builds the process: the producer, the memory, then the gRPC server.
Result<std::shared_ptr<void>, runtime::StartError> wire(runtime::Service& service);

/// What a property alone cannot tell: that the pack loads. Secrets are read when the process
/// starts, as the one who checks a file need not be allowed to see them.
std::optional<std::string> check_settings(const runtime::Config& config);

}  // namespace paidan::intake
