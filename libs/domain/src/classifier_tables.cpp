#include "src/classifier_tables.hpp"

#include <algorithm>

namespace paidan::domain {
namespace {

std::string last_part(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

std::string code_key(const std::string& kind, const std::string& value) {
  return kind + '\x1f' + value;
}

void Classifier::Tables::add_phrase(const std::string& phrase, Owner owner) {
  const std::u32string letters = normalised(phrase);
  if (letters.empty()) {
    return;
  }
  const PhraseId id = phrases.add(letters);
  if (owners.size() <= id) {
    owners.resize(id + 1);
  }
  const bool known = std::any_of(owners[id].begin(), owners[id].end(), [&](const Owner& other) {
    return other.role == owner.role && other.index == owner.index;
  });
  if (!known) {
    owners[id].push_back(owner);
  }
}

void Classifier::Tables::add_category_name(const std::string& name, NameKind kind, Index category) {
  const std::u32string letters = normalised(name);
  if (!letters.empty()) {
    category_names[letters].emplace_back(kind, category);
  }
}

void Classifier::Tables::add_categories(const CityPack& pack) {
  for (std::size_t i = 0; i < pack.categories.size(); ++i) {
    const Category& category = pack.categories[i];
    const auto index = static_cast<Index>(i);
    add_category_name(category.id.get(), NameKind::path_or_code, index);
    add_category_name(category.code, NameKind::path_or_code, index);
    add_category_name(category.name.zh, NameKind::name, index);
    add_category_name(category.name.en, NameKind::name, index);
    for (const std::string& alias : category.aliases) {
      add_category_name(alias, NameKind::name, index);
    }
    add_category_name(last_part(category.id.get()), NameKind::last_part, index);
    for (const Keyword& keyword : category.keywords) {
      add_phrase(keyword.phrase, {Owner::Role::category, index, keyword.weight});
    }
    for (const std::string& phrase : category.exclude) {
      add_phrase(phrase, {Owner::Role::excluded_category, index, 1});
    }
  }
}

void Classifier::Tables::add_areas(const CityPack& pack) {
  for (std::size_t i = 0; i < pack.areas.size(); ++i) {
    const Area& area = pack.areas[i];
    const auto index = static_cast<Index>(i);
    for (const auto& [kind, values] : area.codes) {
      for (const std::string& value : values) {
        areas_by_code[code_key(kind, value)].push_back(index);
      }
    }
    if (area.parent < 0) {
      continue;  // the city's own name says nothing
    }
    const Owner owner{Owner::Role::area, index, 1};
    add_phrase(area.name.zh, owner);
    add_phrase(area.name.en, owner);
    for (const std::string& alias : area.aliases) {
      add_phrase(alias, owner);
    }
  }
}

Classifier::Tables::Tables(const CityPack& pack) {
  add_categories(pack);
  add_areas(pack);
  for (std::size_t i = 0; i < pack.demand_kinds.size(); ++i) {
    for (const std::string& word : pack.demand_kinds[i].keywords) {
      add_phrase(word, {Owner::Role::demand_kind, static_cast<Index>(i), 1});
    }
  }
  for (const std::string& word : pack.urgent_words) {
    add_phrase(word, {Owner::Role::urgent, 0, 1});
  }
  for (const std::string& word : pack.critical_words) {
    add_phrase(word, {Owner::Role::critical, 0, 1});
  }
  for (const std::string& word : pack.life_safety_words) {
    add_phrase(word, {Owner::Role::life_safety, 0, 1});
  }
  phrases.build();
}

}  // namespace paidan::domain
