#include "paidan/kafka/log.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "group_reader.hpp"
#include "paidan/base/assert.hpp"
#include "restore.hpp"
#include "transaction.hpp"

namespace paidan::kafka {

namespace {
constexpr Milliseconds pause_between_tries{100};
}

class KafkaLog::Impl {
 public:
  Impl(LogConfig config, KafkaProbe& probe)
      : config_(std::move(config)), topics_(config_.connection), probe_(probe) {}

  std::optional<Error> open(const stream::Clock& clock) {
    for (int id = 0; id < config_.transactional_ids; ++id) {
      auto producer = TransactionalProducer::open(transaction_config(id), topics_, probe_);
      if (!producer) return producer.error();
      producers_.push_back(std::move(producer).value());
    }
    auto reader = GroupReader::open(config_, topics_, clock, probe_);
    if (!reader) return reader.error();
    reader_ = std::move(reader).value();
    return std::nullopt;
  }

  stream::Polled poll(std::size_t records_max, Milliseconds wait) {
    if (!failed_.empty()) return stream::Failed{failed_};
    if (auto change = reader_->next_change()) return meet(*change);
    switch (phase_) {
      case Phase::restoring:
        return restore(wait);
      case Phase::positioning:
        return start(wait);
      case Phase::reading:
        break;
    }
    auto batch = reader_->read(records_max, wait);
    if (!batch) return fail(batch.error().what);
    return std::move(batch).value();
  }

  stream::Commit commit(std::span<const stream::OutRecord> out, const stream::Positions& upto) {
    PAIDAN_ASSERT(phase_ == Phase::reading && upto.size() == committed_.size() && !upto.empty(),
                  "every owned (topic, partition) in every commit");
    const auto begin = std::chrono::steady_clock::now();
    TransactionalProducer& producer = *producers_[turn_++ % producers_.size()];
    const Ended ended = producer.run(out, upto, [this] { return reader_->membership(); });
    if (ended.as == Ended::As::unknown) {
      fail(ended.why);
      return stream::Commit::fenced;
    }
    if (ended.as == Ended::As::aborted) {
      probe_.aborted(ended.why);
      if (auto error = reader_->rewind(committed_)) fail(error->what);
      return stream::Commit::rewound;
    }
    committed_ = upto;
    probe_.committed(std::chrono::duration_cast<std::chrono::microseconds>(
                         std::chrono::steady_clock::now() - begin),
                     out.size());
    return stream::Commit::done;
  }

 private:
  enum class Phase { reading, restoring, positioning };

  TransactionConfig transaction_config(int id) const {
    std::string name = config_.connection.topic_prefix + config_.group + "-" +
                       std::to_string(config_.instance_ordinal) + "-" +
                       std::to_string(config_.worker);
    if (id > 0) name += "-" + std::to_string(id);
    return {config_.connection, std::move(name), config_.transaction_timeout,
            config_.end_of_transaction_max};
  }

  stream::Failed fail(std::string why) {
    failed_ = std::move(why);
    probe_.warned(failed_);
    return {failed_};
  }

  stream::Polled meet(const GroupReader::Change& change) {
    probe_.assigned(change.gained ? change.partitions.size() : 0);
    restore_.reset();
    with_state_.clear();
    committed_.clear();
    phase_ = Phase::reading;  // of nothing
    if (!change.gained) {
      const std::vector<Partition> lost(owned_.begin(), owned_.end());
      owned_.clear();
      return stream::Revoked{lost};
    }
    owned_ = change.partitions;
    phase_ = Phase::positioning;
    positioning_since_ = std::chrono::steady_clock::now();
    if (config_.state && !owned_.empty()) {
      auto opened = Restore::open(config_, owned_, probe_);
      if (!opened) return fail(opened.error().what);
      restore_ = std::move(opened).value();
      phase_ = Phase::restoring;
    }
    return stream::Assigned{{owned_.begin(), owned_.end()}};
  }

  stream::Polled restore(Milliseconds wait) {
    auto chunk = restore_->step(wait);
    if (!chunk) return fail(chunk.error().what);
    if (restore_->finished()) {
      probe_.restored(restore_->records(), restore_->took());
      with_state_ = restore_->with_state();
      restore_.reset();
      positioning_since_ = std::chrono::steady_clock::now();
      phase_ = Phase::positioning;
    }
    return std::move(chunk).value();
  }

  stream::Polled start(Milliseconds wait) {
    auto positions = reader_->find_start(owned_, with_state_);
    if (!positions) {
      const auto waited = std::chrono::steady_clock::now() - positioning_since_;
      const bool may_pass = positions.error().kind != ErrorKind::mismatch &&
                            positions.error().kind != ErrorKind::refused;
      if (!may_pass || waited > config_.restore_stall_max) return fail(positions.error().what);
      if (last_trouble_ != positions.error().what) {  // once, not with every try
        last_trouble_ = positions.error().what;
        probe_.warned(last_trouble_);
      }
      reader_->serve(std::min(wait, pause_between_tries));
      return stream::Batch{};
    }
    if (auto error = reader_->begin(*positions)) return fail(error->what);
    last_trouble_.clear();
    committed_ = *positions;
    phase_ = Phase::reading;
    return stream::Ready{std::move(positions).value()};
  }

  const LogConfig config_;
  const Topics topics_;
  KafkaProbe& probe_;
  std::vector<std::unique_ptr<TransactionalProducer>> producers_;
  std::size_t turn_ = 0;
  std::unique_ptr<GroupReader> reader_;  ///< Closed before the producers.

  Phase phase_ = Phase::reading;
  std::set<Partition> owned_;
  std::set<Partition> with_state_;
  stream::Positions committed_;
  std::unique_ptr<Restore> restore_;
  std::chrono::steady_clock::time_point positioning_since_;
  std::string last_trouble_;
  std::string failed_;
};

Result<std::unique_ptr<KafkaLog>, Error> KafkaLog::open(LogConfig config,
                                                        const stream::Clock& clock,
                                                        KafkaProbe& probe) {
  auto impl = std::make_unique<Impl>(std::move(config), probe);
  if (auto error = impl->open(clock)) return *error;
  return std::unique_ptr<KafkaLog>(new KafkaLog(std::move(impl)));
}

KafkaLog::KafkaLog(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
KafkaLog::~KafkaLog() = default;

stream::Polled KafkaLog::poll(std::size_t records_max, Milliseconds wait) {
  return impl_->poll(records_max, wait);
}

stream::Commit KafkaLog::commit(std::span<const stream::OutRecord> out,
                                const stream::Positions& upto) {
  return impl_->commit(out, upto);
}

}  // namespace paidan::kafka
