#include "train/solver.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace sekisho::train {
namespace {

double sigmoid(double z) { return 1.0 / (1.0 + std::exp(-z)); }

/// A fixed order that looks like none (splitmix64, Fisher and Yates).
std::vector<std::uint32_t> shuffled(std::size_t size, std::uint64_t state) {
  std::vector<std::uint32_t> order(size);
  std::iota(order.begin(), order.end(), 0U);
  const auto next = [&] {
    std::uint64_t z = state += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  };
  for (std::size_t i = size; i > 1; --i) std::swap(order[i - 1], order[next() % i]);
  return order;
}

}  // namespace

double raw_score(const WordingFit& fit, const Words& message) {
  double sum = 0;
  for (const std::uint32_t entry : message.entries)
    sum += static_cast<double>(fit.table[entry >> count_bits]) * (entry & ((1U << count_bits) - 1));
  return sum / message.norm;
}

WordingFit fit_wording(const std::vector<Words>& messages, const WordingOptions& options) {
  WordingFit fit;
  fit.table.assign(std::size_t{1} << options.bits, 0.0F);
  std::vector<float> squares(fit.table.size(), static_cast<float>(options.floor));
  // Where each script starts: learned beside the words and then forgotten, so that no word has to say "Japanese".
  std::array<double, 3> start{}, start_squares{1, 1, 1};
  for (unsigned round = 0; round < options.rounds; ++round)
    for (const std::uint32_t i : shuffled(messages.size(), round + 1)) {
      const Words& message = messages[i];
      if (message.held_out || message.weight == 0) continue;
      const std::array<double, 3> scripts{message.japanese, message.latin, 1 - message.japanese - message.latin};
      double z = raw_score(fit, message);
      for (std::size_t s = 0; s < scripts.size(); ++s) z += start[s] * scripts[s];
      const double slip = message.weight * (sigmoid(z) - (message.scam ? 1.0 : 0.0));
      for (std::size_t s = 0; s < scripts.size(); ++s) {
        const double slope = slip * scripts[s];
        start_squares[s] += slope * slope;
        start[s] -= options.rate * slope / std::sqrt(start_squares[s]);
      }
      const double scaled = slip / message.norm;
      for (const std::uint32_t entry : message.entries) {
        const std::uint32_t at = entry >> count_bits;
        const double slope = scaled * (entry & ((1U << count_bits) - 1)) + options.ridge * fit.table[at];
        squares[at] += static_cast<float>(slope * slope);
        fit.table[at] -= static_cast<float>(options.rate * slope / std::sqrt(squares[at]));
      }
    }
  return fit;
}

CardFit fit_cards(const std::vector<Spoken>& messages, const std::vector<Bounds>& cards, double hand_bias,
                  const CardOptions& options) {
  CardFit fit;
  fit.bias = hand_bias;
  fit.slope = 1;
  for (const Bounds& card : cards) fit.weights.push_back(card.hand);
  std::vector<double> slope(cards.size()), bend(cards.size());
  for (unsigned round = 0; round < options.rounds; ++round) {
    for (std::size_t i = 0; i < cards.size(); ++i) {
      slope[i] = options.ridge * (fit.weights[i] - cards[i].hand);
      bend[i] = options.ridge;
    }
    double bias_slope = options.bias_ridge * (fit.bias - hand_bias), bias_bend = options.bias_ridge;
    double words_slope = 0, words_bend = 1, centre_slope = 0, centre_bend = 1;
    for (const Spoken& message : messages) {
      const double free_share = fit.slope * (message.wording - fit.centre);
      const double share = std::clamp(free_share, -options.calm_part * options.wording_bound, options.wording_bound);
      double z = fit.bias + share;
      for (const std::uint16_t card : message.cards) z += fit.weights[card];
      const double p = sigmoid(z);
      const double slip = message.weight * (p - (message.scam ? 1.0 : 0.0)), curve = message.weight * p * (1 - p);
      bias_slope += slip;
      bias_bend += curve;
      for (const std::uint16_t card : message.cards) {
        slope[card] += slip;
        bend[card] += curve;
      }
      if (share == free_share) {  // a cut share does not move
        const double x = message.wording - fit.centre;
        words_slope += slip * x;
        words_bend += curve * x * x;
        centre_slope -= slip * fit.slope;
        centre_bend += curve * fit.slope * fit.slope;
      }
    }
    // Half steps: the diagonal ignores that cards speak together.
    constexpr double step = 0.25;
    for (std::size_t i = 0; i < cards.size(); ++i)
      if (!cards[i].fixed)
        fit.weights[i] = std::clamp(fit.weights[i] - step * slope[i] / bend[i], cards[i].low, cards[i].high);
    fit.bias -= step * bias_slope / bias_bend;
    fit.slope = std::max(0.0, fit.slope - step * words_slope / words_bend);
    fit.centre -= step * centre_slope / centre_bend;
  }
  return fit;
}

}  // namespace sekisho::train
