#include "paidan/metrics/names.hpp"

namespace paidan::metrics {

std::span<const MetricDescription> all_names() {
  using namespace names;
  static constexpr std::array all = {
      build_info,
      tickets,
      decisions,
      refusals,
      clocks,
      breaches,
      warnings,
      alert_lateness_seconds,
      record_age_seconds,
      commit_seconds,
      inputs,
      outputs,
      rewinds,
      deadletters,
      time_stalled,
      calendar_covered_days,
      restored_keys,
      restore_records_per_key,
      restoring,
      calls,
      call_seconds,
      streams,
      view_lag_seconds,
      view_gaps,
      version_gaps,
      reveals,
      label_overflow,
      aborts,
      owned_partitions,
      restore_seconds,
      producer_rebuilds,
      kafka_warnings,
  };
  return all;
}

}  // namespace paidan::metrics
