#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

namespace paidan::ticket::v1 {
class LifecycleRecord;
class MatchRecord;
class SlaFact;
class Verdict;
}  // namespace paidan::ticket::v1

namespace paidan::ctl {

/// Counts by name, e.g. `assigned.basic`, `breached.handle`, `verdict.clock.in_time`.
using Counts = std::map<std::string, std::uint64_t>;

/// How often each mechanism of the life cycle was used, as the log tells it. Pure; not thread-safe.
class Tally {
 public:
  void observe(const paidan::ticket::v1::LifecycleRecord& record);
  void observe(const paidan::ticket::v1::SlaFact& fact);
  void observe(const paidan::ticket::v1::MatchRecord& record);

  /// Events, the state in which each ticket lies at the end, and the verdicts that stand: of one
  /// clock and seq the last one, of other subjects each.
  Counts counts() const;

 private:
  struct Holding {
    std::string result;
    std::string counted;
  };
  struct OfTicket {
    std::string state;
    std::map<std::pair<std::string, std::uint32_t>, Holding> clocks;  ///< By clock and seq.
  };

  void count(const std::string& name) { ++counts_[name]; }
  void count_work(const paidan::ticket::v1::LifecycleRecord& record);
  void count_requests(const paidan::ticket::v1::LifecycleRecord& record);
  void count_endings(const paidan::ticket::v1::LifecycleRecord& record);
  void count_duplicates(const paidan::ticket::v1::LifecycleRecord& record);
  void count_clocks(const paidan::ticket::v1::LifecycleRecord& record);
  void hold(OfTicket& seen, const paidan::ticket::v1::Verdict& verdict);

  Counts counts_;
  std::unordered_map<std::string, OfTicket> tickets_;
};

/// `ASSIGNMENT_BASIS_BASIC` without `ASSIGNMENT_BASIS_`, in small letters.
std::string plain_name(const std::string& enumerator, const std::string& prefix);

}  // namespace paidan::ctl
