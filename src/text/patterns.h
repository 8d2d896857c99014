// All patterns at once: one Vectorscan automaton over the folded text. Compiled by the knowledge tool at build time,
// carried in the snapshot as bytes, loaded once, shared by every thread; each worker owns a Scratch. No backtracking,
// so cost is bounded by the bytes scanned.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/span.h"

struct hs_database;
struct hs_scratch;

namespace sekisho::text {

/// One expression of the automaton. `id` is what a hit reports.
struct Pattern {
  std::uint32_t id = 0;
  std::string expression;  ///< Vectorscan's PCRE subset, matched on folded UTF-8
  std::string where;       ///< file:line, for errors
  /// How the start of a hit is found. `exact` asks the automaton to remember it, which for expressions with gaps
  /// (".{0,20}") makes the automaton ten times as large; `clause` goes back from the end, at most the longest match, to
  /// the beginning of the sentence: what is shown may then begin some words early.
  enum class Start : std::uint8_t { clause, exact } start = Start::exact;
};

struct PatternHit {
  std::uint32_t id = 0;
  Span span;  ///< in the scanned text; overlapping hits of one id are joined; see Pattern::Start
};

class PatternSet {
 public:
  /// Compiles for any x86-64 (or this machine's architecture's baseline). Error names the expression's file and line.
  static Result<PatternSet> compile(const std::vector<Pattern>& patterns);
  /// What serialize()'s bytes fit: the version of Vectorscan and the processor family.
  static std::string maker();
  /// From serialize()'s bytes.
  static Result<PatternSet> load(std::string_view bytes);
  Result<std::string> serialize() const;

  class Scratch {
   public:
    Scratch() = default;
    struct Free {
      void operator()(hs_scratch*) const;
    };

   private:
    friend class PatternSet;
    std::unique_ptr<hs_scratch, Free> scratch_;
  };
  Result<Scratch> make_scratch() const;

  /// All hits, ordered by start; at most limits::pattern_hits.
  std::vector<PatternHit> scan(std::string_view text, Scratch& scratch) const;

 private:
  struct Free {
    void operator()(hs_database*) const;
  };
  struct Expression {
    std::uint32_t id = 0;
    std::uint32_t longest = 0;  ///< bytes to go back from the end of a hit; 0: the automaton knows the start
  };
  std::unique_ptr<hs_database, Free> database_;
  std::vector<Expression> expressions_;  ///< what Vectorscan's ids stand for
};

}  // namespace sekisho::text
