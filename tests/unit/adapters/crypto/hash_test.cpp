#include "paidan/crypto/hash.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace paidan::crypto {
namespace {

Key key_of(std::uint8_t fill) {
  return *Key::from(std::vector<std::uint8_t>(Key::size_bytes, fill));
}

TEST(Blake2b, AgreesWithAKnownAnswer) {
  // `printf abc | b2sum -l 256`
  EXPECT_EQ(to_hex(blake2b_256("abc")),
            "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
  EXPECT_EQ(to_hex(blake2b_256("")),
            "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

TEST(KeyedHash, DependsOnKeyPartsAndWhereTheyAreCut) {
  const Key key = key_of(1);
  EXPECT_EQ(keyed_hash(key, {"ab", "c"}), keyed_hash(key, {"ab", "c"}));
  EXPECT_NE(keyed_hash(key, {"ab", "c"}), keyed_hash(key, {"a", "bc"}));
  EXPECT_NE(keyed_hash(key, {"ab", "c"}), keyed_hash(key, {"abc"}));
  EXPECT_NE(keyed_hash(key, {"ab", ""}), keyed_hash(key, {"ab"}));
  EXPECT_NE(keyed_hash(key, {"ab"}), keyed_hash(key_of(2), {"ab"}));
}

TEST(KeyedHash, IsTheSameForEver) {
  // Ticket ids are made of it: a change here would give every citizen's ticket another id.
  // Computed independently: python3 -c "import hashlib,struct; h=hashlib.blake2b(key=b'\x01'*32,
  // digest_size=32); [h.update(struct.pack('<Q',len(p))+p) for p in (b'web',b'A-1')]; ..."
  EXPECT_EQ(to_hex(keyed_hash(key_of(1), {"web", "A-1"})),
            "1cd0c62e210fef8b727841075cb43a2cf10f818c53bdbcd49d85452635284782");
}

TEST(FiveBitGroups, AreTheHashFromItsFirstBit) {
  Hash hash{};
  hash[0] = 0b10000'100;
  hash[1] = 0b01'00001'1;
  hash[2] = 0b1111'0000;
  EXPECT_EQ(take_five_bit_groups(hash, 4), std::string("\x10\x11\x01\x1f"));
  EXPECT_EQ(take_five_bit_groups(hash, 15).size(), 15u);
  EXPECT_EQ(take_five_bit_groups(hash, 51).size(), 51u);
}

TEST(Hex, GoesBothWaysAndRefusesWhatIsNotHex) {
  EXPECT_EQ(from_hex("00ff7F"), std::string("\x00\xff\x7f", 3));
  EXPECT_EQ(from_hex(""), "");
  for (const char* bad : {"0", "0g", "zz", "00 11", "001"}) EXPECT_EQ(from_hex(bad), std::nullopt);
}

TEST(ConstantTime, ComparesLikeEquality) {
  EXPECT_TRUE(equal_in_constant_time("secret", "secret"));
  EXPECT_FALSE(equal_in_constant_time("secret", "secreT"));
  EXPECT_FALSE(equal_in_constant_time("secret", "secrets"));
  EXPECT_TRUE(equal_in_constant_time("", ""));
}

TEST(KeyFrom, WantsExactlyThirtyTwoBytes) {
  EXPECT_FALSE(Key::from(std::vector<std::uint8_t>(31)));
  EXPECT_FALSE(Key::from(std::vector<std::uint8_t>(33)));
  EXPECT_TRUE(Key::from(std::vector<std::uint8_t>(32)));
}

TEST(KeyMove, LeavesNothingBehind) {
  Key first = key_of(7);
  const Key second = std::move(first);
  EXPECT_EQ(to_hex(second.bytes()).substr(0, 4), "0707");
  EXPECT_EQ(to_hex(first.bytes()).substr(0, 4), "0000");  // NOLINT(bugprone-use-after-move)
}

}  // namespace
}  // namespace paidan::crypto
