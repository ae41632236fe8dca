#include "paidan/crypto/seal.hpp"

#include <utility>

#include "ready.hpp"

namespace paidan::crypto {
namespace {

constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(nonce_bytes + tag_bytes == seal_overhead_bytes);
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == Key::size_bytes);

// Keeps a wrapped key from ever being taken for sealed data of the same subject.
std::string wrap_context(std::string_view subject_ref) {
  return "paidan data key|" + std::string(subject_ref);
}

}  // namespace

std::string seal(const Key& key, std::string_view plaintext, std::string_view associated) {
  ready();
  std::string sealed(nonce_bytes + plaintext.size() + tag_bytes, '\0');
  unsigned char* nonce = bytes_of(sealed);
  randombytes_buf(nonce, nonce_bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + nonce_bytes, nullptr, bytes_of(plaintext),
                                             plaintext.size(), bytes_of(associated),
                                             associated.size(), nullptr, nonce, key.bytes().data());
  return sealed;
}

Result<std::string, NotAuthentic> open(const Key& key, std::string_view sealed,
                                       std::string_view associated) {
  if (sealed.size() < seal_overhead_bytes) return NotAuthentic{};
  std::string plaintext(sealed.size() - seal_overhead_bytes, '\0');
  const std::string_view box = sealed.substr(nonce_bytes);
  const int result = crypto_aead_xchacha20poly1305_ietf_decrypt(
      bytes_of(plaintext), nullptr, nullptr, bytes_of(box), box.size(), bytes_of(associated),
      associated.size(), bytes_of(sealed), key.bytes().data());
  if (result != 0) return NotAuthentic{};
  return plaintext;
}

std::string wrap(const Key& key_encryption_key, const Key& data_key, std::string_view subject_ref) {
  const Bytes bytes = data_key.bytes();
  const std::string_view plain(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return seal(key_encryption_key, plain, wrap_context(subject_ref));
}

Result<Key, NotAuthentic> unwrap(const Key& key_encryption_key, std::string_view wrapped,
                                 std::string_view subject_ref) {
  auto plain = open(key_encryption_key, wrapped, wrap_context(subject_ref));
  if (!plain) return NotAuthentic{};
  auto key = Key::from(Bytes(bytes_of(*plain), plain->size()));
  sodium_memzero(plain->data(), plain->size());
  if (!key) return NotAuthentic{};
  return std::move(*key);
}

}  // namespace paidan::crypto
