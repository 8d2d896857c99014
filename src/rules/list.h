// The list kept by hand: a text file of one rule a line, written by `sekisho rules add` or in an editor, read by
// `rules test`, `rules age`, the exports and `sekisho filter`. docs/formats/rules.md. Reading names every bad line with
// what was likely meant. Plain values; pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rules/entry.h"

namespace sekisho::rules {

/// What a rule looks at besides the sender: where the links lead, which net the mail was handed in from.
enum class Trait : std::uint8_t {
  link,  ///< a link leads to this domain or below it
  net,   ///< a Received line names an IPv4 address of this /24
  path   ///< the path of a link begins with this segment, whatever its site
};
inline constexpr std::uint8_t trait_count = 3;
std::string_view name(Trait trait);

struct TraitEntry {
  Trait trait = Trait::link;
  std::string value;  ///< "lamp-red.test"; "198.51.100.0/24"; "/aa1/"
  auto operator<=>(const TraitEntry&) const = default;
};

struct Rule {
  bool allow = false;
  std::optional<Entry> sender;        ///< either this
  std::optional<TraitEntry> content;  ///< or this; reject only
  std::string note;                   ///< what follows " # "
  unsigned line = 0;                  ///< where it stands in its file; 0 for a new one
  bool same_as(const Rule& other) const {
    return allow == other.allow && sender == other.sender && content == other.content;
  }
};

/// What is wrong with a rule as written; the words are in knowledge/words_rules.yaml under rules.slip.NAME.
enum class Slip : std::uint8_t {
  unknown_list,  ///< neither "reject" nor "allow"
  unknown_mode,  ///< no mode, or none that exists
  no_value,
  comma,             ///< "yahoo.co,jp"
  full_width,        ///< "ａ@ｂ．ｊｐ"
  url,               ///< "https://lamp.test/x"
  wildcard,          ///< "*@lamp.test"
  name_and_address,  ///< "Someone <a@lamp.test>"
  bad_dots,          ///< "lamp..test", ".lamp.test." as a domain
  two_at_signs,
  no_at_sign,    ///< an exact address without a host
  at_in_domain,  ///< "@lamp.test" or "a@lamp.test" as a domain
  bad_character,
  no_domain,      ///< "lamp" as a domain
  public_suffix,  ///< "co.jp": would refuse a whole country's firms
  too_short,      ///< a piece that half of all addresses hold
  bad_net,
  bad_path,  ///< "aa1/index" where one segment between slashes belongs
  too_long,
  allow_content  ///< an allow rule can only name senders
};
inline constexpr std::size_t slip_count = 20;
std::string_view name(Slip slip);

struct Mistake {
  Slip slip = Slip::no_value;
  std::string written;         ///< the rule as it was given
  std::optional<Rule> likely;  ///< what was probably meant
  unsigned line = 0;
};

/// One rule from its three words. The value is lowered; a domain loses a final dot.
tl::expected<Rule, Mistake> make_rule(std::string_view list, std::string_view mode, std::string_view value);

/// "reject domain lamp.test", with note where there is one; no line end.
std::string to_line(const Rule& rule);

struct RuleList {
  std::vector<Rule> rules;
  std::vector<Mistake> mistakes;  ///< lines that are no rule; they catch nothing

  Lists senders() const;
  std::vector<TraitEntry> content() const;
};

/// Reads a whole file. Error bad_data when it is larger than limits::rule_list_bytes or has more than
/// limits::rule_entries rules.
Result<RuleList> read_rule_list(std::string_view text, const std::string& where);

/// A new file with these rules.
std::string write_rule_list(const std::vector<Rule>& rules);

/// `text` with one more line, or without the lines of a rule; everything else, comments included, stays as it was.
std::string with_rule(std::string_view text, const Rule& rule);
std::string without_rule(std::string_view text, const RuleList& list, const Rule& rule);

}  // namespace sekisho::rules
