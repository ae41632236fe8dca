#pragma once
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "paidan/kafka/connection.hpp"
#include "paidan/testkit/child_process.hpp"
#include "world.hpp"

namespace paidan::conformance {

/// The program `conformance_member`, told what to do through a pipe, answering in a file.
class MemberProcess : public DistantMember {
 public:
  MemberProcess(const kafka::Connection& connection, int ordinal);

  bool take_batch() override { return ask("take") == "held"; }
  void freeze() override;
  void thaw() override;
  stream::Commit commit() override;

  /// Copies on and on, until it is killed.
  void run() { tell("run"); }
  void kill();

 private:
  void tell(const std::string& command);
  std::string ask(const std::string& command);

  testkit::TemporaryDirectory directory_;
  std::unique_ptr<testkit::ChildProcess> process_;
  std::ofstream commands_;
  std::size_t answers_ = 0;
};

}  // namespace paidan::conformance
