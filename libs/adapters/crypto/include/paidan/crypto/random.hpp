#pragma once
#include <cstddef>
#include <string>

namespace paidan::crypto {

/// Fit for keys and nonces. Thread-safe.
std::string random_bytes(std::size_t size_bytes);

}  // namespace paidan::crypto
