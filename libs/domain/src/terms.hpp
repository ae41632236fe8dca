#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "paidan/domain/clocks.hpp"

/// What clocks.cpp and clock_moves.cpp share.
namespace paidan::domain {

/// The term that applies; null: the clock does not run.
const Term* first_fitting(const ClockDefinition& clock, const TermQuery& query);
/// True: counted in working days or hours; false: time passes at night and on days off too.
bool in_working_time(const Term& term);

/// When to warn; nothing: without a fraction, or when no moment lies between. Fractions are of
/// working time where the term is.
std::optional<Instant> warn_at(const CityPack& pack, bool working, Instant from, Instant due_at,
                               std::optional<double> fraction);

/// "1 day", "5 days".
std::string plural(std::int64_t count, std::string_view unit);
/// "5 working days" and its Chinese.
Text describe_working_days(std::uint32_t days);
/// Says that days were counted whose holidays nobody knows yet.
void say_provisional(Text& text);

}  // namespace paidan::domain
