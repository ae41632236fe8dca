#pragma once
#include <string>
#include <vector>

#include "paidan/dispatch/v1/office.pb.h"
#include "paidan/domain/return_figures.hpp"
#include "paidan/view_reader/view_reader.hpp"

/// What the office learns from earlier decisions and returns, as answers. Proposals only. Pure.
namespace paidan::dispatch {

namespace v1 = ::paidan::dispatch::v1;

/// Units that the office chose in like cases, the most frequent first, each with its evidence.
/// `own_ticket` is no evidence for itself.
v1::PrecedentsResponse precedents_of(const view_reader::Precedents& found,
                                     const std::string& own_ticket, const domain::CityPack& pack);

inline constexpr int report_rows_max = 1'000;
inline constexpr int report_takers_max = 5;
/// Rules that are often returned first, then by the number of granted returns.
v1::ReturnReportResponse report_of(std::vector<domain::ReturnFigures> figures,
                                   bool often_returned_only, const domain::CityPack& pack);

}  // namespace paidan::dispatch
