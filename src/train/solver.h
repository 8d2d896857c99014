// The two convex problems of training, each solved in one thread in a fixed order, so that the same mail gives the same
// model. Wording: logistic regression over hashed n-grams by AdaGrad (Duchi, Hazan, Singer 2011). Cards: logistic
// regression over the cards that spoke and the wording's score, pulled towards the hand-set weights, each weight kept
// on its side of zero, by projected diagonal Newton steps. Why not liblinear: it knows neither a prior other than zero
// nor signs to keep (docs/decisions). Pure.
#pragma once

#include <cstdint>
#include <vector>

namespace sekisho::train {

/// One message for the wording: entries of the table and their values.
struct Words {
  std::vector<std::uint32_t> entries;  ///< table entry << 12 | count
  double norm = 1;                     ///< values are count / norm
  double weight = 1;                   ///< how much the message counts
  double japanese = 0, latin = 0;      ///< share of the letters
  bool scam = false;
  bool held_out = false;  ///< left out of this fit
};

inline constexpr unsigned count_bits = 12;

struct WordingFit {
  std::vector<float> table;
};
struct WordingOptions {
  unsigned bits = 20;
  unsigned rounds = 8;
  double rate = 0.5;
  double ridge = 1e-5;
  double floor = 1e-3;  ///< AdaGrad's start: what is seen seldom learns slowly
};
WordingFit fit_wording(const std::vector<Words>& messages, const WordingOptions& options);
/// What the table says of a message, before any offset.
double raw_score(const WordingFit& fit, const Words& message);

/// One message for the cards.
struct Spoken {
  std::vector<std::uint16_t> cards;
  double wording = 0;  ///< centred raw score, of a table that has not seen the message's source
  double weight = 1;
  bool scam = false;
};

/// What one weight may become.
struct Bounds {
  double hand = 0, low = 0, high = 0;
  bool fixed = false;  ///< too few messages to learn from
};

struct CardOptions {
  double ridge = 20;  ///< pull of each hand-set weight, in messages
  double bias_ridge = 200;
  double wording_bound = 2;  ///< the wording's share is cut there …
  double calm_part = 0.5;    ///< … and at this part of it where it speaks for a wanted message
  unsigned rounds = 400;
};
struct CardFit {
  std::vector<double> weights;
  double bias = 0;
  double slope = 0, centre = 0;  ///< share of the wording: slope * (wording - centre), cut
};
CardFit fit_cards(const std::vector<Spoken>& messages, const std::vector<Bounds>& cards, double hand_bias,
                  const CardOptions& options);

}  // namespace sekisho::train
