#include "src/likeness.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "paidan/base/assert.hpp"
#include "paidan/domain/ticket_id.hpp"

namespace paidan::domain {
namespace {

constexpr std::uint32_t level_same_event = 1;
constexpr std::uint32_t level_same_matter = 2;

/// FNV-1a, never 0 but for nothing. It stays in snapshots, so it never changes.
std::uint32_t hash_of(std::string_view text) {
  if (text.empty()) return 0;
  std::uint32_t hash = 0x811c9dc5;
  for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x01000193;
  return std::max(hash, 1U);
}

/// The path cut to that many levels.
std::string_view cut(std::string_view path, std::size_t levels) {
  std::size_t end = 0;
  for (; levels > 0 && end != std::string_view::npos; --levels) {
    end = path.find('/', end == 0 ? 0 : end + 1);
  }
  return path.substr(0, end);
}

bool same_category(const DuplicatePolicy& policy, const SeenTicket& one, const SeenTicket& other) {
  constexpr std::size_t whole = std::tuple_size_v<decltype(one.category)> - 1;
  const std::size_t levels = policy.category_levels;
  const std::size_t at = levels == 0 || levels > whole ? whole : levels - 1;
  return one.category[at] != 0 && one.category[at] == other.category[at];
}

bool is_same_event(const SeenTicket& earlier, const SeenTicket& later) {
  return earlier.fingerprint.whole != 0 && earlier.fingerprint.whole == later.fingerprint.whole &&
         earlier.channel == later.channel &&
         later.happened_at - earlier.happened_at <= same_event_window;
}

struct Span {
  std::string zh;
  std::string en;
};

Span counted(std::int64_t number, const char* zh, const char* en) {
  const std::string digits = std::to_string(number);
  return {digits + zh, digits + " " + en + (number == 1 ? "" : "s")};
}

Span span_of(Milliseconds time) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(time).count();
  constexpr std::int64_t per_hour = 60;
  constexpr std::int64_t per_day = 24 * per_hour;
  if (minutes >= per_day) return counted(minutes / per_day, "天", "day");
  if (minutes >= per_hour) return counted(minutes / per_hour, "小时", "hour");
  return counted(minutes, "分钟", "minute");
}

}  // namespace

Likeness compare(const DuplicatePolicy& policy, const SeenTicket& earlier,
                 const SeenTicket& later) {
  const bool areas_known = earlier.area != 0 && later.area != 0;
  Likeness likeness{.level = 0,
                    .same_area = areas_known && earlier.area == later.area,
                    .similarity = similarity(earlier.fingerprint, later.fingerprint)};
  if (areas_known && !likeness.same_area) return likeness;  // Two places are two matters.
  if (is_same_event(earlier, later)) {
    likeness.level = level_same_event;
  } else if (same_category(policy, earlier, later) &&
             (likeness.same_area || likeness.similarity >= same_matter_similarity)) {
    likeness.level = level_same_matter;
  }
  return likeness;
}

double score_of(const Likeness& likeness) {
  if (likeness.level == level_same_event) return 1;
  return likeness.same_area ? (1 + likeness.similarity) / 2 : likeness.similarity;
}

Text evidence_of(const SeenTicket& master, const SeenTicket& ticket, const Likeness& likeness) {
  const std::string id = to_string(master.ticket_id);
  const Span span = span_of(ticket.happened_at - master.happened_at);
  const std::string alike = std::to_string(std::lround(likeness.similarity * 100)) + "%";
  if (likeness.level == level_same_event) {
    return {"同一事件重复提交：同一来电人" + span.zh + "前已以工单 " + id + " 提交过相同内容",
            "The same event again: the same caller sent the same text " + span.en +
                " earlier, as ticket " + id};
  }
  const std::string area_zh = likeness.same_area ? "同一类别、同一区域" : "同一类别、区域不明";
  const std::string area_en =
      likeness.same_area ? "the same category and area" : "the same category, area unknown";
  return {"同一来电人、同一诉求：" + span.zh + "前已有工单 " + id + "，" + area_zh +
              "，内容相似度 " + alike,
          "The same caller on the same matter: ticket " + id + " came " + span.en + " earlier; " +
              area_en + "; texts " + alike + " alike"};
}

Milliseconds window_of(const DuplicatePolicy& policy) {
  return std::chrono::hours{24} * policy.window_days;
}

SeenTicket remembered(const Sighting& sighting) {
  SeenTicket out;
  out.ticket_id = to_bytes(sighting.ticket_id);
  out.happened_at = sighting.happened_at;
  out.fingerprint = sighting.fingerprint;
  const std::string& path = sighting.category.get();
  for (std::size_t at = 0; at + 1 < out.category.size(); ++at) {
    out.category[at] = hash_of(cut(path, at + 1));
  }
  out.category.back() = hash_of(path);
  out.area = hash_of(sighting.area.get());
  out.channel = hash_of(sighting.channel.get());
  return out;
}

TicketIdBytes to_bytes(std::string_view ticket_id) {
  TicketIdBytes bytes{};
  static_assert(bytes.size() == ticket_id_length);
  PAIDAN_ASSERT(ticket_id.size() == bytes.size(), "a ticket id has 16 characters");
  std::ranges::copy(ticket_id, bytes.begin());
  return bytes;
}

std::string to_string(const TicketIdBytes& ticket_id) {
  return std::string(ticket_id.data(), ticket_id.size());
}

std::string caller_cluster(std::string_view caller_key) { return "c/" + std::string(caller_key); }

std::string place_cluster(const AreaId& area, const CategoryId& category) {
  return "p/" + area.get() + "/" + category.get();
}

std::vector<KeyedSighting> sightings_of(std::string_view ticket_id, const Submitted& submitted,
                                        const Classified& classified, Instant happened_at) {
  const bool has_place = !classified.area.get().empty() && !classified.category.get().empty();
  std::vector<KeyedSighting> lines;
  if (submitted.caller_key.empty() && !has_place) return lines;
  Sighting sighting{.line = SightingLine::caller,
                    .ticket_id = std::string(ticket_id),
                    .channel = classified.channel,
                    .category = classified.category,
                    .demand_kind = classified.demand_kind,
                    .area = classified.area,
                    .fingerprint = fingerprint(submitted.title, submitted.text),
                    .happened_at = happened_at};
  if (!submitted.caller_key.empty()) {
    lines.push_back({caller_cluster(submitted.caller_key), sighting});
  }
  if (has_place) {
    sighting.line = SightingLine::place;
    lines.push_back({place_cluster(classified.area, classified.category), std::move(sighting)});
  }
  return lines;
}

}  // namespace paidan::domain
