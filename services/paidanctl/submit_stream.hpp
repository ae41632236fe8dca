#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "paidan/base/time.hpp"
#include "paidan/intake/v1/intake.grpc.pb.h"

namespace paidan::ctl {

/// Submits over one SubmitStream and opens it again when it is cut: what was not answered is sent
/// again with the same external id, so nothing is lost and nothing doubled. Thread-safe.
class SubmitStreamClient {
 public:
  using OnAnswer = std::function<void(const intake::v1::SubmitStreamResponse&)>;
  struct Options {
    std::string token;
    std::size_t in_flight_max = 512;
    Milliseconds give_up_after{60'000};  ///< Without a single answer.
  };

  /// `on_answer` is called on a thread of gRPC, once for each line, in the order of the answers;
  /// it must not call back. UNAVAILABLE there: given up, the outcome is unknown.
  SubmitStreamClient(std::shared_ptr<grpc::Channel> channel, Options options, OnAnswer on_answer);
  SubmitStreamClient(const SubmitStreamClient&) = delete;
  SubmitStreamClient& operator=(const SubmitStreamClient&) = delete;
  ~SubmitStreamClient();

  /// Blocks while `in_flight_max` lines are not answered.
  void submit(std::uint64_t line, intake::v1::SubmitRequest request);
  /// Blocks until every line is answered.
  void finish();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paidan::ctl
