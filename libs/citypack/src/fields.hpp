#pragma once
#include <yaml-cpp/yaml.h>

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "paidan/citypack/load.hpp"
#include "paidan/domain/pack.hpp"

/// Reading YAML strictly: every key is known, once, and of its type, or it is an error with its
/// line.
namespace paidan::citypack {

/// Collects errors up to the bound of load.hpp.
class Errors {
 public:
  void add(std::string file, std::uint32_t line, std::string message);
  bool empty() const { return errors_.empty(); }
  std::size_t count() const { return errors_.size(); }
  PackErrors take();

 private:
  PackErrors errors_;
};

/// A node with its file; where an error would be reported.
struct Place {
  std::string_view file;
  YAML::Node node;
  Errors* errors = nullptr;

  std::uint32_t line() const { return static_cast<std::uint32_t>(node.Mark().line + 1); }
  domain::SourceLine source() const { return {std::string(file), line()}; }
  void fail(std::string message) const {
    errors->add(std::string(file), line(), std::move(message));
  }
  Place with(const YAML::Node& other) const { return {file, other, errors}; }
};

/// The keys of one map. Unknown and repeated keys, and keys of a wrong type, are reported.
class Fields {
 public:
  /// `what` names the thing in errors, e.g. "area".
  Fields(const Place& place, std::string_view what,
         std::initializer_list<std::string_view> allowed);

  const Place& place() const { return place_; }
  bool has(std::string_view key) const { return find(key) != nullptr; }
  void fail(std::string message) const { place_.fail(what_ + ": " + std::move(message)); }

  /// Required: reported when absent. Then a node of its own, to be read further.
  std::optional<Place> required(std::string_view key) const;
  std::optional<Place> optional(std::string_view key) const;

  std::string id(std::string_view key = "id") const;           ///< Required, checked.
  std::string text(std::string_view key) const;                ///< Optional; "" when absent.
  std::vector<std::string> texts(std::string_view key) const;  ///< A list, or one scalar.
  bool flag(std::string_view key, bool otherwise) const;
  std::optional<double> number(std::string_view key, double min, double max) const;
  std::optional<std::uint32_t> integer(std::string_view key, std::uint32_t min,
                                       std::uint32_t max) const;
  /// `zh` and `en`; one stands in for the other, `otherwise` for both.
  domain::Text names(const std::string& otherwise) const;
  /// The entries of a list; reported when it is none.
  std::vector<Place> list(std::string_view key) const;

 private:
  const YAML::Node* find(std::string_view key) const;
  void read_key(const YAML::Node& key, const YAML::Node& value,
                std::initializer_list<std::string_view> allowed);

  Place place_;
  std::string what_;
  std::map<std::string, YAML::Node, std::less<>> values_;
};

/// The text of a scalar within bounds; reported and "" otherwise.
std::string scalar(const Place& place, std::string_view what);
std::vector<Place> items(const Place& place, std::string_view what);
inline constexpr std::size_t text_bytes_max = 1'000;
inline constexpr std::size_t id_bytes_max = 128;

}  // namespace paidan::citypack
