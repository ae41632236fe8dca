#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "paidan/crypto/base64.hpp"
#include "paidan/crypto/hash.hpp"
#include "paidan/crypto/random.hpp"
#include "paidan/stage/pack.hpp"
#include "paidanctl/commands.hpp"
#include "paidanctl/session.hpp"

namespace paidan::ctl {

namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 5> key_files{"ticket_id.key", "subject.key", "caller.key",
                                               "resume_token.key", "audit_sign.key"};
constexpr std::size_t secret_bytes = 32;
constexpr mode_t folder_mode = 0700;
constexpr mode_t file_mode = 0600;

struct Token {
  std::string name;
  std::string role;
  std::string unit;
};

using Wrong = std::optional<std::string>;

Wrong make_folder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return path.string() + ": " + error.message();
  if (::chmod(path.c_str(), folder_mode) != 0) return path.string() + ": " + std::strerror(errno);
  return std::nullopt;
}

/// Through a new file that is renamed, so that a half-written secret is never read.
Wrong write_private(const fs::path& path, const std::string& text) {
  const fs::path unfinished = path.string() + ".new";
  const mode_t before = ::umask(0077);
  {
    std::ofstream out(unfinished, std::ios::trunc);
    out << text;
    out.flush();
    if (!out) {
      ::umask(before);
      return unfinished.string() + ": cannot be written";
    }
  }
  ::umask(before);
  if (::chmod(unfinished.c_str(), file_mode) != 0) return path.string() + ": mode 0600 refused";
  std::error_code error;
  fs::rename(unfinished, path, error);
  if (error) return path.string() + ": " + error.message();
  return std::nullopt;
}

std::string random_hex() {
  const std::string bytes = crypto::random_bytes(secret_bytes);
  return crypto::to_hex(
      crypto::Bytes(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
}

std::vector<Token> wanted_tokens(const domain::CityPack& pack) {
  std::vector<Token> tokens{
      {"channel-all", "channel", ""}, {"office", "office", ""}, {"operations", "operations", ""}};
  for (const domain::Agency& agency : pack.agencies) {
    tokens.push_back({"agency-" + agency.id.get(), "agency", agency.id.get()});
  }
  return tokens;
}

/// A YAML double-quoted scalar.
std::string quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') quoted += '\\';
    quoted += letter;
  }
  return quoted + "\"";
}

Wrong make_keys(const fs::path& folder, std::size_t& made) {
  for (const char* name : key_files) {
    if (fs::exists(folder / name)) continue;
    if (auto wrong = write_private(folder / name, random_hex() + "\n")) return wrong;
    ++made;
  }
  return std::nullopt;
}

std::string hash_of(const std::string& token) { return crypto::to_hex(crypto::blake2b_256(token)); }

Wrong make_tokens(const fs::path& folder, const std::vector<Token>& tokens, std::size_t& made) {
  std::string table = "# Hashes (BLAKE2b-256) of bearer tokens; the tokens lie in tokens/.\n";
  for (const Token& token : tokens) {
    const fs::path path = folder / "tokens" / (token.name + ".token");
    std::string secret;
    if (std::ifstream there(path); there) std::getline(there, secret);
    if (secret.empty()) {
      secret = crypto::to_base64url(crypto::random_bytes(secret_bytes));
      if (auto wrong = write_private(path, secret + "\n")) return wrong;
      ++made;
    }
    table += "- {name: " + quoted(token.name) + ", role: " + token.role +
             ", unit: " + quoted(token.unit) + ", hash: " + hash_of(secret) + "}\n";
  }
  return write_private(folder / "tokens.yaml", table);
}

int make_secrets(Session& session, const std::string& folder_name) {
  const auto pack = stage::load_pack(session.config().text("pack"));
  if (!pack) return fail(pack.error().what);
  const fs::path folder(folder_name);
  std::size_t made = 0;
  for (const fs::path& path : {folder, folder / "tokens"}) {
    if (auto wrong = make_folder(path)) return fail(*wrong);
  }
  if (auto wrong = make_keys(folder, made)) return fail(*wrong);
  if (auto wrong = make_tokens(folder, wanted_tokens(*pack), made)) return fail(*wrong);
  std::printf("%zu secrets made in %s; those that were there are kept\n", made,
              folder_name.c_str());
  return 0;
}

}  // namespace

void add_make_secrets(CLI::App& app, Session& session, Action& action) {
  auto* command = app.add_subcommand("make-secrets",
                                     "make the keys and tokens that are missing / 生成密钥与令牌");
  auto folder = std::make_shared<std::string>();
  command->add_option("--dir", *folder, "folder, made with mode 0700")->required();
  command->callback([&session, &action, folder] {
    action = [&session, folder] { return make_secrets(session, *folder); };
  });
}

}  // namespace paidan::ctl
