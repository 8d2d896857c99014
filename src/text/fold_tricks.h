// Which words of a folded text were written so that a reader sees one thing and a filter another. fold.cc notes
// suspicious places while it passes them; here each is looked at with its word. Internal to fold*.cc. Linear; pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/fold.h"

namespace sekisho::text::fold_internal {

/// A word of the folded text and how it reads without the trick.
struct TrickedWord {
  Span folded;
  std::string plain;
};

/// The katakana word with kanji twins in it (サ一ビス) around the kanji at `at`, or none when the kanji may stand there
/// honestly (体力アップ, 二カ月). `looked_at` is moved past what was read.
std::optional<TrickedWord> kanji_in_katakana(std::string_view folded, std::size_t at, std::size_t& looked_at);

/// The reverse: one katakana between kanji (銀行ロ座).
std::optional<TrickedWord> katakana_in_kanji(std::string_view folded, std::size_t at);

/// The word mixing Latin with Cyrillic or Greek around `at`.
std::optional<TrickedWord> mixed_script_word(std::string_view folded, std::size_t at, std::size_t& looked_at);

/// `word` with its Cyrillic and Greek letters replaced by the Latin ones they look like (UTS #39), lower case.
std::string read_as_latin(std::string_view word);

/// The word around the place `at` where something invisible was dropped.
TrickedWord broken_word(std::string_view folded, std::size_t at);

}  // namespace sekisho::text::fold_internal
