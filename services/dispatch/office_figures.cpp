#include "dispatch/office_figures.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "paidan/contract/convert.hpp"

namespace paidan::dispatch {
namespace {

std::string name_of(const domain::CityPack& pack, const std::string& unit, bool zh) {
  const domain::Agency* agency = domain::find_agency(pack, domain::UnitId{unit});
  if (agency == nullptr) return unit;
  return zh ? agency->name.zh : agency->name.en;
}

domain::Text text_of(const v1::Precedent& precedent, bool same_area, const domain::CityPack& pack) {
  const std::string count = std::to_string(precedent.decision_count());
  return {std::string(same_area ? "同类别同区域" : "同类别") + "诉求曾签派 " +
              name_of(pack, precedent.unit(), true) + " " + count + " 件，仅供参考",
          std::string("tickets of this category") + (same_area ? " and area" : "") + " went to " +
              name_of(pack, precedent.unit(), false) + " by decision of the office " + count +
              " time(s); a proposal, no rule"};
}

v1::ReturnReportRow row_of(const domain::ReturnFigures& figures, const domain::CityPack& pack) {
  v1::ReturnReportRow row;
  row.set_rule(figures.key.rule);
  row.set_category(figures.key.category.get());
  row.set_area(figures.key.area.get());
  row.set_assigned_count(figures.assigned);
  row.set_requested_count(figures.requested);
  row.set_granted_count(figures.granted);
  row.set_granted_share(domain::granted_share(figures));
  row.set_often_returned(domain::often_returned(figures, pack.returns));
  for (const domain::ReturnTaker& taker : figures.takers) {
    if (row.takers_size() == report_takers_max) break;
    row.add_takers()->set_unit(taker.unit.get());
    row.mutable_takers(row.takers_size() - 1)->set_count(taker.count);
  }
  row.set_proposed_line(domain::proposed_line(figures, pack));
  contract::to_proto(domain::explain_returns(figures, pack), *row.mutable_text());
  return row;
}

}  // namespace

v1::PrecedentsResponse precedents_of(const view_reader::Precedents& found,
                                     const std::string& own_ticket, const domain::CityPack& pack) {
  v1::PrecedentsResponse response;
  std::map<std::string, int> place_of;
  for (const domain::PrecedentDecision& decision : found.decisions) {
    if (decision.ticket.get() == own_ticket) continue;
    const std::string& unit = decision.unit.get();
    const auto [known, fresh] = place_of.emplace(unit, response.precedents_size());
    if (fresh) response.add_precedents()->set_unit(unit);
    v1::Precedent& precedent = *response.mutable_precedents(known->second);
    precedent.set_decision_count(precedent.decision_count() + 1);
    v1::PrecedentEvidence& evidence = *precedent.add_evidence();
    evidence.set_ticket_id(decision.ticket.get());
    evidence.set_reason(decision.reason);
    contract::to_proto(decision.decided_at, *evidence.mutable_decided_at());
  }
  auto& precedents = *response.mutable_precedents();
  std::stable_sort(precedents.begin(), precedents.end(), [](const auto& a, const auto& b) {
    return a.decision_count() > b.decision_count();
  });
  for (v1::Precedent& precedent : precedents) {
    contract::to_proto(text_of(precedent, found.same_area, pack), *precedent.mutable_text());
  }
  return response;
}

v1::ReturnReportResponse report_of(std::vector<domain::ReturnFigures> figures,
                                   bool often_returned_only, const domain::CityPack& pack) {
  const auto often = [&](const domain::ReturnFigures& row) {
    return domain::often_returned(row, pack.returns);
  };
  if (often_returned_only) std::erase_if(figures, [&](const auto& row) { return !often(row); });
  std::stable_sort(figures.begin(), figures.end(), [&](const auto& a, const auto& b) {
    return std::pair(often(a), a.granted) > std::pair(often(b), b.granted);
  });
  v1::ReturnReportResponse response;
  for (const domain::ReturnFigures& row : figures) {
    if (response.rows_size() == report_rows_max) break;
    *response.add_rows() = row_of(row, pack);
  }
  return response;
}

}  // namespace paidan::dispatch
