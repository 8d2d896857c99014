// One knot of the search: options that overlap, so that choosing one changes what another is worth. Branch and bound
// while it is small, greedy with a proven bound otherwise. Only cover.cc calls it.
#pragma once

#include "rules/cover.h"

namespace sekisho::rules {

struct KnotChoice {
  std::vector<std::uint32_t> options;
  std::uint64_t covered = 0;
  std::size_t exceptions = 0;
};

struct KnotAnswer {
  std::vector<KnotChoice> best;      ///< [n]: with n options; ends where more options bring nothing
  std::vector<std::uint64_t> upper;  ///< [n]: no n options cover more
  bool proved = true;
};

/// `options`: indices into problem.options. Takes from `steps_left` what it used.
KnotAnswer search_knot(const CoverProblem& problem, const std::vector<std::uint32_t>& options, std::size_t& steps_left);

}  // namespace sekisho::rules
