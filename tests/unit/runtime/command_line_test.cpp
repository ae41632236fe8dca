#include "paidan/runtime/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "paidan/runtime/lifecycle.hpp"
#include "paidan/runtime/properties.hpp"

namespace paidan::runtime {
namespace {

using testing::HasSubstr;

Result<CommandLine, Leave> parse(std::vector<const char*> words) {
  words.insert(words.begin(), "paidan-test");
  return parse_command_line(static_cast<int>(words.size()), words.data(), "paidan-test",
                            "Tests things", "1.2.3",
                            {properties::kafka_brokers(), properties::time_source()});
}

TEST(CommandLine, GivesOnlyTheFlagsThatWereSet) {
  const auto line = parse({"--kafka.brokers", "a:1", "--config", "f.yaml", "--check-config"});
  ASSERT_TRUE(line);
  EXPECT_EQ(line->inputs.flags, (std::map<std::string, std::string>{{"kafka.brokers", "a:1"}}));
  EXPECT_EQ(line->inputs.file, "f.yaml");
  EXPECT_TRUE(line->check_config);
  EXPECT_FALSE(line->print_config);
}

TEST(CommandLine, AnEmptyValueIsAValue) {
  const auto line = parse({"--kafka.brokers", ""});
  ASSERT_TRUE(line);
  EXPECT_EQ(line->inputs.flags.at("kafka.brokers"), "");
}

TEST(CommandLine, VersionAndHelpLeaveWithZero) {
  const auto version = parse({"--version"});
  ASSERT_FALSE(version);
  EXPECT_EQ(version.error().code, exit_ok);
  EXPECT_EQ(version.error().text, "paidan-test 1.2.3\n");
  const auto help = parse({"--help"});
  ASSERT_FALSE(help);
  EXPECT_EQ(help.error().code, exit_ok);
  for (const char* part : {"--kafka.brokers", "$PAIDAN_KAFKA_BROKERS", "[127.0.0.1:19092]",
                           "{live|replay}", "--print-config", "Tests things"}) {
    EXPECT_THAT(help.error().text, HasSubstr(part));
  }
}

TEST(CommandLine, AnUnknownFlagLeavesWithTwoAndNamesIt) {
  for (const char* wrong : {"--kafka.broker", "stray"}) {
    const auto line = parse({wrong});
    ASSERT_FALSE(line);
    EXPECT_EQ(line.error().code, exit_usage);
    EXPECT_THAT(line.error().text, HasSubstr(wrong));
  }
}

TEST(CommandLine, EnvironmentNamesFollowTheRule) {
  EXPECT_EQ(environment_name("kafka.topic_prefix"), "PAIDAN_KAFKA_TOPIC_PREFIX");
  EXPECT_EQ(environment_name("workers"), "PAIDAN_WORKERS");
}

}  // namespace
}  // namespace paidan::runtime
