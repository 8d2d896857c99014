// From very little: a few senders that a person has in hand. What their addresses have in common, the entries that a
// place would take for them, and what else those catch. Called by `sekisho rules --from`. Pure.
#pragma once

#include <string>
#include <vector>

#include "rules/mine.h"

namespace sekisho::rules {

struct FewEntry {
  Entry entry;
  std::vector<std::string> covers;  ///< of the senders given
  /// The form without '@' or '.', where the place compares raw endings: it would also catch every name that merely ends
  /// so. "" where there is no such form.
  std::string loose;
  /// Well-known names that the loose form would catch, at most few_examples.
  std::vector<std::string> loose_catches;
};
inline constexpr std::size_t few_examples = 3;

/// Why no entry is given for a sender's domain.
struct FewLeft {
  std::string address;
  Shared why = Shared::no;  ///< no: a kept sender writes from there, or it has no domain of its own
};

struct Few {
  std::vector<std::string> senders;  ///< distinct, as compared
  std::string common_ending;         ///< of all of them, from a label boundary; "" when they share none
  std::vector<FewEntry> entries;
  std::vector<FewLeft> left;  ///< only the exact address is listed for these
  std::vector<Entry> exact;   ///< those addresses
  std::vector<Entry> allow;   ///< for kept senders below what is refused
  Effect effect;              ///< on the senders given and the kept ones, the worse of all readings
};

Few from_few(const std::vector<std::string>& senders, const std::vector<std::string>& keep, const Ground& ground,
             const Dialect& dialect);

}  // namespace sekisho::rules
