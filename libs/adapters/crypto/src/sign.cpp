#include "paidan/crypto/sign.hpp"

#include "ready.hpp"

namespace paidan::crypto {

static_assert(crypto_sign_SEEDBYTES == Key::size_bytes);

Signer::Signer(const Key& seed) {
  ready();
  crypto_sign_seed_keypair(public_.data(), secret_.data(), seed.bytes().data());
}

Signer::~Signer() { sodium_memzero(secret_.data(), secret_.size()); }

Signature Signer::sign(std::string_view message) const {
  Signature signature{};
  crypto_sign_detached(signature.data(), nullptr, bytes_of(message), message.size(),
                       secret_.data());
  return signature;
}

bool verify(const PublicKey& key, std::string_view message, Bytes signature) {
  if (signature.size() != Signature{}.size()) return false;
  return crypto_sign_verify_detached(signature.data(), bytes_of(message), message.size(),
                                     key.data()) == 0;
}

}  // namespace paidan::crypto
