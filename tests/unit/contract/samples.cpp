#include "samples.hpp"

#include <utility>

#include "paidan/domain/ticket_id.hpp"

namespace paidan::contract::samples {

Instant at(int second) {
  // 2025-09-30T02:12:00Z
  return from_unix_ms(1'759'198'320'000) + std::chrono::seconds{second};
}

const std::string& ticket_id() {
  static const std::string id =
      domain::make_ticket_id({0x5a, 0x17, 0xe2, 0x90, 0x3c, 0x44, 0xb1, 0x08, 0xdd, 0x6f}).get();
  return id;
}

const domain::TicketId& other_ticket_id() {
  static const domain::TicketId id =
      domain::make_ticket_id({0x1b, 0x60, 0x07, 0xaa, 0x5e, 0x39, 0xf4, 0x2c, 0x81, 0x13});
  return id;
}

Partition partition() { return partition_of(ticket_id(), partition_count); }

const stream::Cause& cause() {
  static const stream::Cause cause{
      .id = "classified/1/42",
      .traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      .partition = partition()};
  return cause;
}

Stamp stamp() {
  return {.cause = cause(),
          .index = 1,
          .happened_at = at(0),
          .decided_at = at(3) + Milliseconds{250},
          .rules_version = "9f3c2e7a51d04b68",
          .service = "dispatch"};
}

stream::InRecord as_input(const stream::OutRecord& out) {
  stream::InRecord in{.topic = out.topic,
                      .partition = out.partition,
                      .offset = 7,
                      .timestamp = at(9),
                      .key = out.key,
                      .value = std::nullopt,
                      .headers = {}};
  if (out.value) in.value = *out.value;
  for (const stream::Header& header : out.headers) {
    in.headers.emplace_back(header.name, header.value);
  }
  return in;
}

domain::Submitted submitted() {
  return {.channel = domain::ChannelId{"hotline"},
          .external_id = "desk-2025-0930-000117",
          .title = "路灯不亮",
          .text = "联系人张*，电话138****1234：小区门口路灯坏了三天。",
          .category = "市政/路灯",
          .demand_kind = "求助",
          .place = {.address = "黄浦区某路1号",
                    .area = domain::AreaId{"310101002"},
                    .latitude = 31.2304,
                    .longitude = 121.4737,
                    .postal_code = "200001",
                    .codes = {{"ward", "17"}, {"grid", "A-03"}}},
          .subject_ref = "s-7d1f",
          .subject_at = {.partition = 2, .offset = 90, .content_hash = std::string(32, '\x01')},
          .masked_name = "张*",
          .masked_phone = "138****1234",
          .given_due_at = at(86'400),
          .designated_unit = domain::UnitId{"huangpu-chengguan"},
          .confidential = true,
          .content_hash = std::string(32, '\x02'),
          .attributes = {{"form", "3"}, {"agent", "desk-12"}}};
}

domain::Classified classified() {
  return {.channel = domain::ChannelId{"hotline"},
          .external_id = "desk-2025-0930-000117",
          .title = "路灯不亮",
          .category = domain::CategoryId{"municipal/street_light"},
          .demand_kind = "help",
          .urgency = domain::Urgency::urgent,
          .area = domain::AreaId{"310101002"},
          .confidence = 0.875,
          .candidates = {{domain::CategoryId{"municipal/street_light"}, 0.875, "keyword 路灯"},
                         {domain::CategoryId{"municipal/power"}, 0.125, "keyword 不亮"}},
          .why = {"taxonomy.yaml:31", "area code of the channel"},
          .content_ref = {.partition = 1, .offset = 42, .content_hash = std::string(32, '\x02')},
          .subject_ref = "s-7d1f",
          .subject_at = {.partition = 2, .offset = 90, .content_hash = std::string(32, '\x01')},
          .masked_name = "张*",
          .masked_phone = "138****1234",
          .given_due_at = at(86'400),
          .designated_unit = domain::UnitId{"huangpu-chengguan"},
          .confidential = true,
          .life_safety = true};
}

domain::Ticket ticket() {
  domain::Ticket out;
  out.state = domain::State::return_requested;
  out.version = 5;
  out.assign_epoch = 2;
  out.channel = domain::ChannelId{"hotline"};
  out.category = domain::CategoryId{"municipal/street_light"};
  out.demand_kind = "help";
  out.urgency = domain::Urgency::normal;
  out.area = domain::AreaId{"310101002"};
  out.lead_unit = domain::UnitId{"huangpu-chengguan"};
  out.queue_unit = domain::UnitId{"huangpu-nanjingdonglu"};
  out.co_handlers = {domain::UnitId{"huangpu-lvhua"}};
  out.excluded_units = {domain::UnitId{"sh-power"}};
  out.directed_by_office = true;
  out.returns_granted = 1;
  out.content_hash = std::string(32, '\x02');
  out.conflicting_hashes = {std::string(32, '\x03')};
  out.opened_at = at(0);
  out.assigned_at = at(5);
  out.last_happened_at = at(60);
  out.given_due_at = at(86'400);
  out.contacted_at = at(40);
  out.clocks = {{"citizen", 1, 0, domain::UnitId{"huangpu-chengguan"}, at(432'000)},
                {"handle", 2, 1, domain::UnitId{"huangpu-nanjingdonglu"}, at(400'000)}};
  out.commands = {{0x0123456789abcdefULL, 4}, {0xfedcba9876543210ULL, 5}};
  out.clock_seqs = {{"citizen", 1}, {"handle", 2}, {"acknowledge", 1}};
  out.urge_count = 3;
  out.confidential = true;
  out.breached = true;
  out.breach_count = 1;
  out.designated_unit = domain::UnitId{"huangpu-chengguan"};
  out.resume_state = domain::State::acknowledged;
  return out;
}

domain::Ticket ticket_with_extras() {
  domain::Ticket out = ticket();
  out.state = domain::State::extension_requested;
  out.reminded = true;
  out.closed_at = at(500'000);
  out.closed_unrated = true;
  out.breach_count = 2;
  out.report_version = 4;
  out.outcome = domain::CompletionOutcome::explained;
  out.clocks.push_back(
      {"sub_handle", 1, 0, domain::UnitId{"huangpu-lighting-team"}, at(300'000), at(7'200)});
  out.clocks.push_back({"review", 1, 0, {}, at(310'000), std::nullopt});
  out.clock_seqs["sub_handle"] = 1;
  out.clock_seqs["review"] = 1;
  domain::TicketExtras& extras = out.extras.edit();
  extras.supervised = true;
  extras.difficult = true;
  extras.unreasonable = true;
  extras.appeal_pending = true;
  extras.extensions_granted = 1;
  extras.extension_wanted_due_at = at(864'000);
  extras.raised_to_district = true;
  extras.link_moves = 2;
  extras.sub_units = {domain::UnitId{"huangpu-lighting-team"}, domain::UnitId{"huangpu-ju-07"}};
  extras.duplicate_of = other_ticket_id();
  extras.duplicates = {other_ticket_id(), domain::TicketId{ticket_id()}};
  extras.proposals = {{other_ticket_id(), domain::DuplicateLevel::same_fault}};
  extras.paused = {{"handle", 1, domain::UnitId{"huangpu-chengguan"}, at(400'000), at(100)},
                   {"co_handle", 1, domain::UnitId{"huangpu-lvhua"}, at(390'000), at(101)}};
  extras.waiting = {{.master_ticket_id = other_ticket_id().get(),
                     .level = 2,
                     .automatic = true,
                     .score = 0.75,
                     .evidence = {"同一来电人", "same caller"}}};
  return out;
}

domain::SlaTicket sla_ticket() {
  return {.version = 5,
          .clocks = {{"citizen", 1, 2, domain::UnitId{"huangpu-chengguan"}, at(432'000),
                      at(345'600), false},
                     {"acknowledge", 1, 0, domain::UnitId{"huangpu-chengguan"}, at(14'400),
                      std::nullopt, true}}};
}

}  // namespace paidan::contract::samples
