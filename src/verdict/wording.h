// A message's words as the text model reads them: clauses of folded text, and the hashed character n-grams of each.
// Numbers become one digit, links and addresses one mark: they say who a message is from or about, not how it speaks.
// Language-neutral; one linear pass. Used by TextModel when judging and by the trainer, so that both read alike. Pure;
// safe from any thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "facts/fact.h"

namespace sekisho::verdict {

/// Characters of one n-gram.
inline constexpr std::size_t shortest_gram = 2, longest_gram = 5;

/// A sentence or clause: what a quote shows.
struct Clause {
  std::uint16_t part = 0;  ///< index into Facts::parts
  text::Span folded;       ///< in that part's folded text
};

/// How a message is written, by letters; sums to 1 unless there are none.
struct Scripts {
  double japanese = 0, latin = 0, other = 0;
};

/// Walks a message clause by clause. Clauses that say the same again (text and HTML of one mail, a line repeated a
/// thousand times) are read once. Stops at limits::wording_bytes.
class WordingReader {
 public:
  explicit WordingReader(const facts::Facts& facts) : facts_(facts) {}

  /// `on_clause(clause)` before, `on_gram(hash)` for each n-gram of it, in order.
  template <class OnClause, class OnGram>
  void read(const OnClause& on_clause, const OnGram& on_gram) {
    while (next()) {
      on_clause(clause_);
      for (std::size_t i = 0; i + shortest_gram <= letters_.size(); ++i) {
        std::uint64_t hash = seed;
        const std::size_t longest = std::min(longest_gram, letters_.size() - i);
        for (std::size_t n = 0; n < longest; ++n) {
          hash = (hash ^ letters_[i + n]) * multiplier;
          if (n + 1 >= shortest_gram) on_gram(static_cast<std::uint32_t>((hash ^ (hash >> 29)) * multiplier >> 32));
        }
      }
    }
  }

  /// Of what was read so far.
  Scripts scripts() const;

 private:
  static constexpr std::uint64_t seed = 0x9E3779B97F4A7C15U, multiplier = 0xD6E8FEB86659FD93U;  // odd, well mixed bits

  bool next();
  bool begin_part();
  /// The clause is older mail below the sender's own words.
  bool is_quoted() const;
  /// Puts the letters of the clause that starts at `at_` into letters_, and moves `at_` behind it.
  void take_clause(std::string_view text);

  const facts::Facts& facts_;
  std::size_t part_ = 0, at_ = 0, read_ = 0;
  bool inside_ = false;
  Clause clause_;
  std::vector<char32_t> letters_;  ///< of the clause, with a blank at both ends
  std::unordered_set<std::uint64_t> said_;
  std::array<std::uint64_t, 3> counts_{};
};

}  // namespace sekisho::verdict
