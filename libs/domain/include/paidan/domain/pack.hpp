#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "paidan/domain/calendar.hpp"
#include "paidan/domain/facts.hpp"
#include "paidan/domain/ids.hpp"

/// A city's rules as one immutable value (DESIGN section 3, "City pack"). `libs/citypack` reads and
/// checks it; nothing in the domain repairs it. Immutable after `build_index`, so any number of
/// threads may share one.
namespace paidan::domain {

/// Where in the pack a rule stands, e.g. responsibility.yaml:120.
struct SourceLine {
  std::string file;
  std::uint32_t line = 0;
  friend bool operator==(const SourceLine&, const SourceLine&) = default;
};
std::string to_string(const SourceLine& source);

/// Index into one of the pack's vectors; negative: none.
using Index = std::int32_t;
inline constexpr Index no_index = -1;

/// 诉求类型: 咨询, 求助, 投诉, 举报, 建议, 表扬, or what the city has instead.
struct DemandKind {
  std::string id;
  Text name;
  std::vector<std::string> keywords;
  bool call_back = true;  ///< False: a completed ticket of this kind closes at once.
};

/// `section`: 科室 or 居村 of a town, the fourth level; `queue`: a work list of a department.
enum class UnitKind { bureau, district, town, department, queue, section };

/// A unit by id, or one that is found from the ticket's place.
struct UnitReference {
  enum class By { unit, kind, function };
  By by = By::unit;
  Index unit = no_index;
  UnitKind kind = UnitKind::town;  ///< By kind: the nearest area upwards that has one.
  std::string function;            ///< By function, e.g. 城管 ...
  Index area_kind = no_index;      ///< ... at the ticket's area of this kind.
};

struct Keyword {
  std::string phrase;  ///< As written in the pack.
  double weight = 1;   ///< 0.1 to 10.
};

struct Category {
  CategoryId id;  ///< Path of the ids joined by "/".
  std::string code;
  Text name;
  std::vector<std::string> aliases;
  std::vector<Keyword> keywords;
  std::vector<std::string> exclude;
  std::optional<UnitReference> department;  ///< Statutory department; inherited by the loader.
  std::string demand_kind;                  ///< Inherited by the loader; may be empty.
  Urgency urgency = Urgency::none;          ///< Inherited by the loader; none: not said.
  Index parent = no_index;
  std::uint32_t depth = 0;
  SourceLine at;
};

struct Area {
  AreaId code;
  Index kind = no_index;        ///< Into CityPack::area_kinds.
  Index area_class = no_index;  ///< Into CityPack::area_classes.
  Text name;
  std::vector<std::string> aliases;
  std::vector<std::pair<std::string, std::vector<std::string>>> codes;  ///< By code kind.
  Index parent = no_index;
  std::uint32_t depth = 0;
  SourceLine at;
};

/// 承办单位
struct Agency {
  UnitId id;
  UnitKind kind = UnitKind::department;
  Text name;
  std::uint32_t level =
      2;  ///< 2 district or bureau, 3 town or department of a district, 4 section.
  Index parent = no_index;
  Index area = no_index;
  Index host = no_index;  ///< Answers in its place (parks, farms).
  std::string function;
  SourceLine at;
};

/// 基本: the town leads. 配合: a department leads, the town joins. 收回: the department alone.
enum class Duty { lead, basic, cooperate, withdrawn };

struct ResponsibilityLine {
  Index category = no_index;    ///< no_index: every category.
  Index area = no_index;        ///< no_index: everywhere, also where none is known.
  Index area_class = no_index;  ///< Only areas of this class (within `area`).
  Index channel = no_index;     ///< no_index: every channel.
  Duty duty = Duty::lead;
  UnitReference lead;
  std::optional<UnitReference> queue;  ///< Level 2; nothing: the lead itself.
  std::vector<UnitReference> co_handlers;
  std::string source;  ///< The document that the line comes from.
  UnitId proposed_by;  ///< The town that proposed it (自下而上); empty: the office's own.
  SourceLine at;
};

/// A line that a town asks for (自下而上) and the office has not decided, or has refused: never
/// applied.
struct ProposedLine {
  enum class Status { open, refused };
  ResponsibilityLine line;
  Status status = Status::open;
  std::string reason;    ///< Of the town.
  std::string decision;  ///< Of the office, when refused.
};

/// One way to count a term. Exactly one kind of measure is meant.
struct Term {
  enum class Measure { none, working_days, working_hours, calendar_time, given };
  Measure measure = Measure::none;  ///< none: the clock does not run.
  std::uint32_t working_days = 0;
  std::chrono::minutes minutes{0};  ///< For working hours and calendar time.
  std::vector<std::string> kinds;   ///< Conditions: empty means any.
  std::vector<Urgency> urgencies;
  std::vector<ChannelId> channels;
  bool policy = false;  ///< A policy of the pack, not a published rule.
  std::string source;
  SourceLine at;
};

struct ClockDefinition {
  std::string name;  ///< One of `clock_names` in clocks.hpp.
  Text title;
  std::optional<double> warn_fraction;  ///< Of the working time of the term.
  std::vector<Term> terms;              ///< The first that fits.
  SourceLine at;
};

/// 延期. Asked before the due time only; decided by the office; counted from acceptance.
struct ExtensionPolicy {
  std::vector<std::string> clocks;  ///< Clocks that a granted one moves; empty: never granted.
  std::uint32_t working_days_max =
      0;  ///< From the acceptance of the ticket to the latest due time.
  std::uint32_t times_max = 1;
  std::string source;
  SourceLine at;
};

/// States in which clocks stand still, and which clocks. Empty: time always runs (no published rule
/// stops it: mission.md 2.4).
struct PausePolicy {
  std::vector<State> states;
  std::vector<std::string> clocks;
  SourceLine at;
};

/// 退单
struct ReturnPolicy {
  std::uint32_t granted_max = 2;  ///< Then the office decides (签派).
  /// A rule is reported when at least `report_min` tickets were assigned by it and this share or
  /// more came back.
  double report_share = 0.3;
  std::uint32_t report_min = 5;
  SourceLine at;
};

/// 老户, 重复件: the same caller on the same matter.
struct DuplicatePolicy {
  enum class Action { off, propose, link };
  Action same_caller = Action::propose;
  std::uint32_t window_days = 30;     ///< Calendar days between the two tickets.
  std::uint32_t category_levels = 0;  ///< Levels of the category that must agree; 0: all.
  SourceLine at;
};

struct Channel {
  ChannelId id;
  Text name;
  std::vector<std::string> aliases;
  bool due_given = false;
  bool may_designate = false;
  bool call_back = true;
  std::string demand_kind;  ///< Default of the channel; may be empty.
  SourceLine at;
};

struct LadderStep {
  Text name;                             ///< 催办通知书, 通报 ...
  std::uint32_t after_working_days = 0;  ///< After the clock's due time.
  std::vector<std::string> notify;
};

/// Warning, breach, and then the steps 1..n. Finite, and steps grow.
struct Ladder {
  std::vector<std::string> clocks;
  LadderStep warning;
  LadderStep breach;
  std::vector<LadderStep> steps;
  SourceLine at;
};

/// Lookup of std::string keys by string_view without a copy.
struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept {
    return std::hash<std::string_view>{}(text);
  }
};
using NameIndex = std::unordered_map<std::string, Index, StringHash, std::equal_to<>>;

/// Derived by `build_index`; never written by hand.
struct PackIndex {
  NameIndex categories;    ///< By id.
  NameIndex areas;         ///< By code.
  NameIndex agencies;      ///< By id.
  NameIndex channels;      ///< By id.
  NameIndex demand_kinds;  ///< By id.
  NameIndex clocks;        ///< By name.
  NameIndex ladders;       ///< By clock name.
  /// Per category (last entry: "*"): lines by (area, class, channel); see routing.cpp.
  std::vector<std::unordered_map<std::uint64_t, Index>> lines;
  /// The same for the open ones among `proposed_lines`; empty when there is none.
  std::vector<std::unordered_map<std::uint64_t, Index>> proposals;
  std::vector<bool> withdrawn;                            ///< Per category: a 收回 line covers it.
  std::unordered_map<std::uint64_t, Index> unit_of_area;  ///< By (unit kind, area).
  std::unordered_map<std::uint64_t, Index> unit_of_function;  ///< By (function number, area).
  NameIndex functions;                                        ///< Numbers of the functions.
};

struct CityPack {
  std::string name;
  std::string rules_version;  ///< Content hash of the files, 32 hex digits.
  WorkCalendar calendar;
  bool count_receipt_day = false;  ///< Civil Code 201 says no.
  std::vector<DemandKind> demand_kinds;
  std::string default_demand_kind;
  std::vector<std::string> urgent_words;
  std::vector<std::string> critical_words;
  std::vector<std::string> life_safety_words;
  std::vector<Category> categories;  ///< Parents before children.
  /// For what the channel gives and the pack does not know, when words do not tell either;
  /// no_index: such a ticket goes to triage.
  Index unknown_category = no_index;
  std::vector<std::string> area_kinds;  ///< From large to small.
  std::vector<std::string> area_classes;
  std::vector<Area> areas;  ///< Parents before children; [0] is the city.
  std::vector<Agency> agencies;
  std::vector<ResponsibilityLine> lines;
  std::vector<ProposedLine> proposed_lines;
  std::vector<ClockDefinition> clocks;
  ExtensionPolicy extension;
  PausePolicy pause;
  ReturnPolicy returns;
  DuplicatePolicy duplicates;
  std::uint32_t reopen_window_days = 90;
  std::vector<Channel> channels;
  std::vector<Ladder> ladders;
  PackIndex index;
};

/// Fills `pack.index` from the rest. Asserts on a pack that the loader would have refused.
CityPack build_index(CityPack pack);

const Category* find_category(const CityPack& pack, const CategoryId& id);
const Area* find_area(const CityPack& pack, const AreaId& code);
const Agency* find_agency(const CityPack& pack, const UnitId& id);
const Channel* find_channel(const CityPack& pack, const ChannelId& id);
const DemandKind* find_demand_kind(const CityPack& pack, std::string_view id);
const ClockDefinition* find_clock(const CityPack& pack, std::string_view name);
const Ladder* find_ladder(const CityPack& pack, std::string_view clock);

/// The unit that a reference means for a place, its host if it has one; no_index when the place
/// has none. `area` may be no_index.
Index resolve_unit(const CityPack& pack, const UnitReference& reference, Index area);

}  // namespace paidan::domain
