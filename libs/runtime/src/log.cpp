#include "paidan/runtime/log.hpp"

#include <fmt/chrono.h>
#include <spdlog/formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "paidan/base/assert.hpp"

namespace paidan::runtime::log {
namespace {

using Json = nlohmann::json;

// Stands between the message and the fields on their way through spdlog. The message's own are
// replaced, so a text from outside cannot add fields.
constexpr char fields_follow = '\x1e';

constexpr std::array<std::string_view, 7> level_names = {"trace", "debug",    "info", "warn",
                                                         "error", "critical", "off"};

std::string json_text(std::string_view text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string member(std::string_view name, const std::string& json_value) {
  return "," + json_text(name) + ":" + json_value;
}

spdlog::level::level_enum spdlog_level(Level level) {
  static_assert(static_cast<int>(Level::off) == static_cast<int>(spdlog::level::off));
  return static_cast<spdlog::level::level_enum>(level);
}

std::string trace_members(std::string_view traceparent) {
  if (traceparent.size() != 55 || traceparent[2] != '-') return "";
  return member("trace_id", json_text(traceparent.substr(3, 32))) +
         member("span_id", json_text(traceparent.substr(36, 16)));
}

std::string member_of(const Field& field) {
  if (const auto* text = std::get_if<std::string_view>(&field.value)) {
    if (field.kind == Field::Kind::traceparent) return trace_members(*text);
    return member(field.name, json_text(field.kind == Field::Kind::id ? *text : mask(*text)));
  }
  const auto number = [&](const auto& value) -> std::string {
    if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::string_view>) {
      return "";
    } else {
      return member(field.name, Json(value).dump());
    }
  };
  return std::visit(number, field.value);
}

class JsonFormatter final : public spdlog::formatter {
 public:
  explicit JsonFormatter(Identity identity) : identity_(std::move(identity)) {}

  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
    const std::string_view payload(message.payload.data(), message.payload.size());
    const std::size_t split = payload.find(fields_follow);
    const auto ms = std::chrono::floor<std::chrono::milliseconds>(message.time);
    const auto s = std::chrono::floor<std::chrono::seconds>(message.time);
    std::string line = fmt::format(R"({{"ts":"{:%Y-%m-%dT%H:%M:%S}.{:03}Z","level":"{}")",
                                   fmt::gmtime(s), (ms - s).count(), level_names[message.level]);
    line += member("logger", json_text({message.logger_name.data(), message.logger_name.size()}));
    line += member("msg", json_text(mask(payload.substr(0, split))));
    line += member("service", json_text(identity_.service));
    line += member("version", json_text(identity_.version));
    if (split != payload.npos) line += payload.substr(split + 1);
    line += "}\n";
    out.append(line.data(), line.data() + line.size());
  }

  std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<JsonFormatter>(identity_);
  }

 private:
  Identity identity_;
};

// The default logger of spdlog, so that a library which logs there writes the same lines.
void install(const Identity& identity, Level level) {
  auto logger =
      std::make_shared<spdlog::logger>("main", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_formatter(std::make_unique<JsonFormatter>(identity));
  logger->set_level(spdlog_level(level));
  logger->flush_on(spdlog::level::trace);  // A line that waits in memory is lost by kill -9.
  spdlog::set_default_logger(std::move(logger));
}

spdlog::logger& logger() {
  static const bool installed = [] {
    if (spdlog::default_logger_raw()->name() != "main") install({}, Level::info);
    return true;
  }();
  PAIDAN_ASSERT(installed, "set above");
  return *spdlog::default_logger_raw();
}

}  // namespace

std::string_view to_string(Level level) { return level_names.at(static_cast<std::size_t>(level)); }

std::optional<Level> level_of(std::string_view name) {
  for (std::size_t i = 0; i < level_names.size(); ++i) {
    if (level_names[i] == name) return static_cast<Level>(i);
  }
  return std::nullopt;
}

Field text(std::string_view name, std::string_view value) { return {name, value}; }
Field id(std::string_view name, std::string_view value) { return {name, value, Field::Kind::id}; }
Field number(std::string_view name, std::int64_t value) { return {name, value}; }
Field real(std::string_view name, double value) { return {name, value}; }
Field flag(std::string_view name, bool value) { return {name, value}; }
Field ticket_id(std::string_view value) { return id("ticket_id", value); }
Field trace(std::string_view traceparent) {
  return {"traceparent", traceparent, Field::Kind::traceparent};
}
Field topic(std::string_view value) { return id("topic", value); }
Field partition(Partition value) { return number("partition", value.get()); }
Field offset(std::int64_t value) { return number("offset", value); }

void start(const Identity& identity, Level level) { install(identity, level); }

void set_level(Level level) { logger().set_level(spdlog_level(level)); }

Level level() { return static_cast<Level>(logger().level()); }

void write(Level level, std::string_view logger_name, std::string_view message,
           std::initializer_list<Field> fields) {
  spdlog::logger& out = logger();
  if (!out.should_log(spdlog_level(level))) return;
  std::string payload(message);
  for (char& c : payload) {
    if (c == fields_follow) c = '?';
  }
  payload += fields_follow;
  for (const Field& field : fields) payload += member_of(field);
  spdlog::details::log_msg line(spdlog::source_loc{}, logger_name, spdlog_level(level), payload);
  for (const auto& sink : out.sinks()) {
    sink->log(line);
    sink->flush();
  }
}

void debug(std::string_view logger_name, std::string_view message,
           std::initializer_list<Field> fields) {
  write(Level::debug, logger_name, message, fields);
}
void info(std::string_view logger_name, std::string_view message,
          std::initializer_list<Field> fields) {
  write(Level::info, logger_name, message, fields);
}
void warn(std::string_view logger_name, std::string_view message,
          std::initializer_list<Field> fields) {
  write(Level::warn, logger_name, message, fields);
}
void error(std::string_view logger_name, std::string_view message,
           std::initializer_list<Field> fields) {
  write(Level::error, logger_name, message, fields);
}

void flush() { logger().flush(); }

}  // namespace paidan::runtime::log
