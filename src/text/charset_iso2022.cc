// ISO-2022-JP: a machine of escapes over JIS rows and cells (RFC 1468, 1554, 2237; ECMA-35), forgiving where gateways
// and mailers break it.
#include <algorithm>

#include "text/charset_decoders.h"
#include "text/charset_tables.h"

namespace sekisho::text::charset_internal {
namespace {

constexpr char esc = '\x1B';
constexpr char shift_out = '\x0E', shift_in = '\x0F';
constexpr char32_t geta = 0x3013;

enum class Set { ascii, roman, kana, jis_x_0208, jis_x_0212, jis_x_0213_2, gb_2312, ks_c_5601 };
constexpr bool is_double(Set set) { return set >= Set::jis_x_0208; }

char32_t from_set(Set set, unsigned row, unsigned cell) {
  switch (set) {
    case Set::jis_x_0208: {
      const char16_t c = from_jis(row, cell);
      if (c >= 0xE000 && c <= 0xF8FF) return geta;
      if (c) return c;
      return row >= 0x75 && row <= 0x7B ? geta : 0;  // au's emoji rows
    }
    case Set::jis_x_0212:
      return from_94x94(jis_x_0212(), row, cell);
    case Set::gb_2312:
      return from_94x94(gb_2312(), row, cell);
    case Set::ks_c_5601:
      return from_94x94(ks_c_5601(), row, cell);
    default:
      return 0;
  }
}

class Machine {
 public:
  Machine(std::string_view bytes, StrippedEscapes stripped)
      : bytes_(bytes), stripped_(stripped), sink_(bytes.size() + bytes.size() / 2) {}

  Output run() && {
    while (at_ < bytes_.size()) step();
    return std::move(sink_).finish();
  }

 private:
  unsigned byte(std::size_t ahead) const {
    return at_ + ahead < bytes_.size() ? static_cast<unsigned char>(bytes_[at_ + ahead]) : 0;
  }

  void step() {
    const unsigned c = byte(0);
    if (c == static_cast<unsigned char>(esc)) return escape();
    if (c == static_cast<unsigned char>(shift_out) || c == static_cast<unsigned char>(shift_in)) {
      set_ = c == static_cast<unsigned char>(shift_out) ? Set::kana : Set::ascii;
      ++at_;
      return;
    }
    if (c == '\n' || c == '\r') return line_end();
    if (is_double(set_)) return pair();
    if (set_ == Set::kana && c >= 0x21 && c <= 0x5F) return one(0xFF61 + c - 0x21);
    if (set_ == Set::kana && c >= 0xA1 && c <= 0xDF) return one(0xFF61 + c - 0xA1);
    if (c >= 0x80) return eight_bit();
    if (set_ == Set::roman && c == 0x5C) return one(0xA5);
    if (set_ == Set::ascii && c == '$' && stripped_ != StrippedEscapes::leave && repair_escape()) return;
    one(c);  // 0x7E stays '~' in the Roman set too: it stands in URLs far more often than as an overline
  }

  void one(char32_t c) {
    sink_.put(c);
    ++at_;
  }

  void select(Set set, std::size_t size) {
    set_ = set;
    at_ += size;
  }

  void escape() {
    const unsigned kind = byte(1), what = byte(2);
    if (kind == '(') {
      if (what == 0) return cut();
      return select(what == 'I' ? Set::kana : what == 'J' || what == 'H' ? Set::roman : Set::ascii, 3);
    }
    if (kind == '$') {
      if (what == 0) return cut();
      if (what == 'B' || what == '@') return select(Set::jis_x_0208, 3);
      if (what == 'A') return select(Set::gb_2312, 3);
      if (what == '(') return escape_long();
      if (what == ')' || what == '*') return select(set_, 4);  // ISO-2022-KR, -CN: announces a set for SO
      if (std::string_view("EFGOPQ").find(static_cast<char>(what)) != std::string_view::npos) return web_code();
      return one(static_cast<unsigned char>(esc));
    }
    if (kind == '&' && what == '@') return select(set_, 3);  // announces JIS X 0208-1990
    if (kind == '.' && what != 0) {
      greek_ = what == 'F';
      return select(set_, 3);
    }
    if (kind == 'N' && what >= 0x20) {  // single shift two: one character of ISO 8859-1 (or -7)
      at_ += 3;
      if (greek_) return sink_.put_unknown();
      return sink_.put((what & 0x7F) | 0x80);
    }
    if (kind == 0) return cut();
    one(static_cast<unsigned char>(esc));
  }

  void escape_long() {
    switch (byte(3)) {
      case 0:
        return cut();
      case 'D':
        return select(Set::jis_x_0212, 4);
      case 'C':
        return select(Set::ks_c_5601, 4);
      case 'A':
        return select(Set::gb_2312, 4);
      case 'P':
        return select(Set::jis_x_0213_2, 4);
      default:  // 'O' and 'Q' are plane 1 of JIS X 0213, nearly JIS X 0208
        return select(Set::jis_x_0208, 4);
    }
  }

  // SoftBank emoji: ESC $ letter, codes, SI.
  void web_code() {
    at_ += 3;
    while (byte(0) >= 0x21 && byte(0) <= 0x7A) one(geta);
    if (byte(0) == static_cast<unsigned char>(shift_in)) ++at_;
  }

  // An escape that ends with the text: the encoded-word or the line was cut there.
  void cut() {
    at_ = bytes_.size();
    sink_.note_repair();
  }

  void pair() {
    unsigned row = byte(0), cell = byte(1);
    if (row < 0x21 || row == 0x7F) return one(row);
    if (row >= 0x80) {
      if (cell < 0x80) return eight_bit();
      sink_.note_repair();
      row &= 0x7F;
      cell &= 0x7F;
    }
    if (cell < 0x21 || cell > 0x7E) {  // half a character, before a line end, an escape or the end of the text
      sink_.put_unknown();
      ++at_;
      return;
    }
    if (const char32_t c = from_set(set_, row, cell)) {
      sink_.put(c);
    } else {
      sink_.put_unknown();
    }
    at_ += 2;
  }

  // RFC 1468 ends every line in ASCII. A mailer that forgot leaves either Japanese or ASCII on the next line.
  void line_end() {
    one(byte(0));
    if (!is_double(set_)) return;
    if (byte(0) == '\n' || byte(0) == '\r') return;
    std::size_t i = 0;
    while (byte(i) >= 0x21 && byte(i) <= 0x7E) {
      if (!from_set(set_, byte(i), byte(i + 1))) break;
      i += 2;
    }
    const unsigned stop = byte(i);
    if (stop != 0 && stop != static_cast<unsigned char>(esc) && stop != '\n' && stop != '\r') {
      set_ = Set::ascii;
      sink_.note_repair();
    }
  }

  // Raw 8-bit text up to the next escape or line end.
  void eight_bit() {
    const std::size_t end = std::min(bytes_.find_first_of("\x1B\r\n", at_), bytes_.size());
    const std::string_view raw = bytes_.substr(at_, end - at_);
    if (valid_prefix(raw) == raw.size()) {
      sink_.put_text(raw);
    } else {
      sink_.add(decode_cp932(raw));
    }
    sink_.note_repair();
    set_ = Set::ascii;
    at_ = end;
  }

  // "$B$3$s(B": both escapes lost their ESC on the way.
  bool repair_escape() {
    if ((byte(1) != 'B' && byte(1) != '@') || at_ < no_repair_before_) return false;
    std::size_t i = 2, pairs = 0, kana = 0;
    const auto closes = [&] { return byte(i) == '(' && (byte(i + 1) == 'B' || byte(i + 1) == 'J'); };
    while (!closes() && from_jis(byte(i), byte(i + 1)) != 0) {
      if (byte(i) >= 0x21 && byte(i) <= 0x25) ++kana;
      ++pairs;
      i += 2;
    }
    const bool closed = closes();
    const bool line_over = byte(i) == '\n' || byte(i) == '\r' || at_ + i >= bytes_.size();
    const bool sure = closed && (pairs >= 3 || kana >= 1) && (kana * 4 >= pairs || pairs >= 4);
    const bool likely = (closed && pairs >= 1) || (line_over && pairs >= 2 && kana * 2 >= pairs);
    if (!(stripped_ == StrippedEscapes::repair ? likely : sure)) {
      no_repair_before_ = at_ + i;  // what was looked at once is not looked at again: stays linear
      return false;
    }
    at_ += 2;
    for (std::size_t n = 0; n < pairs; ++n, at_ += 2) sink_.put(from_set(Set::jis_x_0208, byte(0), byte(1)));
    if (closed) at_ += 2;
    sink_.note_repair();
    return true;
  }

  std::string_view bytes_;
  StrippedEscapes stripped_;
  std::size_t at_ = 0;
  std::size_t no_repair_before_ = 0;
  Set set_ = Set::ascii;
  bool greek_ = false;
  Sink sink_;
};

}  // namespace

Output decode_iso_2022_jp(std::string_view bytes, StrippedEscapes stripped) { return Machine(bytes, stripped).run(); }

}  // namespace sekisho::text::charset_internal
