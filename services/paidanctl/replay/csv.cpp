#include "paidanctl/replay/csv.hpp"

#include <csv.h>

#include <string_view>
#include <utility>

#include "paidanctl/replay/bytes.hpp"

namespace paidan::ctl {

namespace {

/// Collects what libcsv calls back with.
struct Collector {
  const std::function<bool(CsvRow&&)>& sink;
  CsvRow row{.line = 1};
  std::size_t row_bytes = 0;
  bool wanted = true;

  void field(std::string_view text) {
    row_bytes += text.size();
    if (row_bytes > csv_row_bytes_max) {
      row.too_long = true;
      row.fields.clear();
    }
    if (!row.too_long) row.fields.emplace_back(text);
  }
  void end() {
    const std::int64_t next = row.line + 1;
    if (wanted) wanted = sink(std::move(row));
    row = CsvRow{.line = next};
    row_bytes = 0;
  }
};

void on_field(void* text, std::size_t size, void* collector) {
  static_cast<Collector*>(collector)->field(std::string_view(static_cast<const char*>(text), size));
}

void on_row(int /*terminator*/, void* collector) { static_cast<Collector*>(collector)->end(); }

}  // namespace

std::optional<std::string> read_csv(const std::string& path,
                                    const std::function<bool(CsvRow&&)>& sink) {
  csv_parser parser{};
  if (csv_init(&parser, 0) != 0) return path + ": no memory for the reader";
  Collector collector{.sink = sink};
  auto wrong = read_chunks(path, [&](std::string_view chunk) {
    const std::size_t taken =
        csv_parse(&parser, chunk.data(), chunk.size(), on_field, on_row, &collector);
    return collector.wanted && taken == chunk.size();
  });
  if (collector.wanted) csv_fini(&parser, on_field, on_row, &collector);
  const int trouble = csv_error(&parser);
  csv_free(&parser);
  if (wrong) return wrong;
  if (trouble != 0) return path + ": " + csv_strerror(trouble);
  return std::nullopt;
}

}  // namespace paidan::ctl
