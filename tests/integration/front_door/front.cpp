#include "front.hpp"

#include <httplib.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <sstream>

#include "paidan/kafka/producer.hpp"
#include "paidan/kafka/tail.hpp"
#include "paidan/testkit/wait.hpp"

namespace paidan::front_door {

namespace {

constexpr const char* pack = "boston";
constexpr const char* live_prefix = "live.";
constexpr const char* replay_prefix = "replay.";
constexpr Milliseconds ready_deadline{60'000};
constexpr Milliseconds leave_deadline{10'000};

std::string binary_path(const std::string& name) {
  return std::string(PAIDAN_BINARY_DIR) + "/bin/" + name;
}

std::unique_ptr<Front>& the_front() {
  static std::unique_ptr<Front> front;
  return front;
}

/// Ends the children while the test program is still whole.
class Environment : public testing::Environment {
 public:
  void SetUp() override { the_front() = Front::start(); }
  void TearDown() override { the_front().reset(); }
};
const testing::Environment* const environment = testing::AddGlobalTestEnvironment(new Environment);

kafka::Connection connection(const testkit::KafkaServer& kafka, const char* prefix) {
  return {kafka.brokers(), "test", prefix, contract::topic_names(), contract::record_bytes_max};
}

Logged copied(const stream::InRecord& record) {
  Logged logged{std::string(record.key), record.partition, record.offset, std::nullopt, {}};
  if (record.value) logged.value = std::string(*record.value);
  for (const auto& [name, value] : record.headers) {
    logged.headers[std::string(name)] = std::string(value);
  }
  return logged;
}

}  // namespace

Front& front() { return *the_front(); }

std::unique_ptr<Front> Front::start() {
  auto made = std::unique_ptr<Front>(new Front());
  return made->prepare() ? std::move(made) : nullptr;
}

bool Front::prepare() {
  auto kafka = testkit::KafkaServer::start_or_explain();
  auto redis = testkit::RedisServer::start_or_explain();
  if (!kafka || !redis) {
    ADD_FAILURE() << (kafka ? redis.error().why : kafka.error().why);
    return false;
  }
  kafka_ = std::move(kafka).value();
  redis_ = std::move(redis).value();
  const std::string secrets = (directory_.path() / "secrets").string();
  const bool set_up = tool({"make-secrets", "--dir", secrets}, live_prefix) &&
                      tool({"topics", "create"}, live_prefix) &&
                      tool({"topics", "create"}, replay_prefix);
  return set_up &&
         spawn(classification_, "classification", "paidan-classification",
               {"--kafka.topic_prefix", live_prefix}) &&
         spawn(replay_classification_, "replay-classification", "paidan-classification",
               {"--kafka.topic_prefix", replay_prefix, "--time.source", "replay"}) &&
         start_intake() &&
         spawn(replay_, "replay-intake", "paidan-intake",
               {"--kafka.topic_prefix", replay_prefix, "--time.source", "replay", "--redis.address",
                redis_->address()});
}

bool Front::tool(const std::vector<std::string>& arguments, const std::string& prefix) {
  std::vector<std::string> command{binary_path("paidanctl"),
                                   "--kafka.brokers",
                                   kafka_->brokers(),
                                   "--kafka.topic_prefix",
                                   prefix,
                                   "--pack",
                                   pack};
  command.insert(command.end(), arguments.begin(), arguments.end());
  const auto output = directory_.path() / "paidanctl.log";
  auto child = testkit::ChildProcess::start({command, {}, output});
  const auto status = child ? (*child)->wait(ready_deadline) : std::nullopt;
  if (status && WIFEXITED(*status) && WEXITSTATUS(*status) == 0) return true;
  ADD_FAILURE() << "paidanctl " << arguments.front() << ": " << testkit::tail_of(output);
  return false;
}

bool Front::spawn(Process& process, const std::string& name, const std::string& binary,
                  const std::vector<std::string>& more) {
  std::vector<std::string> command{binary_path(binary),
                                   "--kafka.brokers",
                                   kafka_->brokers(),
                                   "--grpc.listen",
                                   address(process.grpc_port),
                                   "--monitor.listen",
                                   address(process.monitor_port),
                                   "--grpc.drain_ms",
                                   "50",
                                   "--pack",
                                   pack,
                                   "--secrets_dir",
                                   (directory_.path() / "secrets").string()};
  command.insert(command.end(), more.begin(), more.end());
  auto child = testkit::ChildProcess::start({command, {}, directory_.path() / (name + ".log")});
  if (!child) {
    ADD_FAILURE() << child.error().why;
    return false;
  }
  process.child = std::move(child).value();
  testkit::eventually([&] { return !process.child->running() || is_ready(process); },
                      ready_deadline);
  if (is_ready(process)) return true;
  ADD_FAILURE() << name << " is not ready: " << output_of(name);
  return false;
}

bool Front::is_ready(const Process& process) const {
  httplib::Client client("127.0.0.1", process.monitor_port);
  const auto answer = client.Get("/readyz");
  return answer && answer->status == 200;
}

bool Front::start_intake() {
  return spawn(
      intake_, "intake", "paidan-intake",
      {"--kafka.topic_prefix", live_prefix, "--redis.address", redis_->address(),
       "--peers.classification", classification_address(), "--kafka.delivery_timeout_ms", "3000"});
}

bool Front::stop_intake() {
  intake_.child->signal(SIGTERM);
  const auto status = intake_.child->wait(leave_deadline);
  return status && WIFEXITED(*status) && WEXITSTATUS(*status) == 0;
}

const std::string& Front::token(const std::string& name) {
  std::string& token = tokens_[name];
  if (token.empty()) {
    std::ifstream file(directory_.path() / "secrets" / "tokens" / (name + ".token"));
    std::getline(file, token);
  }
  return token;
}

std::vector<Logged> Front::read(stream::TopicName topic, bool replay) {
  static kafka::SilentProbe probe;
  kafka::TailConfig config;
  config.connection = connection(*kafka_, replay ? replay_prefix : live_prefix);
  config.topics = {topic};
  config.from = kafka::TailConfig::From::beginning;
  config.stop_at_end = true;
  std::vector<Logged> all;
  auto tail = kafka::Tail::open(config, probe);
  for (bool finished = !tail.has_value(); !finished;) {
    const auto tailed = (*tail)->poll(1'000, Milliseconds{500});
    if (!tailed) break;
    std::transform(tailed->records.begin(), tailed->records.end(), std::back_inserter(all), copied);
    finished = tailed->finished;
  }
  return all;
}

void Front::append(stream::OutRecord record) {
  static kafka::SilentProbe probe;
  auto producer = kafka::Producer::open({connection(*kafka_, live_prefix)}, probe);
  ASSERT_TRUE(producer);
  ASSERT_TRUE((*producer)->send(std::move(record), [](const auto&) {}));
  ASSERT_TRUE((*producer)->flush(Milliseconds{10'000}));
}

std::string Front::monitor(const std::string& path) {
  httplib::Client client("127.0.0.1", intake_.monitor_port);
  const auto answer = client.Get(path);
  return answer && answer->status == 200 ? answer->body : std::string();
}

std::string Front::output_of(const std::string& process) const {
  std::ifstream file(directory_.path() / (process + ".log"));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void FrontDoorTest::SetUp() {
  ASSERT_NE(environment, nullptr);
  ASSERT_NE(the_front(), nullptr) << "the servers did not start";
  connect();
}

void FrontDoorTest::connect() {
  channel_ = grpc::CreateChannel(front().intake_address(), grpc::InsecureChannelCredentials());
  stub_ = intake::v1::IntakeService::NewStub(channel_);
}

void FrontDoorTest::authorize(grpc::ClientContext& context, const std::string& token,
                              int timeout_s) {
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(timeout_s));
  context.set_wait_for_ready(true);
  if (!token.empty()) context.AddMetadata("authorization", "Bearer " + front().token(token));
}

FrontDoorTest::Answer<intake::v1::SubmitResponse> FrontDoorTest::submit(
    const intake::v1::SubmitRequest& request, const std::string& token, int timeout_s) {
  grpc::ClientContext context;
  authorize(context, token, timeout_s);
  Answer<intake::v1::SubmitResponse> answer;
  answer.status = stub_->Submit(&context, request, &answer.response);
  const auto& trailers = context.GetServerTrailingMetadata();
  if (const auto found = trailers.find("paidan-reason"); found != trailers.end()) {
    answer.reason.assign(found->second.data(), found->second.size());
  }
  return answer;
}

intake::v1::SubmitRequest FrontDoorTest::pothole(const std::string& external_id) {
  intake::v1::SubmitRequest request;
  request.set_channel("self_service");
  request.set_external_id(external_id);
  request.set_title("Request for Pothole Repair");
  request.set_text("A deep hole in the road");
  request.set_category("Request for Pothole Repair");
  (*request.mutable_place()->mutable_codes())["pwd_district"] = "07";
  return request;
}

std::vector<Logged> FrontDoorTest::wait_for(stream::TopicName topic, const std::string& ticket_id) {
  std::vector<Logged> found;
  testkit::eventually([&] {
    found.clear();
    for (Logged& record : front().read(topic)) {
      if (record.key == ticket_id) found.push_back(std::move(record));
    }
    return !found.empty();
  });
  return found;
}

}  // namespace paidan::front_door
