#pragma once
#include <string>
#include <string_view>

#include "paidan/base/result.hpp"
#include "paidan/crypto/key.hpp"

/// Authenticated encryption: XChaCha20-Poly1305 (IETF), a random 24-byte nonce before the
/// ciphertext. Thread-safe.
namespace paidan::crypto {

/// The bytes were not made with this key and this associated data, or were changed since.
struct NotAuthentic {};

/// Bytes that seal() adds to its plaintext.
constexpr std::size_t seal_overhead_bytes = 24 + 16;

/// `associated` is not stored but must be the same when opening: say there what the bytes belong
/// to, e.g. `subject ref|field`.
std::string seal(const Key& key, std::string_view plaintext, std::string_view associated);
Result<std::string, NotAuthentic> open(const Key& key, std::string_view sealed,
                                       std::string_view associated);

/// A subject's own data key, encrypted with the key-encryption key. Destroying every copy of the
/// wrapped key forgets the subject.
std::string wrap(const Key& key_encryption_key, const Key& data_key, std::string_view subject_ref);
Result<Key, NotAuthentic> unwrap(const Key& key_encryption_key, std::string_view wrapped,
                                 std::string_view subject_ref);

}  // namespace paidan::crypto
