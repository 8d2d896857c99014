// The search: of many possible entries the few that stop the most. Weighted maximum coverage with at most N entries
// that together need at most M exceptions; of equal coverage the fewest entries, then the fewest exceptions. Knows
// nothing of mail. Called by mine.cc and by tests. Pure; time and memory are bounded by limits.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sekisho::rules {

struct CoverOption {
  std::vector<std::uint32_t> covers;      ///< elements, ascending
  std::vector<std::uint32_t> exceptions;  ///< allow entries that it needs, ascending
  std::uint32_t preference = 0;           ///< of options that cover the same with the same exceptions the lowest stays
};

struct CoverProblem {
  std::vector<std::uint64_t> weights;  ///< of each element
  std::vector<CoverOption> options;
  std::size_t most_options = 0, most_exceptions = 0;
};

struct CoverSolution {
  std::vector<std::uint32_t> chosen;  ///< ascending indices of options
  std::uint64_t covered = 0;
  std::uint64_t bound = 0;  ///< no choice within the limits covers more
  /// True when no choice covers more and none covers as much with fewer options; of those that are as good, none needs
  /// fewer exceptions, but for knots of more than limits::cover_options, where only the options are proved.
  bool proved = false;
};

CoverSolution best_cover(const CoverProblem& problem);

}  // namespace sekisho::rules
