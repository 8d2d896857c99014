// The numbers of an evaluation: how well scores separate, what happens at the thresholds, whether a score means what it
// says, and how sure each number is. Pure functions of scores; know no mail. Called by `app` (evaluate) and `train`.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

namespace sekisho::train {

/// A share with its interval, all between 0 and 1.
struct Share {
  std::size_t of = 0, all = 0;
  double value = 0, low = 0, high = 1;
};

/// Wilson's score interval at 95 % (Wilson 1927); of nothing at all: 0, between 0 and 1.
Share share(std::size_t of, std::size_t all);

/// Area under the ROC curve: how often a scam scores above a wanted message, ties counting half; with the interval of
/// Hanley and McNeil (1982) at 95 %. Nothing when one side is empty.
struct Auc {
  double value = 0, low = 0, high = 1;
};
std::optional<Auc> auc(std::vector<double> scams, std::vector<double> wanted);

/// Recall where at most `rate` of the wanted messages score as high. Nothing when there are fewer wanted messages than
/// one false alarm at that rate needs (1 / rate), for then the number would say nothing.
struct RecallAt {
  double threshold = 0;  ///< log-odds above which a message is called
  Share recall;
};
std::optional<RecallAt> recall_at(const std::vector<double>& scams, const std::vector<double>& wanted, double rate);

/// Does a score mean what it says? Both kinds of message count half, whatever their number, because no test set has
/// the share of scam that somebody's mailbox has. Nothing when one side is empty.
struct Calibration {
  static constexpr std::size_t bin_count = 10;
  struct Bin {
    std::size_t messages = 0;
    double weight = 0, score = 0, scam = 0;  ///< share of all; mean score and share of scam in it
  };
  double brier = 0;  ///< mean squared distance (Brier 1950)
  double ece = 0;    ///< mean distance of score and share over the bins
  std::array<Bin, bin_count> bins{};
};
std::optional<Calibration> calibration(const std::vector<double>& scam_scores,
                                       const std::vector<double>& wanted_scores);

}  // namespace sekisho::train
