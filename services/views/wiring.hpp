#pragma once
#include <memory>

#include "paidan/base/result.hpp"
#include "paidan/runtime/service.hpp"

namespace paidan::views {

/// Builds the process: one builder on a thread of its own.
Result<std::shared_ptr<void>, runtime::StartError> wire(runtime::Service& service);

}  // namespace paidan::views
