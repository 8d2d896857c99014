// One line of a reject or allow list, and what it catches. The only place that knows how an entry matches an address:
// the miner, the simulator, the hand-kept list, `sekisho filter` and the tests of the exports all ask here. Called from
// all of `rules` and from `app`. Plain values; pure; safe from any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::rules {

/// How a value is compared with the lower-cased address of the From header ("a@b.example"). `domain`: the host equals
/// the value or, where the place reads it so, lies below it.
enum class Mode : std::uint8_t { exact, prefix, suffix, contains, domain };
inline constexpr std::uint8_t mode_count = 5;
std::string_view name(Mode mode);
std::optional<Mode> find_mode(std::string_view name);

struct Entry {
  Mode mode = Mode::exact;
  std::string value;  ///< lower case; a domain without '@' and leading dot
  auto operator<=>(const Entry&) const = default;
};

/// What a place does with entries, where places differ. A place whose behaviour nobody confirmed has several readings;
/// everything is then proved under each (dialect.h).
struct Reading {
  bool domain_covers_subdomains = true;
  bool allow_beats_reject = true;
  bool contains_sees_local_part_only = false;  ///< "contains" looks at what stands before the @
  auto operator<=>(const Reading&) const = default;
};

/// Whether `entry` catches `address` (lower case). An address without '@' is caught by exact, prefix and contains only.
bool matches(const Entry& entry, std::string_view address, const Reading& reading);

struct Lists {
  std::vector<Entry> reject, allow;
};

/// Whether mail from `address` is refused by the two lists together.
bool refused(const Lists& lists, std::string_view address, const Reading& reading);

/// The part after the last '@', "" when there is none.
std::string_view host_of(std::string_view address);

/// ASCII lower case, surrounding white space gone: how an address or value is compared.
std::string lowered(std::string_view text);

/// Entries behind hash tables, so that a million addresses are tried in seconds; the same answers as matches().
class Matcher {
 public:
  Matcher(const std::vector<Entry>& entries, const Reading& reading);
  /// The index of the first entry that catches `address`, nullopt when none does.
  std::optional<std::size_t> first(std::string_view address) const;
  bool any(std::string_view address) const { return first(address).has_value(); }

 private:
  struct Table {
    std::vector<std::pair<std::string, std::size_t>> sorted;  ///< value, index of the entry
    std::vector<std::size_t> lengths;                         ///< distinct lengths of the values
    std::optional<std::size_t> find(std::string_view value) const;
  };
  Table exact_, prefix_, suffix_, domain_;
  std::vector<std::pair<std::string, std::size_t>> contains_;
  Reading reading_;
};

}  // namespace sekisho::rules
