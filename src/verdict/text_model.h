// How much a message's wording alone speaks for or against a scam: a linear model over hashed character n-grams, of any
// language, learned by `sekisho train`. Its share of the log-odds is split over the clauses that earned it, so that a
// reason can quote them, and is bounded: wording alone never makes a scam. No n-gram can be read back: the table knows
// hashes, and only of n-grams that many messages shared (docs/formats/model.md). Immutable; shared by all threads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "facts/fact.h"
#include "verdict/wording.h"

namespace sekisho::verdict {

/// A clause and the log-odds it earned.
struct Passage {
  Clause clause;
  double share = 0;
};

/// What the wording says.
struct Wording {
  double log_odds = 0;            ///< at most the model's bound, at least -calm_part of it
  std::vector<Passage> passages;  ///< those that speak for the same side as log_odds, strongest first, at most three
};

class TextModel {
 public:
  /// What harmless wording may take off, as a part of what suspicious wording may add: harmless words are easily
  /// copied.
  static constexpr double calm_part = 0.5;

  /// Weights are table[i] * scale. 2^bits entries.
  struct Parameters {
    std::uint32_t bits = 0;
    double scale = 0;                           ///< of a table entry
    double slope = 0, bound = 0;                ///< raw score → log-odds, cut at bound and -calm_part * bound
    double japanese = 0, latin = 0, other = 0;  ///< taken from the raw score for each script: no language is a sign
    std::vector<std::int8_t> table;
  };

  TextModel() = default;
  /// Error bad_data unless the numbers are finite and the table has 2^bits entries, bits from 10 to 22.
  static Result<TextModel> make(Parameters parameters);

  bool empty() const { return parameters_.table.empty(); }
  const Parameters& parameters() const { return parameters_; }

  Wording read(const facts::Facts& facts) const;

  /// The raw score of so many grams whose weights sum to `sum`: long texts say more, but not in proportion.
  static double raw(double sum, std::size_t grams);

 private:
  Parameters parameters_;
};

}  // namespace sekisho::verdict
