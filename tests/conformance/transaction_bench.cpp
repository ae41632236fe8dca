// The experiment of docs/adr/0001: how long a transaction of one record takes with one and with two
// transactional ids per worker, and how many commits a second that is. Starts a Kafka of its own.
//   transaction_bench [--transactions=600]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "load.hpp"
#include "member.hpp"
#include "paidan/base/assert.hpp"
#include "paidan/kafka/admin.hpp"
#include "paidan/kafka/log.hpp"
#include "paidan/testkit/servers.hpp"
#include "paidan/testkit/wait.hpp"
#include "results.hpp"

namespace paidan::conformance {
namespace {

using Milli = std::chrono::duration<double, std::milli>;

struct Worker {
  Worker(const kafka::Connection& connection, int ids, kafka::KafkaProbe& probe) {
    kafka::LogConfig config;
    config.connection = connection;
    config.group = "ids" + std::to_string(ids);
    config.inputs = {input, second_input};
    config.state = state;
    config.transactional_ids = ids;
    auto opened = kafka::KafkaLog::open(config, clock, probe);
    PAIDAN_ASSERT(opened.has_value(), "the log opens");
    log = std::move(opened).value();
    member = std::make_unique<Member>(*log);
    PAIDAN_ASSERT(member->until_ready(), "the group answers");
  }
  testkit::ManualClock clock;
  std::unique_ptr<stream::TransactionalLog> log;
  std::unique_ptr<Member> member;
  std::vector<double> took_ms;
};

void measure(Worker& worker, int count, int partitions, Milliseconds pause) {
  for (int i = 0; i < count; ++i) {
    const Partition at{i % partitions};
    const std::vector<stream::OutRecord> out{{output, at, "key", std::string(300, 'x'), {}},
                                             {state, at, "key", std::string(250, 'x'), {}}};
    const auto begin = std::chrono::steady_clock::now();
    const auto result = worker.member->commit(out);
    worker.took_ms.push_back(Milli(std::chrono::steady_clock::now() - begin).count());
    PAIDAN_ASSERT(result == stream::Commit::done, "nothing disturbs the commits");
    (void)testkit::eventually([] { return false; }, pause);
  }
}

void add(std::vector<bench::Result>& results, const Worker& worker, const std::string& name) {
  double sum_ms = 0;
  for (const double took_ms : worker.took_ms) sum_ms += took_ms;
  for (const auto& [label, share] : {std::pair{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}}) {
    results.push_back({name + "/" + label, bench::percentile(worker.took_ms, share), "ms"});
  }
  results.push_back({name + "/commits",
                     1'000 * static_cast<double>(worker.took_ms.size()) / std::max(sum_ms, 1.0),
                     "1/s of committing"});
}

void compare(const std::string& brokers, int partitions, Milliseconds pause, int count,
             std::vector<bench::Result>& results) {
  static int run = 0;
  kafka::SilentProbe probe;
  const kafka::Connection connection{
      brokers, "bench", "run" + std::to_string(++run) + ".", {input, second_input, output, state}};
  const auto admin = kafka::Admin::open(connection, probe);
  std::vector<kafka::TopicSpec> topics;
  topics.reserve(connection.topics.size());
  for (const stream::TopicName name : connection.topics)
    topics.push_back({name, partitions, 1, {}});
  PAIDAN_ASSERT(admin.value()->create_topics(topics, Milliseconds{30'000}).has_value(), "topics");
  Worker one(connection, 1, probe);
  Worker two(connection, 2, probe);
  measure(one, 20, partitions, pause);
  measure(two, 20, partitions, pause);
  one.took_ms.clear();
  two.took_ms.clear();
  // In turn, so that what else the machine does falls on both.
  constexpr int blocks = 10;
  for (int block = 0; block < blocks; ++block) {
    measure(one, count / blocks, partitions, pause);
    measure(two, count / blocks, partitions, pause);
  }
  const std::string name = "transaction/" + std::to_string(partitions) + "_partitions/pause_" +
                           std::to_string(pause.count()) + "_ms/";
  add(results, one, name + "1_id");
  add(results, two, name + "2_ids");
}

}  // namespace
}  // namespace paidan::conformance

int main(int argc, char** argv) {
  using namespace paidan;
  const int count = std::max(10, std::stoi(bench::flag(argc, argv, "transactions", "600")));
  const auto server = testkit::KafkaServer::start_or_explain();
  if (!server) {
    std::fprintf(stderr, "%s\n", server.error().why.c_str());
    return EXIT_FAILURE;
  }
  std::vector<bench::Result> results;
  for (const int partitions : {4, 24}) {
    for (const Milliseconds pause : {Milliseconds{0}, Milliseconds{20}}) {
      conformance::compare(server.value()->brokers(), partitions, pause, count, results);
    }
  }
  return bench::report(results, argc, argv);
}
