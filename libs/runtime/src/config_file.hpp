#pragma once
#include <map>
#include <string>

#include "paidan/base/result.hpp"
#include "paidan/runtime/config.hpp"

namespace paidan::runtime {

struct FileValue {
  std::string value;
  std::string where;  ///< `path:line`
};

/// Reads a YAML file into flat names. No key twice, no lists, at most 1 MB.
Result<std::map<std::string, FileValue>, ConfigError> read_config_file(const std::string& path);

}  // namespace paidan::runtime
