// Which entries may be proposed at all. An entry that merely fits yesterday is no candidate: whole domains and what
// lies below them at label boundaries, common beginnings and endings of look-alike domains only with enough of them,
// single addresses only when they came back; never a public suffix, never a place that many share, never a word that
// many names hold. docs/rules.md has the list. Called by mine.cc and by tests. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "rules/cover.h"
#include "rules/dialect.h"
#include "rules/evidence.h"
#include "rules/ground.h"

namespace sekisho::rules {

/// `careful`: nothing that could lose mail from people who have not written yet, but where a campaign rents ever new
/// names below a domain whose wanted senders have names of their own. `with_shared_places`: also domains that wanted
/// correspondents share with the campaign, each of them with an allow entry.
enum class Reach : std::uint8_t { careful, with_shared_places };

/// Distinct registrable domains with the same beginning or ending, of one campaign, before the piece may be an entry.
inline constexpr std::size_t siblings_needed = 3;
/// Host names of a campaign below a domain that wanted senders use too, before the domain may be an entry.
inline constexpr std::size_t tenants_needed = 3;
/// Messages from one name below such a domain before it counts: one alone may be a wanted sender's, taken for another.
inline constexpr std::uint64_t tenant_mails = 2;
/// Messages from one address before the address itself may be an entry: most are never used again.
inline constexpr std::uint64_t returns_needed = 3;
/// Letters of such a piece.
inline constexpr std::size_t piece_letters = 6;

struct Candidates {
  std::vector<Entry> entries;  ///< parallel to problem.options
  std::vector<Entry> allows;   ///< what the options' exceptions mean
  CoverProblem problem;
};

Candidates find_candidates(const Evidence& evidence, std::span<const Sighting> sightings, const Ground& ground,
                           const Dialect& dialect, Reach reach);

}  // namespace sekisho::rules
