#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A scenario as text: a story of one ticket or a few, with what came of each line below it.
///
///     # One complaint, from the call to the rating            (a comment)
///     pack: small
///
///     2025-09-30 10:12 submit category=环境/噪声 area=310101  (a step: time, verb, key=value ...)
///       | opened by channel hotline ...                       (output: written by the runner)
///
/// Output lines begin with "  |". `--rewrite` puts what the domain says now in their place.
/// `pack: small + pause` is the pack `small` with the files of `tests/scenario/packs/pause`. A
/// second ticket is `submit as=B`; other steps say `of=B`. Clocks of an output: `+` starts, `-`
/// stops, `=` is a verdict, `*` what holds beside the state, `>` what one ticket tells another.
namespace paidan::scenario {

struct Step {
  std::size_t line = 0;
  std::string source;  ///< The line as written.
  std::string time;    ///< "2025-09-30 10:12" or with seconds.
  std::string verb;
  std::map<std::string, std::string> values;  ///< A value with blanks stands in "".

  bool has(const std::string& key) const { return values.contains(key); }
  std::string get(const std::string& key, const std::string& otherwise = {}) const;
};

struct Script {
  std::string pack;
  std::vector<std::string> text;  ///< Everything but the outputs.
  std::vector<Step> steps;
};

/// Outputs are left out. A line that is no comment, no setting and no step is an error.
std::optional<Script> parse_script(const std::string& text, std::string& error);

/// The script again, with the outputs of each step below it.
std::string render_script(const Script& script,
                          const std::vector<std::vector<std::string>>& outputs);

}  // namespace paidan::scenario
