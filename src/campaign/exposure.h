// The owner's items in whatever form a mail writes them: full-width, kanji numerals, 1-2-3 or 一丁目二番三号, with or
// without postal code and prefecture, spaces or invisible characters between, kanji, kana or romaji, partly masked. A
// matcher is built once from a profile; it walks folded text once for each item (linear). Immutable; shared by all
// threads.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "campaign/report.h"
#include "knowledge/snapshot.h"
#include "text/fold.h"

namespace sekisho::campaign {

/// What a person tells about themselves; any of it may be missing, none of it need be valid.
struct Profile {
  std::vector<std::string> names;  ///< in kanji, kana, romaji
  std::vector<std::string> postal_addresses;
  std::vector<std::string> phones, mail_addresses, member_nos;
  std::vector<std::string> hardly_used;  ///< of them: mail addresses that few people know
  /// Where they opened a page, or typed something into it: a host, an address of a page, or a name.
  struct Visit {
    std::string where;
    std::int64_t day = 0;  ///< its begin, seconds since 1970 UTC; 0 unknown
    bool typed = false;
  };
  std::vector<Visit> visits;
  bool empty() const {
    return names.empty() && postal_addresses.empty() && phones.empty() && mail_addresses.empty() && member_nos.empty();
  }
};

/// How an item is shown in a message.
struct Shown {
  enum class How : std::uint8_t { no, plain, masked };
  How how = How::no;
  std::uint8_t form = 0;  ///< way of writing: the same number for the same way; 0 none
};

class ProfileMatcher {
 public:
  ProfileMatcher() = default;
  ProfileMatcher(const Profile& profile, const knowledge::Snapshot& knowledge);

  bool empty() const { return needles_.empty() && addresses_.empty(); }
  /// Adds to `shown` what stands in this text.
  void look(const text::Folded& folded, std::array<Shown, item_kinds>& shown) const;

 private:
  struct Needle {
    Item item;
    std::string letters;  ///< folded, without spaces
    bool digits = false;  ///< all digits: no digit may stand beside it
    bool word = false;    ///< ASCII letters: no letter or digit may stand beside it
    std::uint8_t form = 0;
  };
  struct Address {
    std::string place;                   ///< the letters before the first number, without the prefecture
    std::vector<std::uint32_t> numbers;  ///< 3, 1, 7 of 3-1-7
  };
  struct Squeezed;
  void add_name(std::string_view name);
  void add_address(std::string_view address);
  void add_number(Item item, std::string_view number);
  std::size_t separator_at(std::string_view squeezed, std::size_t at) const;
  std::vector<std::uint32_t> numbers_at(std::string_view squeezed, std::size_t at) const;
  std::uint8_t form_of_numbers(const Squeezed& letters, std::size_t at,
                               const std::vector<std::uint32_t>& numbers) const;
  bool finds(const Needle& needle, const Squeezed& letters, const Squeezed& digits, std::string_view folded) const;
  std::uint8_t form_of_address(const Squeezed& letters) const;
  bool finds_masked(std::string_view squeezed) const;

  std::vector<Needle> needles_;
  std::vector<Address> addresses_;
  std::vector<std::string> phones_;    ///< digits, as given
  std::vector<std::string> counters_;  ///< what stands between the numbers of an address, longest first
  std::vector<std::string> prefectures_;
};

}  // namespace sekisho::campaign
