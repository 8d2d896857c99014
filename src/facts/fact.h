// A fact: something stated about one message, with the place that shows it. The only thing that `signs` and everything
// above ever sees of a mail. Names and their documentation are declared in the first comment of each observer
// (src/facts/observers/*.cc, lines "/// fact NAME: …") and generated into facts/ids.h; docs/facts.md lists them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/ids.h"  // generated: enum class FactId
#include "text/fold.h"
#include "text/span.h"

namespace sekisho::facts {

/// The kinds of readable part a fact can point into; cards name them in `part:`.
enum class PartKind : std::uint8_t { none, from, to, reply_to, subject, body, attachment };

inline constexpr std::uint16_t no_part = 0xFFFF;

struct Place {
  std::uint16_t part = no_part;   ///< index into Facts::parts, no_part when nothing can be quoted
  text::Span span;                ///< byte offsets in that part's text
};

struct Fact {
  FactId id;
  Place place;
  std::string value;              ///< a symbol: brand id, phrase list, host …; "" when the name says it all
  double number = 0;              ///< a count or measure; its unit is in the fact's documentation
};

/// One text that quotes point into, as the reader saw it (CONTRACTS.md `parts`).
struct Part {
  PartKind kind = PartKind::none;
  std::string label, text;
  text::Folded folded;  ///< of the subject and of bodies; empty elsewhere
  text::Span quoted;    ///< in `text`: older mail that is not the sender's own words, empty when there is none
};

/// Where a web link that the reader can tap leads. Nothing judges by it (the link.* facts are for that): it is what a
/// person is shown beside the text of the link.
struct Lead {
  Place place;                    ///< the link's visible text; no_part when it has none
  std::string host, domain;       ///< as facts::Site: domain is the registrable one, "" for an IP address
};

struct Facts {
  std::vector<Fact> all;          ///< sorted by id, then value, then place
  std::vector<Part> parts;
  std::vector<Lead> leads;        ///< in the order of the message; one for a place and domain, at most limits::facts_of_a_kind
  std::vector<std::string> defects;
  bool within_budget = true;
  std::string input_kind;         ///< "mail", "pasted", "sms"

  /// Facts of one id, as a contiguous range of `all`.
  struct Range { const Fact* first; const Fact* last; const Fact* begin() const { return first; } const Fact* end() const { return last; } bool empty() const { return first == last; } std::size_t size() const { return static_cast<std::size_t>(last - first); } };
  Range of(FactId id) const;
  bool has(FactId id) const { return !of(id).empty(); }
};

/// Name as cards write it ("link.raw_ip"), its one-line documentation, and back.
std::string_view name(FactId id);
std::string_view documentation(FactId id);
const std::vector<std::string>& all_names();
std::optional<FactId> find_fact(std::string_view name);

}  // namespace sekisho::facts
