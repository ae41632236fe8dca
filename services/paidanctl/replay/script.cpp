#include "paidanctl/replay/script.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "paidanctl/replay/csv.hpp"
#include "paidanctl/replay/wall_time.hpp"

namespace paidan::ctl {

namespace {

enum Column : std::size_t { external_id, at, who, verb, fields, refusal, column_count };
constexpr std::array<std::string_view, column_count> columns{"external_id", "at",     "who",
                                                             "verb",        "fields", "refusal"};

/// Sets that only grow together (union-find).
class Groups {
 public:
  explicit Groups(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t find(std::size_t member) {
    while (parent_[member] != member) member = parent_[member] = parent_[parent_[member]];
    return member;
  }
  void join(std::size_t one, std::size_t other) { parent_[find(other)] = find(one); }

 private:
  std::vector<std::size_t> parent_;
};

/// The case that a call names as `@<external id>`, or nothing.
std::optional<std::string> named_case(const Call& call) {
  const auto* field = call.request->GetDescriptor()->FindFieldByName("master_ticket_id");
  if (field == nullptr) return std::nullopt;
  const std::string named = call.request->GetReflection()->GetString(*call.request, field);
  if (!named.starts_with('@')) return std::nullopt;
  return named.substr(1);
}

class ScriptReader {
 public:
  ScriptReader(const CaseFile& file, const ReplayMapping& mapping, const WallTime& wall, bool cut)
      : mapping_(mapping),
        wall_(wall),
        cut_(cut),
        stories_(stories_of(file, mapping)),
        groups_(stories_.size()) {
    std::unordered_map<std::string, std::size_t> of_phone;
    for (std::size_t index = 0; index < file.cases.size(); ++index) {
      index_of_[file.cases[index].external_id] = index;
      const std::string& phone = file.cases[index].phone;
      if (phone.empty()) continue;
      groups_.join(of_phone.emplace(phone, index).first->second, index);
    }
  }

  bool take(const CsvRow& row) {
    if (row.line == 1) {
      if (!std::ranges::equal(row.fields, columns))
        fail(row, "", "the columns are not as expected");
    } else if (row.fields.size() != column_count) {
      fail(row, "", "has another number of columns");
    } else {
      take_event(row);
    }
    return wrong_.empty();
  }

  const std::string& wrong() const { return wrong_; }

  std::vector<Story> stories() {
    for (std::size_t index = 0; index < stories_.size(); ++index) {
      stories_[index].group = groups_.find(index);
      std::ranges::stable_sort(stories_[index].steps, {}, &Step::at);
    }
    return std::move(stories_);
  }

 private:
  void take_event(const CsvRow& row) {
    const auto found = index_of_.find(row.fields[external_id]);
    if (found == index_of_.end()) {
      if (!cut_) fail(row, "external_id", "names no case");
      return;
    }
    Story& story = stories_[found->second];
    const auto time = wall_.parse(row.fields[at], mapping_.time_format);
    if (!time) return fail(row, "at", "is not a time of the form " + mapping_.time_format);
    if (*time < story.submitted_at) return fail(row, "at", "precedes the submission");
    if (row.fields[who].empty()) return fail(row, "who", "is empty");
    auto call = calls_.read(row.fields[who], row.fields[verb], row.fields[fields]);
    if (!call) return fail(row, "", call.error().what);
    if (const auto named = named_case(*call)) {
      const auto master = index_of_.find(*named);
      if (master == index_of_.end()) {
        if (!cut_) fail(row, "fields", "name the case " + *named + ", which is not there");
        return;
      }
      groups_.join(master->second, found->second);
    }
    story.steps.push_back(
        {*time, row.fields[who], std::move(call).value(), row.fields[refusal], row.line});
  }
  void fail(const CsvRow& row, std::string_view column, const std::string& what) {
    wrong_ = mapping_.events + ":" + std::to_string(row.line) + ": " +
             (column.empty() ? "" : std::string(column) + " ") + what;
  }

  const ReplayMapping& mapping_;
  const WallTime& wall_;
  const bool cut_;
  std::vector<Story> stories_;
  Groups groups_;
  std::unordered_map<std::string, std::size_t> index_of_;
  CallReader calls_;
  std::string wrong_;
};

}  // namespace

std::vector<Story> stories_of(const CaseFile& file, const ReplayMapping& mapping) {
  std::vector<Story> stories(file.cases.size());
  for (std::size_t index = 0; index < stories.size(); ++index) {
    stories[index].submitted_at = file.cases[index].submitted_at;
    stories[index].steps = steps_of(file.cases[index], mapping);
  }
  return stories;
}

Result<std::vector<Story>, Trouble> scripted_stories(const CaseFile& file,
                                                     const ReplayMapping& mapping, bool cut) {
  const auto wall = WallTime::of_zone(mapping.time_zone);
  if (!wall) return wall.error();
  ScriptReader reader(file, mapping, *wall, cut);
  const auto wrong = read_csv(mapping.events, [&](CsvRow&& row) { return reader.take(row); });
  if (wrong) return Trouble{*wrong};
  if (!reader.wrong().empty()) return Trouble{reader.wrong()};
  return reader.stories();
}

}  // namespace paidan::ctl
