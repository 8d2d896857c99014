#include "train/evaluation.h"

#include <algorithm>
#include <cmath>

namespace sekisho::train {
namespace {

using verdict::Answer;

double score_of(double log_odds) { return 1.0 / (1.0 + std::exp(-log_odds)); }

template <class Of>
std::vector<double> numbers(const std::vector<Outcome>& outcomes, const Of& of) {
  std::vector<double> values;
  values.reserve(outcomes.size());
  for (const Outcome& outcome : outcomes) values.push_back(of(outcome));
  return values;
}

Row row_of(const std::vector<Outcome>& outcomes) {
  Row row;
  row.messages = outcomes.size();
  const auto answered = [&](Answer answer) {
    return share(static_cast<std::size_t>(std::count_if(outcomes.begin(), outcomes.end(),
                                                        [&](const Outcome& one) { return one.answer == answer; })),
                 outcomes.size());
  };
  row.scam = answered(Answer::scam);
  row.cannot_tell = answered(Answer::cannot_tell);
  row.nothing_found = answered(Answer::nothing_found);
  return row;
}

bool may_be_the_same(const std::string& one, const std::string& other) {
  return one == other || one.empty() || other.empty();
}

void append(std::vector<Outcome>& to, const std::vector<Outcome>& outcomes) {
  to.insert(to.end(), outcomes.begin(), outcomes.end());
}

}  // namespace

std::string language_family(const std::string& lang) { return lang.empty() || lang == "ja" ? lang : "other"; }

void Evaluation::add(const Group& group, const Outcome& outcome) {
  outcomes_[{group.corpus, group.category, group.lang, group.label}].push_back(outcome);
}

template <class KeyOf>
std::vector<Row> Evaluation::rows(const KeyOf& key_of) const {
  std::map<Key, std::vector<Outcome>> together;
  for (const auto& [key, outcomes] : outcomes_) append(together[key_of(key)], outcomes);
  std::vector<Row> rows;
  for (const auto& [key, outcomes] : together) {
    Row row = row_of(outcomes);
    row.corpus = key.corpus;
    row.category = key.category;
    row.lang = key.lang;
    row.label = key.label;
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Row> Evaluation::corpora() const {
  return rows([](const Key& key) { return Key{key.corpus, {}, language_family(key.lang), key.label}; });
}

std::vector<Row> Evaluation::languages() const {
  return rows([](const Key& key) { return Key{{}, {}, key.lang, key.label}; });
}

std::vector<Category> Evaluation::categories() const {
  std::vector<Category> categories;
  for (Row& row : rows([](const Key& key) { return Key{key.corpus, key.category, {}, key.label}; })) {
    if (row.category.empty()) continue;
    std::vector<double> own, wanted;
    for (const auto& [key, outcomes] : outcomes_) {
      if (key.corpus != row.corpus) continue;
      const bool is_own = key.category == row.category && key.label == row.label;
      if (!is_own && key.label != Label::legit) continue;
      for (const Outcome& outcome : outcomes) (is_own ? own : wanted).push_back(outcome.log_odds);
    }
    Category category{std::move(row), std::nullopt};
    if (category.row.label == Label::scam) category.auc = auc(std::move(own), std::move(wanted));
    categories.push_back(std::move(category));
  }
  return categories;
}

std::vector<Pair> Evaluation::pairs() const {
  std::map<Key, std::vector<Outcome>> scams, wanted;
  for (const auto& [key, outcomes] : outcomes_) {
    if (key.label == Label::spam) continue;
    append((key.label == Label::scam ? scams : wanted)[{key.corpus, {}, language_family(key.lang), key.label}],
           outcomes);
  }
  const auto log_odds = [](const Outcome& one) { return one.log_odds; };
  const auto wording = [](const Outcome& one) { return one.wording; };
  const auto without = [](const Outcome& one) { return one.log_odds - one.wording; };
  const auto score = [](const Outcome& one) { return score_of(one.log_odds); };
  std::vector<Pair> pairs;
  for (const auto& [scam_key, bad] : scams)
    for (const auto& [wanted_key, good] : wanted) {
      if (!may_be_the_same(scam_key.lang, wanted_key.lang)) continue;
      if (bad.size() < fewest_of_a_pair || good.size() < fewest_of_a_pair) continue;
      Pair pair{scam_key.corpus, wanted_key.corpus, scam_key.lang.empty() ? wanted_key.lang : scam_key.lang, bad.size(),
                good.size()};
      const auto bad_odds = numbers(bad, log_odds), good_odds = numbers(good, log_odds);
      pair.auc = *auc(bad_odds, good_odds);
      pair.auc_without_wording = auc(numbers(bad, without), numbers(good, without))->value;
      pair.auc_wording = auc(numbers(bad, wording), numbers(good, wording))->value;
      pair.at_thousandth = recall_at(bad_odds, good_odds, 0.001);
      pair.at_hundredth = recall_at(bad_odds, good_odds, 0.01);
      pair.calibration = *calibration(numbers(bad, score), numbers(good, score));
      pairs.push_back(std::move(pair));
    }
  return pairs;
}

std::optional<Languages> Evaluation::language_as_a_sign() const {
  std::vector<double> japanese, other;
  for (const auto& [key, outcomes] : outcomes_) {
    const std::string family = language_family(key.lang);
    if (key.label != Label::legit || family.empty()) continue;
    for (const Outcome& outcome : outcomes) (family == "ja" ? japanese : other).push_back(outcome.wording);
  }
  const auto area = auc(japanese, other);
  if (!area) return std::nullopt;
  return Languages{"ja", "other", japanese.size(), other.size(), *area};
}

}  // namespace sekisho::train
