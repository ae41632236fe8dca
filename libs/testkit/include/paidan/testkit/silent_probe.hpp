#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "paidan/stream/probe.hpp"

namespace paidan::testkit {

/// For a pump whose observations a test does not look at. Thread-safe.
class SilentProbe final : public stream::PumpProbe {
 public:
  void decided(std::string_view, std::string_view, stream::Outcome, std::string_view) override {}
  void dead_lettered(const stream::InRecord&, std::string_view) override {}
  void committed(std::size_t, std::size_t, Instant) override {}
  void rewound() override {}
  void restored(std::size_t, std::int64_t, std::int64_t, bool) override {}
  void stopped(std::string_view) override {}
};

}  // namespace paidan::testkit
