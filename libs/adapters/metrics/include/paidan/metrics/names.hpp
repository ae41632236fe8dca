#pragma once
#include <array>
#include <span>
#include <string_view>

namespace paidan::metrics {

enum class MetricKind { counter, gauge, histogram };

struct MetricDescription {
  std::string_view name;
  std::string_view help;
  MetricKind kind;
  /// Buckets of a histogram: from 1 ms to 60 s, or from 100 ms to a day.
  bool spans_a_day = false;
};

/// Every metric of the project. Names and labels never change their meaning; a label never holds a
/// ticket, a person or anything else without a small bound.
namespace names {

constexpr MetricDescription build_info{"paidan_build_info", "Always 1; labels: service, version.",
                                       MetricKind::gauge};
constexpr MetricDescription tickets{"paidan_tickets_total", "Tickets accepted, by channel.",
                                    MetricKind::counter};
constexpr MetricDescription decisions{
    "paidan_decisions_total", "Inputs decided, by service and outcome.", MetricKind::counter};
constexpr MetricDescription refusals{"paidan_refusals_total",
                                     "Inputs or calls refused, by service and reason.",
                                     MetricKind::counter};
constexpr MetricDescription clocks{
    "paidan_clocks", "Open clocks, by unit, clock and state (running, at_risk, breached).",
    MetricKind::gauge};
constexpr MetricDescription breaches{
    "paidan_breaches_total", "Clocks that ran out, by unit and clock.", MetricKind::counter};
constexpr MetricDescription warnings{"paidan_warnings_total",
                                     "Clocks that came close to their end, by unit and clock.",
                                     MetricKind::counter};
constexpr MetricDescription alert_lateness_seconds{
    "paidan_alert_lateness_seconds", "From a clock's due time to the alert that says so.",
    MetricKind::histogram, true};
constexpr MetricDescription record_age_seconds{
    "paidan_record_age_seconds", "Age of the oldest input of a transaction when it is committed.",
    MetricKind::histogram};
constexpr MetricDescription commit_seconds{
    "paidan_commit_seconds", "Duration of a Kafka transaction's commit.", MetricKind::histogram};
constexpr MetricDescription inputs{
    "paidan_inputs_total", "Inputs consumed by committed transactions.", MetricKind::counter};
constexpr MetricDescription outputs{
    "paidan_outputs_total", "Records written by committed transactions.", MetricKind::counter};
constexpr MetricDescription rewinds{"paidan_rewinds_total",
                                    "Transactions aborted and decided again.", MetricKind::counter};
constexpr MetricDescription deadletters{"paidan_deadletters_total",
                                        "Records that no version can read, by service.",
                                        MetricKind::counter};
constexpr MetricDescription time_stalled{
    "paidan_time_stalled", "Workers that had no time mark for 10 s although they own partitions.",
    MetricKind::gauge};
constexpr MetricDescription calendar_covered_days{
    "paidan_calendar_covered_days",
    "Days until the end of the calendar's covered years; negative after it.", MetricKind::gauge};
constexpr MetricDescription restored_keys{
    "paidan_restored_keys", "Live keys of the last complete restore.", MetricKind::gauge};
constexpr MetricDescription restore_records_per_key{
    "paidan_restore_records_per_key", "Records read per live key in the last complete restore.",
    MetricKind::gauge};
constexpr MetricDescription restoring{"paidan_restoring", "Workers that are restoring their state.",
                                      MetricKind::gauge};
constexpr MetricDescription calls{"paidan_calls_total", "gRPC calls answered, by method and code.",
                                  MetricKind::counter};
constexpr MetricDescription call_seconds{
    "paidan_call_seconds", "Duration of unary gRPC calls, by method.", MetricKind::histogram};
constexpr MetricDescription streams{"paidan_streams", "Open gRPC streams, by method.",
                                    MetricKind::gauge};
constexpr MetricDescription view_lag_seconds{"paidan_view_lag_seconds",
                                             "Age of the last record that a view applied, by view.",
                                             MetricKind::gauge};
constexpr MetricDescription view_gaps{"paidan_view_gaps_total",
                                      "Times a view had to read again from its stored offset.",
                                      MetricKind::counter};
constexpr MetricDescription version_gaps{"paidan_version_gaps_total",
                                         "Tickets whose history lacks versions: must stay 0.",
                                         MetricKind::counter};
constexpr MetricDescription reveals{"paidan_reveals_total", "Contact data shown, by outcome.",
                                    MetricKind::counter};
constexpr MetricDescription label_overflow{"paidan_metric_label_overflow_total",
                                           "Observations counted under the label value other.",
                                           MetricKind::counter};

constexpr MetricDescription aborts{"paidan_aborts_total", "Kafka transactions aborted.",
                                   MetricKind::counter};
constexpr MetricDescription owned_partitions{"paidan_owned_partitions",
                                             "Partitions that the workers of this process own.",
                                             MetricKind::gauge};
constexpr MetricDescription restore_seconds{
    "paidan_restore_seconds", "Duration of a restore from the state topic.", MetricKind::histogram};
constexpr MetricDescription producer_rebuilds{
    "paidan_producer_rebuilds_total", "Idempotent producers that gave up and were replaced.",
    MetricKind::counter};
constexpr MetricDescription kafka_warnings{
    "paidan_kafka_warnings_total", "Troubles with Kafka that may pass: broker away, timeout.",
    MetricKind::counter};

}  // namespace names

/// Every description above; a test holds the two together.
std::span<const MetricDescription> all_names();

}  // namespace paidan::metrics
