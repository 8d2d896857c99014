// What the trainer keeps of a message: which cards spoke, and the hashed n-grams of its words. Made by several threads
// in batches that are written to a work folder, so that a run that was stopped goes on where it was, and so that memory
// holds one batch at a time. Called by trainer.cc; the caller's thread reads and receives.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "train/labelled.h"
#include "verdict/wording.h"

namespace sekisho::train {

/// One n-gram of a message: its hash (verdict/wording.h) and how often it stands there.
struct Gram {
  std::uint32_t hash = 0;
  std::uint32_t count = 0;
};

struct Example {
  std::uint32_t group = 0;           ///< index into Labelled::groups
  std::uint32_t all_grams = 0;       ///< with repeats: the length that scores are divided by
  std::uint64_t said = 0;            ///< fingerprint of the words: the same text again counts once
  float japanese = 0, latin = 0;     ///< share of the letters
  std::vector<std::uint16_t> cards;  ///< that spoke, by index into Deck::cards()
  std::vector<Gram> grams;           ///< sorted by hash
};

/// A sample that depends on the messages alone, not on their order: of each corpus and label those whose bytes have the
/// lowest fingerprints.
struct Sample {
  std::vector<std::uint64_t> highest;  ///< by group: fingerprints up to this one are taken
  std::size_t messages = 0, taken = 0;
};
Sample choose_sample(const Labelled& labelled, std::size_t most_of_a_group,
                     const std::function<void(std::uint64_t bytes)>& on_read);

struct Extraction {
  const engine::Engine& engine;  ///< with hand-set weights and no text model
  const Labelled& labelled;
  const Sample& sample;
  std::filesystem::path work;  ///< folder of the batches; must exist
  unsigned jobs = 1;
};

/// Makes every batch that is not in the work folder yet. Returns their files, in order. Error unreadable when the
/// folder cannot be written.
Result<std::vector<std::filesystem::path>> extract(const Extraction& extraction,
                                                   const std::function<void(std::uint64_t bytes)>& on_read);

/// The examples of one batch; empty when the file is damaged.
std::vector<Example> read_batch(const std::filesystem::path& file);

}  // namespace sekisho::train
