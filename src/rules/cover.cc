#include "rules/cover.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "base/limits.h"
#include "rules/cover_knot.h"

namespace sekisho::rules {
namespace {

bool includes(const std::vector<std::uint32_t>& all, const std::vector<std::uint32_t>& some) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

/// Options that no best answer needs: another covers as much with no more exceptions.
std::vector<std::uint32_t> undominated(const CoverProblem& problem) {
  std::vector<std::vector<std::uint32_t>> of_element(problem.weights.size());
  std::vector<std::uint32_t> usable;
  for (std::uint32_t i = 0; i < problem.options.size(); ++i) {
    const CoverOption& option = problem.options[i];
    if (option.covers.empty() || option.exceptions.size() > problem.most_exceptions) continue;
    usable.push_back(i);
    for (const std::uint32_t element : option.covers) of_element[element].push_back(i);
  }
  std::erase_if(usable, [&](std::uint32_t i) {
    const CoverOption& option = problem.options[i];
    // Whatever dominates covers each element of the option, so the least shared element names all that could.
    const auto* others = &of_element[option.covers.front()];
    for (const std::uint32_t element : option.covers)
      if (of_element[element].size() < others->size()) others = &of_element[element];
    return std::any_of(others->begin(), others->end(), [&](std::uint32_t j) {
      const CoverOption& other = problem.options[j];
      if (j == i || other.covers.size() < option.covers.size() || !includes(other.covers, option.covers) ||
          !includes(option.exceptions, other.exceptions))
        return false;
      const bool equal = other.covers == option.covers && other.exceptions == option.exceptions;
      return !equal || std::pair(other.preference, j) < std::pair(option.preference, i);
    });
  });
  return usable;
}

/// Groups of options that share elements or exceptions; nothing outside a group changes what is best inside.
class Groups {
 public:
  explicit Groups(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0U); }
  std::uint32_t find(std::uint32_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::uint32_t a, std::uint32_t b) { parent_[find(a)] = find(b); }

 private:
  std::vector<std::uint32_t> parent_;
};

/// How the options fall apart into knots (indices into `usable`).
std::vector<std::vector<std::uint32_t>> knots_of(const CoverProblem& problem,
                                                 const std::vector<std::uint32_t>& usable) {
  Groups groups(usable.size());
  std::map<std::uint32_t, std::uint32_t> by_element, by_exception;
  for (std::uint32_t i = 0; i < usable.size(); ++i) {
    const CoverOption& option = problem.options[usable[i]];
    for (const std::uint32_t element : option.covers) groups.join(by_element.emplace(element, i).first->second, i);
    for (const std::uint32_t one : option.exceptions) groups.join(by_exception.emplace(one, i).first->second, i);
  }
  // Where not all exceptions fit, knots compete for them and are one.
  if (by_exception.size() > problem.most_exceptions)
    for (const auto& [exception, i] : by_exception) groups.join(by_exception.begin()->second, i);
  std::map<std::uint32_t, std::vector<std::uint32_t>> by_root;
  for (std::uint32_t i = 0; i < usable.size(); ++i) by_root[groups.find(i)].push_back(usable[i]);
  std::vector<std::vector<std::uint32_t>> knots;
  knots.reserve(by_root.size());
  for (auto& [root, options] : by_root) knots.push_back(std::move(options));
  return knots;
}

/// What a number of entries can do: more weight first, then fewer exceptions.
struct Worth {
  std::uint64_t covered = 0;
  std::uint64_t exceptions = 0;
  bool operator<(const Worth& other) const {
    return covered != other.covered ? covered < other.covered : exceptions > other.exceptions;
  }
};
Worth operator+(const Worth& a, const Worth& b) { return {a.covered + b.covered, a.exceptions + b.exceptions}; }

/// The best way to share `most` entries among knots whose best is known for every number: exact, by adding one knot
/// after the other. A knot of one option is one step of a single sorted row, so most mailboxes need no table at all.
struct Shares {
  std::vector<std::size_t> entries_of_knot;
  Worth worth;
};

Shares share_out(const std::vector<std::vector<Worth>>& best, std::size_t most) {
  Shares shares;
  shares.entries_of_knot.resize(best.size());
  std::size_t wanted = 0;
  for (const auto& knot : best) wanted += knot.size() - 1;
  if (wanted <= most) {
    for (std::size_t k = 0; k < best.size(); ++k) {
      shares.entries_of_knot[k] = best[k].size() - 1;
      shares.worth = shares.worth + best[k].back();
    }
    return shares;
  }
  std::vector<std::size_t> single, several;
  for (std::size_t k = 0; k < best.size(); ++k) (best[k].size() == 2 ? single : several).push_back(k);
  std::stable_sort(single.begin(), single.end(), [&](std::size_t a, std::size_t b) { return best[b][1] < best[a][1]; });
  // table[n]: the best of the knots seen so far with n entries; taken[k][n]: how many of them the k-th got.
  std::vector<Worth> table(most + 1);
  std::vector<std::vector<std::uint32_t>> taken;
  for (const std::size_t k : several) {
    std::vector<Worth> next = table;
    std::vector<std::uint32_t> here(most + 1, 0);
    for (std::size_t n = 1; n <= most; ++n)
      for (std::size_t j = 1; j < best[k].size() && j <= n; ++j)
        if (const Worth worth = table[n - j] + best[k][j]; next[n] < worth) {
          next[n] = worth;
          here[n] = static_cast<std::uint32_t>(j);
        }
    table = std::move(next);
    taken.push_back(std::move(here));
  }
  std::vector<Worth> row(1);
  for (const std::size_t k : single) row.push_back(row.back() + best[k][1]);
  std::size_t entries_best = 0, for_several = 0;
  for (std::size_t n = 0; n <= most; ++n)
    for (std::size_t s = n - std::min(n, row.size() - 1); s <= n; ++s)
      if (const Worth worth = table[s] + row[n - s]; shares.worth < worth) {
        shares.worth = worth;
        entries_best = n;
        for_several = s;
      }
  for (std::size_t i = 0; i < entries_best - for_several; ++i) shares.entries_of_knot[single[i]] = 1;
  for (std::size_t i = several.size(); i-- > 0;) {
    shares.entries_of_knot[several[i]] = taken[i][for_several];
    for_several -= taken[i][for_several];
  }
  return shares;
}

}  // namespace

CoverSolution best_cover(const CoverProblem& problem) {
  const std::vector<std::uint32_t> usable = undominated(problem);
  std::vector<KnotAnswer> answers;
  std::vector<std::vector<Worth>> best, upper;
  std::size_t steps_left = limits::cover_steps;
  CoverSolution solution;
  solution.proved = true;
  for (const auto& options : knots_of(problem, usable)) {
    answers.push_back(search_knot(problem, options, steps_left));
    const KnotAnswer& answer = answers.back();
    solution.proved &= answer.proved;
    auto& worth = best.emplace_back();
    auto& bound = upper.emplace_back();
    for (const KnotChoice& choice : answer.best) worth.push_back({choice.covered, choice.exceptions});
    for (const std::uint64_t covered : answer.upper) bound.push_back({covered, 0});
  }
  const Shares shares = share_out(best, problem.most_options);
  for (std::size_t k = 0; k < answers.size(); ++k) {
    const auto& chosen = answers[k].best[shares.entries_of_knot[k]].options;
    solution.chosen.insert(solution.chosen.end(), chosen.begin(), chosen.end());
  }
  std::sort(solution.chosen.begin(), solution.chosen.end());
  solution.covered = shares.worth.covered;
  solution.bound = solution.proved ? solution.covered : share_out(upper, problem.most_options).worth.covered;
  return solution;
}

}  // namespace sekisho::rules
