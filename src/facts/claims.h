// Who a message claims to be. Private to facts.
//
// Prominence (scene.h): the sender's name before the sender's domain before the subject before the opening of the body.
// A brand stands in the opening when it is named in the first 120 bytes of an own (unquoted) body, in its last 200,
// right before a phrase of the list for_users_of ("をご利用"), in the text of a link, three times and more, or when a
// visible link text shows a host of the brand. Everything else is passing, and so is all that the body says once
// somebody else is named in the sender's name or owns the sender's domain: shops name those who pay and deliver. A weak
// name counts in the sender's name, alone in brackets in the subject, and elsewhere only beside a sender or link on the
// brand's own domain.
#pragma once

#include <vector>

#include "facts/scene.h"

namespace sekisho::facts {

/// One place where the automaton saw a brand's name.
struct Naming {
  std::uint32_t brand = 0;  ///< index into Snapshot::brands()
  std::uint16_t part = 0;
  text::Span span;  ///< in the part's original text
  bool weak = false, quoted = false, lookalike = false;
};

/// Most prominent first. `scene` has its sender, sites and hits already.
std::vector<Claim> find_claims(const Scene& scene, std::vector<Naming> namings);

}  // namespace sekisho::facts
