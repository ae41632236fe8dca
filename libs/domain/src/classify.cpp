#include "paidan/domain/classify.hpp"

#include <algorithm>

#include "src/classifier_tables.hpp"

namespace paidan::domain {
namespace {

constexpr std::size_t title_times = 2;

struct Words {
  std::vector<std::size_t> of_kinds;  ///< Hits by demand kind.
  Urgency urgency = Urgency::none;
  bool life_safety = false;
  std::string urgent_word;
};

void note_urgency(Words& words, Urgency urgency, const std::u32string& phrase) {
  if (urgency > words.urgency) {
    words.urgency = urgency;
    words.urgent_word = to_utf8(phrase);
  }
}

Words read_words(const CityPack& pack, const Classifier::Tables& tables,
                 const std::vector<Said>& said) {
  Words words;
  words.of_kinds.assign(pack.demand_kinds.size(), 0);
  for (const Said& hit : said) {
    const std::u32string& phrase = tables.phrases.at(hit.phrase);
    for (const Owner& owner : tables.owners[hit.phrase]) {
      switch (owner.role) {
        case Owner::Role::demand_kind:
          words.of_kinds[static_cast<std::size_t>(owner.index)] +=
              (hit.in_title ? title_times : 0) + (hit.in_text ? 1 : 0);
          break;
        case Owner::Role::urgent:
          note_urgency(words, Urgency::urgent, phrase);
          break;
        case Owner::Role::critical:
          note_urgency(words, Urgency::critical, phrase);
          break;
        case Owner::Role::life_safety:
          words.life_safety = true;
          note_urgency(words, Urgency::critical, phrase);
          break;
        default:
          break;
      }
    }
  }
  return words;
}

/// The kind with the most words, when it is one.
const DemandKind* kind_by_words(const CityPack& pack, const Words& words) {
  const auto most = std::max_element(words.of_kinds.begin(), words.of_kinds.end());
  if (most == words.of_kinds.end() || *most == 0 ||
      std::count(words.of_kinds.begin(), words.of_kinds.end(), *most) > 1) {
    return nullptr;
  }
  return &pack.demand_kinds[static_cast<std::size_t>(most - words.of_kinds.begin())];
}

/// Given, then the channel's, then by words, then the category's, then the pack's.
std::string demand_kind_of(const CityPack& pack, const Submitted& submitted, const Words& words,
                           const Category* category, std::string& why) {
  if (find_demand_kind(pack, submitted.demand_kind) != nullptr) {
    why = "demand kind: given by the channel";
    return submitted.demand_kind;
  }
  const Channel* channel = find_channel(pack, submitted.channel);
  if (channel != nullptr && !channel->demand_kind.empty()) {
    why = "demand kind: that of the channel";
    return channel->demand_kind;
  }
  if (const DemandKind* kind = kind_by_words(pack, words)) {
    why = "demand kind: by words";
    return kind->id;
  }
  if (category != nullptr && !category->demand_kind.empty()) {
    why = "demand kind: that of the category";
    return category->demand_kind;
  }
  why = "demand kind: default of the pack";
  return pack.default_demand_kind;
}

Classified copied(const Submitted& submitted) {
  Classified out;
  out.channel = submitted.channel;
  out.external_id = submitted.external_id;
  out.title = submitted.title;
  out.subject_ref = submitted.subject_ref;
  out.subject_at = submitted.subject_at;
  out.masked_name = submitted.masked_name;
  out.masked_phone = submitted.masked_phone;
  out.given_due_at = submitted.given_due_at;
  out.designated_unit = submitted.designated_unit;
  out.confidential = submitted.confidential;
  return out;
}

}  // namespace

Classifier::Classifier(const CityPack& pack)
    : pack_(pack), tables_(std::make_unique<const Tables>(pack)) {}
Classifier::~Classifier() = default;

Classified Classifier::classify(const Submitted& submitted) const {
  Classified out = copied(submitted);
  const std::vector<Said> said =
      what_is_said(tables_->phrases, normalised(submitted.title), normalised(submitted.text));
  CategoryFinding finding = find_category_of(pack_, *tables_, submitted.category, said);
  const Category* category = finding.category < 0
                                 ? nullptr
                                 : &pack_.categories[static_cast<std::size_t>(finding.category)];
  out.category = category == nullptr ? CategoryId{} : category->id;
  out.confidence = finding.confidence;
  out.candidates = std::move(finding.candidates);
  out.why.push_back(std::move(finding.why));

  const Words words = read_words(pack_, *tables_, said);
  std::string why;
  out.demand_kind = demand_kind_of(pack_, submitted, words, category, why);
  out.why.push_back(std::move(why));
  out.life_safety = words.life_safety;
  const Urgency of_category = category == nullptr ? Urgency::none : category->urgency;
  out.urgency = std::max({words.urgency, of_category, Urgency::normal});
  if (words.urgency > of_category) {
    out.why.push_back("urgency: by the word " + words.urgent_word);
  }
  AreaFinding area = find_area(submitted.place, submitted.title, submitted.text);
  out.area = std::move(area.area);
  out.why.push_back(std::move(area.test));
  return out;
}

}  // namespace paidan::domain
