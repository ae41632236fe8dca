#pragma once
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/stream/record.hpp"

namespace paidan::stream {

/// How a well-formed input ended. A metric label and a log field; nothing else.
enum class Outcome {
  accepted,   ///< New facts.
  skipped,    ///< Duplicate or stale: consumed and counted.
  refused,    ///< Breaks a rule; the events hold the answer to the asker, no fact of the key.
  malformed,  ///< No version of this service can read it: dead-lettered whole.
};
std::string_view to_string(Outcome outcome);

template <class Event>
struct Decision {
  std::vector<Event> events;
  Outcome outcome = Outcome::accepted;
  std::string_view reason{};  ///< Static text, a metric label: few values, never data.
};

/// Bytes that no version of this service can read. `why` names the field and the limit, never the
/// data of a citizen.
struct Malformed {
  std::string why;
};

/// An input, addressed. `key` is opaque to the stream (ticket id, cluster key, "@<partition>").
/// With `advance_to`, the record says that time has reached that instant in its partition: before
/// it is handled, every key of the partition whose `wake_at` is not later gets its wake.
template <class Input>
struct Decoded {
  std::string key;
  Input input;
  std::optional<Instant> advance_to{};
};

/// What an output is derived from.
struct Cause {
  std::string id;  ///< Id of the cause: `topic/partition/offset`, or of a wake or tick.
  std::string_view traceparent;  ///< W3C trace context of the input; may be empty.
  Partition partition;           ///< Of the input, and of everything that it causes.
};

/// A service's brain. Every member is pure: same arguments, same answer; no clock, no I/O, no
/// throw.
/// - State{} means "this key is unknown"; a key whose state returns to State{} is forgotten.
/// - wake(due) is delivered when `advance_to` reaches wake_at; deciding it must move wake_at,
///   and not back to a time that has fired for the key: `wake/<key>/<due>` names its outputs.
/// - fired(n, more): delivered to the key of an advancing record before the record itself, when n
///   wakes fired for it; `more` says that the transaction was full and the rest follow.
template <class D>
concept Decider =
    requires(const D& d, const typename D::State& s, typename D::State moved,
             const typename D::Input& in, const typename D::Event& e, Instant now, Instant due) {
      requires std::regular<typename D::State>;
      { d.decide(s, in, now) } -> std::same_as<Decision<typename D::Event>>;
      { d.evolve(std::move(moved), e) } -> std::same_as<typename D::State>;
      { d.wake_at(s) } -> std::same_as<std::optional<Instant>>;
      { d.wake(due) } -> std::same_as<typename D::Input>;
    };

/// A decider that counts the wakes which a time mark caused.
template <class D>
concept CountsWakes = requires(const D& d, std::size_t count, bool more) {
  { d.fired(count, more) } -> std::same_as<typename D::Input>;
};

/// A decider that writes time marks: given the state of the partition's own key "@<partition>" and
/// the instant to which its inputs are known to be read, an input for that key, or nothing.
template <class D>
concept KeepsTime = requires(const D& d, const typename D::State& s, Instant as_of) {
  { d.tick(s, as_of) } -> std::same_as<std::optional<typename D::Input>>;
};

/// What `encode` gives: one record, or nothing for an event that changes the state alone.
template <class T>
concept Encoded = std::same_as<T, OutRecord> || std::same_as<T, std::optional<OutRecord>>;

/// Bytes <-> domain, also pure. The only place that sees protobuf. `encode` gets the state after
/// the event, for what the event itself need not carry (its version), and the index of the record
/// within its cause, from which its id is built.
template <class C, class D>
concept CodecFor = requires(const C& c, const InRecord& r, const typename D::Event& e,
                            const typename D::State& s, std::string_view key, const Cause& cause,
                            std::size_t index, Instant now, Partition p) {
  { c.decode(r) } -> std::same_as<Result<Decoded<typename D::Input>, Malformed>>;
  { c.encode(key, e, s, cause, index, now) } -> Encoded;
  { c.snapshot(key, p, s) } -> std::same_as<OutRecord>;  // State{}: the tombstone
  { c.restore(r) } -> std::same_as<Result<typename D::State, Malformed>>;
  { c.dead_letter(r, Malformed{}, now) } -> std::same_as<OutRecord>;
};

/// The key of a partition's own state, e.g. "@3".
std::string partition_key(Partition partition);

}  // namespace paidan::stream
