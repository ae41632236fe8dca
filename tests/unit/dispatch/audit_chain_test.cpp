#include <gtest/gtest.h>

#include <vector>

#include "dispatch/audit.hpp"

namespace paidan::dispatch {
namespace {

constexpr Instant now = from_unix_ms(1'700'000'000'000);

ticket::v1::AuditRecord a_reveal(const std::string& ticket_id) {
  ticket::v1::AuditRecord record;
  record.mutable_revealed()->set_ticket_id(ticket_id);
  return record;
}

crypto::Key a_seed() {
  const std::vector<std::uint8_t> bytes(crypto::Key::size_bytes, 7);
  return *crypto::Key::from(bytes);
}

TEST(AuditChain, LinksEachRecordToTheOneBefore) {
  AuditChain chain("dispatch-0", 5);
  const auto first = chain.link(a_reveal("t"));
  const auto second = chain.link(a_reveal("u"));
  EXPECT_EQ(first.seq(), 1U);
  EXPECT_EQ(first.previous_hash(), "");
  EXPECT_EQ(first.hash(), audit_hash(first));
  EXPECT_EQ(second.seq(), 2U);
  EXPECT_EQ(second.previous_hash(), first.hash());
  EXPECT_EQ(second.hash(), audit_hash(second));
}

TEST(AuditChain, ShowsThatARecordWasChanged) {
  AuditChain chain("dispatch-0", 5);
  auto record = chain.link(a_reveal("t"));
  record.mutable_revealed()->set_ticket_id("u");
  EXPECT_NE(record.hash(), audit_hash(record));
}

TEST(AuditChain, SignsItsSizeAndHead) {
  const crypto::Signer signer(a_seed());
  AuditChain chain("dispatch-0", 5);
  const auto last = chain.link(a_reveal("t"));
  EXPECT_EQ(chain.since_checkpoint(), 1U);
  auto checkpoint = chain.checkpoint(signer, now);
  EXPECT_EQ(chain.since_checkpoint(), 0U);
  EXPECT_EQ(checkpoint.checkpoint().size(), 1U);
  EXPECT_EQ(checkpoint.checkpoint().head(), last.hash());
  EXPECT_EQ(checkpoint.previous_hash(), last.hash());
  const std::string& signature = checkpoint.checkpoint().signature();
  const crypto::Bytes bytes(reinterpret_cast<const std::uint8_t*>(signature.data()),
                            signature.size());
  EXPECT_TRUE(crypto::verify(signer.public_key(), checkpoint_text(checkpoint), bytes));
  checkpoint.mutable_checkpoint()->set_size(0);
  EXPECT_FALSE(crypto::verify(signer.public_key(), checkpoint_text(checkpoint), bytes));
}

TEST(AuditChain, BeginsANewEpochWhenItDoesNotKnowItsEnd) {
  AuditChain chain("dispatch-0", 5);
  chain.link(a_reveal("t"));
  chain.begin_again(now);
  const auto record = chain.link(a_reveal("u"));
  EXPECT_EQ(record.epoch(), static_cast<std::uint64_t>(to_unix_ms(now)));
  EXPECT_EQ(record.seq(), 1U);
  EXPECT_EQ(record.previous_hash(), "");
}

}  // namespace
}  // namespace paidan::dispatch
