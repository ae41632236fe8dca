#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "views/logic.hpp"

/// Short ways to say what a record says.
namespace paidan::views::test {

using namespace std::chrono_literals;

inline constexpr Instant start = from_unix_ms(1'700'000'000'000);

inline domain::UnitId unit(std::string_view id) { return domain::UnitId{std::string(id)}; }

inline domain::ClockChange started(std::string_view clock, std::string_view of_unit, Instant due,
                                   std::uint32_t seq = 1, std::uint32_t step = 0) {
  domain::ClockStarted change;
  change.clock = std::string(clock);
  change.seq = seq;
  change.step = step;
  change.unit = unit(of_unit);
  change.started_at = start;
  change.due_at = due;
  return change;
}

inline domain::ClockChange stopped(std::string_view clock, domain::ClockStop reason,
                                   std::uint32_t seq = 1) {
  return domain::ClockStopped{std::string(clock), seq, reason};
}

inline HistoryRecord record(std::uint64_t version, domain::State state, domain::LifecycleBody body,
                            std::string_view lead = {},
                            std::vector<domain::ClockChange> clocks = {}) {
  HistoryRecord record;
  record.ticket_id = domain::TicketId{"0123456789abcdef"};
  record.version = version;
  record.state = state;
  record.lead_unit = unit(lead);
  record.queue_unit = unit(lead.empty() ? "" : std::string(lead) + "-queue");
  record.fact.body = std::move(body);
  record.fact.clocks = std::move(clocks);
  record.fact.happened_at = start + std::chrono::minutes(version);
  record.partition = 1;
  record.offset = 100 + static_cast<std::int64_t>(version);
  return record;
}

inline HistoryRecord opened(std::vector<domain::ClockChange> clocks = {}) {
  domain::Classified classified;
  classified.channel = domain::ChannelId{"hotline"};
  classified.title = "Street lamp is dark";
  classified.category = domain::CategoryId{"street/lamp"};
  classified.urgency = domain::Urgency::normal;
  classified.candidates = {{domain::CategoryId{"street/lamp"}, 0.9, "a word"}};
  return record(1, domain::State::classified, domain::Opened{classified}, {}, std::move(clocks));
}

inline HistoryRecord assigned(std::uint64_t version, std::string_view lead,
                              std::vector<domain::ClockChange> clocks = {},
                              std::vector<domain::UnitId> co_handlers = {}) {
  domain::Assigned body;
  body.lead_unit = unit(lead);
  body.queue_unit = unit(std::string(lead) + "-queue");
  body.co_handlers = std::move(co_handlers);
  body.assign_epoch = 1;
  return record(version, domain::State::assigned, body, lead, std::move(clocks));
}

inline domain::SlaFact sla(domain::SlaKind kind, std::string_view clock, std::string_view of_unit,
                           Instant due, std::uint32_t seq = 1, std::uint32_t step = 0) {
  domain::SlaFact fact;
  fact.kind = kind;
  fact.clock = std::string(clock);
  fact.seq = seq;
  fact.step = step;
  fact.unit = unit(of_unit);
  fact.due_at = due;
  fact.at = due;
  return fact;
}

}  // namespace paidan::views::test
