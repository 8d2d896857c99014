// Judged messages, counted by where they come from, what they are about and their language; never one pooled number.
// Filled by `app` (evaluate) one message at a time, then asked for its tables. Keeps three numbers a message and no
// text. Not thread-safe.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "train/figures.h"
#include "train/labelled.h"
#include "verdict/verdict.h"

namespace sekisho::train {

/// What is counted of one message.
struct Outcome {
  double log_odds = 0;
  double wording = 0;  ///< the text model's share of it
  verdict::Answer answer = verdict::Answer::nothing_found;
};

/// How messages of one label in one place came out.
struct Row {
  std::string corpus, category, lang;
  Label label = Label::legit;
  std::size_t messages = 0;
  Share scam, cannot_tell, nothing_found;
};

/// Scams of one corpus beside wanted mail of one corpus, in one language.
struct Pair {
  std::string scams, wanted, lang;
  std::size_t scam_messages = 0, wanted_messages = 0;
  Auc auc;
  double auc_without_wording = 0;  ///< the same without the text model's share
  double auc_wording = 0;          ///< the text model alone
  std::optional<RecallAt> at_thousandth, at_hundredth;
  Calibration calibration;
};

/// Scams of one category beside all wanted mail of the same corpus and language.
struct Category {
  Row row;
  std::optional<Auc> auc;
};

/// Wanted mail of two languages told apart by the text model alone: half means that a language is no sign.
struct Languages {
  std::string one, other;
  std::size_t one_messages = 0, other_messages = 0;
  Auc auc;
};

class Evaluation {
 public:
  void add(const Group& group, const Outcome& outcome);

  /// Sorted by corpus, label and language.
  std::vector<Row> corpora() const;
  std::vector<Category> categories() const;
  std::vector<Row> languages() const;
  /// Every corpus with scams beside every corpus with wanted mail of the same language, where both have at least
  /// fewest_of_a_pair messages.
  std::vector<Pair> pairs() const;
  std::optional<Languages> language_as_a_sign() const;

  static constexpr std::size_t fewest_of_a_pair = 20;

 private:
  struct Key {
    std::string corpus, category, lang;
    Label label;
    auto operator<=>(const Key&) const = default;
  };
  template <class KeyOf>
  std::vector<Row> rows(const KeyOf& key_of) const;
  std::map<Key, std::vector<Outcome>> outcomes_;
};

/// "ja", or "other" for any other language that is named, or "" when none is.
std::string language_family(const std::string& lang);

}  // namespace sekisho::train
