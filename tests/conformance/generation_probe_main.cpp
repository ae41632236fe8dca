// A group member without any guard, made with librdkafka itself, for the experiment of ADR 0002:
// generation_probe BROKERS PREFIX INSTANCE|- COMMANDS
// Commands: join | watch MS | commit OFFSET
#include <librdkafka/rdkafka.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>
#include <string>

#include "paidan/testkit/wait.hpp"
#include "raw_transaction.hpp"
#include "world.hpp"

namespace paidan::conformance {
namespace {

void on_rebalance(rd_kafka_t* client, rd_kafka_resp_err_t what,
                  rd_kafka_topic_partition_list_t* partitions, void* opaque) {
  const bool gained = what == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS;
  if (gained) *static_cast<bool*>(opaque) = true;
  for (int i = 0; gained && i < partitions->cnt; ++i) {
    partitions->elems[i].offset = RD_KAFKA_OFFSET_BEGINNING;
  }
  rd_kafka_assign(client, gained ? partitions : nullptr);
}

class Probe {
 public:
  explicit Probe(char** argv) : brokers_(argv[1]), prefix_(argv[2]) {
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    set(conf, "bootstrap.servers", brokers_);
    set(conf, "group.id", prefix_ + "group");
    if (std::string(argv[3]) != "-") set(conf, "group.instance.id", argv[3]);
    set(conf, "session.timeout.ms", "2000");
    set(conf, "heartbeat.interval.ms", "300");
    set(conf, "partition.assignment.strategy", "range");
    set(conf, "enable.auto.commit", "false");
    set(conf, "log_level", "0");  // standard error goes where the answers go
    rd_kafka_conf_set_opaque(conf, &joined_);
    rd_kafka_conf_set_rebalance_cb(conf, on_rebalance);
    consumer_ = rd_kafka_new(RD_KAFKA_CONSUMER, conf, nullptr, 0);
    rd_kafka_poll_set_consumer(consumer_);
  }
  Probe(const Probe&) = delete;
  Probe& operator=(const Probe&) = delete;
  ~Probe() { rd_kafka_destroy_flags(consumer_, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE); }

  std::string join() {
    rd_kafka_topic_partition_list_t* topics = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(topics, (prefix_ + "in").c_str(), RD_KAFKA_PARTITION_UA);
    rd_kafka_subscribe(consumer_, topics);
    rd_kafka_topic_partition_list_destroy(topics);
    while (!joined_) {
      if (rd_kafka_message_t* message = rd_kafka_consumer_poll(consumer_, 50)) {
        rd_kafka_message_destroy(message);
      }
    }
    return membership();
  }

  /// Every membership that librdkafka names in that time, in order of appearance; nobody polls.
  std::string watch(int for_ms) {
    std::string seen;
    std::string last;
    testkit::eventually(
        [&] {
          std::string now = membership();
          if (now != last) seen += (seen.empty() ? "" : " ") + now;
          last = std::move(now);
          return false;
        },
        Milliseconds{for_ms});
    return seen;
  }

  std::string commit(std::int64_t offset) {
    const kafka::Connection connection{brokers_, "probe", prefix_, {output}};
    RawTransaction transaction(connection, prefix_ + "unguarded",
                               {{output, Partition{0}, "zombie", "v", {}}});
    rd_kafka_consumer_group_metadata_t* metadata = rd_kafka_consumer_group_metadata(consumer_);
    const auto code = transaction.commit_with(metadata, prefix_ + "in", offset);
    rd_kafka_consumer_group_metadata_destroy(metadata);
    return code == RD_KAFKA_RESP_ERR_NO_ERROR ? "accepted" : rd_kafka_err2name(code);
  }

 private:
  static void set(rd_kafka_conf_t* conf, const char* name, const std::string& value) {
    rd_kafka_conf_set(conf, name, value.c_str(), nullptr, 0);
  }

  /// `<generation>/<member|nameless>`
  std::string membership() {
    rd_kafka_consumer_group_metadata_t* metadata = rd_kafka_consumer_group_metadata(consumer_);
    void* bytes = nullptr;
    std::size_t size = 0;
    rd_kafka_error_t* error = rd_kafka_consumer_group_metadata_write(metadata, &bytes, &size);
    rd_kafka_consumer_group_metadata_destroy(metadata);
    if (error != nullptr) {
      rd_kafka_error_destroy(error);
      return "unknown";
    }
    constexpr std::size_t magic_size = 7;  // "CGMDv2:"
    const char* at = static_cast<const char*>(bytes) + magic_size;
    std::int32_t generation = 0;
    std::memcpy(&generation, at, sizeof generation);
    at += sizeof generation;
    at += std::strlen(at) + 1;  // the group
    std::string text = std::to_string(generation) + (*at == '\0' ? "/nameless" : "/member");
    rd_kafka_mem_free(nullptr, bytes);
    return text;
  }

  const std::string brokers_;
  const std::string prefix_;
  bool joined_ = false;
  rd_kafka_t* consumer_ = nullptr;
};

}  // namespace
}  // namespace paidan::conformance

int main(int argc, char** argv) {
  if (argc != 5) return EXIT_FAILURE;
  paidan::conformance::Probe probe(argv);
  std::ifstream commands(argv[4]);
  for (std::string line; std::getline(commands, line);) {
    std::istringstream words(line);
    std::string command;
    int number = 0;
    words >> command >> number;
    if (command == "join") std::cout << probe.join() << std::endl;
    if (command == "watch") std::cout << probe.watch(number) << std::endl;
    if (command == "commit") std::cout << probe.commit(number) << std::endl;
  }
}
