#pragma once
#include <cstddef>
#include <string_view>

#include "paidan/stream/decider.hpp"
#include "paidan/stream/log.hpp"

namespace paidan::stream {

/// What a pump tells about itself, in words of the work. Business code never sees a metrics
/// library. Called on the pump's thread; must not block.
class PumpProbe {
 public:
  PumpProbe() = default;
  PumpProbe(const PumpProbe&) = delete;
  PumpProbe& operator=(const PumpProbe&) = delete;
  virtual ~PumpProbe() = default;

  virtual void decided(std::string_view key, std::string_view traceparent, Outcome outcome,
                       std::string_view reason) = 0;
  virtual void dead_lettered(const InRecord& record, std::string_view why) = 0;
  virtual void committed(std::size_t inputs, std::size_t outputs, Instant oldest_input) = 0;
  virtual void rewound() = 0;
  virtual void restored(std::size_t keys, std::int64_t records_read, std::int64_t records_expected,
                        bool complete) = 0;
  /// The pump is about to answer Turn::stop.
  virtual void stopped(std::string_view why) = 0;
};

}  // namespace paidan::stream
