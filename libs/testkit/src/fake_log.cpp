#include <algorithm>
#include <utility>

#include "paidan/base/assert.hpp"
#include "paidan/testkit/fake_broker.hpp"

namespace paidan::testkit {

using stream::TopicPartition;

namespace {

/// Copies, so that a stage that keeps a view longer than its batch is caught by a sanitizer.
struct Copies {
  std::deque<stream::OutRecord> records;

  stream::InRecord view(const stream::OutRecord& original, std::int64_t offset, Instant timestamp) {
    const stream::OutRecord& copy = records.emplace_back(original);
    stream::InRecord record{copy.topic, copy.partition, offset, timestamp, copy.key, {}, {}};
    if (copy.value) record.value = *copy.value;
    for (const auto& [name, value] : copy.headers) record.headers.emplace_back(name, value);
    return record;
  }
};

}  // namespace

FakeLog::FakeLog(FakeBroker& broker, FakeLogConfig config)
    : broker_(broker),
      config_(std::move(config)),
      session_(broker_.join(config_.group, config_.member)) {}

bool FakeLog::fenced() const { return broker_.producers_.at(config_.member) != session_; }

bool FakeLog::thrown_out() const {
  const auto& members = broker_.groups_.at(config_.group).members;
  const auto found = members.find(config_.member);
  return found == members.end() || found->second != session_;
}

stream::Polled FakeLog::poll(std::size_t records_max, Milliseconds /*wait*/) {
  if (dead_) return stream::Failed{"the process is dead"};
  if (fenced()) return stream::Failed{"fenced by a twin"};
  if (auto change = follow_the_group()) return std::move(*change);
  if (restoring_) return restore();
  if (!reading_) return start();
  return read(records_max);
}

std::optional<stream::Polled> FakeLog::follow_the_group() {
  FakeBroker::Group& group = broker_.groups_.at(config_.group);
  if (thrown_out()) {
    // It learns of it now, and joins again under its own name.
    group.members[config_.member] = session_;
    broker_.rebalance(group);
  }
  if (assigned_ && !group.rebalancing && generation_ == group.generation) return std::nullopt;
  if (assigned_) return lose();
  if (group.rebalancing) {
    group.waiting.insert(config_.member);
    broker_.try_to_complete(group);
  }
  if (group.rebalancing) return stream::Batch{};
  return gain();
}

stream::Polled FakeLog::lose() {
  assigned_ = reading_ = false;
  restoring_.reset();
  next_.clear();
  committed_.clear();
  told_.clear();
  return stream::Revoked{std::exchange(owned_, {})};
}

stream::Polled FakeLog::gain() {
  const FakeBroker::Group& group = broker_.groups_.at(config_.group);
  generation_ = group.generation;
  owned_ = group.assignment.at(config_.member);
  assigned_ = true;
  if (config_.state) {
    Restoring restoring;
    for (const Partition partition : owned_) {
      const TopicPartition at{*config_.state, partition};
      restoring.next[at] = NextOffset{0};
      restoring.targets[at] = NextOffset{broker_.high_watermark(at)};
      restoring.expected_total += broker_.high_watermark(at);
    }
    restoring_ = std::move(restoring);
  }
  return stream::Assigned{owned_};
}

stream::Polled FakeLog::restore() {
  auto copies = std::make_shared<Copies>();
  stream::Snapshots chunk;
  bool complete = true;
  for (auto& [at, next] : restoring_->next) {
    while (chunk.records.size() < config_.restore_chunk_records) {
      const auto* entry = broker_.next_committed(at, next.get());
      if (entry == nullptr) {
        next = NextOffset{broker_.stable_end(at)};
        break;
      }
      next = NextOffset{entry->offset + 1};
      chunk.records.push_back(copies->view(entry->record, entry->offset, entry->timestamp));
    }
    complete = complete && next >= restoring_->targets.at(at);
  }
  restoring_->read_total += static_cast<std::int64_t>(chunk.records.size());
  chunk.read_total = restoring_->read_total;
  chunk.expected_total = restoring_->expected_total;
  chunk.owner = std::move(copies);
  if (complete) restoring_.reset();
  return chunk;
}

stream::Ready FakeLog::start() {
  const auto& known = broker_.groups_.at(config_.group).positions;
  stream::Positions positions;
  for (const stream::TopicName topic : config_.inputs) {
    for (const Partition partition : owned_) {
      const auto found = known.find({topic, partition});
      positions[{topic, partition}] = found == known.end() ? NextOffset{0} : found->second;
    }
  }
  next_ = committed_ = positions;
  reading_ = true;
  return {std::move(positions)};
}

stream::Batch FakeLog::read(std::size_t records_max) {
  auto copies = std::make_shared<Copies>();
  stream::Batch batch;
  for (auto& [at, next] : next_) {
    while (batch.records.size() < records_max) {
      const auto* entry = broker_.next_committed(at, next.get());
      if (entry == nullptr) {
        next = NextOffset{std::max(next.get(), broker_.stable_end(at))};
        break;
      }
      next = NextOffset{entry->offset + 1};
      batch.records.push_back(copies->view(entry->record, entry->offset, entry->timestamp));
    }
  }
  batch.owner = std::move(copies);
  if (config_.caught_up_clock != nullptr) batch.caught_up = caught_up();
  return batch;
}

std::vector<stream::CaughtUp> FakeLog::caught_up() {
  const Instant now = config_.caught_up_clock->now();
  std::vector<stream::CaughtUp> reached;
  for (const Partition partition : owned_) {
    const bool all_read =
        std::all_of(config_.inputs.begin(), config_.inputs.end(), [&](stream::TopicName topic) {
          const TopicPartition at{topic, partition};
          return next_.at(at).get() >= broker_.stable_end(at);
        });
    const auto told = told_.find(partition);
    if (!all_read || (told != told_.end() && told->second >= now)) continue;
    told_[partition] = now;
    reached.push_back({partition, now});
  }
  return reached;
}

void FakeLog::write(std::span<const stream::OutRecord> out, FakeBroker::Fate fate) {
  for (const stream::OutRecord& record : out) {
    broker_.add({0, FakeBroker::Fate::open, config_.member, {}, record});
  }
  if (fate != FakeBroker::Fate::open) broker_.end_transaction(config_.member, fate);
}

stream::Commit FakeLog::commit(std::span<const stream::OutRecord> out,
                               const stream::Positions& upto) {
  PAIDAN_ASSERT(reading_ && upto.size() == committed_.size() && !upto.empty(),
                "every owned (topic, partition) in every commit");
  if (dead_ || fenced()) {
    dead_ = true;
    return stream::Commit::fenced;
  }
  return attempt(out, upto);
}

stream::Commit FakeLog::attempt(std::span<const stream::OutRecord> out,
                                const stream::Positions& upto) {
  const auto fault = broker_.take_fault(config_.member);
  dead_ = fault && *fault != Fault::aborted;
  if (fault == Fault::crashed_before) return stream::Commit::fenced;
  if (fault == Fault::crashed_open) {
    write(out, FakeBroker::Fate::open);
    return stream::Commit::fenced;
  }
  if (fault == Fault::aborted || !is_member()) {
    write(out, FakeBroker::Fate::aborted);
    next_ = committed_;
    return dead_ ? stream::Commit::fenced : stream::Commit::rewound;
  }
  commit_at_broker(out, upto);
  return dead_ ? stream::Commit::fenced : stream::Commit::done;
}

bool FakeLog::is_member() const {
  // Positions are checked against member and generation, not against the assignment.
  return !thrown_out() && generation_ == broker_.groups_.at(config_.group).generation;
}

void FakeLog::commit_at_broker(std::span<const stream::OutRecord> out,
                               const stream::Positions& upto) {
  FakeBroker::Group& group = broker_.groups_.at(config_.group);
  write(out, FakeBroker::Fate::committed);
  for (const auto& [at, offset] : upto) group.positions[at] = offset;
  committed_ = upto;
}

}  // namespace paidan::testkit
