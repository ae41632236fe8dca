#pragma once
#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace paidan::dispatch {

/// Lets each name do something `capacity` times at once and `capacity` times an hour. Names come
/// from tokens, so their number is bounded. Thread-safe.
class TokenBuckets {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;
  explicit TokenBuckets(double per_hour) : capacity_(per_hour) {}

  /// Takes one, or says that there is none.
  bool take(const std::string& name, SteadyTime now) {
    const std::lock_guard lock(mutex_);
    Bucket& bucket = buckets_.try_emplace(name, Bucket{capacity_, now}).first->second;
    const std::chrono::duration<double, std::ratio<3600>> passed = now - bucket.filled_at;
    bucket.tokens = std::min(capacity_, bucket.tokens + passed.count() * capacity_);
    bucket.filled_at = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

 private:
  struct Bucket {
    double tokens;
    SteadyTime filled_at;
  };
  const double capacity_;
  std::mutex mutex_;
  std::map<std::string, Bucket> buckets_;
};

}  // namespace paidan::dispatch
