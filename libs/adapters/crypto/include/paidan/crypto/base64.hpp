#pragma once
#include <optional>
#include <string>
#include <string_view>

/// RFC 4648. Pure functions, thread-safe.
namespace paidan::crypto {

std::string to_base64(std::string_view bytes);     ///< Standard alphabet, padded.
std::string to_base64url(std::string_view bytes);  ///< URL alphabet, without padding.
/// Nothing when it is not whole base64url without padding.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace paidan::crypto
