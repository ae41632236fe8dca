#pragma once
#include <cstdint>
#include <string>
#include <utility>

#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"
#include "paidan/contract/cloud_event.hpp"
#include "paidan/stream/decider.hpp"
#include "paidan/stream/record.hpp"

namespace paidan::contract {

/// What every record says about itself (`paidan.common.v1.RecordMeta`).
struct Meta {
  std::string cause;
  Instant happened_at;
  Instant decided_at;
  std::string rules_version;
  friend bool operator==(const Meta&, const Meta&) = default;
};

/// A record of a topic, decoded. `key` is the ticket id, or "@<partition>" for what belongs to the
/// partition itself.
template <class Body>
struct Decoded {
  std::string key;
  Meta meta;
  Body body;
};

/// A record, or why no version of this program can read it: `why` names the field and the limit,
/// never the data of a citizen. Every decode checks: the size (`Topic::bytes_max`), that the bytes
/// are the message (nesting at most 100, text is UTF-8), every enum, every time, that the fact is
/// known, that the key is the (well-formed) ticket id, and that the record lies on the key's
/// partition.
template <class Body>
using DecodeResult = Result<Decoded<Body>, stream::Malformed>;

}  // namespace paidan::contract
