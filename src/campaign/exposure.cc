#include "campaign/exposure.h"

#include <algorithm>
#include <cstring>

#include "base/limits.h"
#include "text/utf8.h"

namespace sekisho::campaign {
namespace {

constexpr std::string_view address_counters = "address_counters", jp_prefectures = "jp_prefectures";
constexpr std::size_t shortest_name_bytes = 4;  // two kanji are six; "Li" would be found everywhere
constexpr std::size_t shortest_number = 5;
constexpr std::size_t numbers_that_prove = 3;  // 3-1-7; a block and a house without the district are anybody's
constexpr std::size_t numbers_read = 6;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// string_view::find by memmem: every third byte of Japanese text is the same, which is find's worst case.
std::size_t find_bytes(std::string_view text, std::string_view needle, std::size_t from) {
  if (needle.empty() || from >= text.size()) return std::string_view::npos;
  const void* found = ::memmem(text.data() + from, text.size() - from, needle.data(), needle.size());
  return found == nullptr ? std::string_view::npos
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

std::vector<std::string> entries_of(const knowledge::Snapshot& knowledge, std::string_view name) {
  for (const auto& list : knowledge.name_lists())
    if (list.name == name) return list.entries;
  return {};
}

std::string without_spaces(std::string_view folded) {
  std::string out;
  for (const char c : folded)
    if (c != ' ' && c != '\n') out += c;
  return out;
}

std::string digits_of(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (is_digit(c)) out += c;
  return out;
}

/// Katakana to hiragana: the same table, 0x60 apart (U+30A1-30F6).
std::string hiragana(std::string_view utf8) {
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const text::CodePoint c = text::code_point_at(utf8, at);
    text::append_utf8(out, c.value >= 0x30A1 && c.value <= 0x30F6 ? c.value - 0x60 : c.value);
    at += c.size;
  }
  return out;
}

/// 0 to 9 for 〇 to 九, 10, 100, 1000 for 十 百 千; -1 for all else.
int kanji_value(char32_t c) {
  switch (c) {
    case U'〇':
      return 0;
    case U'一':
      return 1;
    case U'二':
      return 2;
    case U'三':
      return 3;
    case U'四':
      return 4;
    case U'五':
      return 5;
    case U'六':
      return 6;
    case U'七':
      return 7;
    case U'八':
      return 8;
    case U'九':
      return 9;
    case U'十':
      return 10;
    case U'百':
      return 100;
    case U'千':
      return 1000;
    default:
      return -1;
  }
}

struct Number {
  std::uint32_t value = 0;
  std::size_t size = 0;  // bytes; 0: none stands here
  bool kanji = false;
};

/// 12, 十二, 一二.
Number number_at(std::string_view text, std::size_t at) {
  Number number;
  constexpr std::uint32_t largest = 100'000;
  std::size_t i = at;
  while (i < text.size() && is_digit(text[i]) && number.value < largest)
    number.value = number.value * 10 + static_cast<std::uint32_t>(text[i++] - '0');
  if (i > at) {
    number.size = i - at;
    return number;
  }
  std::uint32_t digit = 0, sum = 0;
  bool digit_open = false;
  while (i < text.size()) {
    const text::CodePoint c = text::code_point_at(text, i);
    const int value = kanji_value(c.value);
    if (value < 0 || sum > largest || digit > largest) break;
    if (value >= 10) {
      sum += (digit_open ? digit : 1) * static_cast<std::uint32_t>(value);
      digit = 0;
      digit_open = false;
    } else {
      digit = digit * 10 + static_cast<std::uint32_t>(value);
      digit_open = true;
    }
    i += c.size;
  }
  number.value = sum + digit;
  number.size = i - at;
  number.kanji = true;
  return number;
}

bool is_mask(char32_t c) {
  return c == '*' || c == 'x' || c == 'X' || c == 0x25CF || c == 0x25CB || c == 0x25A0 || c == 0x25A1 || c == 0x3007 ||
         c == 0xD7;
}

}  // namespace

/// Folded text without what people put between the characters of an item, and where each byte stood.
struct ProfileMatcher::Squeezed {
  std::string text;
  std::vector<std::uint32_t> from;
  enum class Drop : std::uint8_t { spaces, separators };
  Squeezed(std::string_view folded, Drop drop) {
    text.reserve(folded.size());
    from.reserve(folded.size());
    for (std::size_t i = 0; i < folded.size(); ++i) {
      const char c = folded[i];
      if (c == ' ' || c == '\n') continue;
      if (drop == Drop::separators && (c == '-' || c == '(' || c == ')' || c == '.' || c == '/')) continue;
      text += c;
      from.push_back(static_cast<std::uint32_t>(i));
    }
  }
};

ProfileMatcher::ProfileMatcher(const Profile& profile, const knowledge::Snapshot& knowledge)
    : counters_(entries_of(knowledge, address_counters)), prefectures_(entries_of(knowledge, jp_prefectures)) {
  std::sort(counters_.begin(), counters_.end(),
            [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  const auto each = [](const std::vector<std::string>& values, const auto& add) {
    for (std::size_t i = 0; i < values.size() && i < limits::profile_items; ++i)
      if (values[i].size() <= limits::profile_item_bytes) add(values[i]);
  };
  each(profile.names, [&](const std::string& name) { add_name(name); });
  each(profile.postal_addresses, [&](const std::string& address) { add_address(address); });
  each(profile.phones, [&](const std::string& phone) { add_number(Item::phone, phone); });
  each(profile.member_nos, [&](const std::string& number) { add_number(Item::member_no, number); });
  each(profile.mail_addresses, [&](const std::string& mail) {
    const std::string folded = without_spaces(text::fold_key(mail));
    if (folded.find('@') != std::string::npos) needles_.push_back({Item::mail_address, folded, false, true, 1});
  });
}

void ProfileMatcher::add_name(std::string_view name) {
  const std::string folded = text::fold_key(name);
  const std::string letters = without_spaces(folded);
  if (letters.size() < shortest_name_bytes) return;
  const bool ascii =
      std::all_of(letters.begin(), letters.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  needles_.push_back({Item::name, letters, false, ascii, static_cast<std::uint8_t>(ascii ? 3 : 1)});
  if (!ascii) {
    if (const std::string kana = hiragana(letters); kana != letters)
      needles_.push_back({Item::name, kana, false, false, 2});
    return;
  }
  // "Given Family" and "Family Given".
  const std::size_t space = folded.find(' ');
  if (space == std::string::npos) return;
  const std::string turned = without_spaces(folded.substr(space + 1)) + folded.substr(0, space);
  if (turned != letters) needles_.push_back({Item::name, turned, false, true, 4});
}

void ProfileMatcher::add_number(Item item, std::string_view number) {
  const std::string folded = text::fold_key(number);
  const std::string digits = digits_of(folded);
  if (digits.size() < shortest_number) {
    // A number made of letters too ("AB-12"): found as it is written.
    if (const std::string letters = without_spaces(folded); letters.size() >= shortest_number)
      needles_.push_back({item, letters, false, true, 9});
    return;
  }
  needles_.push_back({item, digits, true, false, 1});
  if (item != Item::phone) return;
  phones_.push_back(folded);
  if (digits.starts_with('0')) {
    needles_.push_back({item, "81" + digits.substr(1), true, false, 2});
    needles_.push_back({item, "810" + digits.substr(1), true, false, 2});
  } else if (digits.starts_with("81")) {
    needles_.push_back({item, "0" + digits.substr(2), true, false, 1});
  }
}

/// Bytes of what may stand between two numbers of an address at `at`: hyphens and counters.
std::size_t ProfileMatcher::separator_at(std::string_view squeezed, std::size_t at) const {
  const std::size_t start = at;
  for (bool more = true; more;) {
    more = false;
    if (squeezed.substr(at).starts_with('-')) {
      ++at;
      more = true;
    }
    for (const std::string& counter : counters_)
      if (squeezed.substr(at).starts_with(counter)) {
        at += counter.size();
        more = true;
        break;
      }
  }
  return at - start;
}

/// The numbers of an address from `at` on, with whatever stands between them: 3-1-7, 3丁目1番7号, 三丁目一番七号.
std::vector<std::uint32_t> ProfileMatcher::numbers_at(std::string_view squeezed, std::size_t at) const {
  std::vector<std::uint32_t> numbers;
  while (numbers.size() < numbers_read) {
    const Number number = number_at(squeezed, at);
    if (number.size == 0) break;
    numbers.push_back(number.value);
    at += number.size;
    const std::size_t between = separator_at(squeezed, at);
    if (between == 0) break;
    at += between;
  }
  return numbers;
}

/// Whether just these numbers follow, and how they are written; 0: they do not. What comes behind a space after the
/// last one is another number: "3-1-7 080-…".
std::uint8_t ProfileMatcher::form_of_numbers(const Squeezed& letters, std::size_t at,
                                             const std::vector<std::uint32_t>& numbers) const {
  const std::string_view text = letters.text;
  std::uint8_t form = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::string digits = std::to_string(numbers[i]);
    std::size_t size = 0;
    bool kanji = false;
    if (text.substr(at).starts_with(digits)) {
      size = digits.size();
      const std::size_t next = at + size;
      if (next < text.size() && is_digit(text[next]) && letters.from[next] == letters.from[next - 1] + 1) return 0;
    } else {
      const Number number = number_at(text, at);
      if (!number.kanji || number.size == 0 || number.value != numbers[i]) return 0;
      size = number.size;
      kanji = true;
    }
    at += size;
    if (i == 0) form = kanji ? 3 : text.substr(at).starts_with('-') ? 1 : 2;
    if (i + 1 == numbers.size()) break;
    const std::size_t between = separator_at(text, at);
    if (between == 0) return 0;
    at += between;
  }
  return form;
}

void ProfileMatcher::add_address(std::string_view address) {
  const std::string squeezed = without_spaces(text::fold_key(address));
  // The first number that more numbers follow: a name of a place may hold a numeral.
  for (std::size_t at = 0; at < squeezed.size();) {
    std::vector<std::uint32_t> numbers = numbers_at(squeezed, at);
    if (numbers.size() < 2) {
      at += text::code_point_at(squeezed, at).size;
      continue;
    }
    std::string place = squeezed.substr(0, at);
    for (const std::string& prefecture : prefectures_)
      if (place.starts_with(prefecture) && place.size() > prefecture.size()) {
        place.erase(0, prefecture.size());
        break;
      }
    if (place.size() < shortest_name_bytes) return;
    if (numbers.size() > numbers_that_prove) numbers.resize(numbers_that_prove);
    addresses_.push_back({std::move(place), std::move(numbers)});
    return;
  }
}

bool ProfileMatcher::finds(const Needle& needle, const Squeezed& letters, const Squeezed& digits,
                           std::string_view folded) const {
  const Squeezed& where = needle.digits ? digits : letters;
  for (std::size_t at = find_bytes(where.text, needle.letters, 0); at != std::string::npos;
       at = find_bytes(where.text, needle.letters, at + 1)) {
    const std::size_t start = where.from[at];
    const std::size_t end = where.from[at + needle.letters.size() - 1] + 1;
    const auto before = [&](std::size_t n) { return start >= n ? folded[start - n] : ' '; };
    const auto after = [&](std::size_t n) { return end + n < folded.size() ? folded[end + n] : ' '; };
    if (needle.digits) {
      // Part of a longer number, written in one piece or in groups.
      if (is_digit(before(1)) || is_digit(after(0))) continue;
      if ((before(1) == '-' && is_digit(before(2))) || (after(0) == '-' && is_digit(after(1)))) continue;
    } else if (needle.word) {
      const bool mail = needle.item == Item::mail_address;
      if (is_word(before(1)) || is_word(after(0)) || (!mail && after(0) == '@')) continue;
      if (before(1) == '.' || before(1) == '_' || before(1) == '-' || before(1) == '@') continue;
      if ((after(0) == '.' || after(0) == '-' || after(0) == '_') && is_word(after(1))) continue;
    }
    return true;
  }
  return false;
}

std::uint8_t ProfileMatcher::form_of_address(const Squeezed& letters) const {
  for (const Address& address : addresses_) {
    for (std::size_t at = find_bytes(letters.text, address.place, 0); at != std::string::npos;
         at = find_bytes(letters.text, address.place, at + 1)) {
      const std::uint8_t form = form_of_numbers(letters, at + address.place.size(), address.numbers);
      if (form != 0) return form;
    }
  }
  return 0;
}

/// 080-****-5678: the first group and the last four digits with a mask between.
bool ProfileMatcher::finds_masked(std::string_view squeezed) const {
  constexpr std::size_t kept = 4;
  for (const std::string& phone : phones_) {
    const std::string digits = digits_of(phone);
    if (digits.size() < 2 * kept + 1) continue;
    const std::size_t dash = phone.find('-');
    const std::string first = digits.substr(0, dash == std::string::npos || dash > kept + 1 ? 3 : dash);
    const std::string last = digits.substr(digits.size() - kept);
    for (std::size_t at = find_bytes(squeezed, last, 0); at != std::string::npos;
         at = find_bytes(squeezed, last, at + 1)) {
      std::size_t i = at;
      int masks = 0;
      for (text::CodePoint c = text::code_point_before(squeezed, i); c.size > 0 && (is_mask(c.value) || c.value == '-');
           c = text::code_point_before(squeezed, i)) {
        masks += c.value != '-';
        i -= c.size;
        if (masks > 12) break;
      }
      if (masks >= 2 && i >= first.size() && squeezed.substr(i - first.size(), first.size()) == first) return true;
    }
  }
  return false;
}

void ProfileMatcher::look(const text::Folded& folded, std::array<Shown, item_kinds>& shown) const {
  if (empty()) return;
  const std::string_view text = std::string_view(folded.text()).substr(0, limits::exposure_bytes);
  const Squeezed letters(text, Squeezed::Drop::spaces), digits(text, Squeezed::Drop::separators);
  for (const Needle& needle : needles_) {
    Shown& item = shown[static_cast<std::size_t>(needle.item)];
    if (item.how == Shown::How::plain || !finds(needle, letters, digits, text)) continue;
    item = {Shown::How::plain, needle.form};
  }
  Shown& address = shown[static_cast<std::size_t>(Item::postal_address)];
  if (address.how != Shown::How::plain)
    if (const std::uint8_t form = form_of_address(letters); form != 0) address = {Shown::How::plain, form};
  Shown& phone = shown[static_cast<std::size_t>(Item::phone)];
  if (phone.how == Shown::How::no && finds_masked(letters.text)) phone = {Shown::How::masked, 9};
}

}  // namespace sekisho::campaign
