#pragma once
#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "paidan/domain/pack.hpp"
#include "paidan/domain/sla.hpp"
#include "paidan/domain/ticket.hpp"
#include "paidan/kafka/producer.hpp"

namespace paidan::whatif_test {

/// Writes the log that a deployment would have written for tickets of a few kinds: classified,
/// commands, sla and lifecycle, with their causes. The topics must be empty at first.
class LogWriter {
 public:
  LogWriter(const domain::CityPack& pack, std::int32_t partition_count,
            std::unique_ptr<kafka::Producer> producer)
      : pack_(pack), partition_count_(partition_count), producer_(std::move(producer)) {}

  /// One ticket from the call to the rating. Every fourth is answered late, every second is of the
  /// category that a town leads.
  void write_ticket(std::uint32_t number, Instant opened_at);
  /// A time mark on every partition; then waits until all is in the log. False: something is not,
  /// or not where it was counted to be.
  bool finish(Instant mark_at);

 private:
  struct Life {
    domain::TicketId id;
    Partition partition{0};
    domain::Ticket ticket;
    domain::SlaTicket clocks;
    std::deque<std::pair<domain::SlaFact, std::string>> said;  ///< With the cause.
  };

  std::string append(stream::OutRecord record);
  void say(Life& life, domain::CitizenFact fact, Instant at);
  void command(Life& life, domain::CommandBody body, Instant at);
  void run_clocks(Life& life, Instant until, bool at_too);
  void hear_clocks(Life& life);
  void decide(Life& life, const domain::TicketInput& input, const std::string& cause);

  const domain::CityPack& pack_;
  std::int32_t partition_count_;
  std::map<std::pair<stream::TopicName, std::int32_t>, std::int64_t> ends_;
  std::uint64_t commands_ = 0;
  std::atomic<std::uint64_t> misplaced_{0};
  std::unique_ptr<kafka::Producer> producer_;
};

}  // namespace paidan::whatif_test
