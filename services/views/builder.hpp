#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"
#include "paidan/kafka/error.hpp"
#include "paidan/kafka/tail.hpp"
#include "paidan/stream/record.hpp"
#include "views/store.hpp"

namespace paidan::views {

/// Where the records come from: Kafka, or a test's own records.
class Source {
 public:
  Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  virtual ~Source() = default;

  /// Reads on from those positions; a partition that is not named, from its beginning.
  virtual Result<Unit, kafka::Error> open(const stream::Positions& from) = 0;
  /// Only after open() has succeeded. An error is final: open again.
  virtual Result<kafka::Tailed, kafka::Error> poll(std::size_t records_max, Milliseconds wait) = 0;
  virtual const stream::Positions& positions() const = 0;
  /// What was there when it was opened.
  virtual const stream::Positions& ends_at_open() const = 0;
};

/// What a builder tells about itself. Called on its thread.
class BuilderProbe {
 public:
  BuilderProbe() = default;
  BuilderProbe(const BuilderProbe&) = delete;
  BuilderProbe& operator=(const BuilderProbe&) = delete;
  virtual ~BuilderProbe() = default;

  struct Report {
    std::size_t records = 0;
    std::size_t repeated = 0;  ///< Versions that were in the views already.
    std::size_t jumped = 0;    ///< Tickets whose history lacks versions.
    Instant newest{};          ///< As its producer stamped it.
  };
  virtual void applied(const Report& report) = 0;
  /// An alert of the SLA monitor, applied to views that are live (not while they are rebuilt).
  virtual void alerted(const domain::SlaFact& fact) = 0;
  virtual void malformed(const stream::InRecord& record, std::string_view why) = 0;
  /// Nothing waits: the views are as new as the log.
  virtual void caught_up() = 0;
  /// The views hold all that was there when their building began; or no more.
  virtual void live(bool live) = 0;
  /// Somebody else has changed the views, or emptied them: begins again from what they say.
  virtual void gap() = 0;
  virtual void wiped(std::string_view why) = 0;
  /// Redis or Kafka is away; tries again.
  virtual void waits(std::string_view why) = 0;
};

struct BuilderConfig {
  std::int32_t partition_count = 4;
  std::size_t records_max = 200;  ///< Of a batch, which is one call of Redis.
  Milliseconds poll_wait{100};
  Milliseconds backoff_min{100};
  Milliseconds backoff_max{2'000};
  Milliseconds look_interval{1'000};  ///< How often an idle builder looks whether Redis is emptied.
};

/// Keeps the views as new as the log: read, fold, apply with compare-and-set, again. Whatever goes
/// wrong, it begins again from the positions that the views themselves hold, so nothing is applied
/// twice and an empty Redis is filled from the beginning. Not thread-safe.
class Builder {
 public:
  Builder(Store& store, Source& source, BuilderProbe& probe, BuilderConfig config);

  /// One step. Answers how long to wait before the next one; 0: go on at once.
  Milliseconds step();

 private:
  using Addressed = std::vector<std::pair<std::string, Input>>;

  Milliseconds attach();
  Milliseconds take(const kafka::Tailed& tailed);
  Milliseconds idle();
  Milliseconds apply(Changes changes, const BuilderProbe::Report& report);
  Milliseconds recover(const Trouble& trouble);
  Milliseconds recover(const kafka::Error& error);
  Milliseconds wipe(std::string_view why);
  Milliseconds detach();
  Addressed decode_all(const kafka::Tailed& tailed);
  Changes fold_all(std::map<std::string, Ticket> before, const Addressed& inputs,
                   BuilderProbe::Report& report);
  bool reached_ends() const;

  Store& store_;
  Source& source_;
  BuilderProbe& probe_;
  BuilderConfig config_;
  bool attached_ = false;
  Meta meta_;
  Milliseconds backoff_;
  std::chrono::steady_clock::time_point last_look_{};
};

}  // namespace paidan::views
