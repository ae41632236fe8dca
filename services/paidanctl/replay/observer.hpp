#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "paidan/base/time.hpp"
#include "paidan/stream/record.hpp"
#include "paidanctl/replay/story.hpp"
#include "paidanctl/replay/tally.hpp"

namespace paidan::ticket::v1 {
class LifecycleRecord;
class SlaFact;
}  // namespace paidan::ticket::v1

namespace paidan::ctl {

/// What the log says about one ticket.
struct ObservedTicket {
  std::uint64_t version = 0;
  bool needs_person = false;  ///< 待人工研判 or 待签派 now.
  Charge charge;              ///< Now.
  std::uint32_t opened_count = 0;
  std::uint32_t version_faults = 0;  ///< Gaps and repeats of versions.
  std::string first_lead_unit;       ///< As routed at first; empty when a person had to decide.
  std::string first_queue_unit;
  std::string basis;  ///< On what ground: `basic`, `statutory`, ...
  std::string channel;
  std::uint32_t assigned_count = 0;
  std::uint32_t returned_count = 0;
  bool triaged = false;
  bool completed = false;
  bool closed = false;
  std::set<std::string> breached;  ///< Clocks whose own term was missed, not taken back.
  std::set<std::string> warned;
  std::set<std::tuple<int, std::string, std::uint32_t, std::uint32_t>> sla_seen;
  std::uint32_t sla_repeats = 0;  ///< The same (kind, clock, step, seq) twice.
  /// Due times of the clocks that run and have not fired.
  std::map<std::tuple<std::string, std::uint32_t, std::uint32_t>, Instant> running;
};

/// Something in the log that the replay waits for.
struct Notice {
  enum class Kind { needs_person, settled };
  Kind kind;
  std::string ticket_id;  ///< Empty for `settled`.
  std::int32_t partition = 0;
  Instant at{};  ///< The settled mark.
};

/// Folds `lifecycle`, `sla`, `matches` and `deadletters` as an outsider reads them. Pure; not
/// thread-safe.
class Observer {
 public:
  /// `follow`: also keeps which clocks run.
  explicit Observer(bool follow = false) : follow_(follow) {}

  /// Notices that the record gives rise to.
  std::vector<Notice> observe(const stream::InRecord& record);

  const std::unordered_map<std::string, ObservedTicket>& tickets() const { return tickets_; }
  std::uint64_t dead_letters() const { return dead_letters_; }
  std::uint64_t unreadable() const { return unreadable_; }
  std::uint64_t breaches() const { return breaches_; }
  Counts counts() const { return tally_.counts(); }
  /// True when a clock that runs was due at or before that time and has not fired; only with
  /// `follow`.
  bool owes_until(Instant time) const;

 private:
  void observe_lifecycle(const stream::InRecord& record, std::vector<Notice>& notices);
  void observe_fact(const paidan::ticket::v1::LifecycleRecord& record, ObservedTicket& ticket,
                    std::vector<Notice>& notices);
  void follow(const paidan::ticket::v1::LifecycleRecord& record, ObservedTicket& ticket) const;
  void observe_sla(const stream::InRecord& record);
  void observe_match(const stream::InRecord& record);
  void fold_sla(const paidan::ticket::v1::SlaFact& fact, ObservedTicket& ticket);

  const bool follow_;
  Tally tally_;
  std::unordered_map<std::string, ObservedTicket> tickets_;
  std::uint64_t dead_letters_ = 0;
  std::uint64_t unreadable_ = 0;
  std::uint64_t breaches_ = 0;
};

}  // namespace paidan::ctl
