#pragma once
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "paidan/stream/decider.hpp"

/// A small decider with a text codec, for tests of the pump: counts, reminds, keeps time.
/// Input texts: "add N" "wake AT" "sleep" "forget" "refuse" "skip" "malformed" "mark AT"; other
/// texts cannot be decoded.
namespace paidan::testkit::toy {

using namespace paidan::stream;  // NOLINT: a stage is written in the stream's words

inline constexpr TopicName input = "in";
inline constexpr TopicName output = "out";
inline constexpr TopicName state_topic = "state";
inline constexpr TopicName dead_letters = "dead";

struct State {
  std::int64_t total = 0;
  std::int64_t wake_ms = 0;  ///< 0: none.
  std::int64_t fired = 0;    ///< Wakes delivered to this key, or counted for its marks.
  friend auto operator<=>(const State&, const State&) = default;
};

struct Input {
  std::string verb;
  std::int64_t number = 0;
  bool more = false;
};

struct Event {
  std::string what;
  std::int64_t number = 0;
};

inline std::int64_t number_in(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

struct Decider {
  using State = toy::State;
  using Input = toy::Input;
  using Event = toy::Event;

  Decision<Event> decide(const State& state, const Input& in, Instant /*now*/) const {
    if (in.verb == "refuse") return {{{"refused", 0}}, Outcome::refused, "asked"};
    if (in.verb == "skip") return {{}, Outcome::skipped, "asked"};
    if (in.verb == "malformed") return {{}, Outcome::malformed, "asked"};
    if (in.verb == "stuck") return {{}, Outcome::accepted, {}};
    if (in.verb == "woken") {
      // Twice a chain: the second wake is ten later, so that wakes cause wakes.
      const bool again = state.fired % 2 == 0;
      return {{{"woken", in.number}, {"wake", again ? in.number + 10 : 0}}};
    }
    if (in.verb == "fired") return {{{in.more ? "fired-more" : "fired", in.number}}};
    if (in.verb == "add") return {{{"added", in.number}}};
    return {{{in.verb, in.number}}};
  }
  State evolve(State state, const Event& event) const {
    if (event.what == "added") state.total += event.number;
    if (event.what == "wake") state.wake_ms = event.number;
    if (event.what == "sleep") state.wake_ms = 0;
    if (event.what == "woken") ++state.fired;
    if (event.what.starts_with("fired")) state.fired += event.number;
    if (event.what == "forget") return State{};
    return state;
  }
  std::optional<Instant> wake_at(const State& state) const {
    if (state.wake_ms == 0) return std::nullopt;
    return from_unix_ms(state.wake_ms);
  }
  Input wake(Instant due) const { return {"woken", to_unix_ms(due)}; }
  Input fired(std::size_t count, bool more) const {
    return {"fired", static_cast<std::int64_t>(count), more};
  }
  std::optional<Input> tick(const State& state, Instant as_of) const {
    if (to_unix_ms(as_of) <= state.total) return std::nullopt;
    return Input{"add", to_unix_ms(as_of) - state.total};
  }
};

struct Codec {
  Result<Decoded<Input>, Malformed> decode(const InRecord& record) const {
    if (!record.value) return Malformed{"a tombstone is no input"};
    const std::string_view text = *record.value;
    const std::string verb(text.substr(0, text.find(' ')));
    const std::int64_t number =
        verb.size() < text.size() ? number_in(text.substr(verb.size() + 1)) : 0;
    for (const std::string_view known :
         {"add", "wake", "sleep", "forget", "refuse", "skip", "malformed", "stuck", "mark"}) {
      if (verb != known) continue;
      Decoded<Input> decoded{std::string(record.key), {verb, number}, {}};
      if (verb == "mark") decoded.advance_to = from_unix_ms(number);
      return decoded;
    }
    return Malformed{"unknown verb"};
  }
  OutRecord encode(std::string_view key, const Event& event, const State& state, const Cause& cause,
                   std::size_t index, Instant /*now*/) const {
    return {
        output,
        cause.partition,
        std::string(key),
        event.what + " " + std::to_string(event.number) + " total " + std::to_string(state.total),
        {{"ce_id", cause.id + "/" + std::to_string(index)}}};
  }
  OutRecord snapshot(std::string_view key, Partition partition, const State& state) const {
    OutRecord record{state_topic, partition, std::string(key), {}, {}};
    if (state != State{}) {
      record.value = std::to_string(state.total) + " " + std::to_string(state.wake_ms) + " " +
                     std::to_string(state.fired);
    }
    return record;
  }
  Result<State, Malformed> restore(const InRecord& record) const {
    const std::string_view text = *record.value;
    const std::size_t first = text.find(' ');
    if (first == std::string_view::npos) return Malformed{"no snapshot of ours"};
    const std::size_t second = text.find(' ', first + 1);
    return State{number_in(text), number_in(text.substr(first + 1)),
                 number_in(text.substr(second + 1))};
  }
  OutRecord dead_letter(const InRecord& record, const Malformed& why, Instant /*now*/) const {
    OutRecord letter{dead_letters, record.partition, std::string(record.key), {}, {}};
    if (record.value) letter.value = std::string(*record.value);
    letter.headers = {{"ce_id", cause_of(record)}, {"reason", why.why}};
    return letter;
  }
};

static_assert(paidan::stream::Decider<Decider> && CodecFor<Codec, Decider>);
static_assert(CountsWakes<Decider> && KeepsTime<Decider>);

}  // namespace paidan::testkit::toy
