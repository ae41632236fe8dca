#pragma once
#include <string>
#include <string_view>

#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"
#include "paidan/contract/subjects.hpp"
#include "paidan/crypto/key.hpp"
#include "paidan/domain/ids.hpp"

namespace paidan::intake {

/// What went wrong with a secret: names the file, never its content.
struct KeyTrouble {
  std::string what;
};

/// Everything that intake derives from a secret. Immutable, thread-safe.
class Keys {
 public:
  /// Reads `ticket_id.key`, `subject.key` and `caller.key` of the secrets directory.
  static Result<Keys, KeyTrouble> load(const std::string& secrets_dir);
  Keys(crypto::Key ticket_id_key, crypto::Key subject_key, crypto::Key caller_key);

  /// The same channel and external id are the same ticket, for life: keyed BLAKE2b, 75 bits.
  domain::TicketId ticket_id(std::string_view channel, std::string_view external_id) const;

  /// 32 bytes over the canonical form. Keyed, because a plain hash over a known text and an unknown
  /// phone number would give the number away to whoever tries them all.
  std::string content_hash(std::string_view canonical) const;

  /// Of one accepted request: another content or another time of the same ticket has another.
  std::string subject_ref(std::string_view ticket_id, std::string_view content_hash,
                          Instant happened_at) const;

  /// 80 bits in hex: the same for every ticket of the same phone. Keyed, because all phone numbers
  /// can be tried. Empty when the phone is nobody's own (`domain::normalised_phone`).
  std::string caller_key(std::string_view phone) const;

  /// Encrypts with a new data key, which is wrapped by the key-encryption key.
  contract::Subject seal(std::string subject_ref, std::string_view content) const;

 private:
  crypto::Key ticket_id_key_;
  crypto::Key subject_key_;
  crypto::Key caller_key_;
};

/// Names the key-encryption key in each subject record, for its rotation.
inline constexpr std::string_view subject_key_id = "subject.key";

}  // namespace paidan::intake
