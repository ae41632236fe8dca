#include "intake/keys.hpp"

#include <algorithm>
#include <array>

#include "paidan/crypto/hash.hpp"
#include "paidan/crypto/seal.hpp"
#include "paidan/domain/masking.hpp"
#include "paidan/domain/ticket_id.hpp"
#include "paidan/runtime/secret.hpp"

namespace paidan::intake {

namespace {

// What a keyed hash is for: no two uses of the key can ever collide.
constexpr std::string_view ticket_id_use = "ticket_id";
constexpr std::string_view content_use = "content_hash";
constexpr std::string_view subject_use = "subject_ref";
constexpr std::string_view caller_use = "caller_key";
constexpr std::size_t subject_ref_bytes = 12;
constexpr std::size_t caller_key_bytes = 10;

std::string_view view(const crypto::Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

Result<crypto::Key, KeyTrouble> read_key(const std::string& path) {
  const auto secret = runtime::read_hex_key(path, crypto::Key::size_bytes);
  if (!secret) return KeyTrouble{secret.error().what};
  auto key = crypto::Key::from(secret->bytes());
  if (!key) return KeyTrouble{path + ": not " + std::to_string(crypto::Key::size_bytes) + " bytes"};
  return std::move(*key);
}

}  // namespace

Result<Keys, KeyTrouble> Keys::load(const std::string& secrets_dir) {
  auto ticket_id_key = read_key(secrets_dir + "/ticket_id.key");
  if (!ticket_id_key) return ticket_id_key.error();
  auto subject_key = read_key(secrets_dir + "/subject.key");
  if (!subject_key) return subject_key.error();
  auto caller_key = read_key(secrets_dir + "/caller.key");
  if (!caller_key) return caller_key.error();
  return Keys(std::move(ticket_id_key).value(), std::move(subject_key).value(),
              std::move(caller_key).value());
}

Keys::Keys(crypto::Key ticket_id_key, crypto::Key subject_key, crypto::Key caller_key)
    : ticket_id_key_(std::move(ticket_id_key)),
      subject_key_(std::move(subject_key)),
      caller_key_(std::move(caller_key)) {}

domain::TicketId Keys::ticket_id(std::string_view channel, std::string_view external_id) const {
  const crypto::Hash hash =
      crypto::keyed_hash(ticket_id_key_, {ticket_id_use, channel, external_id});
  std::array<std::uint8_t, 10> first{};
  std::copy_n(hash.begin(), first.size(), first.begin());
  return domain::make_ticket_id(first);
}

std::string Keys::content_hash(std::string_view canonical) const {
  return std::string(view(crypto::keyed_hash(ticket_id_key_, {content_use, canonical})));
}

std::string Keys::subject_ref(std::string_view ticket_id, std::string_view content_hash,
                              Instant happened_at) const {
  const std::string time = std::to_string(to_unix_ms(happened_at));
  const crypto::Hash hash =
      crypto::keyed_hash(ticket_id_key_, {subject_use, ticket_id, content_hash, time});
  return "s-" + crypto::to_hex(crypto::Bytes(hash).first(subject_ref_bytes));
}

std::string Keys::caller_key(std::string_view phone) const {
  const std::string number = domain::normalised_phone(phone);
  if (number.empty()) return {};
  const crypto::Hash hash = crypto::keyed_hash(caller_key_, {caller_use, number});
  return crypto::to_hex(crypto::Bytes(hash).first(caller_key_bytes));
}

contract::Subject Keys::seal(std::string subject_ref, std::string_view content) const {
  const crypto::Key data_key = crypto::Key::random();
  contract::Subject subject;
  subject.wrapped_data_key = crypto::wrap(subject_key_, data_key, subject_ref);
  subject.sealed = crypto::seal(data_key, content, subject_ref);
  subject.key_id = std::string(subject_key_id);
  subject.subject_ref = std::move(subject_ref);
  return subject;
}

}  // namespace paidan::intake
