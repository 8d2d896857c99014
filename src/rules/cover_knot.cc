#include "rules/cover_knot.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <map>
#include <numeric>

#include "base/limits.h"

namespace sekisho::rules {
namespace {

/// A set of small numbers.
class Bits {
 public:
  explicit Bits(std::size_t size) : words_((size + 63) / 64) {}
  void set(std::size_t i) { words_[i / 64] |= std::uint64_t{1} << (i % 64); }
  void add(const Bits& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
  }
  std::size_t count() const {
    std::size_t sum = 0;
    for (const std::uint64_t word : words_) sum += static_cast<std::size_t>(std::popcount(word));
    return sum;
  }
  /// The weights of what is in this set and not in `other`.
  std::uint64_t weight_beyond(const Bits& other, const std::vector<std::uint64_t>& weights) const {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < words_.size(); ++i)
      for (std::uint64_t word = words_[i] & ~other.words_[i]; word != 0; word &= word - 1)
        sum += weights[i * 64 + static_cast<std::size_t>(std::countr_zero(word))];
    return sum;
  }

 private:
  std::vector<std::uint64_t> words_;
};

/// The knot with its elements renumbered; elements that the same options cover are one.
struct Knot {
  std::vector<std::uint32_t> ids;  ///< options of the problem, the heaviest first
  std::vector<Bits> covers, exceptions;
  std::vector<std::uint64_t> weights;
  std::size_t exception_count = 0, most_exceptions = 0;
  std::uint64_t whole = 0;  ///< weight of everything
};

Knot make_knot(const CoverProblem& problem, std::vector<std::uint32_t> options) {
  const auto weight_of = [&](std::uint32_t i) {
    std::uint64_t sum = 0;
    for (const std::uint32_t element : problem.options[i].covers) sum += problem.weights[element];
    return sum;
  };
  std::map<std::uint32_t, std::uint64_t> heavy;
  for (const std::uint32_t i : options) heavy[i] = weight_of(i);
  std::stable_sort(options.begin(), options.end(), [&](auto a, auto b) {
    return heavy[a] != heavy[b] ? heavy[a] > heavy[b] : problem.options[a].preference < problem.options[b].preference;
  });
  Knot knot;
  knot.ids = options;
  knot.most_exceptions = problem.most_exceptions;
  std::map<std::uint32_t, std::vector<std::uint32_t>> of_element;
  std::map<std::uint32_t, std::uint32_t> exception_ids;
  for (std::uint32_t i = 0; i < options.size(); ++i) {
    for (const std::uint32_t element : problem.options[options[i]].covers) of_element[element].push_back(i);
    for (const std::uint32_t one : problem.options[options[i]].exceptions)
      exception_ids.emplace(one, static_cast<std::uint32_t>(exception_ids.size()));
  }
  std::map<std::vector<std::uint32_t>, std::uint64_t> classes;
  for (const auto& [element, covering] : of_element) classes[covering] += problem.weights[element];
  knot.exception_count = exception_ids.size();
  knot.covers.assign(options.size(), Bits(classes.size()));
  knot.exceptions.assign(options.size(), Bits(exception_ids.size()));
  for (const auto& [covering, weight] : classes) {
    for (const std::uint32_t i : covering) knot.covers[i].set(knot.weights.size());
    knot.weights.push_back(weight);
    knot.whole += weight;
  }
  for (std::uint32_t i = 0; i < options.size(); ++i)
    for (const std::uint32_t one : problem.options[options[i]].exceptions) knot.exceptions[i].set(exception_ids[one]);
  return knot;
}

/// Options taken one after the other, each the one that brings most.
struct Greedy {
  std::vector<KnotChoice> best;
  std::vector<std::uint64_t> upper;
};

Greedy greedy(const Knot& knot) {
  Greedy result;
  result.best.emplace_back();
  Bits covered(knot.weights.size()), exceptions(knot.exception_count);
  std::vector<bool> used(knot.ids.size(), false);
  // upper[n] = least over the prefixes of (prefix + its n largest remaining gains): each alone is a proof.
  std::vector<std::uint64_t> upper(knot.ids.size() + 1, knot.whole);
  for (;;) {
    std::vector<std::uint64_t> gains;
    std::size_t pick = knot.ids.size();
    std::uint64_t most = 0;
    for (std::size_t i = 0; i < knot.ids.size(); ++i) {
      const std::uint64_t gain = used[i] ? 0 : knot.covers[i].weight_beyond(covered, knot.weights);
      gains.push_back(gain);
      if (gain <= most) continue;
      Bits together = exceptions;
      together.add(knot.exceptions[i]);
      if (together.count() > knot.most_exceptions) continue;
      most = gain;
      pick = i;
    }
    std::sort(gains.begin(), gains.end(), std::greater<>());
    std::uint64_t sum = result.best.back().covered;
    for (std::size_t n = 0; n < upper.size(); ++n) {
      upper[n] = std::min(upper[n], sum);
      if (n < gains.size()) sum += gains[n];
    }
    if (pick == knot.ids.size()) break;
    used[pick] = true;
    covered.add(knot.covers[pick]);
    exceptions.add(knot.exceptions[pick]);
    KnotChoice next = result.best.back();
    next.options.push_back(knot.ids[pick]);
    next.covered += most;
    next.exceptions = exceptions.count();
    result.best.push_back(std::move(next));
  }
  upper.front() = 0;
  result.upper = std::move(upper);
  return result;
}

/// Branch and bound for exactly `size` options at most. An explicit stack: its depth is `size`, at most
/// limits::cover_options.
class Search {
 public:
  Search(const Knot& knot, std::size_t size, std::size_t& steps_left)
      : knot_(knot), size_(size), steps_left_(steps_left) {}

  /// False when the steps ran out before the proof.
  bool improve(KnotChoice& best) {
    std::vector<Frame> stack;
    stack.push_back({Bits(knot_.weights.size()), Bits(knot_.exception_count), 0, 0, 0});
    while (!stack.empty()) {
      Frame& frame = stack.back();
      const std::size_t depth = stack.size() - 1;
      if (frame.next == knot_.ids.size() || depth == size_ || !promises(frame, size_ - depth, best)) {
        stack.pop_back();
        continue;
      }
      if (steps_left_ == 0) return false;
      --steps_left_;
      const std::size_t option = frame.next++;
      Frame child = frame;
      child.option = option;
      child.covered_weight += knot_.covers[option].weight_beyond(frame.covered, knot_.weights);
      child.covered.add(knot_.covers[option]);
      child.exceptions.add(knot_.exceptions[option]);
      if (child.exceptions.count() > knot_.most_exceptions || child.covered_weight == frame.covered_weight) continue;
      stack.push_back(std::move(child));
      keep_if_better(stack, best);
    }
    return true;
  }

 private:
  struct Frame {
    Bits covered, exceptions;
    std::uint64_t covered_weight;
    std::size_t next;    ///< the next option to try; all before it are decided
    std::size_t option;  ///< the one that led here
  };

  bool promises(const Frame& frame, std::size_t left, const KnotChoice& best) const {
    std::vector<std::uint64_t> gains;
    for (std::size_t i = frame.next; i < knot_.ids.size(); ++i)
      gains.push_back(knot_.covers[i].weight_beyond(frame.covered, knot_.weights));
    const std::size_t most = std::min(left, gains.size());
    std::partial_sort(gains.begin(), gains.begin() + static_cast<std::ptrdiff_t>(most), gains.end(), std::greater<>());
    const std::uint64_t bound =
        std::accumulate(gains.begin(), gains.begin() + static_cast<std::ptrdiff_t>(most), frame.covered_weight);
    return bound > best.covered || (bound == best.covered && frame.exceptions.count() < best.exceptions);
  }

  void keep_if_better(const std::vector<Frame>& stack, KnotChoice& best) const {
    const Frame& frame = stack.back();
    const std::size_t exceptions = frame.exceptions.count();
    if (frame.covered_weight < best.covered || (frame.covered_weight == best.covered && exceptions >= best.exceptions))
      return;
    best = {{}, frame.covered_weight, exceptions};
    for (std::size_t i = 1; i < stack.size(); ++i) best.options.push_back(knot_.ids[stack[i].option]);
  }

  const Knot& knot_;
  const std::size_t size_;
  std::size_t& steps_left_;
};

}  // namespace

KnotAnswer search_knot(const CoverProblem& problem, const std::vector<std::uint32_t>& options,
                       std::size_t& steps_left) {
  const Knot knot = make_knot(problem, options);
  Greedy first = greedy(knot);
  KnotAnswer answer;
  if (knot.ids.size() == 1) {
    answer.best = std::move(first.best);
    answer.upper = {0, knot.whole};
    return answer;
  }
  bool small = knot.ids.size() <= limits::cover_options;
  // While exceptions are plenty, one more option always brings something until all is covered; where they are short,
  // one more may bring nothing and the next again something.
  const bool plenty = knot.exception_count <= knot.most_exceptions;
  answer.best.emplace_back();
  answer.upper.push_back(0);
  for (std::size_t n = 1; n <= std::min(knot.ids.size(), problem.most_options); ++n) {
    KnotChoice choice = n < first.best.size() ? first.best[n] : first.best.back();
    if (answer.best.back().covered > choice.covered) choice = answer.best.back();
    small = small && Search(knot, n, steps_left).improve(choice);
    if (choice.covered == answer.best.back().covered && (small ? plenty : n >= first.best.size())) break;
    answer.upper.push_back(small ? choice.covered : first.upper[n]);
    // What reaches its own bound needs no search: one domain that covers a thousand rented names.
    answer.proved &= choice.covered == answer.upper.back();
    answer.best.push_back(std::move(choice));
    if (answer.best.back().covered == knot.whole) break;
  }
  while (answer.best.size() > 1 && answer.best.back().covered == answer.best[answer.best.size() - 2].covered) {
    answer.best.pop_back();
    if (small) answer.upper.pop_back();
  }
  return answer;
}

}  // namespace sekisho::rules
