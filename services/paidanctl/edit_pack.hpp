#pragma once
#include <functional>
#include <string>

#include "paidan/citypack/edit.hpp"
#include "paidan/domain/pack.hpp"

namespace paidan::ctl {

/// What is done to responsibility.yaml: from its bytes and the pack as it is.
using LineEdit = std::function<Result<citypack::EditedLines, citypack::PackError>(
    const std::string& bytes, const domain::CityPack& pack)>;

/// Loads the pack `name`, edits its responsibility.yaml, loads the pack again with the edit, and
/// only then puts it in the place of the file, at once. One edit at a time: others wait. Prints
/// where the entry stands, and the new rules version; returns the exit code.
int edit_lines(const std::string& name, const LineEdit& edit);

}  // namespace paidan::ctl
