#include "dispatch/command_desk.hpp"

#include <array>
#include <charconv>
#include <utility>

#include "paidan/contract/commands.hpp"
#include "paidan/contract/topics.hpp"

namespace paidan::dispatch {
namespace {

std::string hex(std::uint64_t number) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
  return {digits.data(), end};
}

CommandDesk::NotSent reason_of(kafka::ErrorKind kind) {
  switch (kind) {
    case kafka::ErrorKind::full:
      return CommandDesk::NotSent::overloaded;
    case kafka::ErrorKind::too_large:
      return CommandDesk::NotSent::too_large;
    default:
      return CommandDesk::NotSent::log_unavailable;
  }
}

CommandAnswer answer_of(const domain::Reply& reply) {
  return std::visit([](const auto& answer) -> CommandAnswer { return answer; }, reply.answer);
}

}  // namespace

CommandDesk::CommandDesk(DeskConfig config, kafka::Producer& producer, const stream::Clock& clock)
    : config_(std::move(config)),
      producer_(producer),
      clock_(clock),
      pending_(config_.pending_max) {}

/// Names one attempt, so that two callers who chose the same command id never get each other's
/// answer.
std::string CommandDesk::next_correlation() {
  return config_.instance + "/" + hex(config_.epoch) + "-" + hex(sequence_.fetch_add(1));
}

Result<Unit, CommandDesk::NotSent> CommandDesk::send(AskedCommand asked, SteadyTime deadline,
                                                     OnAnswer on_answer) {
  const std::string correlation = next_correlation();
  asked.command.reply_to = {correlation, config_.reply_partition.get()};
  const stream::Cause cause{"command/" + asked.ticket_id + "/" + asked.command.command_id,
                            asked.traceparent,
                            contract::partition_of(asked.ticket_id, config_.partition_count)};
  stream::OutRecord record = contract::encode_command(
      asked.ticket_id, asked.command,
      {cause, 0, asked.happened_at, clock_.now(), config_.rules_version, "dispatch"});
  if (!pending_.add(correlation, deadline, std::move(on_answer))) return NotSent::overloaded;
  const auto sent = producer_.send(
      std::move(record), [this, correlation](const Result<kafka::Delivered, kafka::Error>& result) {
        if (!result) pending_.answer(correlation, Unknown{Unknown::Why::not_delivered});
      });
  if (sent) return Unit{};
  // Nobody can have answered what was never sent; only close() can have come in between.
  if (!pending_.forget(correlation)) return Unit{};
  return reason_of(sent.error().kind);
}

bool CommandDesk::ingest(const stream::InRecord& record) {
  const auto decoded = contract::decode_reply(record);
  if (!decoded) return false;
  const domain::Reply& reply = decoded->body;
  pending_.answer(reply.reply_to.instance, answer_of(reply));
  return true;
}

}  // namespace paidan::dispatch
