// What one decision and one record cost, without Kafka. Ratios between lines of one run are the
// result; absolute times belong to a machine (docs/performance.md).
#include <benchmark/benchmark.h>

#include <stdexcept>
#include <string>
#include <variant>

#include "paidan/citypack/load.hpp"
#include "paidan/contract/lifecycle.hpp"
#include "paidan/contract/submissions.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/domain/classify.hpp"
#include "paidan/domain/masking.hpp"
#include "paidan/domain/routing.hpp"
#include "paidan/domain/sla.hpp"
#include "paidan/domain/ticket.hpp"
#include "paidan/domain/ticket_id.hpp"

namespace paidan {
namespace {

constexpr std::int32_t partitions = 4;
const Instant opened_at = from_unix_ms(1'759'200'000'000);

const domain::CityPack& pack() {
  static const domain::CityPack loaded = [] {
    auto read = citypack::load(std::string(PAIDAN_SOURCE_DIR) + "/deploy/cities/shanghai");
    if (!read) throw std::runtime_error(citypack::to_string(read.error().front()));
    return std::move(read).value();
  }();
  return loaded;
}

const domain::Classifier& classifier() {
  static const domain::Classifier made(pack());
  return made;
}

std::string ticket_id() { return domain::make_ticket_id({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}).get(); }

/// About 200 characters, as a caller would tell it.
domain::Submitted submitted() {
  domain::Submitted made;
  made.channel = domain::ChannelId(pack().channels.front().id);
  made.external_id = "desk-20250930-0001";
  made.title = "夜间施工噪声扰民";
  made.text =
      "市民反映：黄浦区南京东路街道某工地近一周每天夜里十一点以后仍在施工，打桩机和搅拌车的噪声很大"
      "，"
      "附近居民无法休息，家里有老人和正在备考的孩子。曾向工地负责人反映，对方表示赶工期，没有停工。"
      "也曾拨打电话投诉，工作人员到场后停了一小会儿，人走后又继续。希望主管部门核查该工地是否办理了"
      "夜间施工许可，依法处理并告知结果，同时要求工地在夜间停止高噪声作业。";
  made.place.address = "黄浦区南京东路街道";
  made.content_hash = std::string(32, 'h');
  return made;
}

domain::Classified classified() { return classifier().classify(submitted()); }

domain::Ticket opened(domain::Ticket ticket, domain::LifecycleFact& last) {
  const auto decision =
      domain::decide(pack(), ticket, {domain::CitizenFact(classified()), opened_at});
  for (const auto& event : decision.events) {
    if (const auto* fact = std::get_if<domain::LifecycleFact>(&event)) last = *fact;
    ticket = domain::evolve(std::move(ticket), event);
  }
  return ticket;
}

void Classify(benchmark::State& state) {
  const auto input = submitted();
  for (auto _ : state) benchmark::DoNotOptimize(classifier().classify(input));
}
BENCHMARK(Classify);

void Mask(benchmark::State& state) {
  const std::string text = submitted().text + "联系人张伟，手机138-0000-1234。";
  for (auto _ : state) benchmark::DoNotOptimize(domain::mask_text(text));
}
BENCHMARK(Mask);

void Route(benchmark::State& state) {
  const auto input = classified();
  const domain::RoutingRequest request{
      .category = input.category, .area = input.area, .channel = input.channel};
  for (auto _ : state) benchmark::DoNotOptimize(domain::route(pack(), request));
}
BENCHMARK(Route);

/// Open, route and start every clock, with the sentences that explain them.
void DecideOpen(benchmark::State& state) {
  const domain::TicketInput input{domain::CitizenFact(classified()), opened_at};
  const domain::Ticket unknown;
  for (auto _ : state) benchmark::DoNotOptimize(domain::decide(pack(), unknown, input));
}
BENCHMARK(DecideOpen);

void DecideAcknowledge(benchmark::State& state) {
  domain::LifecycleFact last;
  const domain::Ticket ticket = opened({}, last);
  domain::Command command{.command_id = "c-1",
                          .actor = {domain::Role::agency, ticket.lead_unit, "agency"},
                          .assign_epoch = ticket.assign_epoch,
                          .body = domain::AcknowledgeCommand{}};
  const domain::TicketInput input{command, opened_at + std::chrono::minutes{5}};
  for (auto _ : state) benchmark::DoNotOptimize(domain::decide(pack(), ticket, input));
}
BENCHMARK(DecideAcknowledge);

void DecideClocks(benchmark::State& state) {
  domain::LifecycleFact last;
  opened({}, last);
  const domain::SlaInput input{domain::LifecycleNotice{2, opened_at, last.clocks}};
  const domain::SlaTicket unknown{.version = 1};
  for (auto _ : state) benchmark::DoNotOptimize(domain::decide_sla(unknown, input, opened_at));
}
BENCHMARK(DecideClocks);

stream::OutRecord lifecycle_record() {
  domain::LifecycleFact last;
  const domain::Ticket ticket = opened({}, last);
  const stream::Cause cause{.id = "classified/0/1",
                            .partition = contract::partition_of(ticket_id(), partitions)};
  return contract::encode_lifecycle(
      ticket_id(), last, ticket,
      {.cause = cause, .happened_at = opened_at, .decided_at = opened_at, .service = "dispatch"});
}

void EncodeAssigned(benchmark::State& state) {
  domain::LifecycleFact last;
  const domain::Ticket ticket = opened({}, last);
  const stream::Cause cause{.id = "classified/0/1"};
  const contract::Stamp stamp{
      .cause = cause, .happened_at = opened_at, .decided_at = opened_at, .service = "dispatch"};
  const std::string id = ticket_id();
  for (auto _ : state) {
    benchmark::DoNotOptimize(contract::encode_lifecycle(id, last, ticket, stamp));
  }
  state.counters["bytes"] = static_cast<double>(lifecycle_record().value->size());
}
BENCHMARK(EncodeAssigned);

template <auto Decode>
void decode(benchmark::State& state) {
  const stream::OutRecord out = lifecycle_record();
  const stream::InRecord record{
      .topic = out.topic, .partition = out.partition, .key = out.key, .value = *out.value};
  for (auto _ : state) benchmark::DoNotOptimize(Decode(record, partitions));
}
void DecodeLifecycle(benchmark::State& state) { decode<contract::decode_lifecycle>(state); }
BENCHMARK(DecodeLifecycle);
void DecodeLifecycleNotice(benchmark::State& state) {
  decode<contract::decode_lifecycle_notice>(state);
}
BENCHMARK(DecodeLifecycleNotice);

}  // namespace
}  // namespace paidan

BENCHMARK_MAIN();
