#pragma once
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "dispatch/ring.hpp"
#include "paidan/stream/record.hpp"

namespace paidan::dispatch {

/// One thing to be told to a hearer.
struct Delivery {
  HearKind kind = v1::SubscribeResponse::KIND_UNSPECIFIED;
  std::shared_ptr<const FeedEntry> entry{};          ///< Null in a snapshot and when live.
  std::shared_ptr<const v1::TicketView> snapshot{};  ///< Only in a snapshot.
  std::shared_ptr<const FeedPosition> position{};    ///< For the resume token.
  bool repeated = false;
};

/// An open stream, as the feed sees it. Thread-safe.
class Listener {
 public:
  Listener() = default;
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  virtual ~Listener() = default;

  virtual const std::string& hearer() const = 0;
  /// Must not block. Called in order, by one thread at a time.
  virtual void tell(Delivery delivery) = 0;
  /// Deliveries that the listener already has from the ring do not count against its bound.
  virtual void expect(std::size_t backlog) = 0;
  /// The process stops: end the stream.
  virtual void close() = 0;
};

struct FeedLimits {
  RingLimits ring;
  std::size_t cards_max = 50'000;
};

/// `lifecycle`, read once per process and told to all streams. Thread-safe; ingest() and
/// keep_alive() by one thread.
class Feed {
 public:
  enum class Start {
    live,         ///< Told from now on, or from the position on.
    too_old,      ///< The ring does not reach back that far; nothing was registered.
    unavailable,  ///< The process begins or stops.
  };

  Feed(FeedLimits limits, std::size_t partition_count);

  /// The position at which it is read first; once, before anything is ingested.
  void begin(FeedPosition start);
  /// A record of `lifecycle`. False when it cannot be read (no dispatch writes such); it is passed
  /// over.
  bool ingest(const stream::InRecord& record);
  /// Tells every stream the position that was reached, so that a quiet one keeps a fresh token.
  void keep_alive();

  /// Without a position: KIND_LIVE, then what comes. With one: what was told since, marked as
  /// repeated, then KIND_LIVE.
  Start subscribe(const std::shared_ptr<Listener>& listener,
                  const std::optional<FeedPosition>& from);
  void remove(const Listener& listener);
  /// Closes every stream and takes no new one.
  void close();

  FeedPosition position() const;
  std::size_t listeners() const;

 private:
  struct Registered {
    std::shared_ptr<Listener> listener;
    FeedPosition from;  ///< Another instance may have told it what this one has yet to read.
  };
  std::shared_ptr<FeedEntry> entry_of(const stream::InRecord& record,
                                      const ticket::v1::LifecycleRecord& parsed);

  mutable std::mutex mutex_;
  const FeedLimits limits_;
  FeedPosition position_;
  Cards cards_;
  std::optional<Ring> ring_;                          ///< Once begun.
  std::multimap<std::string, Registered> listeners_;  ///< By hearer.
  bool closed_ = false;
};

}  // namespace paidan::dispatch
