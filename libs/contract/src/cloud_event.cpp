#include "paidan/contract/cloud_event.hpp"

#include <array>
#include <cstdint>
#include <cstdio>

#include "paidan/base/hash.hpp"

namespace paidan::contract {

namespace {

void append_padded(std::string& out, std::int64_t value, std::size_t width) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

/// Reads fixed-width pieces of a date from the front; `ok` turns false at the first misfit.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}
  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }

  int digits(std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value * 10 + digit();
    return value;
  }
  bool accept(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char wanted) { ok_ = accept(wanted) && ok_; }

  /// What follows a decimal point, as milliseconds; finer digits are cut off.
  int fraction_ms() {
    int value_ms = 0;
    std::size_t count = 0;
    for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; ++count) {
      const int next = digit();
      if (count < 3) value_ms = value_ms * 10 + next;
    }
    if (count == 0 || count > 9) ok_ = false;
    for (; count < 3; ++count) value_ms *= 10;
    return value_ms;
  }

 private:
  int digit() {
    if (rest_.empty() || rest_.front() < '0' || rest_.front() > '9') {
      ok_ = false;
      return 0;
    }
    const int value = rest_.front() - '0';
    rest_.remove_prefix(1);
    return value;
  }
  std::string_view rest_;
  bool ok_ = true;
};

std::optional<std::chrono::minutes> scan_offset(Scanner& scan) {
  if (scan.accept('Z') || scan.accept('z')) return std::chrono::minutes{0};
  const bool behind = scan.accept('-');
  if (!behind) scan.expect('+');
  const int hours = scan.digits(2);
  scan.expect(':');
  const int minutes = scan.digits(2);
  if (!scan.ok() || hours > 23 || minutes > 59) return std::nullopt;
  const std::chrono::minutes offset{hours * 60 + minutes};
  return behind ? -offset : offset;
}

std::string hex32(std::uint32_t value) {
  std::array<char, 9> text{};
  std::snprintf(text.data(), text.size(), "%08x", value);
  return text.data();
}

}  // namespace

std::vector<stream::Header> cloud_event_headers(const Stamp& stamp, std::string_view fact,
                                                std::string_view subject) {
  std::string id = stamp.cause.id + "/" + std::to_string(stamp.index);
  std::string type = "paidan.ticket.";
  type.append(fact).append(".v1");
  std::string source = "/paidan/";
  source.append(stamp.service);
  std::string trace = stamp.cause.traceparent.empty() ? derived_traceparent(stamp.cause.id)
                                                      : std::string(stamp.cause.traceparent);
  std::vector<stream::Header> headers;
  headers.reserve(9);
  headers.push_back({"ce_specversion", "1.0"});
  headers.push_back({"ce_id", std::move(id)});
  headers.push_back({"ce_source", std::move(source)});
  headers.push_back({"ce_type", std::move(type)});
  headers.push_back({"ce_time", to_rfc3339(stamp.happened_at)});
  headers.push_back({"ce_subject", std::string(subject)});
  headers.push_back({"content-type", "application/protobuf"});
  headers.push_back({"traceparent", trace});
  headers.push_back({"ce_traceparent", std::move(trace)});
  return headers;
}

CloudEvent cloud_event_of(const stream::InRecord& record) {
  return {.id = record.header("ce_id"),
          .source = record.header("ce_source"),
          .type = record.header("ce_type"),
          .time = record.header("ce_time"),
          .subject = record.header("ce_subject"),
          .traceparent = traceparent_of(record)};
}

std::string_view traceparent_of(const stream::InRecord& record) {
  const std::string_view plain = record.header("traceparent");
  return plain.empty() ? record.header("ce_traceparent") : plain;
}

std::string derived_traceparent(std::string_view cause_id) {
  std::string seed(cause_id);
  seed += '#';
  // 16 bytes of trace id and 8 of span id. The first digit is never 0: an id of zeros is invalid.
  std::string digits;
  for (char part = '0'; part < '6'; ++part) {
    seed.back() = part;
    digits += hex32(murmur2(seed) | 0x10000000U);
  }
  return "00-" + digits.substr(0, 32) + "-" + digits.substr(32) + "-01";
}

std::string to_rfc3339(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss<Milliseconds> time{instant - day};
  std::string out;
  out.reserve(24);
  append_padded(out, static_cast<int>(date.year()), 4);
  out += '-';
  append_padded(out, static_cast<unsigned>(date.month()), 2);
  out += '-';
  append_padded(out, static_cast<unsigned>(date.day()), 2);
  out += 'T';
  append_padded(out, time.hours().count(), 2);
  out += ':';
  append_padded(out, time.minutes().count(), 2);
  out += ':';
  append_padded(out, time.seconds().count(), 2);
  out += '.';
  append_padded(out, time.subseconds().count(), 3);
  out += 'Z';
  return out;
}

std::optional<Instant> from_rfc3339(std::string_view text) {
  Scanner scan(text);
  const std::chrono::year year{scan.digits(4)};
  scan.expect('-');
  const std::chrono::month month{static_cast<unsigned>(scan.digits(2))};
  scan.expect('-');
  const std::chrono::day day{static_cast<unsigned>(scan.digits(2))};
  if (!scan.accept('t')) scan.expect('T');
  const int hours = scan.digits(2);
  scan.expect(':');
  const int minutes = scan.digits(2);
  scan.expect(':');
  const int seconds = scan.digits(2);
  const int rest_ms = scan.accept('.') ? scan.fraction_ms() : 0;
  const std::optional<std::chrono::minutes> offset = scan_offset(scan);
  const std::chrono::year_month_day date{year, month, day};
  const bool in_range = hours < 24 && minutes < 60 && seconds < 60;
  if (!scan.ok() || !scan.at_end() || !offset || !date.ok() || !in_range) return std::nullopt;
  return std::chrono::sys_days{date} + std::chrono::hours{hours} + std::chrono::minutes{minutes} +
         std::chrono::seconds{seconds} + Milliseconds{rest_ms} - *offset;
}

}  // namespace paidan::contract
