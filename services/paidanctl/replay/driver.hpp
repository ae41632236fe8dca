#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidanctl/replay/case_file.hpp"
#include "paidanctl/replay/events.hpp"
#include "paidanctl/replay/log_reader.hpp"
#include "paidanctl/replay/step_sender.hpp"
#include "paidanctl/replay/story.hpp"
#include "paidanctl/replay/unit_streams.hpp"
#include "paidanctl/replay/wall_time.hpp"
#include "paidanctl/submit_stream.hpp"
#include "paidanctl/trouble.hpp"

namespace paidan::ctl {

/// What the driver talks to.
struct ReplayPeers {
  std::shared_ptr<grpc::Channel> intake;
  std::function<std::shared_ptr<grpc::Channel>()> new_dispatch_channel;
  std::string channel_token;
  std::string operations_token;
  std::string office_token;
  std::vector<UnitStreams::Unit> units;  ///< Every unit that can lead.
  std::function<std::optional<std::string>(const std::string& unit)> token_of;
};

struct ReplayTotals {
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;
  std::map<std::string, std::uint64_t> refusals;  ///< Why -> how many.
  std::uint64_t steps_unexpected = 0;         ///< Refused, or not, other than their script says.
  Counts steps_refused_as_expected;           ///< By reason.
  std::vector<std::string> unexpected_steps;  ///< The first few, by line.
  Instant final_mark{};
  std::chrono::duration<double> elapsed{};
};

struct ReplayProgress {
  Instant reached{};
  std::size_t submitted = 0;
  std::size_t cases = 0;
  std::uint64_t breaches = 0;
  std::chrono::duration<double> elapsed{};
};

/// Replays cases through the channel API, window by window: submit, let the agencies answer, write
/// the time mark, wait until every clock up to it has fired (DESIGN section 4). One thread drives.
/// With `hold`, each round of actions comes to rest in all stages before the next one begins, so
/// that the same script always ends in the same log.
class ReplayDriver {
 public:
  struct Options {
    bool hold = false;
    std::chrono::hours window_max{};
  };
  /// `stories` as the cases of `file`.
  ReplayDriver(const CaseFile& file, std::vector<Story> stories, const Options& options,
               const WallTime& wall, ReplayPeers peers, LogReader& log, EventQueue& events);
  ReplayDriver(const ReplayDriver&) = delete;
  ReplayDriver& operator=(const ReplayDriver&) = delete;
  ~ReplayDriver();

  /// `progress` is called now and then, on the caller's thread; false stops the replay. The error
  /// is one line.
  Result<ReplayTotals, Trouble> run(const std::function<bool(const ReplayProgress&)>& progress);

  const Timeline& timeline() const { return timeline_; }

 private:
  using Wrong = std::optional<std::string>;

  Wrong run_window(Instant until);
  Instant window_end(Instant next) const;
  Wrong come_to_rest();
  Wrong settle(Instant mark);
  Wrong write_mark(Instant mark);
  void send_due(Instant until);
  Wrong wait_for_event(Instant until);
  Wrong handle(ReplayEvent& event);
  Wrong handle_answer(const SubmissionAnswered& answer);
  Wrong handle_step(const StepAnswered& answer);
  void count_step(const Step& step, const StepAnswered& answer);
  void handle_notice(const Notice& notice);
  void put_in_charge(const UnitInCharge& told);
  void assign_by_hand(std::size_t index);
  std::string stuck() const;
  Instant final_mark() const;

  const CaseFile& file_;
  const Options options_;
  const WallTime& wall_;
  LogReader& log_;
  EventQueue& events_;
  const ReplayPeers peers_;
  Timeline timeline_;
  std::unordered_map<std::string, std::size_t> index_of_;  ///< Ticket id -> case.
  std::unordered_map<std::string, UnitInCharge> early_;    ///< Told before the answer came.
  std::unordered_map<std::string, bool> early_triage_;
  std::unordered_map<std::string, std::size_t> by_external_id_;
  std::map<std::int32_t, Instant> settled_;
  ReplayTotals totals_;
  const std::function<bool(const ReplayProgress&)>* progress_ = nullptr;
  std::chrono::steady_clock::time_point started_;
  std::chrono::steady_clock::time_point moved_;
  std::chrono::steady_clock::time_point told_;
  std::unique_ptr<UnitStreams> units_;
  std::unique_ptr<StepSender> sender_;
  std::unique_ptr<SubmitStreamClient> submissions_;
};

}  // namespace paidan::ctl
