#pragma once
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "paidan/base/result.hpp"
#include "paidanctl/trouble.hpp"

namespace google::protobuf {
class Message;
class MethodDescriptor;
}  // namespace google::protobuf

namespace paidan::ctl {

struct ReplayCase;

/// One call of the contract with its own fields; whose ticket it is about, when, and as whom is
/// added when it is sent.
struct Call {
  const google::protobuf::MethodDescriptor* method = nullptr;
  std::shared_ptr<const google::protobuf::Message> request;
};

/// Reads calls as an events file writes them. A text that comes again is read once.
class CallReader {
 public:
  /// `who`: `citizen` calls IntakeService, `office` OfficeService, anybody else AssignmentService.
  /// `json`: the request in protobuf JSON without header and ticket id; empty: no field. The error
  /// says what is wrong with which of the three.
  Result<Call, Trouble> read(const std::string& who, const std::string& method,
                             const std::string& json);

 private:
  std::map<std::pair<const google::protobuf::MethodDescriptor*, std::string>, Call> known_;
};

/// What the columns of a case tell.
Call acknowledge_call();
Call contact_call();
Call return_call(const ReplayCase& replayed);
Call decide_return_call(const ReplayCase& replayed);
Call complete_call(const ReplayCase& replayed);
Call rate_call(const ReplayCase& replayed);
/// 签派, by the office of the replay, of what no rule can assign.
Call assign_call(const std::string& lead_unit);

}  // namespace paidan::ctl
