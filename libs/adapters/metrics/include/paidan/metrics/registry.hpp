#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "paidan/metrics/names.hpp"

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace paidan::metrics {

/// Only ever grows. A cheap handle, valid as long as its Registry; thread-safe.
class Counter {
 public:
  explicit Counter(prometheus::Counter& counter) : counter_(&counter) {}
  void add(double amount = 1);
  double value() const;

 private:
  prometheus::Counter* counter_;
};

/// Goes up and down; several threads may each add their share. Handle as above.
class Gauge {
 public:
  explicit Gauge(prometheus::Gauge& gauge) : gauge_(&gauge) {}
  void set(double value);
  void add(double amount);
  double value() const;

 private:
  prometheus::Gauge* gauge_;
};

/// Seconds in buckets from 1 ms to 60 s (lateness: to a day). Handle as above.
class Histogram {
 public:
  explicit Histogram(prometheus::Histogram& histogram) : histogram_(&histogram) {}
  void observe(double seconds);

 private:
  prometheus::Histogram* histogram_;
};

using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

struct RegistryOptions {
  std::string service;
  std::string version;
  bool replay = false;            ///< Puts mode="replay" on every series: it pages nobody.
  std::size_t series_max = 2000;  ///< Per metric; beyond it every label value becomes `other`.
};

/// All metrics of one process. Thread-safe. Asking again for the same series gives the same one;
/// it costs a lock and a hash, so keep the handle where it is hot. A description of another kind
/// than the call asks for is a bug and asserts.
class Registry {
 public:
  explicit Registry(const RegistryOptions& options);
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;
  ~Registry();

  Counter counter(const MetricDescription& description, const Labels& labels = {});
  Gauge gauge(const MetricDescription& description, const Labels& labels = {});
  Histogram histogram(const MetricDescription& description, const Labels& labels = {});

  /// Prometheus text format 0.0.4.
  std::string serialise() const;
  static constexpr const char* content_type = "text/plain; version=0.0.4; charset=utf-8";
  const std::string& service() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paidan::metrics
