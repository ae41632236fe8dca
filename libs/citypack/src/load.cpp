#include "paidan/citypack/load.hpp"

#include <system_error>

#include "src/context.hpp"

namespace paidan::citypack {
namespace {

namespace fs = std::filesystem;

template <class Read>
void read_file(const Files& files, const std::string& name, Errors& errors, Read read) {
  if (const auto document = parse(files, name, errors)) {
    read(*document);
  }
}

void read_all(Context& context, const Files& files) {
  const auto file = [&](const std::string& name, void (*read)(Context&, const Place&)) {
    read_file(files, name, context.errors, [&](const Place& place) { read(context, place); });
  };
  file("areas.yaml", read_areas);
  file("agencies.yaml", read_agencies);
  file("taxonomy.yaml", read_taxonomy);
  file("channels.yaml", read_channels);
  file("responsibility.yaml", read_responsibility);
  file("clocks.yaml", read_clocks);
  read_file(files, "calendar.yaml", context.errors,
            [&](const Place& place) { read_calendar(context, place, files); });
  file("ladder.yaml", read_ladder);
}

std::string folder_name(const fs::path& folder) {
  std::error_code error;
  const fs::path whole = fs::weakly_canonical(folder, error);
  return (error ? folder : whole).filename().string();
}

}  // namespace

void Names::add(const std::string& name, domain::Index index, const Place& place,
                std::string_view what) {
  const auto [known, fresh] = known_.emplace(name, Known{index, place.source()});
  if (!fresh) {
    place.fail(std::string(what) + ": \"" + name + "\" stands at " +
               domain::to_string(known->second.at) + " already");
  }
}

std::optional<domain::Index> Names::find(const std::string& name) const {
  const auto found = known_.find(name);
  return found == known_.end() ? std::nullopt : std::optional(found->second.index);
}

domain::Index known(const Names& names, const Place& place, std::string_view what) {
  const std::string name = scalar(place, what);
  const auto found = names.find(name);
  if (!found) {
    place.fail("unknown " + std::string(what) + " \"" + name + "\"");
  }
  return found.value_or(domain::no_index);
}

std::string to_string(const PackError& error) {
  return error.line == 0 ? error.file + ": " + error.message
                         : error.file + ":" + std::to_string(error.line) + ": " + error.message;
}

Result<domain::CityPack, PackErrors> load(const fs::path& folder) { return load(folder, {}); }

Result<domain::CityPack, PackErrors> load(const fs::path& folder,
                                          const std::map<std::string, std::string>& instead) {
  Errors errors;
  Files files = read_files(folder, errors);
  for (const auto& [name, bytes] : instead) {
    files[name] = bytes;
  }
  Context context{errors};
  read_all(context, files);
  if (!errors.empty()) {
    return errors.take();
  }
  context.pack.name = folder_name(folder);
  context.pack.rules_version = content_hash(files);
  domain::CityPack pack = domain::build_index(std::move(context.pack));
  check_whole(pack, errors);
  if (!errors.empty()) {
    return errors.take();
  }
  return pack;
}

Result<fs::path, PackError> find_pack(std::string_view name, std::span<const fs::path> roots) {
  std::error_code error;
  if (name.find('/') != std::string_view::npos) {
    fs::path path{name};
    if (fs::is_directory(path, error)) {
      return path;
    }
    return PackError{std::string(name), 0, "there is no such folder"};
  }
  std::string looked;
  for (const fs::path& root : roots) {
    for (fs::path at = fs::weakly_canonical(root, error);; at = at.parent_path()) {
      fs::path candidate = at / "deploy" / "cities" / name;
      if (!name.empty() && fs::is_directory(candidate, error)) {
        return candidate;
      }
      if (!at.has_relative_path()) {
        break;
      }
    }
    looked += (looked.empty() ? "" : ", ") + root.string();
  }
  return PackError{std::string(name), 0,
                   "no deploy/cities/" + std::string(name) + " in or above: " + looked};
}

}  // namespace paidan::citypack
