#include "paidan/rpc/tokens.hpp"

#include <sys/stat.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

namespace paidan::rpc {
namespace {

constexpr std::streamsize file_max_bytes = 4 << 20;
constexpr std::size_t text_max_bytes = 128;
constexpr std::size_t hash_hex_size = 64;

struct Row {
  std::string name;
  std::string role;
  std::string unit;
  std::string hash;
};

std::optional<TokenError> read_row(const YAML::Node& node, const std::string& where, Row& row) {
  if (!node.IsMap()) return TokenError{where + ": each token is a map of name, role, unit, hash"};
  const std::array<std::pair<std::string_view, std::string*>, 4> fields = {
      {{"name", &row.name}, {"role", &row.role}, {"unit", &row.unit}, {"hash", &row.hash}}};
  const auto error = [&](const std::string& key, const char* why) {
    return TokenError{std::string(where).append(": ").append(key).append(why)};
  };
  for (const auto& item : node) {
    if (!item.first.IsScalar()) return error("", "a key must be a name");
    const std::string key = item.first.Scalar();
    const auto* field = std::ranges::find(fields, std::string_view(key),
                                          [](const auto& known) { return known.first; });
    if (field == fields.end()) return error(key, ": no such field");
    if (!item.second.IsScalar() && !item.second.IsNull()) {
      return error(key, ": must be one value");
    }
    if (!field->second->empty()) return error(key, " is given twice");
    *field->second = item.second.IsNull() ? "" : item.second.Scalar();
  }
  return std::nullopt;
}

std::optional<std::string> wrong(const Row& row, std::optional<Role> role) {
  if (row.name.empty() || row.name.size() > text_max_bytes) return "name: 1 to 128 bytes";
  if (!role) return "role: must be channel, agency, office or operations";
  if (row.unit.size() > text_max_bytes) return "unit: at most 128 bytes";
  if ((*role == Role::agency) == row.unit.empty()) return "unit: given for an agency, only there";
  const bool hex = row.hash.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (row.hash.size() != hash_hex_size || !hex) return "hash: 64 lower-case hex digits";
  return std::nullopt;
}

Result<std::string, TokenError> read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return TokenError{path + ": cannot be read"};
  std::string text(static_cast<std::size_t>(file_max_bytes) + 1, '\0');
  file.read(text.data(), file_max_bytes + 1);
  if (file.bad()) return TokenError{path + ": cannot be read"};
  if (file.gcount() > file_max_bytes) return TokenError{path + ": is larger than 4 MB"};
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

std::string stamp_of(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return "missing";
  std::string stamp;
  for (const auto part :
       {static_cast<long long>(status.st_ino), static_cast<long long>(status.st_size),
        static_cast<long long>(status.st_mtim.tv_sec),
        static_cast<long long>(status.st_mtim.tv_nsec)}) {
    stamp += std::to_string(part) + " ";
  }
  return stamp;
}

}  // namespace

Result<TokenTable, TokenError> TokenTable::parse(const std::string& yaml, const std::string& path) {
  try {
    const YAML::Node root = YAML::Load(yaml);
    if (!root.IsSequence()) return TokenError{path + ":1: must be a list of tokens"};
    if (root.size() > tokens_max) return TokenError{path + ": more than 10000 tokens"};
    TokenTable table;
    for (const auto& node : root) {
      const std::string where = path + ":" + std::to_string(node.Mark().line + 1);
      Row row;
      if (auto error = read_row(node, where, row)) return std::move(*error);
      const auto role = role_of(row.role);
      if (auto why = wrong(row, role)) return TokenError{where + ": " + *why};
      const auto same = [&](const Entry& entry) {
        return entry.caller.name == row.name || entry.hash_hex == row.hash;
      };
      if (std::ranges::any_of(table.entries_, same)) {
        return TokenError{where + ": " + row.name + ": its name or hash was given before"};
      }
      table.entries_.push_back({{row.name, *role, row.unit}, row.hash});
    }
    return table;
  } catch (const YAML::Exception& error) {
    return TokenError{path + ":" + std::to_string(error.mark.line + 1) + ": " + error.msg};
  }
}

std::optional<Caller> TokenTable::find(std::string_view hash_hex, const TokenCrypto& crypto) const {
  const Entry* found = nullptr;
  for (const Entry& entry : entries_) {
    if (crypto.equal_in_constant_time(entry.hash_hex, hash_hex)) found = &entry;
  }
  if (found == nullptr) return std::nullopt;
  return found->caller;
}

TokenStore::TokenStore(std::string path, TokenCrypto crypto)
    : path_(std::move(path)),
      crypto_(std::move(crypto)),
      table_(std::make_shared<const TokenTable>()) {}

Result<Unit, TokenError> TokenStore::reload() {
  // The stamp first: a change while the file is read is then seen the next time.
  std::string stamp = stamp_of(path_);
  const auto text = read_text(path_);
  auto table =
      text ? TokenTable::parse(*text, path_) : Result<TokenTable, TokenError>(text.error());
  const std::lock_guard lock(mutex_);
  stamp_ = std::move(stamp);
  if (!table) return std::move(table).error();
  table_ = std::make_shared<const TokenTable>(std::move(*table));
  return Unit{};
}

Result<Unit, TokenError> TokenStore::reload_if_changed() {
  {
    const std::lock_guard lock(mutex_);
    if (stamp_ == stamp_of(path_)) return Unit{};
  }
  return reload();
}

std::optional<Caller> TokenStore::find(std::string_view token) const {
  std::shared_ptr<const TokenTable> table;
  {
    const std::lock_guard lock(mutex_);
    table = table_;
  }
  return table->find(crypto_.blake2b_256_hex(token), crypto_);
}

}  // namespace paidan::rpc
