#include "text/fold.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "base/limits.h"
#include "text/fold_tables.h"
#include "text/fold_tricks.h"
#include "text/utf8.h"

namespace sekisho::text {

using namespace fold_internal;

namespace {

static_assert(limits::message_bytes < (1u << 30), "the map back keeps original offsets in 30 bits");
constexpr std::size_t slack = 64;  // room always kept free, for what one character can grow to

// How ASCII is passed in the fast loop.
enum class Ascii : std::uint8_t { plain, dot, blank, other };
struct AsciiTable {
  Ascii kind[128];
  char lower[128];
};
constexpr AsciiTable make_ascii_table() {
  AsciiTable table{};
  for (int c = 0; c < 128; ++c) {
    table.kind[c] = c == ' '                                       ? Ascii::blank
                    : c < 0x21 || c == 0x7F                        ? Ascii::other
                    : c == '.' || c == '-' || c == '*' || c == '_' ? Ascii::dot
                                                                   : Ascii::plain;
    table.lower[c] = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  return table;
}
constexpr AsciiTable ascii_table = make_ascii_table();

// Letters written one by one with something between: A m a z o n, サ・ー・ビ・ス. Told of every separator.
class SpacedWords {
 public:
  struct Found {
    Span folded;
    std::string plain;
  };

  /// `folded[token_start, end)` stands before the separator `dot` (' ' for white space, 0 at a hard end).
  void token_ends(std::string_view folded, std::size_t end, char32_t dot) {
    const std::size_t start = std::min(token_start_, end);
    if (count_ == 0 && end - start > 8) return;  // an ordinary word
    const std::string_view token = folded.substr(start, end - start);
    if (count_ > 0) {
      const CodePoint first = code_point_at(token, 0), second = code_point_at(token, first.size);
      const bool first_alone = second.size == 0 || letter(second.value) == Script::none;
      // サ ー ビ スを: the last letter of a spaced Japanese word often has its particle attached.
      const bool first_of_japanese =
          count_ >= 2 && latin_ == 0 && (info(bmp_table(), first.value).flags & flag::cjk) != 0;
      const bool belongs = letter(first.value) != Script::none && (first_alone || first_of_japanese);
      if (belongs) add(first.value, start + first.size);
      if (belongs && second.size == 0 && dot == dot_) return;
      finish();
      if (second.size == 0) return;
    }
    const CodePoint last = code_point_before(token, token.size()),
                    before = code_point_before(token, token.size() - last.size);
    if (dot == 0 || letter(last.value) == Script::none || letter(before.value) != Script::none) return;
    dot_ = dot;
    start_ = end - last.size;
    add(last.value, end);
  }
  void token_starts(std::size_t at) { token_start_ = at; }
  std::size_t token_start() const { return token_start_; }
  bool open() const { return count_ > 0; }

  void finish() {
    // Honest uses: U.S.A., e.g., A-B-C, a row of initials, 月・火・水.
    const bool interpunct = dot_ == U'・' || dot_ == 0xB7 || dot_ == 0x2022;
    const bool all_kanji = kanji_ == count_;
    const std::size_t needed = latin_ == 0                  ? (interpunct && all_kanji ? SIZE_MAX : 3)
                               : dot_ == '.' || dot_ == '-' ? 5
                               : dot_ == ' '                ? 4
                                                            : 3;
    if (count_ >= needed) {
      ++found_count;
      if (found.size() < limits::fold_tricks) {
        found.push_back({{static_cast<std::uint32_t>(start_), static_cast<std::uint32_t>(end_)}, std::move(plain_)});
      }
    }
    plain_.clear();
    count_ = kanji_ = latin_ = 0;
  }

  std::vector<Found> found;
  std::uint32_t found_count = 0;

 private:
  static Script letter(char32_t c) {
    if (c < 0x80) return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' ? Script::latin : Script::none;
    const Script script = info(bmp_table(), c).script;
    return is_letter(script) && script != Script::hangul && script != Script::other_letter ? script : Script::none;
  }
  void add(char32_t c, std::size_t end) {
    const Script script = letter(c);
    ++count_;
    kanji_ += script == Script::kanji;
    latin_ += script == Script::latin || script == Script::cyrillic || script == Script::greek;
    end_ = end;
    if (plain_.size() < 4 * limits::word_characters) append_utf8(plain_, c);
  }

  std::size_t token_start_ = 0, start_ = 0, end_ = 0, count_ = 0, kanji_ = 0, latin_ = 0;
  char32_t dot_ = 0;
  std::string plain_;
};

}  // namespace

// Holds the one pass over the text. Invariant: `out_` has room for what is left of the input, byte for byte, and
// `slack` more; every kind of character but `expand` writes no more than it reads.
class Folder {
 public:
  explicit Folder(std::string_view input) : in_(input), table_(bmp_table()) {
    out_.resize(in_.size() + slack);
    line_is_url_ = begins_url(0);
  }

  Folded run() && {
    while (at_ < in_.size()) {
      if (static_cast<unsigned char>(in_[at_]) < 0x80 &&
          ascii_table.kind[static_cast<unsigned char>(in_[at_])] <= Ascii::dot) {
        ascii();
      } else {
        character();
      }
    }
    spaced_.token_ends({out_.data(), pos_}, pos_, 0);
    spaced_.finish();
    out_.resize(pos_);
    result_.text_ = std::move(out_);
    result_.original_size_ = static_cast<std::uint32_t>(in_.size());
    name_tricks();
    return std::move(result_);
  }

 private:
  using Step = Folded::Step;
  using Stride = Folded::Stride;

  // --- the map back -------------------------------------------------------------------------------------------------

  void push_step(std::size_t original, Stride stride) {
    Step step;
    step.folded = static_cast<std::uint32_t>(pos_);
    step.original = static_cast<std::uint32_t>(original) & 0x3FFFFFFF;
    step.stride = stride;
    result_.steps_.push_back(step);
  }
  void step_one(std::size_t original) {
    if (stride_ == Stride::one && original - pos_ == delta_) return;
    stride_ = Stride::one;
    delta_ = original - pos_;
    push_step(original, stride_);
  }
  void step_three(std::size_t original) {
    if (stride_ == Stride::three && original - 3 * pos_ == delta_) return;
    stride_ = Stride::three;
    delta_ = original - 3 * pos_;
    push_step(original, stride_);
  }
  void step_whole(std::size_t original) {
    stride_ = Stride::whole;
    push_step(original, stride_);
  }
  void step_dropped(std::size_t original) { step_whole(original); }

  // --- ordinary characters ------------------------------------------------------------------------------------------

  void ascii() {
    step_one(at_);
    const std::size_t size = in_.size(), begin = pos_;
    const auto kind = [&](std::size_t i) {
      return i < size && static_cast<unsigned char>(in_[i]) < 0x80
                 ? ascii_table.kind[static_cast<unsigned char>(in_[i])]
                 : Ascii::other;
    };
    char* const out = out_.data();
    std::size_t at = at_, pos = pos_;
    while (at < size) {
      const unsigned char c = static_cast<unsigned char>(in_[at]);
      if (c >= 0x80) break;
      const Ascii k = ascii_table.kind[c];
      if (k != Ascii::plain) {
        // One blank between two visible ASCII characters stays what it is.
        if (k == Ascii::other || (k == Ascii::blank && (pos == begin || kind(at + 1) > Ascii::dot))) break;
        if (spaced_.open() || pos - spaced_.token_start() <= 8) spaced_.token_ends({out, pos}, pos, c);
        spaced_.token_starts(pos + 1);
      }
      out[pos++] = ascii_table.lower[c];
      ++at;
    }
    at_ = at;
    pos_ = pos;
    previous_ = table_[static_cast<unsigned char>(out[pos - 1])];
  }

  void character() {
    const CodePoint c = code_point_at(in_, at_);
    const Info known = info(table_, c.value);
    switch (known.action) {
      case Action::same:
        note_suspects(known, c);
        copy(c, known);
        break;
      case Action::map:
        map(c, known, known.to);
        break;
      case Action::expand:
        expand(c, known);
        break;
      case Action::mark:
        mark(c, known);
        break;
      case Action::long_dash:
        if (pos_ > 0 && is_digit(out_[pos_ - 1]) && next_script(c.size) == Script::digit) {
          map(c, table_['-'], '-');
        } else {
          note_suspects(known, c);
          map(c, known, known.to);
        }
        break;
      case Action::blank:
      case Action::newline:
      case Action::invisible:
        gap();
        break;
    }
  }

  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  Info next_info(std::size_t ahead) const {
    const CodePoint next = code_point_at(in_, at_ + ahead);
    return next.size ? info(table_, next.value) : Info{};
  }
  Script next_script(std::size_t ahead) const { return next_info(ahead).script; }

  void copy(const CodePoint& c, const Info& known) {
    step_one(at_);
    separate(known, c.value);
    std::memcpy(out_.data() + pos_, in_.data() + at_, c.size);
    pos_ += c.size;
    after(c, known);
  }

  void map(const CodePoint& c, const Info& known, char32_t to) {
    const std::uint32_t size = utf8_size(to);
    if (size == c.size) {
      step_one(at_);
    } else if (size == 1 && c.size == 3) {
      step_three(at_);
    } else {
      step_whole(at_);
    }
    if (known.has(flag::full_width)) ++result_.counts_.fullwidth_ascii;
    if (known.script == Script::cyrillic || known.script == Script::greek) note_suspects(known, c);
    separate(known, to);
    pos_ += put_utf8(to, out_.data() + pos_);
    after(c, known);
  }

  void expand(const CodePoint& c, const Info& known) {
    std::array<char32_t, 20> to;
    const std::size_t count = nfkc_casefold(c.value, to);
    if (count == 0 || (count == 1 && to[0] == c.value)) return copy(c, known);
    step_whole(at_);
    separate(known, c.value);
    keep_room(4 * count);
    for (std::size_t i = 0; i < count; ++i) pos_ += put_utf8(to[i], out_.data() + pos_);
    after(c, known);
  }

  // A mark joins the character before it, which may then span several characters of the original.
  void mark(const CodePoint& c, const Info& known) {
    const CodePoint base = code_point_before({out_.data(), pos_}, pos_);
    const char32_t joined = base.size && base.value != ' ' && base.value != '\n' ? compose(base.value, known.to) : 0;
    if (!joined) return map(c, known, c.value == 0xFF9E ? 0x309B : c.value == 0xFF9F ? 0x309C : c.value);
    std::vector<Step>& steps = result_.steps_;
    while (steps.back().folded == pos_) steps.pop_back();  // what was dropped between the two now lies inside
    Step& last = steps.back();
    keep_room(4);
    pos_ -= base.size;
    if (last.folded == pos_) {
      last.stride = Stride::whole;
    } else if (last.stride != Stride::whole) {
      const std::size_t into = pos_ - last.folded;
      step_whole(last.original + (last.stride == Stride::three ? 3 * into : into));
    }
    stride_ = Stride::whole;
    pos_ += put_utf8(joined, out_.data() + pos_);
    at_ += c.size;
  }

  void keep_room(std::size_t growth) {
    const std::size_t needed = pos_ + growth + (in_.size() - at_) + slack;
    if (out_.size() < needed) out_.resize(std::max(needed, out_.size() + out_.size() / 4));
  }

  void separate(const Info& known, char32_t dot) {
    if (!known.has(flag::dot)) return;
    spaced_.token_ends({out_.data(), pos_}, pos_, dot);
    spaced_.token_starts(pos_ + utf8_size(dot));
  }

  void after(const CodePoint& c, const Info& known) {
    previous_ = known;
    at_ += c.size;
  }

  // --- what cannot be seen ------------------------------------------------------------------------------------------

  struct Unseen {
    std::size_t blanks = 0, newlines = 0, invisible = 0, loud = 0;
    bool joiner = false;
    std::size_t joiner_at = 0;
  };

  Unseen read_unseen() {
    Unseen seen;
    while (at_ < in_.size()) {
      const CodePoint c = code_point_at(in_, at_);
      const Info known = info(table_, c.value);
      if (known.action == Action::newline) {
        ++seen.newlines;
        if (c.value == '\r' && at_ + 1 < in_.size() && in_[at_ + 1] == '\n') ++at_;
      } else if (known.action == Action::blank) {
        ++seen.blanks;
      } else if (known.action == Action::invisible) {
        ++seen.invisible;
        seen.loud += !known.has(flag::quiet);
        if (c.value == 0x200D) {
          seen.joiner = true;
          seen.joiner_at = at_;
        }
      } else {
        break;
      }
      at_ += c.size;
    }
    return seen;
  }

  void gap() {
    const std::size_t start = at_;
    const Unseen seen = read_unseen();
    const Info next = at_ < in_.size() ? info(table_, code_point_at(in_, at_).value) : Info{};
    if (seen.blanks + seen.newlines == 0) return only_invisible(start, seen, next);
    result_.counts_.invisible_other += static_cast<std::uint32_t>(seen.invisible);
    const bool next_is_url = seen.newlines > 0 && begins_url(at_);
    if (pos_ == 0 || at_ == in_.size()) {
      step_dropped(start);
      line_is_url_ = next_is_url;
      return;
    }
    char kept = ' ';
    if (seen.newlines >= 2 || (seen.newlines == 1 && (line_is_url_ || next_is_url || next.has(flag::list_mark)))) {
      kept = '\n';
    } else if (previous_.has(flag::cjk) && next.has(flag::cjk)) {
      kept = 0;
    }
    if (seen.newlines) line_is_url_ = next_is_url;
    spaced_.token_ends({out_.data(), pos_}, pos_, kept == '\n' ? 0 : ' ');
    if (kept == '\n') spaced_.finish();
    if (kept == 0) {
      step_dropped(start);
    } else {
      if (at_ - start == 1) {
        step_one(start);
      } else if (at_ - start == 3 && seen.blanks == 1 && seen.invisible + seen.newlines == 0) {
        step_three(start);
      } else {
        step_whole(start);
      }
      out_[pos_++] = kept;
      previous_ = Info{};
    }
    spaced_.token_starts(pos_);
  }

  void only_invisible(std::size_t start, const Unseen& seen, const Info& next) {
    const std::size_t end = at_;
    if (seen.joiner && previous_.script == Script::picture && next.script == Script::picture) {
      if (seen.joiner_at > start) step_dropped(start);
      step_one(seen.joiner_at);
      std::memcpy(out_.data() + pos_, in_.data() + seen.joiner_at, 3);
      pos_ += 3;
      if (seen.joiner_at + 3 < end) step_dropped(seen.joiner_at + 3);
      return;
    }
    // Between letters of scripts that are written without joiners; Arabic and Indic text needs them.
    const auto plain_letter = [](Script s) { return is_letter(s) && s != Script::other_letter; };
    const bool in_word = seen.loud > 0 && pos_ > 0 && plain_letter(previous_.script) && plain_letter(next.script);
    if (in_word) {
      result_.counts_.invisible_in_words += static_cast<std::uint32_t>(seen.invisible);
      if (broken_.size() < limits::fold_tricks * limits::word_characters) broken_.push_back(pos_);
    } else {
      result_.counts_.invisible_other += static_cast<std::uint32_t>(seen.invisible);
    }
    step_dropped(start);
  }

  bool begins_url(std::size_t at) const {
    const auto lower = [&](std::size_t i) { return at + i < in_.size() ? in_[at + i] | 0x20 : 0; };
    const auto begins = [&](std::string_view with) {
      for (std::size_t i = 0; i < with.size(); ++i) {
        if (lower(i) != (with[i] | 0x20)) return false;
      }
      return true;
    };
    return begins("http") || begins("hxxp") || begins("www.");
  }

  // --- tricks -------------------------------------------------------------------------------------------------------

  // Only places that may be a trick are noted, by their neighbours; each is judged once the text is whole.
  void note_suspects(const Info& known, const CodePoint& c) {
    if (known.has(flag::twin)) {
      const Script next = next_script(c.size);
      if (known.script == Script::katakana) {
        if (previous_.script == Script::kanji && (next == Script::kanji || next == Script::hiragana))
          lone_katakana_.push_back(pos_);
      } else if (previous_.script == Script::katakana || next == Script::katakana) {
        lone_kanji_.push_back(pos_);
      }
    } else if (known.script == Script::cyrillic || known.script == Script::greek) {
      if (previous_.script == Script::latin || next_script(c.size) == Script::latin) mixed_.push_back(pos_);
    }
  }

  void add_trick(Folded::Trick::Kind kind, Span folded, std::string plain) {
    std::uint32_t& used = used_[static_cast<std::size_t>(kind)];
    if (used++ < limits::fold_tricks) result_.tricks_.push_back({kind, result_.original(folded), std::move(plain)});
  }

  void name_tricks() {
    using Kind = Folded::Trick::Kind;
    const std::string_view text = result_.text_;
    std::size_t looked_at = 0;
    for (const std::size_t at : broken_) {
      if (at < looked_at) continue;
      TrickedWord word = broken_word(text, at);
      if (word.folded.empty()) continue;  // the letter became a mark that is none
      looked_at = word.folded.end;
      add_trick(Kind::invisible_in_word, word.folded, std::move(word.plain));
    }
    result_.counts_.spaced_words = spaced_.found_count;
    for (auto& found : spaced_.found) add_trick(Kind::spaced_word, found.folded, std::move(found.plain));
    looked_at = 0;
    for (const std::size_t at : mixed_) {
      if (at < looked_at) continue;
      if (auto word = mixed_script_word(text, at, looked_at)) {
        ++result_.counts_.mixed_script_words;
        add_trick(Kind::mixed_script_word, word->folded, std::move(word->plain));
      }
    }
    looked_at = 0;
    for (const std::size_t at : lone_kanji_) {
      if (at < looked_at) continue;
      if (auto word = kanji_in_katakana(text, at, looked_at)) {
        ++result_.counts_.lookalike_kana;
        add_trick(Kind::lookalike_kana, word->folded, std::move(word->plain));
      }
    }
    for (const std::size_t at : lone_katakana_) {
      if (auto word = katakana_in_kanji(text, at)) {
        ++result_.counts_.lookalike_kana;
        add_trick(Kind::lookalike_kana, word->folded, std::move(word->plain));
      }
    }
  }

  std::string_view in_;
  const Table& table_;
  std::size_t at_ = 0;
  std::string out_;
  std::size_t pos_ = 0;
  Stride stride_ = Stride::whole;
  std::size_t delta_ = 0;
  Info previous_;
  bool line_is_url_ = false;
  SpacedWords spaced_;
  std::vector<std::size_t> broken_, mixed_, lone_kanji_, lone_katakana_;
  std::uint32_t used_[4] = {};
  Folded result_;
};

Span Folded::original(Span folded) const {
  const auto size = static_cast<std::uint32_t>(text_.size());
  if (steps_.empty()) return {};
  folded.start = std::min(folded.start, size);
  folded.end = std::clamp(folded.end, folded.start, size);
  const auto inside = [&](std::uint32_t at) {
    return at < size && (static_cast<unsigned char>(text_[at]) & 0xC0) == 0x80;
  };
  while (inside(folded.start)) --folded.start;
  while (inside(folded.end)) ++folded.end;
  const auto step_of = [&](std::uint32_t at) {
    const auto after = std::upper_bound(steps_.begin(), steps_.end(), at,
                                        [](std::uint32_t value, const Step& step) { return value < step.folded; });
    return after - 1;
  };
  const auto along = [](const Step& step, std::uint32_t at) {
    const std::uint32_t into = at - step.folded;
    return step.stride == Stride::one     ? step.original + into
           : step.stride == Stride::three ? step.original + 3 * into
                                          : step.original;
  };
  Span original;
  original.start = folded.start == size ? original_size_ : along(*step_of(folded.start), folded.start);
  original.end = original.start;
  if (folded.empty()) return original;
  const auto last = step_of(folded.end - 1);
  if (last->stride != Stride::whole) {
    original.end = along(*last, folded.end);
  } else {
    original.end = last + 1 == steps_.end() ? original_size_ : static_cast<std::uint32_t>((last + 1)->original);
  }
  return original;
}

Folded fold(std::string_view utf8) {
  if (utf8.size() > limits::message_bytes) {
    std::size_t end = limits::message_bytes;
    while (end > 0 && (static_cast<unsigned char>(utf8[end]) & 0xC0) == 0x80) --end;
    utf8 = utf8.substr(0, end);
  }
  assert(valid_prefix(utf8) == utf8.size());
  return Folder(utf8).run();
}

std::string fold_key(std::string_view utf8) { return fold(utf8).text(); }

}  // namespace sekisho::text
