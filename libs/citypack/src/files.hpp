#pragma once
#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "src/fields.hpp"

/// The files of a pack as bytes, read once: what is hashed is what is parsed.
namespace paidan::citypack {

/// By path relative to the pack, with "/".
using Files = std::map<std::string, std::string>;

/// Reads every file of the pack. Unexpected and missing files are reported.
Files read_files(const std::filesystem::path& folder, Errors& errors);

/// The document of a file. Nothing when it is absent or no YAML; that is reported.
std::optional<Place> parse(const Files& files, const std::string& name, Errors& errors);

/// 128-bit FNV-1a over names, sizes and bytes, as 32 hex digits. Tells packs apart; it is no
/// protection against someone who wants two packs to look the same.
std::string content_hash(const Files& files);

/// Offsets of an IANA zone from 1970 to 2100; nothing when there is no such zone.
std::optional<domain::TimeZone> read_time_zone(const std::string& name);

}  // namespace paidan::citypack
