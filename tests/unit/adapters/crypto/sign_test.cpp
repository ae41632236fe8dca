#include "paidan/crypto/sign.hpp"

#include <gtest/gtest.h>

#include <string>

#include "paidan/crypto/hash.hpp"

namespace paidan::crypto {
namespace {

Bytes bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

TEST(Ed25519, AgreesWithTheFirstVectorOfRfc8032) {
  const auto seed = from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  const Signer signer(*Key::from(bytes_of(*seed)));
  EXPECT_EQ(to_hex(signer.public_key()),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(to_hex(signer.sign("")),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
            "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
}

TEST(Ed25519, VerifiesOnlyTheSameMessageKeyAndSignature) {
  const Signer signer(Key::random());
  const Signer other(Key::random());
  Signature signature = signer.sign("head 42");
  EXPECT_TRUE(verify(signer.public_key(), "head 42", signature));
  EXPECT_FALSE(verify(signer.public_key(), "head 43", signature));
  EXPECT_FALSE(verify(other.public_key(), "head 42", signature));
  EXPECT_FALSE(verify(signer.public_key(), "head 42", Bytes(signature).subspan(1)));
  signature[10] ^= 1;
  EXPECT_FALSE(verify(signer.public_key(), "head 42", signature));
}

}  // namespace
}  // namespace paidan::crypto
