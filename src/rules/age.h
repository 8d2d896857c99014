// What time does to a list: entries that no longer catch anything, entries that another one makes needless, entries
// that contradict each other. `sekisho rules age`. Pure.
#pragma once

#include <optional>
#include <vector>

#include "rules/evidence.h"
#include "rules/list.h"

namespace sekisho::rules {

struct Aged {
  enum class What : std::uint8_t {
    never,       ///< caught nothing in this mailbox
    silent,      ///< caught nothing for `silent_days`
    doubled,     ///< stands here twice
    shadowed,    ///< whatever it catches, `by` catches too
    contradicts  ///< the allow entry `by` lets all through that this reject entry is for
  };
  What what = What::never;
  std::size_t rule = 0;           ///< index into the list
  std::optional<std::size_t> by;  ///< the other rule
  std::int64_t last = 0;          ///< when it last caught something; 0 never
};
std::string_view name(Aged::What what);

/// An entry that caught nothing for so long may go: senders of scams move on within weeks.
inline constexpr int silent_days = 90;

/// In the order of the list. `never` and `silent` only where `evidence` holds messages, and for rules about senders
/// only.
std::vector<Aged> age(const RuleList& list, const Evidence& evidence, const Reading& reading);

/// Whatever `b` catches, `a` catches too, for certain.
bool covers(const Entry& a, const Entry& b, const Reading& reading);

}  // namespace sekisho::rules
