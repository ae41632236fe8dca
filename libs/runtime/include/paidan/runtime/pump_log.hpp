#pragma once
#include <string>
#include <string_view>

#include "paidan/stream/probe.hpp"

namespace paidan::runtime {

/// Logs what a pump tells, and passes it on to `next` (its metrics). Decisions at debug, refusals
/// at info, dead letters at warn; never the content of a record. One per worker; `next` must
/// outlive it.
class PumpLog final : public stream::PumpProbe {
 public:
  PumpLog(std::string worker, stream::PumpProbe& next);

  void decided(std::string_view key, std::string_view traceparent, stream::Outcome outcome,
               std::string_view reason) override;
  void dead_lettered(const stream::InRecord& record, std::string_view why) override;
  void committed(std::size_t inputs, std::size_t outputs, Instant oldest_input) override;
  void rewound() override;
  void restored(std::size_t keys, std::int64_t records_read, std::int64_t records_expected,
                bool complete) override;
  void stopped(std::string_view why) override;

 private:
  std::string worker_;
  stream::PumpProbe& next_;
};

}  // namespace paidan::runtime
