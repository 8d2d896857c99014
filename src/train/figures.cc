#include "train/figures.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace sekisho::train {
namespace {

constexpr double z95 = 1.959963984540054;

}  // namespace

Share share(std::size_t of, std::size_t all) {
  Share share{of, all};
  if (all == 0) return share;
  const auto n = static_cast<double>(all);
  const double p = static_cast<double>(of) / n, z2 = z95 * z95;
  const double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
  const double half = z95 * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n);
  share.value = p;
  share.low = std::max(0.0, middle - half);
  share.high = std::min(1.0, middle + half);
  return share;
}

std::optional<Auc> auc(std::vector<double> scams, std::vector<double> wanted) {
  if (scams.empty() || wanted.empty()) return std::nullopt;
  std::sort(scams.begin(), scams.end());
  std::sort(wanted.begin(), wanted.end());
  double above = 0;  // pairs in the right order, ties counting half
  for (const double score : scams) {
    const auto [first, last] = std::equal_range(wanted.begin(), wanted.end(), score);
    above += static_cast<double>(first - wanted.begin()) + static_cast<double>(last - first) / 2;
  }
  const auto n = static_cast<double>(scams.size()), m = static_cast<double>(wanted.size());
  const double a = above / (n * m), q1 = a / (2 - a), q2 = 2 * a * a / (1 + a);
  const double variance = (a * (1 - a) + (n - 1) * (q1 - a * a) + (m - 1) * (q2 - a * a)) / (n * m);
  const double half = z95 * std::sqrt(std::max(0.0, variance));
  return Auc{a, std::max(0.0, a - half), std::min(1.0, a + half)};
}

std::optional<RecallAt> recall_at(const std::vector<double>& scams, const std::vector<double>& wanted, double rate) {
  const auto allowed = static_cast<std::size_t>(std::floor(rate * static_cast<double>(wanted.size()) + 1e-9));
  if (allowed == 0 || scams.empty()) return std::nullopt;
  std::vector<double> highest = wanted;
  const auto border = highest.begin() + static_cast<std::ptrdiff_t>(std::min(allowed, highest.size() - 1));
  std::nth_element(highest.begin(), border, highest.end(), std::greater<>());
  const double threshold = *border;
  const auto found = std::count_if(scams.begin(), scams.end(), [&](double score) { return score > threshold; });
  return RecallAt{threshold, share(static_cast<std::size_t>(found), scams.size())};
}

std::optional<Calibration> calibration(const std::vector<double>& scam_scores,
                                       const std::vector<double>& wanted_scores) {
  if (scam_scores.empty() || wanted_scores.empty()) return std::nullopt;
  Calibration result;
  const auto count = [&](const std::vector<double>& scores, double truth) {
    const double weight = 0.5 / static_cast<double>(scores.size());
    for (const double score : scores) {
      const auto at = std::min(Calibration::bin_count - 1, static_cast<std::size_t>(score * Calibration::bin_count));
      Calibration::Bin& bin = result.bins[at];
      ++bin.messages;
      bin.weight += weight;
      bin.score += weight * score;
      bin.scam += weight * truth;
      result.brier += weight * (score - truth) * (score - truth);
    }
  };
  count(scam_scores, 1);
  count(wanted_scores, 0);
  for (Calibration::Bin& bin : result.bins) {
    result.ece += std::abs(bin.score - bin.scam);
    if (bin.weight == 0) continue;
    bin.score /= bin.weight;
    bin.scam /= bin.weight;
  }
  return result;
}

}  // namespace sekisho::train
