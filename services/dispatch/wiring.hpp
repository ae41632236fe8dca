#pragma once
#include <memory>

#include "paidan/base/result.hpp"
#include "paidan/runtime/service.hpp"

namespace paidan::dispatch {

/// Builds the service and adds its parts to the life cycle, in the order in which they start. The
/// result owns them.
Result<std::shared_ptr<void>, runtime::StartError> wire(runtime::Service& service);

}  // namespace paidan::dispatch
