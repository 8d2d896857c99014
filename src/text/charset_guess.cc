// Which Japanese encoding bytes are in, by how much like Japanese they read.
#include "base/limits.h"
#include "text/charset_decoders.h"
#include "text/charset_tables.h"

namespace sekisho::text::charset_internal {
namespace {

// Per character. Running text is kana and level-1 kanji; a wrong decoding is half-width kana and level-2 kanji.
constexpr double hiragana = 3, katakana = 2, level_1 = 2, symbol = 1, level_2 = -1, half_width = -1, vendor = -1,
                 invalid = -8, letter_between_letters = -4;

bool is_ascii_letter(unsigned c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

class Tally {
 public:
  // From the first 8-bit byte on: ASCII in front, however much, must not use up what is looked at.
  explicit Tally(std::string_view bytes) : bytes_(bytes.substr(ascii_prefix(bytes))) {
    cut_ = bytes_.size() > limits::charset_guess_bytes;
    bytes_ = bytes_.substr(0, limits::charset_guess_bytes);
  }
  std::size_t size() const { return bytes_.size(); }
  unsigned byte(std::size_t at) const { return at < bytes_.size() ? static_cast<unsigned char>(bytes_[at]) : 0; }
  void add(double points) {
    sum_ += points;
    ++found_.characters;
  }
  void add_invalid(std::size_t at) {
    if (at + 3 >= bytes_.size() && cut_) return;  // only our own cut
    ++found_.invalid;
    add(invalid);
  }
  /// One character of JIS row `row` (0x21…).
  void add_row(unsigned row) {
    if (row == 0x24 || row == 0x25) {
      ++found_.kana;
      add(row == 0x24 ? hiragana : katakana);
    } else if (row <= 0x28) {
      add(symbol);
    } else if (row >= 0x30 && row <= 0x4F) {
      add(level_1);
    } else if (row >= 0x50 && row <= 0x74) {
      add(level_2);
    } else {
      add(vendor);
    }
  }
  Plausibility finish() {
    found_.per_character = found_.characters ? sum_ / double(found_.characters) : 0;
    return found_;
  }

 private:
  std::string_view bytes_;
  bool cut_ = false;
  double sum_ = 0;
  Plausibility found_;
};

}  // namespace

Plausibility plausible_cp932(std::string_view bytes) {
  Tally tally(bytes);
  for (std::size_t at = 0; at < tally.size();) {
    const unsigned lead = tally.byte(at), trail = tally.byte(at + 1);
    if (lead < 0x80) {
      ++at;
    } else if (lead >= 0xA1 && lead <= 0xDF) {
      tally.add(half_width);
      ++at;
    } else if (from_cp932(lead, trail) == 0) {
      tally.add_invalid(at);
      ++at;
    } else {
      // "Mädchen" in Latin-1 is a valid pair too, but stands between letters.
      const bool latin = is_ascii_letter(trail) && at > 0 && is_ascii_letter(tally.byte(at - 1)) &&
                         is_ascii_letter(tally.byte(at + 2));
      const unsigned row = (lead - (lead < 0xA0 ? 0x81 : 0xC1)) * 2 + (trail >= 0x9F ? 0x22 : 0x21);
      if (latin) {
        tally.add(letter_between_letters);
      } else {
        tally.add_row(row);
      }
      at += 2;
    }
  }
  return tally.finish();
}

Plausibility plausible_euc_jp(std::string_view bytes) {
  Tally tally(bytes);
  for (std::size_t at = 0; at < tally.size();) {
    const unsigned lead = tally.byte(at), second = tally.byte(at + 1);
    if (lead < 0x80) {
      ++at;
    } else if (lead == 0x8E && second >= 0xA1 && second <= 0xDF) {
      tally.add(half_width);
      at += 2;
    } else if (lead == 0x8F && from_94x94(jis_x_0212(), second - 0x80, tally.byte(at + 2) - 0x80)) {
      tally.add(vendor);
      at += 3;
    } else if (lead >= 0xA1 && second >= 0xA1 && from_jis(lead - 0x80, second - 0x80)) {
      tally.add_row(lead - 0x80);
      at += 2;
    } else {
      tally.add_invalid(at);
      ++at;
    }
  }
  return tally.finish();
}

}  // namespace sekisho::text::charset_internal
