// A telling cut into sentences, in which cues are looked for: words compared after folding, and whether what they say
// is denied (「入力はしていない」, "I did not tap"). Used by describe.cc alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "care/care.h"
#include "text/fold.h"

namespace sekisho::care {

class Sentences {
 public:
  /// Borrows both. `telling` must be valid UTF-8.
  Sentences(std::string_view telling, const Describe& data);

  /// The words of the telling that meet the cue, as written; nullopt when none do. `negated` says whether what the last
  /// of them says may, must or must not be denied.
  std::optional<std::vector<std::string>> find(const Cue& cue, Cue::Negated negated) const;

  /// The beginning of the telling, to quote when no cue was met.
  std::vector<std::string> first_words() const;

 private:
  struct Sentence {
    std::string_view original;
    text::Folded folded;
  };
  std::optional<std::vector<std::string>> find_in(const Sentence& sentence, const Cue& cue, Cue::Negated negated) const;
  bool denied(std::string_view folded, std::size_t from, std::size_t to) const;

  const Describe& data_;
  std::vector<Sentence> sentences_;
  Sentence whole_;
};

}  // namespace sekisho::care
