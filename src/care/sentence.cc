#include "care/sentence.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/limits.h"
#include "text/utf8.h"

namespace sekisho::care {
namespace {

constexpr std::array<std::string_view, 8> sentence_ends{"。", "！", "？", "!", "?", "\n", ". ", "．"};
/// Words before an English stem in which a denial still speaks of it: "did not really tap".
constexpr std::size_t words_before = 4;

bool latin(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

/// Where `word` stands at or after `from`; a Latin stem only where a word begins ("app" is not in "happen").
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from = 0) {
  for (std::size_t at = text.find(word, from); at != std::string_view::npos; at = text.find(word, at + 1))
    if (!latin(word.front()) || at == 0 || !latin(text[at - 1])) return at;
  return std::string_view::npos;
}

/// 「て」「で」 before a kanji, katakana or Latin letter ends a clause: 押して入力はしていない.
bool conjunctive_end(std::string_view text, std::size_t at) {
  const std::string_view here = text.substr(at, 3);
  if (here != "て" && here != "で") return false;
  const char32_t next = text::code_point_at(text, at + 3).value;
  return text::is_kanji(next) || text::is_katakana(next) || (next < 0x80 && latin(static_cast<char>(next)));
}

struct Place {
  std::size_t from = 0, to = 0;
};

/// Where the words stand, in the text's order, at most limits::telling_places; of two that begin together, the longer.
std::vector<Place> places(std::string_view text, const std::vector<std::string>& words) {
  std::vector<Place> out;
  for (const std::string& word : words)
    for (std::size_t at = find_word(text, word); at != std::string_view::npos; at = find_word(text, word, at + 1))
      out.push_back({at, at + word.size()});
  std::sort(out.begin(), out.end(),
            [](const Place& a, const Place& b) { return a.from != b.from ? a.from < b.from : a.to > b.to; });
  out.erase(std::unique(out.begin(), out.end(), [](const Place& a, const Place& b) { return a.from == b.from; }),
            out.end());
  if (out.size() > limits::telling_places) out.resize(limits::telling_places);
  return out;
}

/// The verb that belongs to a thing: in Japanese the next one behind it, in English the last one before it; the other
/// way where there is none. `verbs` is sorted and not empty.
const Place& verb_of(std::string_view text, const Place& thing, const std::vector<Place>& verbs) {
  const auto behind = std::lower_bound(verbs.begin(), verbs.end(), thing.from,
                                       [](const Place& verb, std::size_t from) { return verb.from < from; });
  const bool before = latin(text[thing.from]) ? behind != verbs.begin() : behind == verbs.end();
  return before ? *(behind - 1) : *behind;
}

std::size_t starts_with_any(std::string_view text, const std::vector<std::string>& words) {
  std::size_t longest = 0;
  for (const std::string& word : words)
    if (text.substr(0, word.size()) == word) longest = std::max(longest, word.size());
  return longest;
}

}  // namespace

Sentences::Sentences(std::string_view telling, const Describe& data)
    : data_(data), whole_{telling, text::fold(telling)} {
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= telling.size();) {
    std::size_t length = at == telling.size() ? 1 : 0;
    for (const std::string_view end : sentence_ends)
      if (telling.substr(at, end.size()) == end) length = end.size();
    if (length == 0) {
      ++at;
      continue;
    }
    const std::string_view sentence = telling.substr(begin, at - begin);
    if (!sentence.empty()) sentences_.push_back({sentence, text::fold(sentence)});
    begin = at += length;
  }
}

/// Whether the clause around the bytes from `from` to `to` denies what it says. Japanese denies behind the verb,
/// English before it.
bool Sentences::denied(std::string_view folded, std::size_t from, std::size_t to) const {
  for (std::size_t at = to; at < folded.size();) {
    const std::string_view rest = folded.substr(at);
    if (const std::size_t harmless = starts_with_any(rest, data_.not_negations)) {
      at += harmless;
      continue;
    }
    if (starts_with_any(rest, data_.negations) != 0 && !latin(rest.front())) return true;
    if (starts_with_any(rest, data_.clause_ends) != 0 || conjunctive_end(folded, at)) break;
    at += text::code_point_at(folded, at).size;
  }
  std::size_t begin = from, words = 0;
  while (begin > 0 && words < words_before && folded[begin - 1] != ',' && folded[begin - 1] != ';')
    if (folded[--begin] == ' ') ++words;
  const std::string_view before = folded.substr(begin, from - begin);
  return std::any_of(data_.negations.begin(), data_.negations.end(), [&](const std::string& negation) {
    return latin(negation.front()) && find_word(before, negation) != std::string_view::npos;
  });
}

std::optional<std::vector<std::string>> Sentences::find_in(const Sentence& sentence, const Cue& cue,
                                                           Cue::Negated negated) const {
  const std::string& folded = sentence.folded.text();
  std::vector<std::string> words;
  for (const std::vector<std::string>& group : cue.all) {
    std::size_t first = std::string::npos, size = 0;
    for (const std::string& word : group) {
      const std::size_t at = find_word(folded, word);
      if (at < first || (at == first && at != std::string::npos && word.size() > size)) first = at, size = word.size();
    }
    if (first == std::string::npos) return std::nullopt;
    const text::Span span =
        sentence.folded.original({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(first + size)});
    words.emplace_back(sentence.original.substr(span.start, span.end - span.start));
  }
  if (negated == Cue::Negated::either) return words;
  // Each place of the first group's words (the thing) asks the verb that belongs to it; one that is not denied will do:
  // 「カード番号は入れたが、パスワードは入れてない」.
  const std::vector<Place> things = places(folded, cue.all.front()), verbs = places(folded, cue.all.back());
  const bool all_denied = std::all_of(things.begin(), things.end(), [&](const Place& thing) {
    const Place& verb = cue.all.size() == 1 ? thing : verb_of(folded, thing, verbs);
    return denied(folded, verb.from, verb.to);
  });
  if (all_denied != (negated == Cue::Negated::yes)) return std::nullopt;
  return words;
}

std::optional<std::vector<std::string>> Sentences::find(const Cue& cue, Cue::Negated negated) const {
  if (cue.scope == Cue::Scope::text) return find_in(whole_, cue, negated);
  for (const Sentence& sentence : sentences_)
    if (auto words = find_in(sentence, cue, negated)) return words;
  return std::nullopt;
}

std::vector<std::string> Sentences::first_words() const {
  if (sentences_.empty()) return {};
  std::string_view words = sentences_.front().original;
  std::size_t letters = 0, at = 0;
  while (at < words.size() && letters++ < 20) at += text::code_point_at(words, at).size;
  return {std::string(words.substr(0, at))};
}

}  // namespace sekisho::care
