#pragma once
#include <optional>
#include <string>

#include "dispatch/feed.hpp"
#include "dispatch/texts.hpp"
#include "paidan/dispatch/v1/assignment.pb.h"
#include "paidan/dispatch/v1/office.pb.h"
#include "paidan/rpc/caller.hpp"

/// Makes the messages of a stream out of what the feed tells.
namespace paidan::dispatch {

/// What a message needs that this process may not have at hand.
struct Attachment {
  v1::TicketView view;
  std::string text;
};

/// Gives the attachment of a delivery. Thread-safe.
class Attachments {
 public:
  Attachments(Texts& texts, const view_reader::ViewReader& views) : texts_(texts), views_(views) {}

  /// Without blocking: nothing when it must be looked for.
  std::optional<Attachment> at_hand(const Delivery& delivery) const;
  /// May block. Always answers: with what the record itself tells when nothing else can be had.
  Attachment look_up(const Delivery& delivery) const;

 private:
  Texts& texts_;
  const view_reader::ViewReader& views_;
};

/// The text goes with what is new to the hearer: an assignment, a snapshot, an entry into a queue.
bool wants_text(HearKind kind);

void fill(v1::SubscribeResponse& message, const Delivery& delivery, Attachment attachment,
          std::string token, const rpc::Caller& caller);
void fill(v1::SubscribeQueueResponse& message, const Delivery& delivery, Attachment attachment,
          std::string token, const rpc::Caller& caller);

}  // namespace paidan::dispatch
