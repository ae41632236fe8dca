#include "paidan/metrics/registry.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <map>
#include <mutex>
#include <set>

#include "paidan/base/assert.hpp"

namespace paidan::metrics {
namespace {

using PrometheusLabels = std::map<std::string, std::string>;
using Buckets = prometheus::Histogram::BucketBoundaries;

const Buckets& buckets_of(const MetricDescription& description) {
  static const Buckets minute = {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2,
                                 0.5,   1,     2,     5,    10,   30,   60};
  static const Buckets day = {0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 3600, 21600, 86400};
  return description.spans_a_day ? day : minute;
}

PrometheusLabels constant_labels(const RegistryOptions& options) {
  if (options.replay) return {{"mode", "replay"}};
  return {};
}

}  // namespace

void Counter::add(double amount) { counter_->Increment(amount); }
double Counter::value() const { return counter_->Value(); }
void Gauge::set(double value) { gauge_->Set(value); }
void Gauge::add(double amount) { gauge_->Increment(amount); }
double Gauge::value() const { return gauge_->Value(); }
void Histogram::observe(double seconds) { histogram_->Observe(seconds); }

struct Registry::Impl {
  RegistryOptions options;
  prometheus::Registry registry;
  std::mutex mutex;
  std::map<std::string_view, std::set<PrometheusLabels>> series;  // by metric name
  prometheus::Counter* overflow = nullptr;

  explicit Impl(const RegistryOptions& given) : options(given) {}

  // The registry merges: registering again gives the same family.
  template <class Builder>
  auto& family(Builder builder, const MetricDescription& description) {
    return builder.Name(std::string(description.name))
        .Help(std::string(description.help))
        .Labels(constant_labels(options))
        .Register(registry);
  }

  // The labels of the series to use: those asked for, or all `other` once there are too many.
  PrometheusLabels bounded(const MetricDescription& description, const Labels& labels) {
    PrometheusLabels wanted;
    for (const auto& [name, value] : labels) wanted.emplace(name, value);
    PAIDAN_ASSERT(wanted.size() == labels.size(), "a label is named twice");
    const std::lock_guard lock(mutex);
    auto& known = series[description.name];
    if (known.contains(wanted)) return wanted;
    if (known.size() < options.series_max) {
      known.insert(wanted);
      return wanted;
    }
    overflow->Increment();
    for (auto& [name, value] : wanted) value = "other";
    return wanted;
  }
};

Registry::Registry(const RegistryOptions& options) : impl_(std::make_unique<Impl>(options)) {
  impl_->overflow = &impl_->family(prometheus::BuildCounter(), names::label_overflow).Add({});
  impl_->family(prometheus::BuildGauge(), names::build_info)
      .Add({{"service", options.service}, {"version", options.version}})
      .Set(1);
}
Registry::~Registry() = default;

Counter Registry::counter(const MetricDescription& description, const Labels& labels) {
  PAIDAN_ASSERT(description.kind == MetricKind::counter, "described as another kind");
  const auto bounded = impl_->bounded(description, labels);
  return Counter(impl_->family(prometheus::BuildCounter(), description).Add(bounded));
}

Gauge Registry::gauge(const MetricDescription& description, const Labels& labels) {
  PAIDAN_ASSERT(description.kind == MetricKind::gauge, "described as another kind");
  const auto bounded = impl_->bounded(description, labels);
  return Gauge(impl_->family(prometheus::BuildGauge(), description).Add(bounded));
}

Histogram Registry::histogram(const MetricDescription& description, const Labels& labels) {
  PAIDAN_ASSERT(description.kind == MetricKind::histogram, "described as another kind");
  const auto bounded = impl_->bounded(description, labels);
  auto& family = impl_->family(prometheus::BuildHistogram(), description);
  return Histogram(family.Add(bounded, buckets_of(description)));
}

std::string Registry::serialise() const {
  return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

const std::string& Registry::service() const { return impl_->options.service; }

}  // namespace paidan::metrics
