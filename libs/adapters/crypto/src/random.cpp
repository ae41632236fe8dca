#include "paidan/crypto/random.hpp"

#include "ready.hpp"

namespace paidan::crypto {

std::string random_bytes(std::size_t size_bytes) {
  ready();
  std::string bytes(size_bytes, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

}  // namespace paidan::crypto
