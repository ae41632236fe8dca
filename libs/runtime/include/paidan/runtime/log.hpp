#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "paidan/base/ids.hpp"

/// One JSON object a line on standard error: ts (RFC 3339, UTC), level, logger, msg, service,
/// version, then the fields. Everything here is thread-safe.
namespace paidan::runtime::log {

enum class Level { trace, debug, info, warn, error, critical, off };
std::string_view to_string(Level level);
std::optional<Level> level_of(std::string_view name);

/// A typed field. Texts are masked as messages are (see `mask`), except those that `id` makes.
struct Field {
  std::string_view name;
  std::variant<std::string_view, std::int64_t, double, bool> value;
  enum class Kind { plain, id, traceparent } kind = Kind::plain;
};

Field text(std::string_view name, std::string_view value);
/// An identifier that the project itself made (a record's cause, a hash): not masked.
Field id(std::string_view name, std::string_view value);
Field number(std::string_view name, std::int64_t value);
Field real(std::string_view name, double value);
Field flag(std::string_view name, bool value);
Field ticket_id(std::string_view value);
/// The trace and span id of a W3C `traceparent`; what is not one is left out.
Field trace(std::string_view traceparent);
Field topic(std::string_view value);
Field partition(Partition value);
Field offset(std::int64_t value);

struct Identity {
  std::string service;
  std::string version;
};

/// Call once, before other threads log. Until then lines carry an empty service.
void start(const Identity& identity, Level level);
void set_level(Level level);
Level level();

/// `logger` is a static name of the part that speaks, e.g. "kafka".
void write(Level level, std::string_view logger, std::string_view message,
           std::initializer_list<Field> fields = {});
void debug(std::string_view logger, std::string_view message,
           std::initializer_list<Field> fields = {});
void info(std::string_view logger, std::string_view message,
          std::initializer_list<Field> fields = {});
void warn(std::string_view logger, std::string_view message,
          std::initializer_list<Field> fields = {});
void error(std::string_view logger, std::string_view message,
           std::initializer_list<Field> fields = {});

/// Writes out what is buffered. Before leaving by _Exit.
void flush();

/// The last defence: every run of digits (ASCII or full width, single `-`, `.` or blank between
/// groups as in a phone number) that could be a phone or identity number loses its middle. It does
/// not replace the masking at intake.
std::string mask(std::string_view text);

}  // namespace paidan::runtime::log
