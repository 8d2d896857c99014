// Labelled mail → a model: how much each card weighs, how much the wording says, and the model card's figures. Called
// by `app` (train). Reads with several threads, solves with one; the same mail, program and knowledge give the same
// bytes.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "train/figures.h"
#include "train/labelled.h"
#include "train/solver.h"
#include "train/support.h"
#include "verdict/model.h"

namespace sekisho::train {

struct TrainOptions {
  enum class Cards : std::uint8_t { learn, keep };  ///< keep: hand-set weights stay, only the wording is learned
  std::string name = "own";
  std::string about;           ///< put at the head of the model card, Markdown
  std::filesystem::path work;  ///< where batches are kept until the model is written
  unsigned jobs = 1;
  std::size_t most_of_a_group = 20'000;  ///< messages taken of one corpus and label (train/examples.h Sample)
  Cards cards = Cards::learn;
  Support::Least least;
  WordingOptions wording;
  CardOptions card_fit{.calm_part = verdict::TextModel::calm_part};
};

/// What one corpus gave.
struct Learnt {
  std::string corpus;
  Label label = Label::legit;
  std::size_t messages = 0, repeats = 0;  ///< repeats: the same words as an earlier message, counted once
};

struct Trained {
  verdict::Model model;
  std::vector<Learnt> corpora;
  std::size_t read = 0, sampled = 0;  ///< messages there were, and were taken
  std::size_t grams = 0;              ///< different n-grams that enough messages share
  std::size_t cards_learned = 0;
  /// Of messages whose corpus was left out when their wording was learned; nothing where one side is missing.
  std::optional<Auc> wording_japanese, wording_other;
  /// Wanted Japanese mail against other wanted mail, in corpora that hold both.
  std::optional<Auc> languages;
};

enum class Stage : std::uint8_t { sampling, reading, solving };
/// `done` of `all`: bytes, or fits.
using OnProgress = std::function<void(Stage stage, std::uint64_t done, std::uint64_t all)>;

/// Errors: bad_data when there are not both scams and wanted messages; unreadable when the work folder cannot be used.
Result<Trained> train(const engine::Engine& by_hand, const Labelled& labelled, const TrainOptions& options,
                      const OnProgress& on_progress);

}  // namespace sekisho::train
