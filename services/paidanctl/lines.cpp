#include <CLI/CLI.hpp>
#include <map>
#include <memory>
#include <string>

#include "paidanctl/commands.hpp"
#include "paidanctl/edit_pack.hpp"
#include "paidanctl/pack_option.hpp"
#include "paidanctl/session.hpp"

/// 自下而上: a town proposes a line of the responsibility lists, the office decides it.
namespace paidan::ctl {

namespace {

struct Asked {
  std::string pack;
  std::string unit;
  std::string category;
  std::string area;
  std::string area_class;
  std::string channel;
  std::string duty;
  std::string lead;
  std::string reason;
};

const std::map<std::string, domain::Duty> duties{
    {"基本", domain::Duty::basic},     {"basic", domain::Duty::basic},
    {"配合", domain::Duty::cooperate}, {"cooperate", domain::Duty::cooperate},
    {"收回", domain::Duty::withdrawn}, {"withdrawn", domain::Duty::withdrawn}};

int propose(const Asked& asked) {
  const citypack::LineProposal proposal{.unit = domain::UnitId{asked.unit},
                                        .category = domain::CategoryId{asked.category},
                                        .area = domain::AreaId{asked.area},
                                        .area_class = asked.area_class,
                                        .channel = domain::ChannelId{asked.channel},
                                        .duty = duties.at(asked.duty),
                                        .lead = domain::UnitId{asked.lead},
                                        .reason = asked.reason};
  return edit_lines(asked.pack, [&](const std::string& bytes, const domain::CityPack& pack) {
    return citypack::add_proposal(bytes, pack, proposal);
  });
}

struct Decided {
  std::string pack;
  std::uint32_t line = 0;
  bool accept = false;
  bool refuse = false;
  std::string reason;
};

int decide(const Decided& decided) {
  if (decided.accept == decided.refuse) return fail("name --accept or --refuse", 2);
  const auto decision =
      decided.accept ? citypack::LineDecision::accept : citypack::LineDecision::refuse;
  return edit_lines(decided.pack, [&](const std::string& bytes, const domain::CityPack&) {
    return citypack::decide_proposal(bytes, decided.line, decision, decided.reason);
  });
}

std::string pack_of(const Session& session, const std::string& named) {
  return named.empty() ? session.config().text("pack") : named;
}

}  // namespace

void add_propose_line(CLI::App& app, Session& session, Action& action) {
  auto* command = app.add_subcommand(
      "propose-line",
      "add a line that a town asks for to a city pack, undecided / 街镇提出清单条目");
  auto asked = std::make_shared<Asked>();
  add_pack_option(*command, asked->pack);
  command->add_option("--unit", asked->unit, "the town that asks")->required();
  command->add_option("--category", asked->category, "id of a category, or *")->required();
  command->add_option("--area", asked->area, "code of an area; default: the town's own");
  command->add_option("--class", asked->area_class, "only towns of this class, within --area");
  command->add_option("--channel", asked->channel, "only this channel");
  command->add_option("--duty", asked->duty, "基本 | 配合 | 收回, or basic | cooperate | withdrawn")
      ->required()
      ->check(CLI::IsMember(duties));
  command->add_option("--lead", asked->lead,
                      "who leads; default: the town for 基本, else the statutory department");
  command->add_option("--reason", asked->reason, "why; kept with the line")->required();
  command->callback([&session, &action, asked] {
    action = [&session, asked] {
      asked->pack = pack_of(session, asked->pack);
      return propose(*asked);
    };
  });
}

void add_decide_line(CLI::App& app, Session& session, Action& action) {
  auto* command = app.add_subcommand(
      "decide-line", "accept or refuse a line that a town asked for / 决定街镇提出的清单条目");
  auto decided = std::make_shared<Decided>();
  add_pack_option(*command, decided->pack);
  command->add_option("--line", decided->line, "where it begins, as check-pack shows it")
      ->required();
  command->add_flag("--accept", decided->accept, "make it a line");
  command->add_flag("--refuse", decided->refuse, "keep it for the record");
  command->add_option("--reason", decided->reason, "why; kept with the line")->required();
  command->callback([&session, &action, decided] {
    action = [&session, decided] {
      decided->pack = pack_of(session, decided->pack);
      return decide(*decided);
    };
  });
}

}  // namespace paidan::ctl
