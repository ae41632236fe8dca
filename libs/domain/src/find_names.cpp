#include <algorithm>
#include <array>

#include "src/find_personal.hpp"

namespace paidan::domain {
namespace {

/// The surnames of well over nine in ten people.
constexpr std::u32string_view surnames =
    U"王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁"
    U"魏薛叶阎余潘杜戴夏钟汪田"
    U"任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段章钱汤尹黎易常武乔贺赖龚文庞樊兰殷"
    U"施陶洪翟安颜倪严牛温芦季"
    U"俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄"
    U"项曲成游阳裴席卫查屈鲍位"
    U"覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全"
    U"褚廉简娄盖符奚木穆党燕郎"
    U"邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡"
    U"宗应台巫鞠僧桑荆谌银扬明"
    U"沙薄伏岑习胥保和蔺";
constexpr auto compound_surnames = std::to_array<std::u32string_view>(
    {U"欧阳", U"司马", U"上官", U"诸葛", U"夏侯", U"皇甫", U"尉迟", U"公孙", U"慕容", U"令狐",
     U"宇文", U"长孙", U"司徒", U"端木", U"东方", U"独孤", U"南宫"});

/// How far a word in front is believed. With a colon after it, each is believed without a surname.
enum class Trust {
  surname,   ///< A surname must follow.
  sentence,  ///< And the name must end the phrase: 我是黄浦区居民 is no name.
};
struct Cue {
  std::u32string_view word;
  Trust trust;
};
constexpr auto cues = std::to_array<Cue>({
    {U"我叫", Trust::surname},    {U"名字是", Trust::surname}, {U"名字叫", Trust::surname},
    {U"联系人", Trust::surname},  {U"姓名", Trust::surname},   {U"来电人", Trust::surname},
    {U"投诉人", Trust::surname},  {U"举报人", Trust::surname}, {U"当事人", Trust::surname},
    {U"我是", Trust::sentence},   {U"本人", Trust::sentence},  {U"申请人", Trust::sentence},
    {U"反映人", Trust::sentence}, {U"户主", Trust::sentence},  {U"业主", Trust::sentence},
    {U"署名", Trust::sentence},   {U"法人", Trust::sentence},  {U"负责人", Trust::sentence},
    {U"老板", Trust::sentence},   {U"患者", Trust::sentence},
});
constexpr auto english_cues = std::to_array<std::u32string_view>(
    {U"my name is ", U"name: ", U"name is ", U"contact: ", U"this is ", U"i am ", U"caller: "});

/// Letters that go on with the sentence rather than with a name.
constexpr std::u32string_view not_in_names =
    U"住是在的电手来今反投家有想要与已男女身联系年现因向对了我你他她它们这那，。！？；：、（）";
/// Titles after a surname: 王先生 names nobody.
constexpr auto titles = std::to_array<std::u32string_view>(
    {U"先生", U"女士", U"小姐", U"阿姨", U"师傅", U"老师", U"同志", U"某某", U"某"});

bool is_one_of(std::u32string_view set, char32_t code) {
  return set.find(code) != std::u32string_view::npos;
}

bool is_title(const std::vector<Letter>& letters, std::size_t at) {
  return std::any_of(titles.begin(), titles.end(),
                     [&](std::u32string_view title) { return matches_at(letters, at, title); });
}

bool can_be_given_name(const std::vector<Letter>& letters, std::size_t at) {
  return at < letters.size() && is_han(letters[at].code) &&
         !is_one_of(not_in_names, letters[at].code);
}

/// Goes on over the parts of 买买提·吐尔逊.
std::size_t joined_end(const std::vector<Letter>& letters, std::size_t end) {
  while (end + 1 < letters.size() && letters[end].code == U'·' &&
         can_be_given_name(letters, end + 1)) {
    for (++end; can_be_given_name(letters, end);) {
      ++end;
    }
  }
  return end;
}

/// End of a Chinese name that starts at `at`; `at` itself when there is none.
std::size_t name_end(const std::vector<Letter>& letters, std::size_t at, bool needs_surname) {
  const std::size_t surname = surname_length(letters, at);
  if (surname == 0 && needs_surname) {
    return at;
  }
  std::size_t end = at + surname;
  if (surname > 0 && is_title(letters, end)) {
    return at;
  }
  const std::size_t given_max = surname > 0 ? 2 : 4;
  for (std::size_t i = 0; i < given_max && can_be_given_name(letters, end); ++i) {
    ++end;
  }
  end = end > at ? joined_end(letters, end) : end;
  return end - at > std::max<std::size_t>(1, surname) ? end : at;  // a surname alone is no name
}

bool is_space_or_colon(char32_t folded_code) { return is_one_of(U" :：是为叫", folded_code); }

void find_after_cue(const std::vector<Letter>& letters, std::size_t at, const Cue& cue,
                    std::vector<PersonalSpan>& spans) {
  std::size_t begin = at + cue.word.size();
  bool colon = false;
  while (begin < letters.size() && is_space_or_colon(folded(letters[begin].code))) {
    colon = colon || folded(letters[begin].code) == U':';
    ++begin;
  }
  const std::size_t end = name_end(letters, begin, !colon);
  const bool goes_on = end < letters.size() && is_han(letters[end].code);
  if (end > begin && (colon || cue.trust == Trust::surname || !goes_on)) {
    spans.push_back({SpanKind::name, begin, end});
  }
}

bool is_upper(char32_t code) { return code >= U'A' && code <= U'Z'; }
bool is_name_letter(char32_t code) {
  return is_upper(code) || (code >= U'a' && code <= U'z') || code == U'-' || code == U'\'' ||
         (code >= 0xC0 && code <= 0x24F);
}

/// One to three words with capitals.
std::size_t english_end(const std::vector<Letter>& letters, std::size_t at) {
  std::size_t end = at;
  std::size_t word = at;
  for (int words = 0; words < 3 && word < letters.size() && is_upper(letters[word].code); ++words) {
    while (word < letters.size() && is_name_letter(letters[word].code)) {
      ++word;
    }
    end = word;
    if (word < letters.size() && letters[word].code == U'.') {
      ++word;  // an initial
    }
    if (word >= letters.size() || letters[word].code != U' ') {
      break;
    }
    ++word;
  }
  return end;
}

bool is_of_email(char32_t code) {
  return code < 0x80 && (is_latin(code) || is_one_of(U"._%+-", code));
}

}  // namespace

bool matches_at(const std::vector<Letter>& letters, std::size_t at, std::u32string_view word) {
  if (at + word.size() > letters.size()) {
    return false;
  }
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (folded(letters[at + i].code) != word[i]) {
      return false;
    }
  }
  return true;
}

std::size_t surname_length(const std::vector<Letter>& letters, std::size_t at) {
  if (at >= letters.size()) {
    return 0;
  }
  for (const std::u32string_view compound : compound_surnames) {
    if (matches_at(letters, at, compound)) {
      return compound.size();
    }
  }
  return is_one_of(surnames, letters[at].code) ? 1 : 0;
}

std::vector<PersonalSpan> find_names(const std::vector<Letter>& letters) {
  std::vector<PersonalSpan> spans;
  for (std::size_t at = 0; at < letters.size(); ++at) {
    for (const Cue& cue : cues) {
      if (matches_at(letters, at, cue.word)) {
        find_after_cue(letters, at, cue, spans);
      }
    }
    const bool word_begins = at == 0 || !is_latin(folded(letters[at - 1].code));
    for (const std::u32string_view cue : english_cues) {
      const std::size_t begin = at + cue.size();
      if (word_begins && matches_at(letters, at, cue) && english_end(letters, begin) > begin) {
        spans.push_back({SpanKind::name, begin, english_end(letters, begin)});
      }
    }
  }
  return spans;
}

std::vector<PersonalSpan> find_emails(const std::vector<Letter>& letters) {
  const auto part = [&](std::size_t i) { return is_of_email(folded(letters[i].code)); };
  std::vector<PersonalSpan> spans;
  for (std::size_t at = 1; at + 1 < letters.size(); ++at) {
    if (folded(letters[at].code) != U'@') {
      continue;
    }
    std::size_t begin = at;
    std::size_t end = at + 1;
    while (begin > 0 && part(begin - 1)) {
      --begin;
    }
    while (end < letters.size() && part(end)) {
      ++end;
    }
    if (begin < at && end > at + 1) {
      spans.push_back({SpanKind::email, begin, end});
    }
  }
  return spans;
}

}  // namespace paidan::domain
