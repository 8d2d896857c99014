// A telling in a person's own words → the situations it fits, what was done, what was typed, with the words that led
// there; and at most two questions when that is not clear. Two kinds of evidence are added up: cue words, and how alike
// the telling is to written example tellings (cosine of their two-letter pieces, rare pieces weighing more). Everything
// it knows is data (knowledge/care/describe.yaml); same words, same answer. Prepared once, then safe to share between
// threads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "care/care.h"

namespace sekisho::care {

struct Guess {
  std::string id;
  double confidence = 0;             ///< 0 to 1
  std::vector<std::string> because;  ///< words of the telling, as written there
};

struct Described {
  std::vector<Guess> situations;  ///< best first; empty when none fits
  std::vector<std::string> done, typed;
  std::vector<std::string> ask;  ///< at most two
};

class Listener {
 public:
  /// Borrows the data.
  explicit Listener(const Care& care);

  /// Reads at most limits::telling_bytes of `telling`, which must be valid UTF-8.
  Described listen(std::string_view telling, Register speech) const;

 private:
  using Piece = std::uint64_t;  ///< two letters
  using Pieces = std::unordered_map<Piece, double>;

  /// The telling's two-letter pieces with their weights, of length one.
  Pieces weighed(std::string_view telling) const;

  struct Example {
    std::size_t situation;  ///< index into Describe::situations
    Pieces pieces;
  };
  const Care& care_;
  std::unordered_map<Piece, double> rarity_;
  double unseen_rarity_ = 0;
  std::vector<Example> examples_;
};

}  // namespace sekisho::care
