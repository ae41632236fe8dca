#include "src/fields.hpp"

#include <algorithm>

namespace paidan::citypack {

void Errors::add(std::string file, std::uint32_t line, std::string message) {
  if (errors_.size() < errors_max) {
    errors_.push_back({std::move(file), line, std::move(message)});
  }
}

PackErrors Errors::take() {
  std::stable_sort(errors_.begin(), errors_.end(), [](const PackError& a, const PackError& b) {
    return std::tie(a.file, a.line) < std::tie(b.file, b.line);
  });
  errors_.erase(std::unique(errors_.begin(), errors_.end()), errors_.end());
  return std::move(errors_);
}

std::string scalar(const Place& place, std::string_view what) {
  if (!place.node.IsScalar()) {
    place.fail(std::string(what) + " must be a text");
    return {};
  }
  std::string text = place.node.Scalar();
  if (text.size() > text_bytes_max) {
    place.fail(std::string(what) + " is longer than " + std::to_string(text_bytes_max) + " bytes");
    return {};
  }
  return text;
}

std::vector<Place> items(const Place& place, std::string_view what) {
  std::vector<Place> out;
  if (!place.node.IsSequence()) {
    place.fail(std::string(what) + " must be a list");
    return out;
  }
  for (const YAML::Node& item : place.node) {
    out.push_back(place.with(item));
  }
  return out;
}

Fields::Fields(const Place& place, std::string_view what,
               std::initializer_list<std::string_view> allowed)
    : place_(place), what_(what) {
  if (!place.node.IsMap()) {
    fail("must be a map of keys");
    return;
  }
  for (const auto& entry : place.node) {
    read_key(entry.first, entry.second, allowed);
  }
}

void Fields::read_key(const YAML::Node& key, const YAML::Node& value,
                      std::initializer_list<std::string_view> allowed) {
  const Place at = place_.with(key);
  if (!key.IsScalar()) {
    at.fail(what_ + ": a key must be a text");
    return;
  }
  const std::string& name = key.Scalar();
  if (std::find(allowed.begin(), allowed.end(), name) == allowed.end()) {
    at.fail(what_ + ": unknown key \"" + name + "\"");
  } else if (!values_.emplace(name, value).second) {
    at.fail(what_ + ": key \"" + name + "\" stands twice");
  }
}

const YAML::Node* Fields::find(std::string_view key) const {
  const auto found = values_.find(key);
  return found == values_.end() ? nullptr : &found->second;
}

std::optional<Place> Fields::optional(std::string_view key) const {
  const YAML::Node* node = find(key);
  return node == nullptr ? std::nullopt : std::optional(place_.with(*node));
}

std::optional<Place> Fields::required(std::string_view key) const {
  auto place = optional(key);
  if (!place) {
    fail("key \"" + std::string(key) + "\" is missing");
  }
  return place;
}

std::string Fields::id(std::string_view key) const {
  const auto place = required(key);
  if (!place) {
    return {};
  }
  std::string id = scalar(*place, key);
  const bool control = std::any_of(id.begin(), id.end(),
                                   [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (id.empty() || id.size() > id_bytes_max || id.front() == ' ' || id.back() == ' ' || control ||
      id.find('/') != std::string::npos) {
    place->fail(
        what_ + ": " + std::string(key) + " \"" + id +
        "\" must have 1 to 128 bytes, no \"/\", no control characters and no spaces around");
  }
  return id;
}

std::string Fields::text(std::string_view key) const {
  const auto place = optional(key);
  return place ? scalar(*place, key) : std::string{};
}

std::vector<std::string> Fields::texts(std::string_view key) const {
  std::vector<std::string> out;
  const auto place = optional(key);
  if (!place) {
    return out;
  }
  if (place->node.IsScalar()) {
    out.push_back(scalar(*place, key));
    return out;
  }
  for (const Place& item : items(*place, key)) {
    out.push_back(scalar(item, key));
  }
  return out;
}

bool Fields::flag(std::string_view key, bool otherwise) const {
  const auto place = optional(key);
  if (!place) {
    return otherwise;
  }
  bool value = otherwise;
  if (!place->node.IsScalar() || !YAML::convert<bool>::decode(place->node, value)) {
    place->fail(what_ + ": \"" + std::string(key) + "\" must be true or false");
  }
  return value;
}

std::optional<double> Fields::number(std::string_view key, double min, double max) const {
  const auto place = optional(key);
  if (!place) {
    return std::nullopt;
  }
  double value = 0;
  const bool read = place->node.IsScalar() && YAML::convert<double>::decode(place->node, value);
  if (!read || !(value >= min && value <= max)) {
    place->fail(what_ + ": \"" + std::string(key) + "\" must be a number from " +
                std::to_string(min) + " to " + std::to_string(max));
    return std::nullopt;
  }
  return value;
}

std::optional<std::uint32_t> Fields::integer(std::string_view key, std::uint32_t min,
                                             std::uint32_t max) const {
  const auto place = optional(key);
  if (!place) {
    return std::nullopt;
  }
  std::int64_t value = 0;
  const bool read =
      place->node.IsScalar() && YAML::convert<std::int64_t>::decode(place->node, value);
  if (!read || value < std::int64_t{min} || value > std::int64_t{max}) {
    place->fail(what_ + ": \"" + std::string(key) + "\" must be a whole number from " +
                std::to_string(min) + " to " + std::to_string(max));
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(value);
}

domain::Text Fields::names(const std::string& otherwise) const {
  domain::Text names{text("zh"), text("en")};
  if (names.zh.empty()) {
    names.zh = names.en.empty() ? otherwise : names.en;
  }
  if (names.en.empty()) {
    names.en = names.zh;
  }
  return names;
}

std::vector<Place> Fields::list(std::string_view key) const {
  const auto place = required(key);
  return place ? items(*place, key) : std::vector<Place>{};
}

}  // namespace paidan::citypack
