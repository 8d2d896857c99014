// Signs → a verdict that adds up. score = 1 / (1 + e^-(bias + Σ weights)); of the cards of one group only the most
// specific speaks; three answers. Knows no mail: facts and a deck are all it sees, so a stored verdict can be replayed.
// Pure; safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "facts/fact.h"
#include "signs/card.h"
#include "verdict/text_model.h"

namespace sekisho::verdict {

enum class Answer : std::uint8_t { nothing_found, cannot_tell, scam };
std::string_view name(Answer answer);

/// Bias and thresholds: signs/scale.yaml. Thresholds are scores (probabilities).
struct Scale {
  double bias = 0;           ///< log-odds of a message of which nothing is known
  double scam = 0.9;         ///< score from which the answer is scam …
  double cannot_tell = 0.5;  ///< … and from which it is cannot_tell
  int quoted_reasons = 2;    ///< a scam verdict needs so many reasons that quote the message
};

struct Quote {
  std::uint16_t part = 0;  ///< index into Verdict::parts
  text::Span span;         ///< bytes of that part's text
  std::string text;
};

struct Reason {
  std::uint32_t card = 0;     ///< index into Deck::cards()
  double weight = 0;          ///< log-odds added to the score
  std::vector<Quote> quotes;  ///< at most three
};

struct Verdict {
  Answer answer = Answer::nothing_found;
  double score = 0, log_odds = 0;
  Scale scale;
  std::string scam_kind;                        ///< id of knowledge/kinds.yaml, "" when none stands out
  std::string brand;                            ///< the brand it claims to be, "" when none
  std::vector<Reason> reasons;                  ///< heaviest first (by absolute weight), then by card id
  std::vector<std::uint32_t> silenced;          ///< cards that held but whose group another one speaks for
  std::vector<std::string> would_settle, next;  ///< keys of knowledge words, in the order to show
};

/// Error bad_data when signs/scale.yaml is missing or wrong.
Result<Scale> read_scale(const knowledge::Snapshot& snapshot);

/// `words` may be nullptr or empty: then nothing is said of the wording.
Verdict weigh(const facts::Facts& facts, const signs::Deck& deck, const Scale& scale,
              const TextModel* words = nullptr);

}  // namespace sekisho::verdict
