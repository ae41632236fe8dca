#pragma once
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "paidan/base/result.hpp"
#include "paidan/base/time.hpp"

namespace paidan::runtime {

enum class Kind { text, integer, boolean };

/// One setting of a service. All views are of literals. The unit stands last in the name.
struct Property {
  std::string_view name;           ///< Flat, dotted: `kafka.brokers`; nested in the YAML file.
  std::string_view help;           ///< One line for `--help`.
  std::string_view default_value;  ///< As it would be typed.
  Kind kind = Kind::text;
  std::int64_t min = 0;  ///< Of an integer.
  std::int64_t max = std::numeric_limits<std::int64_t>::max();
  std::vector<std::string_view> choices{};  ///< Of a text; empty: anything.
  /// What is wrong with a value, or nothing. Null: no further check.
  std::optional<std::string> (*check)(std::string_view value) = nullptr;
  bool secret = false;  ///< Shown as *** by `--print-config` and `/config`.
};

/// The same property with another default, for the service that needs one.
Property with_default(Property property, std::string_view default_value);

using PropertyTable = std::vector<Property>;

enum class Source { built_in, file, environment, flag };
std::string_view to_string(Source source);

/// `what` is one line that names the property and the limit, and for a file `path:line`.
struct ConfigError {
  std::string what;
};

/// What may override the defaults, weakest first.
struct ConfigInputs {
  std::string file;  ///< Path of a YAML file; empty: none.
  /// Reads a variable of the environment; null: no environment.
  std::function<std::optional<std::string>(const std::string& name)> environment;
  std::map<std::string, std::string> flags;  ///< Property name -> value.
};

/// The effective settings of one process. Immutable after load(), so thread-safe.
/// A getter asked for a name or a kind that the table does not have is a bug and asserts.
class Config {
 public:
  /// Precedence: flag > environment > file > default. Every problem is an error: an unknown key, a
  /// duplicate one, a value of the wrong kind or out of range. `table` names no property twice.
  static Result<Config, ConfigError> load(const PropertyTable& table, const ConfigInputs& inputs);

  const std::string& text(std::string_view name) const;
  std::int64_t integer(std::string_view name) const;
  bool boolean(std::string_view name) const;
  Milliseconds milliseconds(std::string_view name) const;  ///< An integer property in ms.
  Source source(std::string_view name) const;
  bool has(std::string_view name) const;

  /// Nested YAML that load() accepts again; each line says where its value came from; secrets
  /// masked.
  std::string print() const;

 private:
  struct Entry {
    Property property;
    std::string value;
    Source source = Source::built_in;
    std::string where;  ///< `path:line`, variable or flag, for messages.
  };
  const Entry& entry(std::string_view name, Kind kind) const;
  std::vector<Entry> entries_;  ///< In table order.
};

/// `kafka.topic_prefix` -> `PAIDAN_KAFKA_TOPIC_PREFIX`.
std::string environment_name(std::string_view property);

/// Checks for Property::check.
std::optional<std::string> check_host_port(std::string_view value);   ///< `127.0.0.1:7001`
std::optional<std::string> check_host_ports(std::string_view value);  ///< Comma-separated.
std::optional<std::string> check_redis_address(
    std::string_view value);  ///< `unix:/path`, host:port
std::optional<std::string> check_not_empty(std::string_view value);

}  // namespace paidan::runtime
