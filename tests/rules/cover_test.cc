#include "rules/cover.h"

#include <algorithm>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "base/limits.h"

namespace sekisho::rules {
namespace {

struct Best {
  std::uint64_t covered = 0;
  std::size_t entries = 0, exceptions = 0;
  bool operator==(const Best&) const = default;
};

Best worth(const CoverProblem& problem, const std::vector<std::uint32_t>& chosen) {
  std::set<std::uint32_t> elements, exceptions;
  for (const std::uint32_t option : chosen) {
    elements.insert(problem.options[option].covers.begin(), problem.options[option].covers.end());
    exceptions.insert(problem.options[option].exceptions.begin(), problem.options[option].exceptions.end());
  }
  Best best{0, chosen.size(), exceptions.size()};
  for (const std::uint32_t element : elements) best.covered += problem.weights[element];
  return best;
}

/// Every subset of the options.
Best brute_force(const CoverProblem& problem) {
  Best best;
  for (std::uint32_t set = 0; set < (1U << problem.options.size()); ++set) {
    std::vector<std::uint32_t> chosen;
    for (std::uint32_t i = 0; i < problem.options.size(); ++i)
      if ((set >> i & 1U) != 0) chosen.push_back(i);
    if (chosen.size() > problem.most_options) continue;
    const Best one = worth(problem, chosen);
    if (one.exceptions > problem.most_exceptions) continue;
    if (std::tuple(one.covered, best.entries, best.exceptions) > std::tuple(best.covered, one.entries, one.exceptions))
      best = one;
  }
  return best;
}

CoverProblem random_problem(std::mt19937& random) {
  const auto up_to = [&](std::uint32_t n) { return std::uniform_int_distribution<std::uint32_t>(0, n)(random); };
  CoverProblem problem;
  for (std::uint32_t n = 1 + up_to(9); n > 0; --n) problem.weights.push_back(1 + up_to(5));
  for (std::uint32_t n = up_to(10); n > 0; --n) {
    CoverOption option;
    for (std::uint32_t element = 0; element < problem.weights.size(); ++element)
      if (up_to(3) == 0) option.covers.push_back(element);
    for (std::uint32_t one = 0; one < 5; ++one)
      if (up_to(5) == 0) option.exceptions.push_back(one);
    option.preference = up_to(3);
    problem.options.push_back(std::move(option));
  }
  problem.most_options = up_to(6);
  problem.most_exceptions = up_to(5);
  return problem;
}

TEST(Cover, EqualsBruteForceOnSixHundredRandomProblems) {
  std::mt19937 random(7);
  for (int i = 0; i < 600; ++i) {
    const CoverProblem problem = random_problem(random);
    const CoverSolution solution = best_cover(problem);
    const Best expected = brute_force(problem);
    EXPECT_EQ(worth(problem, solution.chosen), expected)
        << i << ": covered " << solution.covered << " of " << expected.covered << " with " << solution.chosen.size()
        << " for " << expected.entries;
    EXPECT_EQ(solution.covered, expected.covered) << i;
    EXPECT_EQ(solution.bound, expected.covered) << i;
    EXPECT_TRUE(solution.proved) << i;
  }
}

/// A knot of `size` options that all overlap their neighbours.
CoverProblem ring(std::uint32_t size, std::size_t most) {
  CoverProblem problem;
  problem.weights.assign(size * 2, 1);
  for (std::uint32_t i = 0; i < size; ++i) {
    CoverOption option;
    for (std::uint32_t k = 0; k < 3; ++k) option.covers.push_back((i * 2 + k) % (size * 2));
    std::sort(option.covers.begin(), option.covers.end());
    problem.options.push_back(std::move(option));
  }
  problem.most_options = most;
  return problem;
}

TEST(Cover, AKnotAtTheLimitIsSearchedAndOneAboveIsBoundedHonestly) {
  const CoverSolution at = best_cover(ring(limits::cover_options, 2));
  EXPECT_TRUE(at.proved);
  EXPECT_EQ(at.covered, 6);
  const CoverSolution above = best_cover(ring(limits::cover_options + 1, limits::cover_options + 1));
  EXPECT_FALSE(above.proved);
  EXPECT_GE(above.bound, above.covered);
  EXPECT_EQ(above.covered, 2 * (limits::cover_options + 1)) << "greedy still covers all of it";
}

TEST(Cover, AKnotTooHardForItsStepsStillEndsWithABound) {
  // Random overlap of many options: branch and bound alone would need far more than the steps allowed.
  std::mt19937 random(3);
  CoverProblem problem;
  problem.weights.assign(400, 1);
  for (int i = 0; i < 60; ++i) {
    std::set<std::uint32_t> covers;
    while (covers.size() < 40) covers.insert(std::uniform_int_distribution<std::uint32_t>(0, 399)(random));
    problem.options.push_back({{covers.begin(), covers.end()}, {}, 0});
  }
  problem.most_options = 15;
  const CoverSolution solution = best_cover(problem);
  EXPECT_FALSE(solution.proved);
  EXPECT_LE(solution.chosen.size(), 15U);
  EXPECT_GE(solution.bound, solution.covered);
  EXPECT_GE(solution.covered * 5, solution.bound * 3) << "greedy is never worse than 1 - 1/e of the best";
}

TEST(Cover, WhatReachesItsOwnBoundIsProvedWithoutASearch) {
  // A domain that needs one exception, and more names below it than are searched.
  CoverProblem problem;
  CoverOption all{{}, {0}, 0};
  for (std::uint32_t i = 0; i < limits::cover_options + 10; ++i) {
    problem.weights.push_back(1);
    problem.options.push_back({{i}, {}, 0});
    all.covers.push_back(i);
  }
  problem.options.push_back(all);
  problem.most_options = 300;
  problem.most_exceptions = 1;
  const CoverSolution solution = best_cover(problem);
  EXPECT_EQ(solution.chosen.size(), 1U);
  EXPECT_TRUE(solution.proved);
}

TEST(Cover, NothingToChooseFromIsNoChoice) {
  EXPECT_TRUE(best_cover({}).chosen.empty());
  EXPECT_TRUE(best_cover({}).proved);
  EXPECT_TRUE(best_cover({{5}, {{{0}, {}, 0}}, 0, 0}).chosen.empty()) << "a place that takes no entry";
}

}  // namespace
}  // namespace sekisho::rules
