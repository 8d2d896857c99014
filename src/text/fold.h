// Text as written → text as matched: what a pattern is compared with, and the way back to what the reader saw. Called by
// `message` once per readable part; observers and patterns see only folded text and map their spans back. One pass,
// linear, pure; safe from any thread.
//
// Folding steps (docs/japanese_mail.md 4): drop invisible characters (keep ZWJ between emoji), NFKC with care, case
// fold (ASCII, full-width, Greek, Cyrillic), dash class to '-' (ー 一 ｰ only between digits), wave dash to '~', white
// space runs to one ' ' and none between two CJK characters (so サ ー ビ ス matches サービス; line wraps inside
// Japanese sentences vanish; a blank line stays one '\n'), kyujitai is left alone. Katakana stays katakana.
// Look-alikes are not replaced in `text`: `folded_lookalikes` lists words that become another known-script word when
// ロ/口, カ/力, ー/一, 夕/タ, ニ/二 … or Latin/Cyrillic/Greek twins are unified.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/span.h"

namespace sekisho::text {

class Folder;

class Folded {
 public:
  const std::string& text() const& { return text_; }
  /// The span of the original text that `folded` came from: never empty for a non-empty span, never cuts a character,
  /// includes invisible characters between the ends but not outside them.
  Span original(Span folded) const;

  struct Counts {
    std::uint32_t invisible_in_words = 0;  ///< dropped invisible characters with a letter on both sides
    std::uint32_t invisible_other = 0;     ///< dropped elsewhere (preheader padding, BOM)
    std::uint32_t spaced_words = 0;        ///< runs of three or more single CJK/ASCII letters spaced or dotted apart
    std::uint32_t fullwidth_ascii = 0;     ///< letters/digits U+FF01-FF5E
    std::uint32_t mixed_script_words = 0;  ///< words mixing Latin with Cyrillic or Greek
    std::uint32_t lookalike_kana = 0;      ///< kanji among katakana (or the reverse) where its twin makes the word whole
  };
  const Counts& counts() const { return counts_; }
  /// Where the first few (at most 16) of each trick stand, in the ORIGINAL text.
  struct Trick {
    enum class Kind { invisible_in_word, spaced_word, mixed_script_word, lookalike_kana } kind;
    Span original;
    std::string plain;  ///< the word as it would read without the trick, folded
  };
  const std::vector<Trick>& tricks() const { return tricks_; }

 private:
  friend class Folder;
  // Monotone breakpoints: where `folded` begins, and what the bytes up to the next breakpoint are in the original: the same
  // bytes one to one, one folded byte for each three original ones (full-width ASCII), or one run that cannot be divided.
  // A breakpoint at the same `folded` as the next one is a dropped stretch.
  enum class Stride : std::uint32_t { one, three, whole };
  struct Step {
    std::uint32_t folded;
    std::uint32_t original : 30;
    Stride stride : 2;
  };
  std::string text_;
  std::vector<Step> steps_;
  std::uint32_t original_size_ = 0;
  Counts counts_;
  std::vector<Trick> tricks_;
};

/// `utf8` must be valid UTF-8 (see charset.h). What is beyond limits::message_bytes is not read.
Folded fold(std::string_view utf8);

/// The folded form alone, for list entries and patterns at build time.
std::string fold_key(std::string_view utf8);

/// Replaces look-alikes by one representative (UTS #39 skeleton plus the Japanese pairs), for comparing a name with a
/// dictionary; never shown.
std::string lookalike_key(std::string_view folded);

}  // namespace sekisho::text
