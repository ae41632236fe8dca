#include "dispatch/pending_commands.hpp"

#include <utility>

namespace paidan::dispatch {

bool PendingCommands::add(const std::string& correlation, SteadyTime deadline, OnAnswer on_answer) {
  const std::lock_guard lock(mutex_);
  if (closed_ || waiting_.size() >= pending_max_) return false;
  const bool fresh =
      waiting_.try_emplace(correlation, Waiting{deadline, std::move(on_answer)}).second;
  if (fresh) by_deadline_.emplace(deadline, correlation);
  return fresh;
}

std::optional<OnAnswer> PendingCommands::take(std::string_view correlation) {
  const std::lock_guard lock(mutex_);
  const auto found = waiting_.find(correlation);
  if (found == waiting_.end()) return std::nullopt;
  auto [at, last] = by_deadline_.equal_range(found->second.deadline);
  while (at != last && at->second != correlation) ++at;
  if (at != last) by_deadline_.erase(at);
  OnAnswer on_answer = std::move(found->second.on_answer);
  waiting_.erase(found);
  return on_answer;
}

void PendingCommands::answer(std::string_view correlation, const CommandAnswer& answer) {
  if (const std::optional<OnAnswer> on_answer = take(correlation)) (*on_answer)(answer);
}

bool PendingCommands::forget(std::string_view correlation) { return take(correlation).has_value(); }

void PendingCommands::expire(SteadyTime now) {
  std::vector<std::string> late;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [deadline, correlation] : by_deadline_) {
      if (deadline > now) break;
      late.push_back(correlation);
    }
  }
  for (const std::string& correlation : late) {
    answer(correlation, Unknown{Unknown::Why::deadline});
  }
}

void PendingCommands::close() {
  ByCorrelation waiting;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    waiting.swap(waiting_);
    by_deadline_.clear();
  }
  for (const auto& [correlation, one] : waiting) {
    one.on_answer(Unknown{Unknown::Why::shutting_down});
  }
}

std::size_t PendingCommands::size() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

}  // namespace paidan::dispatch
