#include "paidan/runtime/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "paidan/runtime/properties.hpp"
#include "temp_folder.hpp"

namespace paidan::runtime {
namespace {

using testing::HasSubstr;
using testing::Not;

PropertyTable table() {
  Property password{"store.password", "A secret", ""};
  password.secret = true;
  Property colour{"colour", "One of two", "red"};
  colour.choices = {"red", "green"};
  return {properties::kafka_brokers(),
          properties::kafka_partitions(),
          properties::grpc_drain_ms(),
          {"verbose", "A switch", "false", Kind::boolean},
          password,
          colour};
}

Config load(const ConfigInputs& inputs) {
  auto config = Config::load(table(), inputs);
  EXPECT_TRUE(config) << config.error().what;
  return std::move(*config);
}

std::string error_of(const std::string& yaml) {
  const test::TempFolder folder;
  const auto config = Config::load(table(), {folder.write("c.yaml", yaml), {}, {}});
  if (config) return "";
  std::string what = config.error().what;
  const std::size_t at = what.find(folder.path());
  return at == what.npos ? what : what.erase(at, folder.path().size() + 1);
}

TEST(Config, WithoutInputsEveryPropertyHasItsDefault) {
  const Config config = load({});
  EXPECT_EQ(config.text("kafka.brokers"), "127.0.0.1:19092");
  EXPECT_EQ(config.integer("kafka.partitions"), 4);
  EXPECT_EQ(config.milliseconds("grpc.drain_ms"), Milliseconds{500});
  EXPECT_FALSE(config.boolean("verbose"));
  EXPECT_EQ(config.source("kafka.brokers"), Source::built_in);
  EXPECT_FALSE(config.has("kafka.topic_prefix"));
}

TEST(Config, FlagBeatsEnvironmentBeatsFileBeatsDefault) {
  const test::TempFolder folder;
  ConfigInputs inputs;
  inputs.file = folder.write("c.yaml", "kafka:\n  partitions: 5\n  brokers: a:1\ncolour: green\n");
  inputs.environment = [](const std::string& name) -> std::optional<std::string> {
    if (name == "PAIDAN_KAFKA_PARTITIONS") return "6";
    if (name == "PAIDAN_KAFKA_BROKERS") return "b:2";
    return std::nullopt;
  };
  inputs.flags["kafka.partitions"] = "7";
  const Config config = load(inputs);
  EXPECT_EQ(config.integer("kafka.partitions"), 7);
  EXPECT_EQ(config.source("kafka.partitions"), Source::flag);
  EXPECT_EQ(config.text("kafka.brokers"), "b:2");
  EXPECT_EQ(config.source("kafka.brokers"), Source::environment);
  EXPECT_EQ(config.text("colour"), "green");
  EXPECT_EQ(config.source("colour"), Source::file);
}

TEST(Config, EveryMistakeInAFileIsNamedWithItsLine) {
  const std::pair<const char*, const char*> cases[] = {
      {"kafka:\n  brokrs: x\n", "c.yaml:2: kafka.brokrs: no such setting; --help lists them"},
      {"kafka:\n  partitions: 0\n", "c.yaml:2: kafka.partitions: must be from 1 to 1024, not '0'"},
      {"kafka:\n  partitions: 4x\n",
       "c.yaml:2: kafka.partitions: must be a whole number, not "
       "'4x'"},
      {"verbose: yes\n", "c.yaml:1: verbose: must be true or false, not 'yes'"},
      {"colour: blue\n", "c.yaml:1: colour: must be one of: red, green, not 'blue'"},
      {"colour: red\ncolour: green\n", "c.yaml:2: colour is set twice, first at "},
      {"kafka: {brokers: [a, b]}\n", "c.yaml:1: kafka.brokers: must be one value"},
      {"kafka:\n  brokers: nowhere\n",
       "c.yaml:2: kafka.brokers: must be host:port with a port of 0 to 65535, not 'nowhere'"},
      {"- a\n", "c.yaml:1: must be a map of settings"},
      {"a: [\n", "c.yaml:2: "},
  };
  for (const auto& [yaml, expected] : cases) {
    EXPECT_THAT(error_of(yaml), testing::StartsWith(expected)) << yaml;
  }
}

TEST(Config, AnEmptyFileIsNoMistakeAndAMissingOneIs) {
  EXPECT_EQ(error_of(""), "");
  EXPECT_EQ(error_of("# nothing\n"), "");
  const auto missing = Config::load(table(), {"/nowhere/c.yaml", {}, {}});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().what, "/nowhere/c.yaml: cannot be read");
}

TEST(Config, ASecretIsNeitherPrintedNorNamedInAnError) {
  ConfigInputs inputs;
  inputs.flags["store.password"] = "hunter2";
  EXPECT_THAT(load(inputs).print(), Not(HasSubstr("hunter2")));
  EXPECT_THAT(load(inputs).print(), HasSubstr("password: '***'  # flag --store.password"));
  PropertyTable strict = table();
  strict[4].check = [](std::string_view) -> std::optional<std::string> { return "too weak"; };
  const auto refused = Config::load(strict, inputs);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().what, "--store.password: store.password: too weak");
}

TEST(Config, WhatItPrintsLoadsAgainToTheSameSettings) {
  const test::TempFolder folder;
  ConfigInputs inputs;
  inputs.flags = {
      {"kafka.partitions", "12"}, {"colour", "green"}, {"kafka.brokers", "[::1]:9,b:2"}};
  const Config first = load(inputs);
  EXPECT_THAT(first.print(), HasSubstr("kafka:\n  brokers: \"[::1]:9,b:2\"  # flag"));
  const Config second = load({folder.write("printed.yaml", first.print()), {}, {}});
  for (const Property& property : table()) {
    if (property.kind != Kind::text) continue;
    EXPECT_EQ(first.text(property.name), second.text(property.name)) << property.name;
  }
  EXPECT_EQ(second.integer("kafka.partitions"), 12);
}

TEST(ConfigDeathTest, AskingForWhatTheTableLacksIsABug) {
  const Config config = load({});
  EXPECT_DEATH((void)config.text("no.such"), "lacks this property");
  EXPECT_DEATH((void)config.text("kafka.partitions"), "another kind");
}

TEST(Checks, TellAddressesFromNonsense) {
  for (const char* good : {"127.0.0.1:0", "kafka:9092", "[::1]:65535"}) {
    EXPECT_FALSE(check_host_port(good)) << good;
  }
  for (const char* bad : {"", ":1", "a", "a:", "a:b", "a:-1", "a:65536", "a:1 "}) {
    EXPECT_TRUE(check_host_port(bad)) << bad;
  }
  EXPECT_FALSE(check_host_ports("a:1,b:2"));
  EXPECT_TRUE(check_host_ports("a:1,"));
  EXPECT_FALSE(check_redis_address("unix:/run/redis.sock"));
  EXPECT_FALSE(check_redis_address("localhost:6379"));
  EXPECT_TRUE(check_redis_address("unix:"));
  EXPECT_TRUE(check_redis_address("unix:/" + std::string(107, 'x')));
  EXPECT_TRUE(check_redis_address("/run/redis.sock"));
}

TEST(Properties, AllSharedOnesAcceptTheirOwnDefaults) {
  using namespace properties;
  PropertyTable all = of_every_service("127.0.0.1:9101");
  for (auto make : {kafka_brokers, kafka_topic_prefix, kafka_partitions, redis_address, grpc_listen,
                    grpc_drain_ms, workers, pack, secrets_dir, tokens_file, peers_classification,
                    peers_dispatch, peers_sla_monitor}) {
    all.push_back(make());
  }
  const auto config = Config::load(all, {});
  ASSERT_TRUE(config) << config.error().what;
  EXPECT_EQ(config->text("monitor.listen"), "127.0.0.1:9101");
  EXPECT_EQ(tokens_path(*config), ".paidan/secrets/tokens.yaml");
  const auto named = Config::load(all, {"", {}, {{"tokens_file", "/t.yaml"}}});
  EXPECT_EQ(tokens_path(*named), "/t.yaml");
}

}  // namespace
}  // namespace paidan::runtime
