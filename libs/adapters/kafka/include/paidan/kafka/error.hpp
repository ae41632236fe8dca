#pragma once
#include <string>
#include <string_view>

namespace paidan::kafka {

enum class ErrorKind {
  unreachable,    ///< No broker answered in time. Nothing happened; try again.
  timed_out,      ///< Asked, but not answered in time: the outcome is unknown.
  full,           ///< A bound of ours is reached. Nothing was sent; try again later.
  too_large,      ///< The record exceeds `record_bytes_max`, here or at the broker.
  unknown_topic,  ///< The topic or the partition does not exist.
  mismatch,       ///< It exists, but not as asked for (another partition count).
  refused,        ///< The broker says no: authorisation, policy, a bad setting.
  closed,         ///< The object is being destroyed.
  broken,         ///< Anything else; `what` has librdkafka's words.
};
/// A metric label, e.g. "timed_out".
std::string_view to_string(ErrorKind kind);

/// The outside world said no. `what` is for logs and never holds data of a record.
struct Error {
  ErrorKind kind = ErrorKind::broken;
  std::string what;
};

}  // namespace paidan::kafka
