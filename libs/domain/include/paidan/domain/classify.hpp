#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "paidan/domain/facts.hpp"
#include "paidan/domain/pack.hpp"

/// Category, demand kind, urgency and area of a submission, by rules of the pack alone. Abstains
/// rather than guesses: an empty category or area goes to the office's triage queue.
namespace paidan::domain {

struct AreaFinding {
  AreaId area;       ///< Empty: unknown or ambiguous.
  std::string test;  ///< How it was found, or why not.
};

/// Immutable after construction: any number of threads may share one. Keeps a reference to the
/// pack, which must outlive it.
class Classifier {
 public:
  explicit Classifier(const CityPack& pack);
  ~Classifier();
  Classifier(const Classifier&) = delete;
  Classifier& operator=(const Classifier&) = delete;

  /// Everything of Classified but `content_ref`, which only the caller knows. Texts are read as
  /// UTF-8; invalid bytes match nothing.
  Classified classify(const Submitted& submitted) const;
  /// Order: an area code of the channel, other codes of the place, then names in address and texts
  /// (longest match, within the deepest common area).
  AreaFinding find_area(const Place& place, std::string_view title, std::string_view text) const;

  struct Tables;  ///< Of the implementation.

 private:
  const CityPack& pack_;
  std::unique_ptr<const Tables> tables_;
};

/// Below it a category that is found by words alone is no answer but a candidate.
inline constexpr double least_confidence = 0.55;

}  // namespace paidan::domain
