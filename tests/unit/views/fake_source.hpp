#pragma once
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "paidan/contract/lifecycle.hpp"
#include "paidan/contract/sla.hpp"
#include "paidan/contract/submissions.hpp"
#include "paidan/contract/topics.hpp"
#include "views/builder.hpp"

namespace paidan::views::test {

inline constexpr std::int32_t partition_count = 4;

/// A log in memory. Every record is written by the contract's own encoders.
class FakeSource final : public Source {
 public:
  FakeSource() {
    for (const auto topic :
         {contract::topic::lifecycle, contract::topic::sla, contract::topic::submissions}) {
      for (std::int32_t p = 0; p < partition_count; ++p) log_[{topic, Partition{p}}];
    }
  }

  void write(const stream::OutRecord& record) {
    log_.at({record.topic, record.partition}).push_back(record);
  }
  void write_garbage(stream::TopicName topic) {
    stream::OutRecord record;
    record.topic = topic;
    record.key = "0123456789abcdef";
    record.value = "\xff\x01garbage";
    write(record);
  }
  std::size_t size() const {
    std::size_t records = 0;
    for (const auto& [at, partition] : log_) records += partition.size();
    return records;
  }

  Result<Unit, kafka::Error> open(const stream::Positions& from) override {
    ++opened;
    for (const auto& [at, partition] : log_) {
      const auto known = from.find(at);
      const std::int64_t first = known == from.end() ? 0 : known->second.get();
      const auto end = static_cast<std::int64_t>(partition.size());
      if (first > end) return kafka::Error{kafka::ErrorKind::mismatch, "no such position"};
      positions_[at] = NextOffset{first};
      ends_[at] = NextOffset{end};
    }
    return Unit{};
  }

  Result<kafka::Tailed, kafka::Error> poll(std::size_t records_max, Milliseconds) override {
    kafka::Tailed tailed;
    for (auto& [at, next] : positions_) {
      const auto& partition = log_.at(at);
      while (next.get() < static_cast<std::int64_t>(partition.size()) &&
             tailed.records.size() < records_max) {
        const auto& record = partition[static_cast<std::size_t>(next.get())];
        tailed.records.push_back(
            {at.topic, at.partition, next.get(), Instant{}, record.key, record.value, {}});
        next = NextOffset{next.get() + 1};
      }
    }
    return tailed;
  }

  const stream::Positions& positions() const override { return positions_; }
  const stream::Positions& ends_at_open() const override { return ends_; }

  int opened = 0;

 private:
  std::map<stream::TopicPartition, std::vector<stream::OutRecord>> log_;
  stream::Positions positions_;
  stream::Positions ends_;
};

/// Records as the stages write them.
inline stream::OutRecord lifecycle_record(const std::string& ticket_id, const HistoryRecord& said) {
  const Partition partition = contract::partition_of(ticket_id, partition_count);
  const std::string version = std::to_string(said.version);
  const stream::Cause cause{"classified/0/" + version, {}, partition};
  domain::Ticket after;
  after.state = said.state;
  after.version = said.version;
  after.assign_epoch = said.assign_epoch;
  after.lead_unit = said.lead_unit;
  after.queue_unit = said.queue_unit;
  return contract::encode_lifecycle(ticket_id, said.fact, after,
                                    {cause, 0, said.fact.happened_at, start, "rules", "dispatch"});
}

inline stream::OutRecord sla_record(const std::string& ticket_id, const domain::SlaFact& fact) {
  const Partition partition = contract::partition_of(ticket_id, partition_count);
  const stream::Cause cause{"lifecycle/0/1", {}, partition};
  return contract::encode_sla(ticket_id, fact, {cause, 0, fact.at, start, {}, "sla_monitor"});
}

inline stream::OutRecord submission_record(const std::string& ticket_id, const std::string& text) {
  const Partition partition = contract::partition_of(ticket_id, partition_count);
  const stream::Cause cause{"intake/0/1", {}, partition};
  domain::Submitted submitted;
  submitted.channel = domain::ChannelId{"hotline"};
  submitted.external_id = "x";
  submitted.title = "Street lamp is dark";
  submitted.text = text;
  submitted.content_hash = std::string(32, 'h');
  return contract::encode_submission(ticket_id, submitted, {cause, 0, start, start, {}, "intake"});
}

}  // namespace paidan::views::test
