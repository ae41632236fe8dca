#include "paidan/domain/ticket_id.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace paidan::domain {
namespace {

std::array<std::uint8_t, 10> random_bytes(std::mt19937_64& random) {
  std::array<std::uint8_t, 10> bytes{};
  for (std::uint8_t& byte : bytes) {
    byte = static_cast<std::uint8_t>(random());
  }
  return bytes;
}

TEST(TicketId, HasSixteenLettersOfWhichTheLastChecksTheRest) {
  EXPECT_EQ(make_ticket_id({}).get(), "0000000000000000");
  const TicketId id = make_ticket_id({0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF});
  EXPECT_EQ(id.get().substr(0, 15), "zzzzzzzzzzzzzzz");
  EXPECT_TRUE(is_ticket_id(id.get()));
}

TEST(TicketId, FindsEveryWrongLetterAndEverySwapOfNeighbours) {
  constexpr std::uint64_t seed = 20251014;
  std::mt19937_64 random(seed);
  constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  for (int round = 0; round < 50; ++round) {
    const std::string id = make_ticket_id(random_bytes(random)).get();
    for (std::size_t i = 0; i < id.size(); ++i) {
      for (const char letter : alphabet) {
        std::string wrong = id;
        wrong[i] = letter;
        EXPECT_EQ(is_ticket_id(wrong), wrong == id) << wrong << " seed " << seed;
      }
      if (i + 1 < id.size()) {
        std::string swapped = id;
        std::swap(swapped[i], swapped[i + 1]);
        EXPECT_EQ(is_ticket_id(swapped), swapped == id) << swapped << " seed " << seed;
      }
    }
  }
}

TEST(TicketId, IsReadAsPeopleWriteIt) {
  const TicketId id = make_ticket_id({1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  std::string spoken;
  for (std::size_t i = 0; i < id.get().size(); ++i) {
    spoken += i > 0 && i % 4 == 0 ? "-" : "";
    const char letter = id.get()[i];
    spoken += letter == '0' ? 'O' : letter == '1' ? 'L' : static_cast<char>(std::toupper(letter));
  }
  const auto parsed = parse_ticket_id(spoken);
  ASSERT_TRUE(parsed) << spoken;
  EXPECT_EQ(parsed->get(), id.get());
  EXPECT_FALSE(is_ticket_id(spoken));  // only the canonical form
}

TEST(TicketId, SaysWhatIsWrong) {
  const std::string id = make_ticket_id({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}).get();
  EXPECT_EQ(parse_ticket_id(id.substr(1)).error(), TicketIdError::wrong_length);
  EXPECT_EQ(parse_ticket_id(id + "0").error(), TicketIdError::wrong_length);
  EXPECT_EQ(parse_ticket_id(id.substr(0, 15) + "u").error(), TicketIdError::wrong_character);
  EXPECT_EQ(parse_ticket_id(std::string(16, '\0')).error(), TicketIdError::wrong_character);
  std::string mistyped = id;
  mistyped[3] = mistyped[3] == 'z' ? 'y' : 'z';
  EXPECT_EQ(parse_ticket_id(mistyped).error(), TicketIdError::wrong_check);
  EXPECT_FALSE(to_string(TicketIdError::wrong_check).empty());
}

TEST(TicketId, UsesAllSeventyFiveBits) {
  std::set<std::string> ids;
  for (unsigned bit = 0; bit < 80; ++bit) {
    std::array<std::uint8_t, 10> bytes{};
    bytes[bit / 8] = static_cast<std::uint8_t>(0x80U >> bit % 8);
    ids.insert(make_ticket_id(bytes).get());
  }
  EXPECT_EQ(ids.size(), 76U);  // each of 75 bits, and the last five as none
}

}  // namespace
}  // namespace paidan::domain
