#include "client.hpp"

#include <array>

#include "paidan/base/assert.hpp"

namespace paidan::kafka {

std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::unreachable:
      return "unreachable";
    case ErrorKind::timed_out:
      return "timed_out";
    case ErrorKind::full:
      return "full";
    case ErrorKind::too_large:
      return "too_large";
    case ErrorKind::unknown_topic:
      return "unknown_topic";
    case ErrorKind::mismatch:
      return "mismatch";
    case ErrorKind::refused:
      return "refused";
    case ErrorKind::closed:
      return "closed";
    case ErrorKind::broken:
      return "broken";
  }
  return "broken";
}

namespace {

ErrorKind kind_of(rd_kafka_resp_err_t code) {
  switch (code) {
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__RESOLVE:
    case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE:
      return ErrorKind::unreachable;
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE:
    case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
    case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
      return ErrorKind::timed_out;
    case RD_KAFKA_RESP_ERR__QUEUE_FULL:
      return ErrorKind::full;
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
    case RD_KAFKA_RESP_ERR_INVALID_MSG_SIZE:
      return ErrorKind::too_large;
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
      return ErrorKind::unknown_topic;
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR_INVALID_CONFIG:
    case RD_KAFKA_RESP_ERR_POLICY_VIOLATION:
      return ErrorKind::refused;
    case RD_KAFKA_RESP_ERR__DESTROY:
      return ErrorKind::closed;
    default:
      return ErrorKind::broken;
  }
}

Context& context_of(const rd_kafka_t* client) {
  return *static_cast<Context*>(rd_kafka_opaque(client));
}

void on_log(const rd_kafka_t* client, int level, const char* facility, const char* text) {
  constexpr int warning = 4;  // as syslog counts
  auto* context = client == nullptr ? nullptr : static_cast<Context*>(rd_kafka_opaque(client));
  if (context == nullptr || level > warning) return;
  context->probe.warned(std::string(facility) + ": " + text);
}

void on_error(rd_kafka_t* client, int code, const char* reason, void* opaque) {
  auto& context = *static_cast<Context*>(opaque);
  const auto error = static_cast<rd_kafka_resp_err_t>(code);
  if (error == RD_KAFKA_RESP_ERR__TIMED_OUT || error == RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT) {
    ++context.timeouts;
  }
  if (error == RD_KAFKA_RESP_ERR__FATAL) {
    std::array<char, 512> text{};
    const auto cause = rd_kafka_fatal_error(client, text.data(), text.size());
    context.probe.warned(std::string(rd_kafka_err2name(cause)) + ": " + text.data());
    context.fatal = true;
    return;
  }
  context.probe.warned(std::string(rd_kafka_err2name(error)) + ": " + reason);
}

void on_rebalance(rd_kafka_t* client, rd_kafka_resp_err_t what,
                  rd_kafka_topic_partition_list_t* partitions, void* opaque) {
  static_cast<Context*>(opaque)->rebalanced(client, what, partitions);
}

void on_delivery(rd_kafka_t* client, const rd_kafka_message_t* message, void* /*opaque*/) {
  context_of(client).delivered(*message);
}

Settings common_settings(const Connection& connection) {
  return {
      {"bootstrap.servers", connection.brokers},
      {"client.id", connection.client_id},
      {"socket.nagle.disable", "true"},   // off by default until 2.10: costs up to 40 ms
      {"log.connection.close", "false"},  // brokers close idle connections; that is no news
      {"topic.metadata.refresh.interval.ms", "60000"},
      {"reconnect.backoff.ms", "50"},
      {"reconnect.backoff.max.ms", "1000"},
  };
}

}  // namespace

Topics::Topics(const Connection& connection) : prefix_(connection.topic_prefix) {
  for (const stream::TopicName name : connection.topics) {
    names_.emplace_back(name, prefix_ + std::string(name));
  }
}

const std::string& Topics::full(stream::TopicName logical) const {
  for (const auto& [name, full] : names_) {
    if (name == logical) return full;
  }
  assertion_failed("Topics::full", "the topic is one of the connection's", __FILE__, __LINE__);
}

std::optional<stream::TopicName> Topics::logical(std::string_view full) const {
  for (const auto& [name, physical] : names_) {
    if (physical == full) return name;
  }
  return std::nullopt;
}

Result<Client, Error> open_client(Role role, const Connection& connection, const Settings& settings,
                                  Context& context) {
  Owned<rd_kafka_conf_t> conf(rd_kafka_conf_new());
  std::array<char, 512> text{};
  for (const Settings& part : {common_settings(connection), settings}) {
    for (const auto& [name, value] : part) {
      if (rd_kafka_conf_set(conf.get(), name.c_str(), value.c_str(), text.data(), text.size()) !=
          RD_KAFKA_CONF_OK) {
        return Error{ErrorKind::refused, text.data()};
      }
    }
  }
  rd_kafka_conf_set_opaque(conf.get(), &context);
  rd_kafka_conf_set_log_cb(conf.get(), on_log);
  rd_kafka_conf_set_error_cb(conf.get(), on_error);
  if (role == Role::consumer) rd_kafka_conf_set_rebalance_cb(conf.get(), on_rebalance);
  if (role == Role::producer) rd_kafka_conf_set_dr_msg_cb(conf.get(), on_delivery);
  const auto type = role == Role::consumer ? RD_KAFKA_CONSUMER : RD_KAFKA_PRODUCER;
  rd_kafka_t* client = rd_kafka_new(type, conf.get(), text.data(), text.size());
  if (client == nullptr) return Error{ErrorKind::refused, text.data()};
  // The client owns it now.
  (void)conf.release();  // NOLINT(bugprone-unused-return-value)
  if (role == Role::consumer) rd_kafka_poll_set_consumer(client);
  return Client(client);
}

Error error_of(rd_kafka_resp_err_t code, std::string_view doing) {
  return {kind_of(code), std::string(doing) + ": " + rd_kafka_err2str(code)};
}

Error error_of(const rd_kafka_error_t& error, std::string_view doing) {
  return {kind_of(rd_kafka_error_code(&error)),
          std::string(doing) + ": " + rd_kafka_error_string(&error)};
}

}  // namespace paidan::kafka
