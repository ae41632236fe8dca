#include "latency.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>

#include "load.hpp"
#include "paidan/contract/topics.hpp"
#include "paidan/dispatch/v1/assignment.grpc.pb.h"
#include "paidan/intake/v1/intake.grpc.pb.h"
#include "paidan/kafka/tail.hpp"
#include "paidan/rpc/client.hpp"
#include "paidan/system/clock.hpp"
#include "paidan/testkit/deployment.hpp"
#include "paidan/testkit/wait.hpp"

namespace paidan::bench {

namespace {

using Steady = std::chrono::steady_clock;

constexpr Milliseconds arrival_deadline{30'000};
constexpr const char* assigned_type = "paidan.ticket.assigned.v1";
constexpr const char* unit = "PWDx";
constexpr std::uint64_t rpc_numbers_from = 1'000'000'000;

/// Sent and arrived, by whatever names a ticket on both sides. Thread-safe.
class Stopwatch {
 public:
  void sent(const std::string& name) {
    const std::scoped_lock lock(mutex_);
    sent_.emplace(name, Steady::now());
  }
  void arrived(const std::string& name) {
    const std::scoped_lock lock(mutex_);
    const auto found = sent_.find(name);
    if (found == sent_.end()) return;
    const std::chrono::duration<double, std::milli> took = Steady::now() - found->second;
    took_ms_.push_back(took.count());
    sent_.erase(found);
  }
  std::size_t missing() const {
    const std::scoped_lock lock(mutex_);
    return sent_.size();
  }
  std::vector<double> took_ms() const {
    const std::scoped_lock lock(mutex_);
    return took_ms_;
  }

 private:
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Steady::time_point> sent_;
  std::vector<double> took_ms_;
};

/// Calls `send(n)` at an even pace, whatever each call takes (no coordinated omission).
void at_a_steady_rate(const PipelineOptions& options,
                      const std::function<void(std::size_t)>& send) {
  const auto start = Steady::now();
  const std::size_t count = options.rate_per_s * options.seconds;
  for (std::size_t number = 0; number < count; ++number) {
    const auto due = start + std::chrono::microseconds{1'000'000 * number / options.rate_per_s};
    std::this_thread::sleep_until(due);
    send(number);
  }
}

std::vector<bench::Result> summary(const std::string& name, const Stopwatch& stopwatch) {
  const auto values = stopwatch.took_ms();
  return {{name + "_p50", percentile(values, 0.50), "ms"},
          {name + "_p99", percentile(values, 0.99), "ms"},
          {name + "_missing", static_cast<double>(stopwatch.missing()), "tickets"}};
}

std::vector<bench::Result> through_the_log(const PipelineOptions& options,
                                           const kafka::Connection& connection) {
  kafka::SilentProbe probe;
  auto producer = kafka::Producer::open({.connection = connection}, probe);
  auto tail =
      kafka::Tail::open({.connection = connection, .topics = {contract::topic::lifecycle}}, probe);
  if (!producer || !tail) return {};
  Stopwatch stopwatch;
  std::jthread reader([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      const auto tailed = (*tail)->poll(1'000, Milliseconds{20});
      if (!tailed) return;
      for (const auto& record : tailed->records) {
        if (record.header("ce_type") == assigned_type) stopwatch.arrived(std::string(record.key));
      }
    }
  });
  const system::SystemClock clock;
  at_a_steady_rate(options, [&](std::size_t number) {
    stopwatch.sent(ticket_id(number));
    const auto taken = (*producer)->send(submission(number, options.partitions, clock.now()),
                                         [](const auto& /*outcome*/) {});
    if (!taken) stopwatch.arrived("");  // counted as missing
  });
  testkit::eventually([&] { return stopwatch.missing() == 0; }, arrival_deadline);
  return summary("latency/append_to_assigned", stopwatch);
}

/// Subscribes as the unit; what arrives is told to the stopwatch by title.
class Subscriber {
 public:
  Subscriber(const testkit::Deployment& deployment, Stopwatch& stopwatch)
      : stub_(dispatch::v1::AssignmentService::NewStub(
            rpc::make_channel({.target = deployment.grpc_address("dispatch")}))),
        stopwatch_(stopwatch) {
    rpc::prepare(call_, {.timeout = Milliseconds{600'000},
                         .token = deployment.token("agency-" + std::string(unit))});
    stream_ = stub_->Subscribe(&call_, {});
    dispatch::v1::SubscribeResponse first;
    live_ = stream_->Read(&first);  // the token: from here on nothing is missed
    reader_ = std::thread([this] { read(); });
  }
  Subscriber(const Subscriber&) = delete;
  Subscriber& operator=(const Subscriber&) = delete;
  ~Subscriber() {
    call_.TryCancel();
    reader_.join();
  }
  bool live() const { return live_; }

 private:
  void read() {
    dispatch::v1::SubscribeResponse told;
    while (stream_->Read(&told)) {
      if (told.kind() == dispatch::v1::SubscribeResponse::KIND_ASSIGNED) {
        stopwatch_.arrived(told.ticket().title());
      }
    }
  }

  std::unique_ptr<dispatch::v1::AssignmentService::Stub> stub_;
  Stopwatch& stopwatch_;
  grpc::ClientContext call_;
  std::unique_ptr<grpc::ClientReader<dispatch::v1::SubscribeResponse>> stream_;
  bool live_ = false;
  std::thread reader_;
};

intake::v1::SubmitRequest request_of(std::uint64_t number, const std::string& title) {
  intake::v1::SubmitRequest request;
  request.set_channel("constituent_call");
  request.set_external_id("bench-rpc-" + std::to_string(number));
  request.set_title(title);
  request.set_text(complaint(number));
  request.set_category("Street Light Outages");
  return request;
}

std::vector<bench::Result> through_the_doors(const PipelineOptions& options,
                                             const testkit::Deployment& deployment) {
  Stopwatch stopwatch;
  const Subscriber subscriber(deployment, stopwatch);
  if (!subscriber.live()) return {};
  const auto stub = intake::v1::IntakeService::NewStub(
      rpc::make_channel({.target = deployment.grpc_address("intake")}));
  const std::string token = deployment.token("channel-all");
  struct Submission {
    grpc::ClientContext call;
    intake::v1::SubmitRequest request;
    intake::v1::SubmitResponse response;
  };
  at_a_steady_rate(options, [&](std::size_t number) {
    const std::string title = "Lamp " + std::to_string(number);
    auto one = std::make_shared<Submission>();
    one->request = request_of(rpc_numbers_from + number, title);
    rpc::prepare(one->call, {.timeout = Milliseconds{10'000}, .token = token});
    stopwatch.sent(title);
    stub->async()->Submit(&one->call, &one->request, &one->response,
                          [one](const grpc::Status& /*status*/) {});
  });
  testkit::eventually([&] { return stopwatch.missing() == 0; }, arrival_deadline);
  return summary("latency/submit_to_subscriber", stopwatch);
}

}  // namespace

Results measure_latencies(const PipelineOptions& options) {
  auto deployment =
      testkit::Deployment::open({.programs = options.programs,
                                 .partitions = options.partitions,
                                 .settings = {{"workers", std::to_string(options.workers)}}});
  if (!deployment) return deployment.error();
  const auto started = (*deployment)->start_and_wait(testkit::Deployment::all_services);
  if (!started) return started.error();
  const kafka::Connection connection{.brokers = (*deployment)->kafka().brokers(),
                                     .client_id = "bench",
                                     .topic_prefix = "paidan.",
                                     .topics = contract::topic_names(),
                                     .record_bytes_max = contract::record_bytes_max};
  auto results = through_the_log(options, connection);
  if (results.empty()) return testkit::Trouble{"the log cannot be written or read"};
  const auto doors = through_the_doors(options, **deployment);
  if (doors.empty()) return testkit::Trouble{"the subscription is not live"};
  results.insert(results.end(), doors.begin(), doors.end());
  return results;
}

}  // namespace paidan::bench
