#pragma once
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "paidan/kafka/connection.hpp"
#include "paidan/testkit/child_process.hpp"
#include "world.hpp"

namespace paidan::conformance {

/// A program of this folder, told what to do through a pipe, answering in a file.
class MemberProcess : public DistantMember {
 public:
  MemberProcess(const kafka::Connection& connection, int ordinal)
      : MemberProcess(connection, "conformance_member", std::to_string(ordinal)) {}
  /// Another program that is spoken to in the same way.
  MemberProcess(const kafka::Connection& connection, const std::string& program,
                const std::string& who);

  bool take_batch() override { return ask("take") == "held"; }
  void freeze() override;
  void thaw() override;
  stream::Commit commit() override;

  /// Copies on and on, until it is killed.
  void run() { tell("run"); }
  void kill();
  /// The one line that answers the command.
  std::string ask(const std::string& command);

 private:
  void tell(const std::string& command);

  testkit::TemporaryDirectory directory_;
  std::unique_ptr<testkit::ChildProcess> process_;
  std::ofstream commands_;
  std::size_t answers_ = 0;
};

}  // namespace paidan::conformance
