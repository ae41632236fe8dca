#include "paidan/runtime/monitor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "paidan/runtime/log.hpp"

namespace paidan::runtime {
namespace {

using testing::HasSubstr;

class Monitor : public testing::Test {
 protected:
  Monitor() {
    MonitorContent content;
    content.metrics = [] { return std::string("paidan_up 1\n"); };
    content.config = [] { return std::string("workers: 1\n"); };
    server_ = std::make_unique<MonitorServer>("127.0.0.1:0", health_, content);
    const auto started = server_->start();
    EXPECT_TRUE(started) << started.error().what;
    client_ = std::make_unique<httplib::Client>("127.0.0.1", server_->port());
  }

  Health health_;
  std::unique_ptr<MonitorServer> server_;
  std::unique_ptr<httplib::Client> client_;
};

TEST_F(Monitor, MetricsCarryTheVersionOfTheirFormat) {
  const auto got = client_->Get("/metrics");
  ASSERT_TRUE(got);
  EXPECT_EQ(got->status, 200);
  EXPECT_EQ(got->body, "paidan_up 1\n");
  EXPECT_EQ(got->get_header_value("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
}

TEST_F(Monitor, ReadinessNamesWhatIsMissing) {
  Condition& kafka = health_.add_condition("kafka");
  auto got = client_->Get("/readyz");
  ASSERT_TRUE(got);
  EXPECT_EQ(got->status, 503);
  EXPECT_EQ(nlohmann::json::parse(got->body),
            (nlohmann::json{{"status", "failing"}, {"failing", {"kafka"}}}));
  kafka.set(true);
  got = client_->Get("/readyz");
  ASSERT_TRUE(got);
  EXPECT_EQ(got->status, 200);
  EXPECT_EQ(client_->Get("/healthz")->status, 200);
}

TEST_F(Monitor, ConfigIsShown) { EXPECT_EQ(client_->Get("/config")->body, "workers: 1\n"); }

TEST_F(Monitor, LogLevelIsReadAndChangedAndAWrongOneRefused) {
  log::set_level(log::Level::info);
  EXPECT_EQ(client_->Get("/loglevel")->body, "info\n");
  EXPECT_EQ(client_->Put("/loglevel", "error\n", "text/plain")->status, 200);
  EXPECT_EQ(log::level(), log::Level::error);
  const auto refused = client_->Put("/loglevel", "loud", "text/plain");
  EXPECT_EQ(refused->status, 400);
  EXPECT_THAT(refused->body, HasSubstr("must be one of"));
  EXPECT_EQ(log::level(), log::Level::error);
  log::set_level(log::Level::info);
}

TEST_F(Monitor, TooLargeABodyAndAnUnknownPathAreRefused) {
  EXPECT_EQ(client_->Put("/loglevel", std::string(2000, 'x'), "text/plain")->status, 413);
  EXPECT_EQ(client_->Get("/nothing")->status, 404);
}

TEST_F(Monitor, ManyClientsAtOnceAreAnswered) {
  std::atomic<int> good = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 40; ++i) {
    threads.emplace_back([&] {
      httplib::Client client("127.0.0.1", server_->port());
      client.set_keep_alive(true);
      const auto got = client.Get("/healthz");
      if (got && got->status == 200) ++good;
    });
  }
  threads.clear();
  EXPECT_EQ(good, 40);
}

TEST_F(Monitor, ATakenPortIsOneClearLine) {
  const std::string address = "127.0.0.1:" + std::to_string(server_->port());
  MonitorServer second(address, health_, {});
  const auto started = second.start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().what, "cannot listen on " + address +
                                      " (Address already in use); choose another with "
                                      "--monitor.listen");
}

TEST_F(Monitor, StopsTwiceWithoutHarm) {
  server_->stop();
  server_->stop();
  EXPECT_FALSE(client_->Get("/healthz"));
}

}  // namespace
}  // namespace paidan::runtime
