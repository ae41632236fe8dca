#include "group_reader.hpp"

#include <algorithm>
#include <utility>

#include "offsets.hpp"

namespace paidan::kafka {

namespace {

constexpr Milliseconds look_up_deadline{10'000};
constexpr int committed_deadline_ms = 10'000;

std::string member_name(const LogConfig& config) {
  return config.connection.topic_prefix + config.group + "-" +
         std::to_string(config.instance_ordinal) + "-" + std::to_string(config.worker);
}

Settings settings_of(const LogConfig& config) {
  const auto queue_kilobytes = std::max<std::size_t>(1'024, config.fetch_queue_bytes / 1'024);
  return {
      {"group.id", config.connection.topic_prefix + config.group},
      {"group.instance.id", member_name(config)},
      {"partition.assignment.strategy", "range"},  // co-partitions; sticky ones are broken in 2.0
      {"session.timeout.ms", std::to_string(config.session_timeout.count())},
      {"heartbeat.interval.ms", std::to_string(config.session_timeout.count() / 5)},
      {"max.poll.interval.ms", "300000"},
      {"isolation.level", "read_committed"},
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      {"enable.partition.eof", "true"},
      {"auto.offset.reset", "error"},
      {"allow.auto.create.topics", "false"},
      {"check.crcs", "true"},
      {"queued.min.messages", "10000000"},  // the bound in bytes is the one that counts
      {"queued.max.messages.kbytes", std::to_string(queue_kilobytes)},
      {"fetch.wait.max.ms", "100"},  // an end is reported after an empty fetch
      {"fetch.error.backoff.ms", "50"},
  };
}

}  // namespace

Result<std::unique_ptr<GroupReader>, Error> GroupReader::open(const LogConfig& config,
                                                              const Topics& topics,
                                                              const stream::Clock& clock,
                                                              KafkaProbe& probe) {
  std::unique_ptr<GroupReader> reader(new GroupReader(config, topics, probe));
  auto client = open_client(Role::consumer, config.connection, settings_of(config), *reader);
  if (!client) return client.error();
  reader->client_ = std::move(client).value();
  if (config.report_caught_up) {
    reader->watch_ = std::make_unique<EndsWatch>(reader->client_.get(), topics, clock,
                                                 config.ends_interval, probe);
  }
  if (auto error = reader->subscribe()) return *error;
  return reader;
}

GroupReader::~GroupReader() {
  watch_.reset();
  if (client_) rd_kafka_consumer_close(client_.get());
}

std::optional<Error> GroupReader::subscribe() {
  // A topic that is missing now would silently be left out of the assignment.
  auto found = partitions_of(client_.get(), topics_, config_.inputs, look_up_deadline);
  if (!found) return found.error();
  std::map<stream::TopicName, std::size_t> counts;
  for (const stream::TopicPartition& at : *found) ++counts[at.topic];
  for (const auto& [topic, count] : counts) {
    if (count == counts.begin()->second) continue;
    return Error{ErrorKind::mismatch, topics_.full(topic) + " has " + std::to_string(count) +
                                          " partitions, another input " +
                                          std::to_string(counts.begin()->second)};
  }
  PartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(config_.inputs.size())));
  for (const stream::TopicName topic : config_.inputs) {
    rd_kafka_topic_partition_list_add(list.get(), topics_.full(topic).c_str(),
                                      RD_KAFKA_PARTITION_UA);
  }
  if (const auto code = rd_kafka_subscribe(client_.get(), list.get())) {
    return error_of(code, "subscribe");
  }
  return std::nullopt;
}

void GroupReader::rebalanced(rd_kafka_t* client, rd_kafka_resp_err_t what,
                             rd_kafka_topic_partition_list_t* partitions) {
  Change change;
  change.gained = what == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS;
  for (int i = 0; i < partitions->cnt; ++i) {
    change.partitions.insert(Partition{partitions->elems[i].partition});
  }
  if (!change.gained) {
    rd_kafka_assign(client, nullptr);
    read_to_.clear();
    if (watch_) watch_->watch({});
  }
  changes_.push_back(std::move(change));
  rd_kafka_yield(client);  // the poll that serves us returns now
}

std::optional<GroupReader::Change> GroupReader::next_change() {
  if (changes_.empty() && read_to_.empty()) serve(Milliseconds{0});
  if (changes_.empty()) return std::nullopt;
  Change change = std::move(changes_.front());
  changes_.pop_front();
  return change;
}

void GroupReader::serve(Milliseconds wait) {
  // Nothing is assigned, so no record can come.
  const Owned<rd_kafka_message_t> message(
      rd_kafka_consumer_poll(client_.get(), static_cast<int>(wait.count())));
  if (message && message->err) (void)meet(*message);
}

std::vector<stream::TopicPartition> GroupReader::inputs_of(
    const std::set<Partition>& partitions) const {
  std::vector<stream::TopicPartition> inputs;
  for (const stream::TopicName topic : config_.inputs) {
    for (const Partition partition : partitions) inputs.push_back({topic, partition});
  }
  return inputs;
}

Result<stream::Positions, Error> GroupReader::committed(
    const std::vector<stream::TopicPartition>& inputs) {
  stream::Positions none;
  for (const stream::TopicPartition& at : inputs) none[at] = NextOffset{RD_KAFKA_OFFSET_INVALID};
  const PartitionList list = list_of(topics_, none);
  if (const auto code = rd_kafka_committed(client_.get(), list.get(), committed_deadline_ms)) {
    return error_of(code, "committed positions");
  }
  stream::Positions positions;
  for (int i = 0; i < list->cnt; ++i) {
    const rd_kafka_topic_partition_t& answer = list->elems[i];
    if (answer.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return error_of(answer.err, "committed positions");
    }
    if (answer.offset < 0) continue;
    positions[{*topics_.logical(answer.topic), Partition{answer.partition}}] =
        NextOffset{answer.offset};
  }
  return positions;
}

Result<stream::Positions, Error> GroupReader::find_start(const std::set<Partition>& owned,
                                                         const std::set<Partition>& with_state) {
  const auto inputs = inputs_of(owned);
  if (inputs.empty()) return stream::Positions{};
  auto known = committed(inputs);
  if (!known) return known.error();
  for (const Partition partition : with_state) {
    const bool any = std::any_of(known->begin(), known->end(), [&](const auto& position) {
      return position.first.partition == partition;
    });
    if (!any) {
      return Error{ErrorKind::timed_out, "partition " + std::to_string(partition.get()) +
                                             " has state but no committed position"};
    }
  }
  auto start = look_up(client_.get(), topics_, inputs, Edge::low, look_up_deadline);
  if (!start) return start.error();
  for (auto& [at, position] : *start) {
    const auto reached = known->find(at);
    if (reached == known->end()) continue;
    if (reached->second < position) {
      return Error{ErrorKind::mismatch, topics_.full(at.topic) + "/" +
                                            std::to_string(at.partition.get()) +
                                            ": records that were not yet read are deleted"};
    }
    position = reached->second;
  }
  return start;
}

std::optional<Error> GroupReader::begin(const stream::Positions& positions) {
  const PartitionList list = list_of(topics_, positions);
  if (const auto code = rd_kafka_assign(client_.get(), list.get())) {
    return error_of(code, "assign");
  }
  read_to_ = positions;
  if (watch_) {
    std::vector<stream::TopicPartition> inputs;
    for (const auto& [at, offset] : positions) inputs.push_back(at);
    watch_->watch(std::move(inputs));
  }
  return std::nullopt;
}

std::optional<Error> GroupReader::rewind(const stream::Positions& positions) {
  if (!changes_.empty() || positions.empty()) return std::nullopt;  // all of it is lost anyway
  const PartitionList list = list_of(topics_, positions);
  // Without a timeout of its own, since 2.0 takes milliseconds for microseconds; and an answer
  // without error does not mean that every partition moved.
  const Owned<rd_kafka_error_t> error(rd_kafka_seek_partitions(client_.get(), list.get(), -1));
  if (error) return error_of(*error, "rewind");
  for (int i = 0; i < list->cnt; ++i) {
    if (list->elems[i].err) return error_of(list->elems[i].err, "rewind");
  }
  read_to_ = positions;
  return std::nullopt;
}

Result<stream::Batch, Error> GroupReader::read(std::size_t records_max, Milliseconds wait) {
  const Countdown countdown(wait);
  Harvest harvest(topics_);
  while (harvest.size() < records_max) {
    // Waits for the first record only: a transaction begins as soon as nothing more is there.
    const int wait_ms = harvest.empty() ? countdown.left_ms() : 0;
    Owned<rd_kafka_message_t> message(rd_kafka_consumer_poll(client_.get(), wait_ms));
    if (!changes_.empty()) return stream::Batch{};  // what was read will be read again
    if (fatal) return Error{ErrorKind::broken, "the group member is fenced or broken"};
    if (!message && (!harvest.empty() || countdown.over())) break;
    if (!message) continue;
    if (auto error = take(std::move(message), harvest)) return *error;
  }
  return batch_of(harvest);
}

stream::Batch GroupReader::batch_of(Harvest& harvest) {
  stream::Batch batch;
  batch.records = harvest.take_records();
  batch.owner = harvest.take_owner();
  if (watch_ && !read_to_.empty()) batch.caught_up = watch_->caught_up(read_to_);
  return batch;
}

std::optional<Error> GroupReader::take(Owned<rd_kafka_message_t> message, Harvest& harvest) {
  if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) return meet(*message);
  if (is_new(*message)) harvest.add(std::move(message));
  return std::nullopt;
}

bool GroupReader::is_new(const rd_kafka_message_t& message) {
  const auto topic = topics_.logical(rd_kafka_topic_name(message.rkt));
  const auto position = read_to_.find({*topic, Partition{message.partition}});
  if (position == read_to_.end() || message.offset < position->second.get()) return false;
  position->second = NextOffset{message.offset + 1};
  return true;
}

std::optional<Error> GroupReader::meet(const rd_kafka_message_t& message) {
  if (message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
    const auto topic = topics_.logical(rd_kafka_topic_name(message.rkt));
    const auto position = read_to_.find({*topic, Partition{message.partition}});
    // Past transaction markers, which are no records.
    if (position != read_to_.end()) {
      position->second = std::max(position->second, NextOffset{message.offset});
    }
    return std::nullopt;
  }
  Error error = error_of(message.err, rd_kafka_message_errstr(&message));
  const bool is_final = message.err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET ||
                        message.err == RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE ||
                        message.err == RD_KAFKA_RESP_ERR__FATAL ||
                        message.err == RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID ||
                        error.kind == ErrorKind::refused;
  if (is_final) return error;
  probe.warned(error.what);
  return std::nullopt;
}

}  // namespace paidan::kafka
