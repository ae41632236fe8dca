#include "paidan/runtime/config.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <nlohmann/json.hpp>

#include "config_file.hpp"
#include "paidan/base/assert.hpp"

namespace paidan::runtime {
namespace {

std::optional<std::int64_t> integer_of(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::string> wrong_integer(const Property& property, std::string_view value) {
  const auto number = integer_of(value);
  if (!number) return "must be a whole number";
  if (*number < property.min || *number > property.max) {
    return "must be from " + std::to_string(property.min) + " to " + std::to_string(property.max);
  }
  return std::nullopt;
}

std::optional<std::string> wrong_text(const Property& property, std::string_view value) {
  if (property.choices.empty()) return std::nullopt;
  if (std::ranges::find(property.choices, value) != property.choices.end()) return std::nullopt;
  std::string all;
  for (const std::string_view choice : property.choices) {
    all += (all.empty() ? "" : ", ") + std::string(choice);
  }
  return "must be one of: " + all;
}

// Nothing, or what is wrong with the value, without the value itself when it is a secret.
std::optional<std::string> wrong(const Property& property, const std::string& value) {
  std::optional<std::string> why;
  switch (property.kind) {
    case Kind::integer:
      why = wrong_integer(property, value);
      break;
    case Kind::boolean:
      if (value != "true" && value != "false") why = "must be true or false";
      break;
    case Kind::text:
      why = wrong_text(property, value);
      break;
  }
  if (!why && property.check != nullptr) why = property.check(value);
  if (why && !property.secret) *why += ", not '" + value + "'";
  return why;
}

std::string shown(const Property& property, const std::string& value) {
  if (property.secret && !value.empty()) return "'***'";
  if (property.kind != Kind::text) return value;
  return nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string_view group_of(std::string_view name) {
  const std::size_t dot = name.find('.');
  return dot == name.npos ? std::string_view{} : name.substr(0, dot);
}

struct Given {
  std::string value;
  Source source;
  std::string where;  ///< `path:line`, variable or flag, for messages.
};

/// The value that wins: flag > environment > file > default. Takes it out of `file`.
Given strongest(const Property& property, const ConfigInputs& inputs,
                std::map<std::string, FileValue>& file) {
  const std::string name(property.name);
  Given given{std::string(property.default_value), Source::built_in, "default"};
  if (const auto found = file.find(name); found != file.end()) {
    given = {found->second.value, Source::file, found->second.where};
    file.erase(found);  // what is left at the end is unknown
  }
  const std::string variable = environment_name(name);
  if (auto value = inputs.environment ? inputs.environment(variable) : std::nullopt) {
    given = {std::move(*value), Source::environment, variable};
  }
  if (const auto flag = inputs.flags.find(name); flag != inputs.flags.end()) {
    given = {flag->second, Source::flag, "--" + name};
  }
  return given;
}

void check_table(const PropertyTable& table) {
  for (auto property = table.begin(); property != table.end(); ++property) {
    const auto same = [&](const Property& other) { return other.name == property->name; };
    PAIDAN_ASSERT(std::none_of(table.begin(), property, same), "a property is named twice");
    PAIDAN_ASSERT(std::ranges::count(property->name, '.') <= 1, "a name has at most one dot");
  }
}

}  // namespace

Property with_default(Property property, std::string_view default_value) {
  property.default_value = default_value;
  return property;
}

std::string_view to_string(Source source) {
  switch (source) {
    case Source::built_in:
      return "default";
    case Source::file:
      return "file";
    case Source::environment:
      return "environment";
    case Source::flag:
      return "flag";
  }
  PAIDAN_ASSERT(false, "no such source");
}

std::string environment_name(std::string_view property) {
  std::string name = "PAIDAN_";
  for (const char c : property) {
    name += c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return name;
}

Result<Config, ConfigError> Config::load(const PropertyTable& table, const ConfigInputs& inputs) {
  check_table(table);
  std::map<std::string, FileValue> file;
  if (!inputs.file.empty()) {
    auto read = read_config_file(inputs.file);
    if (!read) return std::move(read).error();
    file = std::move(*read);
  }
  Config config;
  for (const Property& property : table) {
    Given given = strongest(property, inputs, file);
    if (const auto why = wrong(property, given.value)) {
      return ConfigError{given.where + ": " + std::string(property.name) + ": " + *why};
    }
    config.entries_.push_back(
        {property, std::move(given.value), given.source, std::move(given.where)});
  }
  if (!file.empty()) {
    return ConfigError{file.begin()->second.where + ": " + file.begin()->first +
                       ": no such setting; --help lists them"};
  }
  for (const auto& [name, value] : inputs.flags) {
    PAIDAN_ASSERT(config.has(name), "the flags were made from the same table");
  }
  return config;
}

const Config::Entry& Config::entry(std::string_view name, Kind kind) const {
  const auto found = std::ranges::find_if(
      entries_, [&](const Entry& entry) { return entry.property.name == name; });
  PAIDAN_ASSERT(found != entries_.end(), "the service's table lacks this property");
  PAIDAN_ASSERT(found->property.kind == kind, "the property has another kind");
  return *found;
}

bool Config::has(std::string_view name) const {
  return std::ranges::any_of(entries_,
                             [&](const Entry& entry) { return entry.property.name == name; });
}

const std::string& Config::text(std::string_view name) const {
  return entry(name, Kind::text).value;
}

std::int64_t Config::integer(std::string_view name) const {
  return integer_of(entry(name, Kind::integer).value).value();
}

bool Config::boolean(std::string_view name) const {
  return entry(name, Kind::boolean).value == "true";
}

Milliseconds Config::milliseconds(std::string_view name) const {
  PAIDAN_ASSERT(name.ends_with("_ms"), "the unit stands last in the name");
  return Milliseconds{integer(name)};
}

Source Config::source(std::string_view name) const {
  const auto found = std::ranges::find_if(
      entries_, [&](const Entry& entry) { return entry.property.name == name; });
  PAIDAN_ASSERT(found != entries_.end(), "the service's table lacks this property");
  return found->source;
}

std::string Config::print() const {
  std::string text;
  std::vector<std::string_view> printed;
  const auto line = [&](const Entry& entry, std::string_view indent, std::string_view name) {
    text += std::string(indent) + std::string(name) + ": " + shown(entry.property, entry.value) +
            "  # " + std::string(to_string(entry.source));
    if (entry.source != Source::built_in) text += " " + entry.where;
    text += '\n';
  };
  for (const Entry& entry : entries_) {
    const std::string_view group = group_of(entry.property.name);
    if (group.empty()) {
      line(entry, "", entry.property.name);
      continue;
    }
    if (std::ranges::find(printed, group) != printed.end()) continue;
    printed.push_back(group);
    text += std::string(group) + ":\n";
    for (const Entry& member : entries_) {
      if (group_of(member.property.name) != group) continue;
      line(member, "  ", member.property.name.substr(group.size() + 1));
    }
  }
  return text;
}

}  // namespace paidan::runtime
