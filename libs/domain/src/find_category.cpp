#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "src/classifier_tables.hpp"

/// What the channel gives wins when it is known; else words decide, or nobody does.
namespace paidan::domain {
namespace {

constexpr double title_factor = 2;          // a title says what the matter is
constexpr double latin_letter_value = 0.4;  // beside 1 for a Chinese letter
constexpr double full_trust = 1;
constexpr double parent_trust = 0.7;  // only the branch is known
constexpr double unknown_trust = 0.2;
constexpr double least_score = 2;  // two Chinese letters in the text
constexpr std::size_t candidates_max = 5;

double length_of(const std::u32string& phrase) {
  double length = 0;
  for (const char32_t code : phrase) {
    length += is_latin(code) ? latin_letter_value : code == U' ' ? 0 : 1;
  }
  return length;
}

struct Score {
  double own = 0;    ///< Words of this category.
  double total = 0;  ///< With those of its branch.
  bool excluded = false;
  std::string words;
};
using Scores = std::map<Index, Score>;

const Category& at(const CityPack& pack, Index index) {
  return pack.categories[static_cast<std::size_t>(index)];
}

bool is_within(const CityPack& pack, Index category, Index branch) {
  for (; category >= 0; category = at(pack, category).parent) {
    if (category == branch) {
      return true;
    }
  }
  return false;
}

void add_phrase(const Classifier::Tables& tables, const Said& said, Scores& scores) {
  const std::u32string& phrase = tables.phrases.at(said.phrase);
  const double times = (said.in_title ? title_factor : 0) + (said.in_text ? 1 : 0);
  for (const Owner& owner : tables.owners[said.phrase]) {
    if (owner.role == Owner::Role::category) {
      Score& score = scores[owner.index];
      score.own += owner.weight * length_of(phrase) * times;
      score.words += (score.words.empty() ? "" : ", ") + to_utf8(phrase);
    } else if (owner.role == Owner::Role::excluded_category) {
      scores[owner.index].excluded = true;
    }
  }
}

/// A category counts the words of its branch too, so the deepest one that is spoken of wins.
Scores score_all(const CityPack& pack, const Classifier::Tables& tables,
                 const std::vector<Said>& said) {
  Scores scores;
  for (const Said& phrase : said) {
    add_phrase(tables, phrase, scores);
  }
  for (auto& [category, score] : scores) {
    for (Index above = category; above >= 0; above = at(pack, above).parent) {
      const auto found = scores.find(above);
      if (found != scores.end()) {
        score.total += found->second.own;
        score.excluded = score.excluded || found->second.excluded;
      }
    }
  }
  std::erase_if(scores,
                [](const auto& entry) { return entry.second.excluded || entry.second.own <= 0; });
  return scores;
}

struct Best {
  Index category = no_index;
  double score = 0;
  double next = 0;  ///< Of the best one on another branch.
  std::string words;
};

bool on_one_line(const CityPack& pack, Index one, Index other) {
  return is_within(pack, one, other) || is_within(pack, other, one);
}

/// Truly below `branch`; no_index: everywhere.
bool is_below(const CityPack& pack, Index category, Index branch) {
  return branch < 0 || (category != branch && is_within(pack, category, branch));
}

/// The best within `branch` (no_index: everywhere); nothing when no word is of it.
std::optional<Best> best_of(const CityPack& pack, const Scores& scores, Index branch) {
  Best best;
  for (const auto& [category, score] : scores) {
    // Parents stand before children: of equals on one line the deeper one comes later.
    const bool deeper = score.total == best.score && is_within(pack, category, best.category);
    if (is_below(pack, category, branch) && (score.total > best.score || deeper)) {
      best = {category, score.total, 0, score.words};
    }
  }
  if (best.category < 0) {
    return std::nullopt;
  }
  for (const auto& [category, score] : scores) {
    if (is_below(pack, category, branch) && !on_one_line(pack, category, best.category)) {
      best.next = std::max(best.next, score.total);
    }
  }
  return best;
}

double confidence_of(double score, double next) {
  return score / (score + next) * std::min(1.0, score / least_score);
}

std::string rounded(double value) {
  const long tenths = std::lround(value * 10);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::vector<Candidate> candidates_of(const CityPack& pack, const Scores& scores) {
  std::vector<std::pair<double, Index>> order;
  double sum = 0;
  for (const auto& [category, score] : scores) {
    order.emplace_back(-score.total, category);
    sum += score.total;
  }
  std::sort(order.begin(), order.end());
  std::vector<Candidate> out;
  for (std::size_t i = 0; i < order.size() && i < candidates_max; ++i) {
    const Score& score = scores.at(order[i].second);
    out.push_back({at(pack, order[i].second).id, score.total / sum, "words: " + score.words});
  }
  return out;
}

/// The category of this name; nothing when it is unknown or stands for several.
std::optional<Index> named(const CityPack& pack, const Classifier::Tables& tables,
                           const std::u32string& name) {
  const auto found = tables.category_names.find(name);
  if (found == tables.category_names.end()) {
    return std::nullopt;
  }
  NameKind surest = NameKind::last_part;
  for (const auto& [kind, category] : found->second) {
    surest = std::min(surest, kind);
  }
  Index best = no_index;
  for (const auto& [kind, category] : found->second) {
    if (kind != surest || category == best) {
      continue;
    }
    if (best >= 0 && !is_within(pack, category, best)) {
      return std::nullopt;
    }
    best = category;
  }
  return best;
}

/// The known parent of a path whose last part is unknown.
std::optional<Index> named_parent(const CityPack& pack, const Classifier::Tables& tables,
                                  std::u32string name) {
  for (std::size_t slash = name.rfind(U'/'); slash != std::u32string::npos && slash > 0;
       slash = name.rfind(U'/')) {
    name.resize(slash);
    if (const auto found = named(pack, tables, name)) {
      return found;
    }
  }
  return std::nullopt;
}

CategoryFinding refined(const CityPack& pack, const Scores& scores, Index given, double trust,
                        const std::string& how) {
  CategoryFinding finding{given, trust, {}, "category: " + how};
  if (const auto best = best_of(pack, scores, given); best && best->score > best->next) {
    finding.category = best->category;
    finding.why += "; refined by words: " + best->words;
  }
  finding.candidates.push_back({at(pack, finding.category).id, trust, how});
  return finding;
}

CategoryFinding by_words(const CityPack& pack, const Scores& scores) {
  CategoryFinding finding;
  finding.candidates = candidates_of(pack, scores);
  const auto best = best_of(pack, scores, no_index);
  if (!best) {
    finding.why = "category: no word of any category: abstains";
    return finding;
  }
  finding.confidence = confidence_of(best->score, best->next);
  finding.why = "category: words: " + best->words + " (score " + rounded(best->score) + ", next " +
                rounded(best->next) + ")";
  if (finding.confidence >= least_confidence) {
    finding.category = best->category;
  } else {
    finding.why += ": not sure enough, abstains";
  }
  return finding;
}

/// A name that the pack does not know is read as a title.
std::vector<Said> with_name(const Phrases& phrases, std::vector<Said> said,
                            const std::u32string& name) {
  for (const Said& more : what_is_said(phrases, name, {})) {
    const auto known = std::find_if(said.begin(), said.end(),
                                    [&](const Said& other) { return other.phrase == more.phrase; });
    if (known == said.end()) {
      said.push_back(more);
    } else {
      known->in_title = true;
    }
  }
  return said;
}

}  // namespace

std::vector<Said> what_is_said(const Phrases& phrases, std::u32string_view title,
                               std::u32string_view text) {
  std::map<PhraseId, Said> said;
  for (const PhraseHit& hit : phrases.find(title)) {
    said.emplace(hit.phrase, Said{hit.phrase, false, false}).first->second.in_title = true;
  }
  for (const PhraseHit& hit : phrases.find(text)) {
    said.emplace(hit.phrase, Said{hit.phrase, false, false}).first->second.in_text = true;
  }
  std::vector<Said> out;
  out.reserve(said.size());
  for (const auto& [phrase, hit] : said) {
    out.push_back(hit);
  }
  return out;
}

CategoryFinding find_category_of(const CityPack& pack, const Classifier::Tables& tables,
                                 const std::string& given, const std::vector<Said>& said) {
  const std::u32string name = normalised(given);
  if (name.empty()) {
    return by_words(pack, score_all(pack, tables, said));
  }
  if (const auto category = named(pack, tables, name)) {
    return refined(pack, score_all(pack, tables, said), *category, full_trust,
                   "given by the channel");
  }
  if (const auto parent = named_parent(pack, tables, name)) {
    return refined(pack, score_all(pack, tables, said), *parent, parent_trust,
                   "branch given by the channel, the rest is unknown");
  }
  const Scores scores = score_all(pack, tables, with_name(tables.phrases, said, name));
  CategoryFinding finding = by_words(pack, scores);
  finding.why = "category: the pack does not know what the channel gave; " + finding.why;
  if (finding.category < 0 && pack.unknown_category >= 0) {
    finding.category = pack.unknown_category;
    finding.confidence = unknown_trust;
    finding.why += "; taken as " + at(pack, finding.category).id.get();
  }
  return finding;
}

}  // namespace paidan::domain
