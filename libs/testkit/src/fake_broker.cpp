#include "paidan/testkit/fake_broker.hpp"

#include <algorithm>
#include <utility>

#include "paidan/base/assert.hpp"

namespace paidan::testkit {

using stream::TopicPartition;

std::int64_t FakeBroker::append(stream::OutRecord record, Instant timestamp) {
  const TopicPartition at{record.topic, record.partition};
  const std::int64_t offset = high_watermark(at);
  add({0, Fate::committed, {}, timestamp, std::move(record)});
  return offset;
}

void FakeBroker::add(Entry entry) {
  PAIDAN_ASSERT(entry.record.partition.get() >= 0 && entry.record.partition.get() < partitions_,
                "the partition exists");
  Partition_& log = logs_[{entry.record.topic, entry.record.partition}];
  entry.offset = log.end++;
  log.entries.push_back(std::move(entry));
}

std::int64_t FakeBroker::high_watermark(const TopicPartition& at) const {
  const auto log = logs_.find(at);
  return log == logs_.end() ? 0 : log->second.end;
}

std::int64_t FakeBroker::stable_end(const TopicPartition& at) const {
  const auto log = logs_.find(at);
  if (log == logs_.end()) return 0;
  for (const Entry& entry : log->second.entries) {
    if (entry.fate == Fate::open) return entry.offset;
  }
  return log->second.end;
}

const FakeBroker::Entry* FakeBroker::next_committed(const TopicPartition& at,
                                                    std::int64_t offset) const {
  const auto log = logs_.find(at);
  if (log == logs_.end()) return nullptr;
  const std::int64_t end = stable_end(at);
  const auto& entries = log->second.entries;
  auto entry = std::lower_bound(
      entries.begin(), entries.end(), offset,
      [](const Entry& known, std::int64_t wanted) { return known.offset < wanted; });
  while (entry != entries.end() && entry->offset < end) {
    if (entry->fate == Fate::committed) return &*entry;
    ++entry;
  }
  return nullptr;
}

std::vector<Stored> FakeBroker::committed(stream::TopicName topic) const {
  std::vector<Stored> all;
  for (std::int32_t p = 0; p < partitions_; ++p) {
    const TopicPartition at{topic, Partition{p}};
    for (const Entry* entry = next_committed(at, 0); entry != nullptr;
         entry = next_committed(at, entry->offset + 1)) {
      all.push_back({entry->offset, entry->timestamp, entry->record});
    }
  }
  return all;
}

std::map<std::string, Stored> FakeBroker::compacted(stream::TopicName topic) const {
  std::map<std::string, Stored> last;
  for (Stored& stored : committed(topic)) {
    std::string key = stored.record.key;
    if (stored.record.value) {
      last.insert_or_assign(std::move(key), std::move(stored));
    } else {
      last.erase(key);
    }
  }
  return last;
}

void FakeBroker::compact(stream::TopicName topic) {
  for (auto& [at, log] : logs_) {
    if (at.topic != topic) continue;
    const std::int64_t end = stable_end(at);
    std::map<std::string, std::int64_t> last;
    for (const Entry& entry : log.entries) {
      if (entry.fate == Fate::committed && entry.offset < end)
        last[entry.record.key] = entry.offset;
    }
    std::erase_if(log.entries, [&](const Entry& entry) {
      return entry.offset < end && entry.fate != Fate::open &&
             (entry.fate != Fate::committed || last.at(entry.record.key) != entry.offset);
    });
  }
}

stream::Positions FakeBroker::committed_positions(const std::string& group) const {
  const auto found = groups_.find(group);
  return found == groups_.end() ? stream::Positions{} : found->second.positions;
}

void FakeBroker::cork(TopicPartition at) {
  add({0, Fate::open, "cork", {}, {at.topic, at.partition, "cork", std::string("cork"), {}}});
}

void FakeBroker::uncork(TopicPartition at) {
  for (Entry& entry : logs_[at].entries) {
    if (entry.fate == Fate::open && entry.producer == "cork") entry.fate = Fate::aborted;
  }
  add({0, Fate::marker, "cork", {}, {at.topic, at.partition, {}, {}, {}}});
}

void FakeBroker::fail_next(const std::string& member, Fault fault, int times) {
  faults_.erase(member);
  if (times > 0) faults_[member] = {fault, times};
}

std::optional<Fault> FakeBroker::take_fault(const std::string& member) {
  const auto found = faults_.find(member);
  if (found == faults_.end()) return std::nullopt;
  const Fault fault = found->second.first;
  if (--found->second.second == 0) faults_.erase(found);
  return fault;
}

void FakeBroker::end_transaction(const std::string& producer, Fate fate) {
  for (auto& [at, log] : logs_) {
    bool touched = false;
    for (Entry& entry : log.entries) {
      if (entry.fate != Fate::open || entry.producer != producer) continue;
      entry.fate = fate;
      touched = true;
    }
    if (touched) add({0, Fate::marker, producer, {}, {at.topic, at.partition, {}, {}, {}}});
  }
}

std::uint64_t FakeBroker::join(const std::string& group, const std::string& member) {
  const std::uint64_t session = next_session_++;
  end_transaction(member, Fate::aborted);
  producers_[member] = session;
  Group& joined = groups_[group];
  joined.members[member] = session;
  rebalance(joined);
  return session;
}

void FakeBroker::expire(const std::string& group, const std::string& member) {
  Group& left = groups_[group];
  if (left.members.erase(member) == 0) return;
  rebalance(left);
}

std::int32_t FakeBroker::generation(const std::string& group) const {
  const auto found = groups_.find(group);
  return found == groups_.end() ? -1 : found->second.generation;
}

void FakeBroker::rebalance(Group& group) {
  group.rebalancing = true;
  group.waiting.clear();
  try_to_complete(group);
}

/// Eager: a new generation begins when every member has given up what it had.
void FakeBroker::try_to_complete(Group& group) {
  for (const auto& [member, session] : group.members) {
    if (!group.waiting.contains(member)) return;
  }
  group.rebalancing = false;
  group.assignment.clear();
  ++group.generation;
  const auto members = static_cast<std::int32_t>(group.members.size());
  if (members == 0) return;
  std::int32_t next = 0;
  std::int32_t index = 0;
  for (const auto& [member, session] : group.members) {
    const std::int32_t share = partitions_ / members + (index < partitions_ % members ? 1 : 0);
    auto& owned = group.assignment[member];
    for (std::int32_t i = 0; i < share; ++i) owned.emplace_back(next++);
    ++index;
  }
}

}  // namespace paidan::testkit
