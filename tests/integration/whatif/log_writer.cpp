#include "log_writer.hpp"

#include <array>

#include "paidan/contract/commands.hpp"
#include "paidan/contract/lifecycle.hpp"
#include "paidan/contract/sla.hpp"
#include "paidan/contract/submissions.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/domain/ticket_id.hpp"

namespace paidan::whatif_test {

namespace {

using std::chrono::hours;

contract::Stamp stamp_of(const stream::Cause& cause, Instant at, const std::string& rules = {}) {
  return {cause, 0, at, at, rules, "test"};
}

domain::TicketId id_of(std::uint32_t number) {
  std::array<std::uint8_t, 10> bytes{};
  for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
  return domain::make_ticket_id(bytes);
}

domain::Classified classified_of(std::uint32_t number) {
  constexpr std::array<const char*, 4> areas{"310101", "310102", "311501", "311502"};
  domain::Classified out;
  out.channel = domain::ChannelId{"hotline"};
  out.external_id = "desk-" + std::to_string(number);
  out.title = "噪声扰民";
  out.category = domain::CategoryId{number % 2 == 0 ? "环境/噪声/广场舞" : "环境/油烟"};
  out.demand_kind = "投诉";
  out.area = domain::AreaId{areas[number % areas.size()]};
  out.confidence = 0.9;
  out.content_ref = {0, number, "content-" + std::to_string(number)};
  return out;
}

domain::CompletionReport report(Instant contacted_at) {
  return {.contacted_at = contacted_at,
          .fact_finding = domain::FactFinding::is_true,
          .claim_judgement = domain::ClaimJudgement::reasonable,
          .outcome = domain::CompletionOutcome::solved,
          .responsibility = "街镇",
          .reply = "已整改",
          .reply_method = domain::ReplyMethod::phone};
}

}  // namespace

void LogWriter::write_ticket(std::uint32_t number, Instant opened_at) {
  Life life;
  life.id = id_of(number);
  life.partition = contract::partition_of(life.id.get(), partition_count_);
  const Instant contacted_at = opened_at + hours{4};
  const Instant completed_at = opened_at + hours{number % 4 == 0 ? 9 * 24 : 5 * 24};
  say(life, classified_of(number), opened_at);
  command(life, domain::AcknowledgeCommand{}, opened_at + hours{1});
  command(life, domain::RecordContactCommand{true, {}}, contacted_at);
  command(life, domain::CompleteCommand{report(contacted_at)}, completed_at);
  say(life, domain::Rated{true, domain::Satisfaction::satisfied, {}}, completed_at + hours{20});
}

bool LogWriter::finish(Instant mark_at) {
  for (std::int32_t partition = 0; partition < partition_count_; ++partition) {
    const stream::Cause cause{"tick", {}, Partition{partition}};
    append(contract::encode_time_mark({mark_at, 0}, stamp_of(cause, mark_at)));
  }
  return producer_->flush(Milliseconds{120'000}).has_value() && misplaced_ == 0;
}

/// Returns the id under which the record causes others.
std::string LogWriter::append(stream::OutRecord record) {
  const std::int64_t offset = ends_[{record.topic, record.partition.get()}]++;
  const std::string id = std::string(record.topic) + "/" + std::to_string(record.partition.get()) +
                         "/" + std::to_string(offset);
  const auto delivered = [this, offset](const auto& outcome) {
    if (!outcome || outcome->offset != offset) ++misplaced_;
  };
  while (!producer_->send(record, delivered)) {
    if (!producer_->flush(Milliseconds{60'000})) {
      ++misplaced_;
      break;
    }
  }
  return id;
}

void LogWriter::say(Life& life, domain::CitizenFact fact, Instant at) {
  run_clocks(life, at, false);
  const stream::Cause cause{"submissions", {}, life.partition};
  const auto body =
      std::visit([](const auto& each) { return contract::ClassifiedBody{each}; }, fact);
  const std::string id =
      append(contract::encode_classified(life.id.get(), body, stamp_of(cause, at)));
  decide(life, {std::move(fact), at, life.id}, id);
}

void LogWriter::command(Life& life, domain::CommandBody body, Instant at) {
  run_clocks(life, at, false);
  const domain::Command command{.command_id = "c-" + std::to_string(++commands_),
                                .actor = {domain::Role::agency, life.ticket.lead_unit, "agency"},
                                .assign_epoch = life.ticket.assign_epoch,
                                .reply_to = {"dispatch-0", 0},
                                .body = std::move(body)};
  const stream::Cause cause{"edge", {}, life.partition};
  const std::string id =
      append(contract::encode_command(life.id.get(), command, stamp_of(cause, at)));
  decide(life, {command, at, life.id}, id);
}

void LogWriter::run_clocks(Life& life, Instant until, bool at_too) {
  for (;;) {
    const auto due = domain::next_due_at(life.clocks);
    if (!due || *due > until || (*due == until && !at_too)) return;
    const auto fired = domain::decide_sla(life.clocks, domain::ClockDue{*due}, *due);
    life.clocks = domain::evolve_sla(std::move(life.clocks), fired);
    for (const domain::SlaFact& fact : fired.facts) life.said.emplace_back(fact, "mark");
    hear_clocks(life);
  }
}

void LogWriter::hear_clocks(Life& life) {
  while (!life.said.empty()) {
    const auto [fact, why] = std::move(life.said.front());
    life.said.pop_front();
    const stream::Cause cause{why, {}, life.partition};
    const std::string id =
        append(contract::encode_sla(life.id.get(), fact, stamp_of(cause, fact.at)));
    decide(life, {fact, fact.at, life.id}, id);
  }
}

void LogWriter::decide(Life& life, const domain::TicketInput& input, const std::string& cause_id) {
  const stream::Cause cause{cause_id, {}, life.partition};
  std::size_t index = 0;
  for (const auto& event : domain::decide(pack_, life.ticket, input).events) {
    life.ticket = domain::evolve(std::move(life.ticket), event);
    const auto* fact = std::get_if<domain::LifecycleFact>(&event);
    contract::Stamp stamp = stamp_of(cause, input.happened_at, pack_.rules_version);
    stamp.index = index++;
    if (fact == nullptr) continue;
    const std::string id =
        append(contract::encode_lifecycle(life.id.get(), *fact, life.ticket, stamp));
    const auto told = domain::decide_sla(
        life.clocks, domain::LifecycleNotice{life.ticket.version, fact->happened_at, fact->clocks},
        fact->happened_at);
    life.clocks = domain::evolve_sla(std::move(life.clocks), told);
    for (const domain::SlaFact& said : told.facts) life.said.emplace_back(said, id);
  }
  hear_clocks(life);
}

}  // namespace paidan::whatif_test
