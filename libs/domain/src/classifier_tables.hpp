#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "paidan/domain/classify.hpp"
#include "src/phrases.hpp"

/// What the classifier prepares once from the pack.
namespace paidan::domain {

/// Whose phrase it is.
struct Owner {
  enum class Role { category, excluded_category, demand_kind, urgent, critical, life_safety, area };
  Role role = Role::category;
  Index index = no_index;
  double weight = 1;
};

/// How a category may be named by a channel; a smaller number is the surer one.
enum class NameKind { path_or_code, name, last_part };

struct Classifier::Tables {
  Phrases phrases;
  std::vector<std::vector<Owner>> owners;  ///< By phrase.
  std::unordered_map<std::u32string, std::vector<std::pair<NameKind, Index>>> category_names;
  std::unordered_map<std::string, std::vector<Index>> areas_by_code;  ///< "kind\x1fvalue"

  explicit Tables(const CityPack& pack);

  void add_phrase(const std::string& phrase, Owner owner);
  void add_category_name(const std::string& name, NameKind kind, Index category);

 private:
  void add_categories(const CityPack& pack);
  void add_areas(const CityPack& pack);
};

std::string code_key(const std::string& kind, const std::string& value);

/// A hit of a phrase that a submission says.
struct Said {
  PhraseId phrase = 0;
  bool in_title = false;
  bool in_text = false;
};

struct CategoryFinding {
  Index category = no_index;
  double confidence = 0;
  std::vector<Candidate> candidates;
  std::string why;
};

/// `said`: each phrase once.
CategoryFinding find_category_of(const CityPack& pack, const Classifier::Tables& tables,
                                 const std::string& given, const std::vector<Said>& said);
std::vector<Said> what_is_said(const Phrases& phrases, std::u32string_view title,
                               std::u32string_view text);

}  // namespace paidan::domain
