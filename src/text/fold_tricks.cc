#include "text/fold_tricks.h"

#include "base/limits.h"
#include "text/fold_tables.h"
#include "text/utf8.h"

namespace sekisho::text::fold_internal {
namespace {

Script script_at(char32_t c) { return info(bmp_table(), c).script; }

// Counters such as 三ヶ月 are written with small ヶ, which no katakana word contains.
bool in_katakana_word(char32_t c) { return is_katakana(c) && c != U'ヶ' && c != U'ヵ'; }
bool is_numeral_twin(char32_t c) { return c == U'二' || c == U'三' || c == U'八' || c == U'千'; }

// No Japanese word begins with these, so what stands before them belongs to their word.
bool never_begins_word(char32_t c) {
  return c == U'ー' || c == U'一' || c == U'ン' || c == U'ッ' || c == U'ャ' || c == U'ュ' || c == U'ョ' || c == U'ァ' ||
         c == U'ィ' || c == U'ゥ' || c == U'ェ' || c == U'ォ';
}
bool is_voiced(char32_t c) {
  return std::u32string_view(U"ガギグゲゴザジズゼゾダヂヅデドバビブベボ").find(c) != std::u32string_view::npos;
}

struct Run {
  std::u32string word;
  std::size_t start = 0, end = 0;
  char32_t before = 0, after = 0;  // the characters just outside, 0 at the ends of the text
};

template <class Belongs>
Run run_around(std::string_view text, std::size_t at, Belongs belongs) {
  Run run;
  run.start = run.end = at;
  for (std::size_t n = 0; n <= limits::word_characters; ++n) {
    const CodePoint c = code_point_before(text, run.start);
    if (c.size == 0 || n == limits::word_characters || !belongs(c.value)) {
      run.before = c.value;
      break;
    }
    run.start -= c.size;
  }
  for (std::size_t n = 0; n <= limits::word_characters; ++n) {
    const CodePoint c = code_point_at(text, run.end);
    if (c.size == 0 || n == limits::word_characters || !belongs(c.value)) {
      run.after = c.value;
      break;
    }
    run.end += c.size;
  }
  for (std::size_t i = run.start; i < run.end;) {
    const CodePoint c = code_point_at(text, i);
    run.word += c.value;
    i += c.size;
  }
  return run;
}

// Can the kanji at `at` of the run only be meant as its katakana twin? Each line below is a kind of honest word that a
// simpler rule would accuse; docs/japanese_mail.md lists them.
bool stands_for_twin(const Run& run, std::size_t at) {
  const std::u32string& word = run.word;
  const char32_t c = word[at];
  const bool first = at == 0, last = at + 1 == word.size();
  const char32_t next = last ? 0 : word[at + 1], previous = first ? 0 : word[at - 1];
  const auto may_neighbour = [](char32_t n) { return is_katakana(n) || n == U'一' || !is_numeral_twin(n); };
  if (first) {
    if (is_kanji(run.before) || script_at(run.before) == Script::digit || last) return false;
    if (c == U'一' || c == U'又') return false;
    if (never_begins_word(next)) return true;
    if (c == U'口') return is_voiced(next) && word.size() >= 4;
    return c != U'力' && !is_numeral_twin(c) && is_katakana(next);
  }
  if (!may_neighbour(previous) || (previous == U'一' && at == 1)) return false;  // 一口メモ
  if (last) {
    if (is_kanji(run.after)) return false;
    if (c == U'一')
      return previous != U'ー' && !is_letter(script_at(run.after)) && script_at(run.after) != Script::digit;
    return c == U'夕' || c == U'卜' || c == U'才' || c == U'匕';
  }
  if (!may_neighbour(next) || c == U'又') return false;
  if (c == U'一') return previous != U'ー';
  if (never_begins_word(next)) return true;
  if (is_numeral_twin(c) && at + 2 == word.size() && is_kanji(run.after)) return false;
  if (c == U'口' && is_voiced(next) && word.size() - at >= 4) return true;
  const bool may_end_a_word = c == U'力' || c == U'口' || is_numeral_twin(c);
  return !may_end_a_word || at < 3;
}

}  // namespace

std::optional<TrickedWord> kanji_in_katakana(std::string_view folded, std::size_t at, std::size_t& looked_at) {
  const Run run = run_around(folded, at, [](char32_t c) { return in_katakana_word(c) || katakana_twin(c) != 0; });
  looked_at = run.end;
  if (run.word.size() < 3) return std::nullopt;
  std::size_t katakana = 0, accepted = 0;
  TrickedWord found{{static_cast<std::uint32_t>(run.start), static_cast<std::uint32_t>(run.end)}, {}};
  for (std::size_t i = 0; i < run.word.size(); ++i) {
    const char32_t twin = katakana_twin(run.word[i]);
    const bool swapped = twin != 0 && stands_for_twin(run, i);
    katakana += twin == 0;
    accepted += swapped;
    append_utf8(found.plain, swapped ? twin : run.word[i]);
  }
  if (accepted == 0 || katakana == 0 || katakana + accepted < 3) return std::nullopt;
  return found;
}

std::optional<TrickedWord> katakana_in_kanji(std::string_view folded, std::size_t at) {
  const CodePoint c = code_point_at(folded, at), previous = code_point_before(folded, at);
  const CodePoint next = code_point_at(folded, at + c.size);
  const bool known = c.value == U'ロ' || c.value == U'エ' || c.value == U'カ' || c.value == U'タ' || c.value == U'ニ';
  if (!known || !is_kanji(previous.value) || previous.value == U'々') return std::nullopt;
  // 協カする is a trick; 二カ月, 数カ所 are not.
  const bool counts =
      std::u32string_view(U"〇一二三四五六七八九十百千万数何").find(previous.value) != std::u32string_view::npos;
  if (c.value == U'カ' ? counts || !(is_kanji(next.value) || is_hiragana(next.value)) : !is_kanji(next.value))
    return std::nullopt;
  TrickedWord found{
      {static_cast<std::uint32_t>(at - previous.size), static_cast<std::uint32_t>(at + c.size + next.size)}, {}};
  append_utf8(found.plain, previous.value);
  append_utf8(found.plain, kanji_twin(c.value));
  append_utf8(found.plain, next.value);
  return found;
}

std::optional<TrickedWord> mixed_script_word(std::string_view folded, std::size_t at, std::size_t& looked_at) {
  const Run run = run_around(folded, at, [](char32_t c) {
    const Script script = script_at(c);
    return script == Script::latin || script == Script::cyrillic || script == Script::greek;
  });
  looked_at = run.end;
  if (run.word.size() < 3) return std::nullopt;  // "kΩ", "Δt"
  const std::string_view word = folded.substr(run.start, run.end - run.start);
  return TrickedWord{{static_cast<std::uint32_t>(run.start), static_cast<std::uint32_t>(run.end)}, read_as_latin(word)};
}

TrickedWord broken_word(std::string_view folded, std::size_t at) {
  const Script before = script_at(code_point_before(folded, at).value);
  const auto japanese = [](Script s) { return s == Script::kanji || s == Script::hiragana || s == Script::katakana; };
  const Run run = run_around(folded, at, [&](char32_t c) {
    const Script script = script_at(c);
    return japanese(before) ? japanese(script) : (is_letter(script) && !japanese(script)) || script == Script::digit;
  });
  return {{static_cast<std::uint32_t>(run.start), static_cast<std::uint32_t>(run.end)},
          std::string(folded.substr(run.start, run.end - run.start))};
}

}  // namespace sekisho::text::fold_internal
