#pragma once
#include "paidan/base/time.hpp"
#include "paidan/classification/v1/classification.pb.h"
#include "paidan/domain/classify.hpp"
#include "paidan/domain/pack.hpp"

namespace paidan::classification {

/// What would be decided of this submission at `now`, by the same functions that decide it for
/// good. Pure.
v1::Preview preview(const domain::CityPack& pack, const domain::Classifier& classifier,
                    const domain::Submitted& submitted, Instant now);

}  // namespace paidan::classification
