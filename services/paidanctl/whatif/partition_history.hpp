#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "paidan/contract/record.hpp"
#include "paidan/stream/record.hpp"
#include "paidan/whatif/history.hpp"

namespace paidan::ctl {

/// Whose tickets are meant: opened in [from, to).
struct OpenedIn {
  Instant from;
  Instant to;
};

/// A ticket of the log with the rules version that decided it; empty: more than one.
struct LoggedTicket {
  whatif::RecordedTicket ticket;
  std::string rules_version;
};

/// Puts the histories of one partition together: first all of its `lifecycle`, then its other
/// topics, each in the order of offsets. An input without facts (a command that was refused, a
/// repeat) stands behind what came before it in its topic, and by its time within that.
class PartitionHistory {
 public:
  PartitionHistory(OpenedIn range, std::int32_t partition_count)
      : range_(range), partition_count_(partition_count) {}

  /// Most tickets of one partition; more is an error of the caller's range.
  static constexpr std::size_t tickets_max = 1'000'000;

  void take_lifecycle(const stream::InRecord& record);
  /// Of `classified`, `commands`, `sla`, `matches` or `links`.
  void take_input(const stream::InRecord& record);

  std::size_t size() const { return tickets_.size(); }
  /// The last time mark; nothing: there was none.
  const std::optional<Instant>& last_mark_at() const { return last_mark_at_; }
  /// When the first and the last ticket of the log were opened, in the range or not.
  const std::optional<Instant>& first_opened_at() const { return first_opened_at_; }
  const std::optional<Instant>& last_opened_at() const { return last_opened_at_; }

  /// The next ticket in the order of opening, put together and forgotten here; nothing: no more.
  /// One with a cause that the log no longer holds (`unreadable`) is counted and left out.
  std::optional<LoggedTicket> next();
  std::uint64_t unreadable() const { return unreadable_; }

 private:
  struct Cause {
    stream::TopicName topic;
    std::int64_t offset = -1;
    friend bool operator==(const Cause&, const Cause&) = default;
  };
  struct Group {
    Cause cause;
    std::vector<domain::LifecycleFact> facts;
    std::optional<domain::TicketInput> input;
  };
  struct Input {
    Cause at;
    domain::TicketInput input;
  };
  struct Collected {
    std::string id;
    std::vector<Group> groups;
    std::vector<Input> inputs;
    std::string rules_version;
    bool several_versions = false;
    bool broken = false;
  };

  static std::optional<Cause> parse_cause(std::string_view id);
  void note_opened(Instant at);
  Collected* open(const std::string& id, const contract::Meta& meta, Instant at);
  static void add_fact(Collected& ticket, const contract::Meta& meta, domain::LifecycleFact fact);
  static std::size_t place_of(const Input& input, const std::vector<Group>& groups);
  static std::vector<Input> attach(std::vector<Input> inputs, std::vector<Group>& groups);
  static std::optional<LoggedTicket> assemble(Collected collected);

  OpenedIn range_;
  std::int32_t partition_count_;
  std::optional<Instant> last_mark_at_;
  std::optional<Instant> first_opened_at_;
  std::optional<Instant> last_opened_at_;
  std::unordered_map<std::string, std::size_t> places_;
  std::vector<Collected> tickets_;
  std::size_t next_ = 0;
  std::uint64_t unreadable_ = 0;
};

}  // namespace paidan::ctl
