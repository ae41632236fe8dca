#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "paidan/domain/facts.hpp"

/// Where a ticket waits: in the office's queues (DESIGN section 2), and in the open lists of the
/// units. One rule for lists and live streams. Pure.
namespace paidan::domain {

/// With the numbers of `paidan.dispatch.v1.Queue`.
enum class Queue : std::uint8_t {
  none,
  triage,        ///< 待人工研判
  returned,      ///< 退单 asked
  extension,     ///< 延期 asked
  arbitration,   ///< 待签派
  unreasonable,  ///< 不合理诉求 asked
  review,        ///< Appeals 申诉, on-site rechecks 现场复核, difficult tickets 疑难.
  conflict,      ///< Other content under the same external id.
  duplicate      ///< 疑似重复 proposed
};
inline constexpr std::array<Queue, 8> office_queues{
    Queue::triage,       Queue::returned, Queue::extension, Queue::arbitration,
    Queue::unreasonable, Queue::review,   Queue::conflict,  Queue::duplicate};

/// `TRIAGE`, `RETURN` ...: as in the proto's enum.
std::string_view name_of(Queue queue);

/// What decides it.
struct Waiting {
  State state = State::none;
  bool conflicting = false;  ///< The office has not acted since.
  bool appealed = false;     ///< Not decided.
  bool difficult = false;
  bool proposed = false;  ///< A duplicate is proposed and neither linked nor refused.
};
bool lies_in(Queue queue, const Waiting& ticket);

/// A unit has to act, or waits for the office with the ticket on its desk. Else the ticket is with
/// the office, or answered, or over.
bool is_with_unit(State state);

}  // namespace paidan::domain
