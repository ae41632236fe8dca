#include "paidan/testkit/servers.hpp"

#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

#include "paidan/kafka/admin.hpp"
#include "paidan/testkit/wait.hpp"

namespace paidan::testkit {

namespace {

constexpr Milliseconds start_deadline{60'000};
constexpr const char* cluster_id = "cGFpZGFuLXRlc3Qta2Fma2E";

Result<std::string, Trouble> kafka_classpath() {
  const char* given = std::getenv("PAIDAN_KAFKA_LIBS");
  const std::filesystem::path libs =
      given != nullptr ? std::filesystem::path(given)
                       : std::filesystem::path(PAIDAN_SOURCE_DIR) / ".paidan/kafka/libs";
  std::error_code missing;
  for (const auto& entry : std::filesystem::directory_iterator(libs, missing)) {
    if (entry.path().filename().string().starts_with("kafka_2.13-")) {
      return (libs / "*").string();
    }
  }
  return Trouble{"no Kafka jars in " + libs.string() + ": run `./paidan setup`"};
}

std::map<std::string, std::string> kafka_settings(const std::string& data, std::uint16_t port,
                                                  std::uint16_t controller_port) {
  const std::string client = "127.0.0.1:" + std::to_string(port);
  const std::string controller = "127.0.0.1:" + std::to_string(controller_port);
  return {
      {"process.roles", "broker,controller"},
      {"node.id", "1"},
      {"controller.quorum.voters", "1@" + controller},
      {"listeners", "PLAINTEXT://" + client + ",CONTROLLER://" + controller},
      {"advertised.listeners", "PLAINTEXT://" + client},
      {"controller.listener.names", "CONTROLLER"},
      {"listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"},
      {"log.dirs", data},
      {"auto.create.topics.enable", "false"},
      {"offsets.topic.replication.factor", "1"},
      {"offsets.topic.num.partitions", "4"},
      {"transaction.state.log.replication.factor", "1"},
      {"transaction.state.log.min.isr", "1"},
      {"transaction.state.log.num.partitions", "4"},
      {"transaction.abort.timed.out.transaction.cleanup.interval.ms", "500"},
      {"group.initial.rebalance.delay.ms", "0"},
      {"group.min.session.timeout.ms", "1000"},
      {"log.cleaner.dedupe.buffer.size", "33554432"},
      {"log.cleaner.backoff.ms", "1000"},
  };
}

std::vector<std::string> java(const std::string& classpath) {
  return {
      "java", "-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:TieredStopAtLevel=1",
      "-cp",  classpath};
}

bool answers(const std::string& path) {
  const int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  const bool connected = connect(probe, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  close(probe);
  return connected;
}

}  // namespace

Result<std::unique_ptr<KafkaServer>, Trouble> KafkaServer::start_or_explain(
    const std::map<std::string, std::string>& settings) {
  Result<std::string, Trouble> classpath = kafka_classpath();
  if (!classpath) return classpath.error();
  std::unique_ptr<KafkaServer> server(new KafkaServer(std::move(classpath).value()));
  if (auto done = server->format(settings); !done) return done.error();
  if (auto done = server->run(); !done) return done.error();
  return server;
}

KafkaServer::~KafkaServer() { kill(); }

void KafkaServer::kill() {
  if (!process_) return;
  process_->signal(SIGKILL);
  process_->wait(Milliseconds{10'000});
}

Result<Unit, Trouble> KafkaServer::start_again() { return run(); }

Result<Unit, Trouble> KafkaServer::format(const std::map<std::string, std::string>& settings) {
  port_ = free_port();
  std::map<std::string, std::string> all = settings;
  all.merge(kafka_settings((directory_.path() / "data").string(), port_, free_port()));
  const std::filesystem::path properties = directory_.path() / "server.properties";
  std::ofstream file(properties);
  for (const auto& [name, value] : all) file << name << '=' << value << '\n';
  file.close();
  std::vector<std::string> command = java(classpath_);
  for (const char* word : {"kafka.tools.StorageTool", "format", "-t", cluster_id, "-c"}) {
    command.emplace_back(word);
  }
  command.push_back(properties.string());
  const std::filesystem::path output = directory_.path() / "format.log";
  auto tool = ChildProcess::start({std::move(command), {}, output});
  if (!tool) return tool.error();
  const std::optional<int> status = tool.value()->wait(start_deadline);
  if (status == 0) return Unit{};
  return Trouble{"Kafka's storage cannot be formatted: " + tail_of(output)};
}

Result<Unit, Trouble> KafkaServer::run() {
  std::vector<std::string> command = java(classpath_);
  command.emplace_back("kafka.Kafka");
  command.push_back((directory_.path() / "server.properties").string());
  const std::filesystem::path output = directory_.path() / "kafka.log";
  auto started = ChildProcess::start({std::move(command), {}, output});
  if (!started) return started.error();
  process_ = std::move(started).value();

  kafka::SilentProbe probe;
  auto admin = kafka::Admin::open({brokers(), "testkit", "", {}}, probe);
  if (!admin) return Trouble{admin.error().what};
  const bool up = eventually(
      [&] {
        return !process_->running() ||
               admin.value()->wait_until_reachable(Milliseconds{500}).has_value();
      },
      start_deadline);
  if (up && process_->running()) return Unit{};
  return Trouble{"Kafka does not answer at " + brokers() + ": " + tail_of(output)};
}

Result<std::unique_ptr<RedisServer>, Trouble> RedisServer::start_or_explain() {
  std::unique_ptr<RedisServer> server(new RedisServer());
  if (auto done = server->run(); !done) return done.error();
  return server;
}

RedisServer::~RedisServer() { kill(); }

void RedisServer::kill() {
  if (!process_) return;
  process_->signal(SIGKILL);
  process_->wait(Milliseconds{10'000});
}

Result<Unit, Trouble> RedisServer::start_again() { return run(); }

Result<Unit, Trouble> RedisServer::run() {
  std::error_code ignored;
  std::filesystem::remove(socket(), ignored);
  const std::filesystem::path output = directory_.path() / "redis.log";
  auto started = ChildProcess::start(
      {{"redis-server", "--port", "0", "--unixsocket", socket(), "--unixsocketperm", "700",
        "--save", "", "--appendonly", "no", "--dir", directory_.path().string()},
       {},
       output});
  if (!started) return started.error();
  process_ = std::move(started).value();
  const bool up =
      eventually([this] { return !process_->running() || answers(socket()); }, start_deadline);
  if (up && process_->running()) return Unit{};
  return Trouble{"redis-server does not start (run `./paidan setup`): " + tail_of(output)};
}

}  // namespace paidan::testkit
