#pragma once
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>

#include "paidan/citypack/load.hpp"

/// Sound packs with one fault each, and what the loader says of them.
namespace paidan::citypack {

namespace fs = std::filesystem;

inline const fs::path source_dir = PAIDAN_SOURCE_DIR;

inline std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// A copy of a pack that a test may spoil; it goes with the object.
class SpoiltPack {
 public:
  explicit SpoiltPack(const std::string& name = "small") {
    std::string pattern = (fs::temp_directory_path() / "paidan-pack-XXXXXX").string();
    EXPECT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    fs::copy(source_dir / "tests/data/packs" / name, folder_ / name, fs::copy_options::recursive);
    pack_ = folder_ / name;
  }
  ~SpoiltPack() { fs::remove_all(folder_); }
  SpoiltPack(const SpoiltPack&) = delete;
  SpoiltPack& operator=(const SpoiltPack&) = delete;

  const fs::path& path() const { return pack_; }
  void write(const std::string& file, const std::string& bytes) const {
    std::ofstream(pack_ / file, std::ios::binary) << bytes;
  }
  void replace(const std::string& file, const std::string& what, const std::string& with) const {
    std::string bytes = read_file(pack_ / file);
    const std::size_t at = bytes.find(what);
    ASSERT_NE(at, std::string::npos) << file << " has no \"" << what << "\"";
    bytes.replace(at, what.size(), with);
    write(file, bytes);
  }

 private:
  fs::path folder_;
  fs::path pack_;
};

inline std::string errors_of(const fs::path& path) {
  const auto loaded = load(path);
  if (loaded) {
    return "loads";
  }
  std::string out;
  for (const PackError& error : loaded.error()) {
    out += to_string(error) + "\n";
  }
  return out;
}

/// The first `replace` in `file` becomes `with`; `error` must be among what the loader reports.
struct Fault {
  const char* what;
  const char* file;
  const char* replace;
  const char* with;
  const char* error;
};

inline void expect_each_found(std::span<const Fault> faults) {
  for (const Fault& fault : faults) {
    const SpoiltPack pack;
    pack.replace(fault.file, fault.replace, fault.with);
    const std::string errors = errors_of(pack.path());
    EXPECT_NE(errors.find(fault.error), std::string::npos) << fault.what << ":\n" << errors;
  }
}

}  // namespace paidan::citypack
