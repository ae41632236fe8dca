#include <algorithm>
#include <initializer_list>
#include <span>
#include <vector>

#include "paidan/runtime/log.hpp"

namespace paidan::runtime::log {
namespace {

// A digit as it stands in UTF-8 text: one byte, or three when it is a full-width one.
struct Digit {
  std::size_t at;
  std::size_t size;
};
using Group = std::vector<Digit>;  // digits without anything between them

std::size_t digit_size(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (text[at] >= '0' && text[at] <= '9') return 1;
  const bool full_width = at + 2 < text.size() && byte(at) == 0xEF && byte(at + 1) == 0xBC &&
                          byte(at + 2) >= 0x90 && byte(at + 2) <= 0x99;
  return full_width ? 3 : 0;
}

// What may stand between the groups of one phone number: at most two of these.
std::size_t separator_size(std::string_view text, std::size_t at) {
  constexpr std::string_view separators = "-. ()";
  std::size_t size = 0;
  while (size < 2 && at + size < text.size() && separators.find(text[at + size]) != text.npos) {
    ++size;
  }
  return size;
}

Group read_group(std::string_view text, std::size_t& at) {
  Group group;
  while (at < text.size()) {
    const std::size_t size = digit_size(text, at);
    if (size == 0) break;
    group.push_back({at, size});
    at += size;
  }
  return group;
}

// Groups that follow each other with only a separator between them; `at` moves behind them.
std::vector<Group> read_run(std::string_view text, std::size_t& at) {
  std::vector<Group> run;
  std::size_t next = at;
  while (next < text.size() && digit_size(text, next) > 0) {
    run.push_back(read_group(text, next));
    at = next;
    const std::size_t gap = separator_size(text, next);
    if (gap == 0) break;
    next += gap;
  }
  return run;
}

// How people group phone numbers: 138 0013 8000, 021-12345678, 0512-1234567, (617) 555-0123.
std::size_t phone_groups(std::span<const Group> groups) {
  using Sizes = std::initializer_list<std::size_t>;
  static const std::initializer_list<Sizes> phones = {{3, 4, 4}, {3, 3, 4}, {3, 8}, {4, 7},
                                                      {4, 8},    {3, 7},    {4, 4}, {3, 4}};
  for (const Sizes& sizes : phones) {
    if (sizes.size() > groups.size()) continue;
    const auto same = [](std::size_t size, const Group& group) { return size == group.size(); };
    if (std::equal(sizes.begin(), sizes.end(), groups.begin(), same)) return sizes.size();
  }
  return 0;
}

void hide(const Group& digits, std::vector<bool>& hidden) {
  const bool mobile = digits.size() == 11;  // 138****1234, as everywhere in the project
  const std::size_t keep_first = mobile ? 3 : 2;
  const std::size_t keep_last = mobile ? 4 : 0;
  for (std::size_t i = keep_first; i + keep_last < digits.size(); ++i) hidden[digits[i].at] = true;
}

void hide_run(const std::vector<Group>& run, std::vector<bool>& hidden) {
  constexpr std::size_t number_min_digits = 7;
  std::size_t i = 0;
  while (i < run.size()) {
    const std::size_t joined = phone_groups(std::span(run).subspan(i));
    Group digits = run[i];
    for (std::size_t more = 1; more < joined; ++more) {
      digits.insert(digits.end(), run[i + more].begin(), run[i + more].end());
    }
    if (digits.size() >= number_min_digits) hide(digits, hidden);
    i += std::max<std::size_t>(joined, 1);
  }
}

}  // namespace

std::string mask(std::string_view text) {
  std::vector<bool> hidden(text.size(), false);
  for (std::size_t at = 0; at < text.size();) {
    if (digit_size(text, at) == 0) {
      ++at;
      continue;
    }
    hide_run(read_run(text, at), hidden);
  }
  std::string masked;
  masked.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = hidden[at] ? digit_size(text, at) : 1;
    masked += hidden[at] ? '*' : text[at];
    at += size;
  }
  return masked;
}

}  // namespace paidan::runtime::log
