#include "paidanctl/edit_pack.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include "paidan/citypack/load.hpp"
#include "paidan/stage/pack.hpp"
#include "paidanctl/commands.hpp"

namespace paidan::ctl {

namespace {

namespace fs = std::filesystem;

using Wrong = std::optional<std::string>;

std::string with_errno(const fs::path& path) { return path.string() + ": " + std::strerror(errno); }

/// A file descriptor that is closed with its object.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

std::string all_of(const citypack::PackErrors& errors) {
  std::string lines;
  for (const citypack::PackError& error : errors) {
    lines += (lines.empty() ? "" : "\n  ") + citypack::to_string(error);
  }
  return lines;
}

Wrong write_whole(const fs::path& path, const std::string& bytes, mode_t mode) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
  if (file.get() < 0 || ::fchmod(file.get(), mode) != 0) return with_errno(path);
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t part = ::write(file.get(), bytes.data() + done, bytes.size() - done);
    if (part < 0 && errno != EINTR) return with_errno(path);
    done += part < 0 ? 0 : static_cast<std::size_t>(part);
  }
  if (::fsync(file.get()) != 0) return with_errno(path);
  return std::nullopt;
}

/// Readers see the old file or the new one, never a part of it.
Wrong replace(const fs::path& path, const std::string& bytes) {
  struct stat old{};
  if (::stat(path.c_str(), &old) != 0) return with_errno(path);
  const fs::path unfinished = path.string() + ".new";
  if (auto wrong = write_whole(unfinished, bytes, old.st_mode & 07777)) return wrong;
  std::error_code error;
  fs::rename(unfinished, path, error);
  if (error) return path.string() + ": " + error.message();
  return std::nullopt;
}

}  // namespace

int edit_lines(const std::string& name, const LineEdit& edit) {
  const auto folder = stage::find_pack(name);
  if (!folder) return fail(folder.error().what);
  const Descriptor lock(::open(folder->c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (lock.get() < 0 || ::flock(lock.get(), LOCK_EX) != 0) return fail(with_errno(*folder));
  const auto pack = citypack::load(*folder);
  if (!pack) return fail("the pack has errors already:\n  " + all_of(pack.error()));
  const fs::path path = *folder / "responsibility.yaml";
  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const auto edited = edit(bytes, *pack);
  if (!edited) return fail(citypack::to_string(edited.error()));
  const auto checked = citypack::load(*folder, {{"responsibility.yaml", edited->bytes}});
  if (!checked) return fail("nothing is changed:\n  " + all_of(checked.error()));
  if (auto wrong = replace(path, edited->bytes)) return fail(*wrong);
  std::printf("%s:%u; rules version %s\n", path.c_str(), edited->line,
              checked->rules_version.c_str());
  return 0;
}

}  // namespace paidan::ctl
