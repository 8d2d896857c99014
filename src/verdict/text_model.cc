#include "verdict/text_model.h"

#include <algorithm>
#include <cmath>

namespace sekisho::verdict {
namespace {

/// Passages that one reason quotes.
constexpr std::size_t most_passages = 3;
/// Grams below which a text counts as this long: one word is no wording.
constexpr double fewest_grams = 100;

}  // namespace

Result<TextModel> TextModel::make(Parameters parameters) {
  const bool finite = std::isfinite(parameters.scale) && std::isfinite(parameters.slope) &&
                      std::isfinite(parameters.bound) && std::isfinite(parameters.japanese) &&
                      std::isfinite(parameters.latin) && std::isfinite(parameters.other);
  if (parameters.bits < 10 || parameters.bits > 22 || parameters.table.size() != std::size_t{1} << parameters.bits ||
      !finite || parameters.bound < 0)
    return fail(ErrorCode::bad_data, Said{"model.damaged", {}}, "is no model, or is damaged");
  TextModel model;
  model.parameters_ = std::move(parameters);
  return model;
}

double TextModel::raw(double sum, std::size_t grams) {
  return sum / std::sqrt(std::max(fewest_grams, static_cast<double>(grams)));
}

Wording TextModel::read(const facts::Facts& facts) const {
  if (empty()) return {};
  struct Earned {
    Clause clause;
    std::int64_t sum = 0;
  };
  std::vector<Earned> clauses;
  std::size_t grams = 0;
  const unsigned shift = 32 - parameters_.bits;
  const std::int8_t* const table = parameters_.table.data();
  WordingReader reader(facts);
  reader.read([&](const Clause& clause) { clauses.push_back({clause}); },
              [&](std::uint32_t hash) {
                clauses.back().sum += table[hash >> shift];
                ++grams;
              });
  if (grams == 0) return {};
  std::int64_t sum = 0;
  for (const Earned& earned : clauses) sum += earned.sum;
  const Scripts scripts = reader.scripts();
  const double plain = raw(static_cast<double>(sum) * parameters_.scale, grams) -
                       parameters_.japanese * scripts.japanese - parameters_.latin * scripts.latin -
                       parameters_.other * (1 - scripts.japanese - scripts.latin);
  Wording wording;
  wording.log_odds = std::clamp(parameters_.slope * plain, -calm_part * parameters_.bound, parameters_.bound);
  for (const Earned& earned : clauses)
    if (earned.sum != 0 && (earned.sum > 0) == (wording.log_odds > 0))
      wording.passages.push_back(
          {earned.clause, parameters_.slope * raw(static_cast<double>(earned.sum) * parameters_.scale, grams)});
  std::stable_sort(wording.passages.begin(), wording.passages.end(),
                   [](const Passage& a, const Passage& b) { return std::abs(a.share) > std::abs(b.share); });
  if (wording.passages.size() > most_passages) wording.passages.resize(most_passages);
  return wording;
}

}  // namespace sekisho::verdict
