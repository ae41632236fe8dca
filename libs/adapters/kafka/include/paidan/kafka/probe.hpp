#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace paidan::kafka {

/// What the adapter tells about itself; the wiring turns it into metrics and log lines. Called from
/// any thread of the adapter, at times under its locks: be thread-safe, be quick, call nothing
/// back.
class KafkaProbe {
 public:
  KafkaProbe() = default;
  KafkaProbe(const KafkaProbe&) = delete;
  KafkaProbe& operator=(const KafkaProbe&) = delete;
  virtual ~KafkaProbe() = default;

  /// A transaction is committed: from its begin to the broker's word that it is decided.
  virtual void committed(std::chrono::microseconds took, std::size_t records) = 0;
  /// A transaction was aborted and its input will be read again.
  virtual void aborted(std::string_view why) = 0;
  /// Partitions of the group now owned; 0 after a revocation.
  virtual void assigned(std::size_t partitions) = 0;
  virtual void restored(std::int64_t records, std::chrono::milliseconds took) = 0;
  /// An idempotent producer gave up and was replaced; what was not acknowledged is sent again.
  virtual void producer_rebuilt(std::string_view why) = 0;
  /// Trouble that may pass (a broker away, a timeout). Never data of a record.
  virtual void warned(std::string_view what) = 0;
};

/// Says nothing to anybody: for tools and tests that look at results only.
class SilentProbe : public KafkaProbe {
 public:
  void committed(std::chrono::microseconds /*took*/, std::size_t /*records*/) override {}
  void aborted(std::string_view /*why*/) override {}
  void assigned(std::size_t /*partitions*/) override {}
  void restored(std::int64_t /*records*/, std::chrono::milliseconds /*took*/) override {}
  void producer_rebuilt(std::string_view /*why*/) override {}
  void warned(std::string_view /*what*/) override {}
};

}  // namespace paidan::kafka
