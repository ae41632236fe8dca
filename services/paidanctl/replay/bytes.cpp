#include "paidanctl/replay/bytes.hpp"

#include <lzma.h>

#include <array>
#include <cstdint>
#include <fstream>

namespace paidan::ctl {

namespace {

constexpr std::size_t chunk_bytes = 256UL * 1024;
constexpr std::uint64_t unpack_memory_bytes_max = 512ULL * 1024 * 1024;

using Sink = std::function<bool(std::string_view)>;
using Chunk = std::array<char, chunk_bytes>;

class Unpacker {
 public:
  explicit Unpacker(const Sink& sink) : sink_(sink) {
    ready_ = lzma_stream_decoder(&stream_, unpack_memory_bytes_max, LZMA_CONCATENATED) == LZMA_OK;
  }
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;
  ~Unpacker() { lzma_end(&stream_); }

  enum class Step { more, finished, failed };
  Step feed(std::string_view packed, bool last) {
    if (!ready_) return Step::failed;
    stream_.next_in = reinterpret_cast<const std::uint8_t*>(packed.data());
    stream_.avail_in = packed.size();
    do {
      stream_.next_out = reinterpret_cast<std::uint8_t*>(out_.data());
      stream_.avail_out = out_.size();
      const lzma_ret answer = lzma_code(&stream_, last ? LZMA_FINISH : LZMA_RUN);
      const std::size_t size = out_.size() - stream_.avail_out;
      if (size > 0 && !sink_(std::string_view(out_.data(), size))) return Step::finished;
      if (answer == LZMA_STREAM_END) return Step::finished;
      if (answer != LZMA_OK) return Step::failed;
    } while (stream_.avail_in > 0 || stream_.avail_out == 0 || last);
    return Step::more;
  }

 private:
  const Sink& sink_;
  lzma_stream stream_ = LZMA_STREAM_INIT;
  Chunk out_{};
  bool ready_ = false;
};

}  // namespace

std::optional<std::string> read_chunks(const std::string& path, const Sink& sink) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return path + ": cannot be opened";
  const bool packed = path.ends_with(".xz");
  Unpacker unpacker(sink);
  Chunk chunk{};
  while (file) {
    file.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    const std::string_view read(chunk.data(), static_cast<std::size_t>(file.gcount()));
    if (!packed) {
      if (!read.empty() && !sink(read)) return std::nullopt;
      continue;
    }
    const auto step = unpacker.feed(read, file.eof());
    if (step == Unpacker::Step::failed) return path + ": is not a whole .xz file";
    if (step == Unpacker::Step::finished) return std::nullopt;
  }
  if (file.bad()) return path + ": cannot be read";
  return std::nullopt;
}

}  // namespace paidan::ctl
