#pragma once
#include <string>

#include "paidan/domain/pack.hpp"

namespace paidan::scenario {

/// "small", or "small + pause": a pack of tests/data/packs with the files of the folders of
/// tests/scenario/packs on it. There `clocks.yaml` stands in the place of the pack's own, and what
/// is in `clocks.add.yaml` comes after it. Loaded once, by the real loader; nullptr (and a failure
/// of the test) when it does not load.
const domain::CityPack* pack_named(const std::string& name);

}  // namespace paidan::scenario
