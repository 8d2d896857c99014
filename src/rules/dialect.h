// The places where entries are typed: which modes they offer, how many entries fit, which list wins, whether a domain
// covers what lies below it, and how sure each of these is. Read from knowledge/rules/dialects.yaml by the build
// (dialect_source.h) into one flat file; loaded by `app`. Plain values; immutable once loaded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "knowledge/source.h"
#include "rules/entry.h"

namespace sekisho::rules {

/// Which list wins when both name a sender. `allow_when_marked`: only entries with a mark of their own win.
enum class Precedence : std::uint8_t { unknown, allow, allow_when_marked, reject };
enum class Known : std::uint8_t { unknown, no, yes };

struct Limit {
  std::optional<std::uint32_t> entries;  ///< nullopt: nobody knows, or there is none
  bool confirmed = false;
};

struct Dialect {
  std::string id;
  knowledge::Words name;
  std::vector<Mode> reject_modes, allow_modes;  ///< allow_modes is empty where there is no allow list
  bool modes_confirmed = false;
  Limit max_reject, max_allow;
  Precedence precedence = Precedence::unknown;
  bool precedence_confirmed = false;
  Known subdomains = Known::unknown;
  bool contains_sees_local_part_only = false;
  /// What the place calls each mode on its page; empty where it has no word.
  std::vector<std::pair<Mode, knowledge::Words>> mode_names;
  std::string source, as_of;
  knowledge::Words taps, tip;  ///< where to tap, what to watch for; empty where nobody wrote it down

  /// Every way in which the place may behave as far as is known; at least one.
  std::vector<Reading> readings() const;
  bool offers(Mode mode) const;
  bool allows(Mode mode) const;
  /// An allow entry surely wins over a reject entry.
  bool allow_surely_wins() const;
};

class Dialects {
 public:
  /// From the flat file made by pack().
  static Result<Dialects> load(std::string_view bytes);
  static Dialects from(std::vector<Dialect> dialects) { return Dialects(std::move(dialects)); }
  std::string pack() const;

  const std::vector<Dialect>& all() const { return dialects_; }
  const Dialect* find(std::string_view id) const;
  /// The names, for "one of".
  std::vector<std::string> ids() const;

  /// No place in particular: all modes, no limit, the allow list wins, a domain covers its subdomains. What a scan
  /// report and Sieve speak.
  static const Dialect& generic();

 private:
  explicit Dialects(std::vector<Dialect> dialects) : dialects_(std::move(dialects)) {}
  std::vector<Dialect> dialects_;
};

}  // namespace sekisho::rules
