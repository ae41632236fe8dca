#include <gtest/gtest.h>

#include "spoilt_pack.hpp"

/// What check-pack finds before a pack is used, so that nothing of it is found at run time: the
/// whole message, with file and line, and no other.
namespace paidan::citypack {
namespace {

const Fault cycles_and_levels[] = {
    {"a unit that stands below its own queue", "agencies.yaml", "{id: water, kind: bureau,",
     "{id: water, kind: bureau, parent: water-1,",
     "agencies.yaml:2: unit: the chain of parents of \"water\" is a cycle or longer than 8\n"},
    {"two towns that answer for each other", "agencies.yaml", "area: \"311502\", parent: d-3115,",
     "area: \"311502\", parent: d-3115, host: t-311503,",
     "agencies.yaml:15: unit: the chain of hosts of \"t-311502\" is a cycle or longer than 8\n"},
    {"an area that contains itself", "areas.yaml",
     "        children:\n          - {code: \"311501\"",
     "        children: &towns\n          - {code: x, kind: town, children: *towns}\n"
     "          - {code: \"311501\"",
     "areas.yaml:22: area: lies within itself\n"},
    {"a host that has a host", "agencies.yaml", "area: \"311501\", parent: d-3115,",
     "area: \"311501\", parent: d-3115, host: t-311503,",
     "agencies.yaml:14: unit: the host \"t-311503\" of \"t-311501\" has a host itself, "
     "\"t-311502\"\n"},
    {"a section without a town", "agencies.yaml", "id: water-1, kind: queue",
     "id: water-1, kind: section",
     "agencies.yaml:3: unit: \"water-1\" is a section: its \"parent\" must be a town\n"},
    {"a section with an area of its own", "agencies.yaml", "{id: gas,",
     "{id: s, kind: section, parent: t-310101, area: \"310101\"}\n  - {id: gas,",
     "agencies.yaml:4: unit: a section has the area of its town; it takes no \"area\" and no "
     "\"function\"\n"},
    {"a district below a bureau, which is no higher", "agencies.yaml",
     "{id: d-3101, kind: district,", "{id: d-3101, kind: district, parent: gas,",
     "agencies.yaml:6: unit: \"d-3101\" (level 2) cannot stand below \"gas\" (level 2)\n"},
    {"a fifth level", "agencies.yaml", "  - {id: gas,",
     "  - {id: s, kind: section, parent: t-310101}\n  - {id: q, kind: queue, parent: s}\n"
     "  - {id: gas,",
     "agencies.yaml:5: unit: \"q\" stands on level 5; there are 4\n"},
};

const Fault areas[] = {
    {"two areas of one code", "areas.yaml", "code: \"310102\"", "code: \"310101\"",
     "agencies.yaml:13: unknown area \"310102\"\n"
     "areas.yaml:16: area: \"310101\" stands at areas.yaml:15 already\n"},
    {"two towns of a district with one name", "areas.yaml", "zh: 北蔡镇", "zh: 川沙新镇",
     "areas.yaml:23: area: overlaps with \"311501\": both are called \"川沙新镇\"\n"},
    {"a town called as its neighbour is for short", "areas.yaml", "zh: 北蔡镇}",
     "zh: 北蔡镇, aliases: [川沙]}",
     "areas.yaml:23: area: overlaps with \"311501\": both are called \"川沙\"\n"},
    {"two areas of the same codes", "areas.yaml", "zh: 外滩街道,",
     "zh: 外滩街道, codes: {ward: [\"17\"], district_no: [\"01\"]},",
     "areas.yaml:16: area: overlaps with \"310101\": both have the same codes\n"},
    {"a town with codes of another district", "areas.yaml", "class: 镇, zh: 北蔡镇",
     "class: 镇, zh: 北蔡镇, codes: {district_no: [\"1\"], ward: [\"9\"]}",
     "areas.yaml:23: area: overlaps with \"3101\": its codes are among those of this one\n"},
};

const Fault leads[] = {
    {"two leads for the same", "responsibility.yaml", "lead: lights}",
     "lead: lights}\n  - {category: Street Light, lead: gas}",
     "responsibility.yaml:25: line: two leads: the line at responsibility.yaml:24 holds for the "
     "same category, area and channel\n"},
    {"基本 with a lead that is no town", "responsibility.yaml",
     "category: 环境/噪声/广场舞\n    duty: 基本",
     "category: 环境/噪声/广场舞\n    duty: 基本\n    lead: d-3101",
     "responsibility.yaml:6: line: 基本 means that the town leads, but \"lead\" is no town\n"},
    {"配合 led by the town", "responsibility.yaml", "lead: {function: 生态环境, of: district}",
     "lead: {kind: town}",
     "responsibility.yaml:2: line: 配合 means that a department leads, but \"lead\" is a town\n"},
    {"收回 led by a town", "responsibility.yaml", "lead: water,", "lead: t-310101,",
     "responsibility.yaml:22: line: 收回 means that a department leads, but \"lead\" is a town\n"
     "responsibility.yaml:22: line: queue: \"water-1\" does not stand below the lead "
     "\"t-310101\"\n"},
    {"收回 with the town beside the department", "responsibility.yaml", "queue: water-1}",
     "co_handlers: [{kind: town}]}",
     "responsibility.yaml:22: line: 收回 leaves the town out, but \"co_handlers\" has one\n"},
    {"a unit that nobody knows", "responsibility.yaml", "co_handlers: [{kind: town}]",
     "co_handlers: [steam]", "responsibility.yaml:23: unknown unit \"steam\"\n"},
    {"a queue of somebody else", "responsibility.yaml", "lead: gas,", "lead: gas, queue: water-1,",
     "responsibility.yaml:23: line: queue: \"water-1\" does not stand below the lead \"gas\"\n"},
};

const Fault unreachable[] = {
    {"a class that has no area there", "responsibility.yaml", "{class: 镇, of: \"3115\"}",
     "{class: 镇, of: \"3101\"}",
     "responsibility.yaml:8: line: can never match: no area of this class lies there\n"},
    {"a class each area of which has its own line", "responsibility.yaml", "area: \"311502\"",
     "area: [\"311502\", \"311501\"]",
     "responsibility.yaml:8: line: can never match: more exact lines hold wherever it does, one at "
     "responsibility.yaml:12\n"},
    {"a line of which each channel has its own", "responsibility.yaml", "lead: lights}",
     "lead: lights}\n"
     "  - {category: Street Light, channel: [hotline, media, petition, reception], lead: gas}",
     "responsibility.yaml:24: line: can never match: more exact lines hold wherever it does, one "
     "at "
     "responsibility.yaml:25\n"},
    {"a department asked for where it is not", "responsibility.yaml",
     "lead: {function: 生态环境, of: district}", "lead: {function: 生态环境, of: town}",
     "responsibility.yaml:2: line: lead: no unit of function 生态环境 for area \"310101\" "
     "(南京东路街道)\n"},
    {"a department of another district", "responsibility.yaml", "lead: d-3101", "lead: hb-3115",
     "responsibility.yaml:15: line: lead: \"hb-3115\" answers for area \"3115\", where the line "
     "holds nowhere\n"},
    {"a channel that nobody knows", "responsibility.yaml", "channel: media", "channel: radio",
     "responsibility.yaml:17: unknown channel \"radio\"\n"},
};

const Fault policies[] = {
    {"more returns than can be meant", "responsibility.yaml",
     "lines:", "returns: {granted_max: 11}\nlines:",
     "responsibility.yaml:1: returns: \"granted_max\" must be a whole number from 1 to 10\n"},
    {"a share beyond all", "responsibility.yaml", "lines:", "returns: {report_share: 1.5}\nlines:",
     "responsibility.yaml:1: returns: \"report_share\" must be a number from 0.010000 to "
     "1.000000\n"},
    {"a key that returns do not have", "responsibility.yaml", "lines:",
     "returns: {most: 2}\nlines:", "responsibility.yaml:1: returns: unknown key \"most\"\n"},
    {"duplicates handled in a way that is none", "channels.yaml",
     "channels:", "duplicates: {same_caller: merge}\nchannels:",
     "channels.yaml:1: duplicates: same_caller \"merge\" is none of propose, link, off\n"},
    {"a window longer than a ticket is remembered", "channels.yaml",
     "channels:", "duplicates: {window_days: 401}\nchannels:",
     "channels.yaml:1: duplicates: \"window_days\" must be a whole number from 1 to 400\n"},
    {"more levels than a category has", "channels.yaml",
     "channels:", "duplicates: {category_levels: 9}\nchannels:",
     "channels.yaml:1: duplicates: \"category_levels\" must be a whole number from 0 to 8\n"},
};

const char* const proposal =
    "  - {category: 市容/违法搭建, area: \"310101\", duty: 基本, "
    "proposed_by: t-310101, proposed: open, reason: 就近}\n";

/// The small pack with lines behind its own; the first of them stands at line 25.
std::string errors_with(const std::string& lines) {
  const SpoiltPack pack;
  pack.write("responsibility.yaml", read_file(pack.path() / "responsibility.yaml") + lines);
  return errors_of(pack.path());
}

struct BrokenProposal {
  const char* what;
  const char* replace;
  const char* with;
  const char* error;
};

const BrokenProposal proposals[] = {
    {"a sound one", "", "", "loads"},
    {"one of an unknown unit", "proposed_by: t-310101", "proposed_by: t-9",
     "responsibility.yaml:25: unknown unit \"t-9\"\n"},
    {"one of a department", "proposed_by: t-310101", "proposed_by: hb-3101",
     "responsibility.yaml:25: line: only a town proposes a line, \"hb-3101\" is none\n"},
    {"one that nobody made", "proposed_by: t-310101, ", "",
     "responsibility.yaml:25: line: \"proposed\" needs \"proposed_by\", the town that asked\n"
     "responsibility.yaml:25: line: \"reason\" needs \"proposed_by\", the town that asked\n"},
    {"one without a reason", ", reason: 就近", "",
     "responsibility.yaml:25: line: a proposed line needs the \"reason\" of the town\n"},
    {"one that is neither open nor refused", "proposed: open", "proposed: maybe",
     "responsibility.yaml:25: line: proposed \"maybe\" is none of open, refused\n"},
    {"an open one with a decision", "reason: 就近", "reason: 就近, decision: 同意",
     "responsibility.yaml:25: line: an open proposal has no \"decision\" yet\n"},
    {"a refused one without its decision", "proposed: open", "proposed: refused",
     "responsibility.yaml:25: line: a refused line needs the \"decision\" of the office\n"},
    {"one for a place of another district", "area: \"310101\"", "area: \"311502\"",
     "responsibility.yaml:25: proposal: \"t-310101\" proposes it for places that it does not "
     "belong to\n"},
    {"one for what a line says already", "area: \"310101\", duty: 基本", "lead: d-3101",
     "responsibility.yaml:25: proposal: can never match: the line at responsibility.yaml:19 holds "
     "for the same category, area and channel\n"},
    {"one for a class that has no area there", "area: \"310101\"",
     "area: {class: 镇, of: \"3101\"}",
     "responsibility.yaml:25: proposal: can never match: no area of this class lies there\n"},
    {"one that contradicts itself", "duty: 基本", "duty: 收回, lead: {kind: town}",
     "responsibility.yaml:25: proposal: 收回 means that a department leads, but \"lead\" is a "
     "town\n"},
};

TEST(BrokenPack, NamesEachFaultOnceWithFileAndLine) {
  for (const auto faults :
       {std::span<const Fault>(cycles_and_levels), std::span<const Fault>(areas),
        std::span<const Fault>(leads), std::span<const Fault>(unreachable),
        std::span<const Fault>(policies)}) {
    for (const Fault& fault : faults) {
      const SpoiltPack pack;
      pack.replace(fault.file, fault.replace, fault.with);
      EXPECT_EQ(errors_of(pack.path()), fault.error) << fault.what;
    }
  }
}

TEST(BrokenPack, NamesEachProposalThatNobodyCouldAccept) {
  for (const BrokenProposal& broken : proposals) {
    std::string lines = proposal;
    lines.replace(lines.find(broken.replace), std::string(broken.replace).size(), broken.with);
    EXPECT_EQ(errors_with(lines), broken.error) << broken.what;
  }
}

TEST(BrokenPack, FindsAProposalBehindLinesThatAreAlwaysMoreExact) {
  EXPECT_EQ(errors_with("  - {category: 市容/乱张贴, area: [\"310101\", \"310102\"], duty: 基本}\n"
                        "  - {category: 市容/乱张贴, area: {class: 街道}, duty: 基本, proposed_by: "
                        "t-310101, proposed: open, reason: 统一}\n"),
            "responsibility.yaml:26: proposal: can never match: more exact lines hold wherever it "
            "does, one at responsibility.yaml:25\n");
}

TEST(BrokenPack, TakesTwoProposalsForDifferentPlacesButNotForTheSame) {
  const std::string other =
      "  - {category: 市容/违法搭建, area: \"310102\", duty: 基本, "
      "proposed_by: t-310102, proposed: open, reason: 就近}\n";
  EXPECT_EQ(errors_with(proposal + other), "loads");
  EXPECT_EQ(errors_with(std::string(proposal) + proposal),
            "responsibility.yaml:26: line: the proposal at responsibility.yaml:25 is for the same "
            "category, area and channel\n");
}

TEST(BrokenPack, FindsACategoryThatNobodyOwnsAnywhere) {
  const SpoiltPack pack("given");
  pack.replace("responsibility.yaml", "  - {category: other, lead: INFO}\n", "");
  EXPECT_EQ(
      errors_of(pack.path()),
      "taxonomy.yaml:15: category: \"other\" has no owner: no line, no department and no town\n");
}

TEST(BrokenPack, FindsAClockThatCountsWorkingTimeWithoutACalendar) {
  const SpoiltPack pack;
  pack.replace("calendar.yaml", "holiday_files: [holidays/2025.json, holidays/2026.json]\n", "");
  fs::remove_all(pack.path() / "holidays");
  const std::string errors = errors_of(pack.path());
  EXPECT_EQ(errors.find("clocks.yaml:11: clock: \"citizen\" counts working time, but calendar.yaml "
                        "covers no year\n"),
            0U)
      << errors;
}

}  // namespace
}  // namespace paidan::citypack
