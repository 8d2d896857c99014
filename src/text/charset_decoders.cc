#include "text/charset_decoders.h"

#include <unicode/ucnv.h>

#include <memory>

#include "text/charset_tables.h"

namespace sekisho::text::charset_internal {
namespace {

constexpr char32_t geta = 0x3013;  // 〓, what Japanese typesetting puts where a character is missing

// docomo's basic emoji from U+E63E on, which are the CP932 cells F89F and following: weather, zodiac, sport, traffic
// and buildings. The order follows docomo's published list; unverified against a machine-readable source.
constexpr char32_t docomo_first = 0xE63E;
constexpr char32_t docomo_emoji[] = {
    0x2600, 0x2601,  0x2614,  0x26C4,  0x26A1,  0x1F300, 0x1F301, 0x1F302, 0x2648,  0x2649,  0x264A,  0x264B,
    0x264C, 0x264D,  0x264E,  0x264F,  0x2650,  0x2651,  0x2652,  0x2653,  0x1F3BD, 0x26BE,  0x26F3,  0x1F3BE,
    0x26BD, 0x1F3BF, 0x1F3C0, 0x1F3C1, 0x1F4DF, 0x1F683, 0x24C2,  0x1F684, 0x1F697, 0x1F699, 0x1F68C, 0x1F6A2,
    0x2708, 0x1F3E0, 0x1F3E2, 0x1F3E3, 0x1F3E5, 0x1F3E6, 0x1F3E7, 0x1F3E8, 0x1F3EA, 0x26FD};

char32_t shown(char16_t c) {
  if (c < 0xE000 || c > 0xF8FF) return c;
  const std::size_t at = c - docomo_first;
  return c >= docomo_first && at < std::size(docomo_emoji) ? docomo_emoji[at] : geta;
}

// SoftBank web code: ESC $ letter, codes, SI. Gives the bytes it takes at `at`, 0 when it is none; puts one 〓 a code.
std::size_t put_web_code(std::string_view bytes, std::size_t at, Sink& sink) {
  const auto byte = [&](std::size_t i) {
    return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u;
  };
  if (byte(0) != 0x1B || byte(1) != '$') return 0;
  const unsigned letter = byte(2);
  if (letter != 'E' && letter != 'F' && letter != 'G' && letter != 'O' && letter != 'P' && letter != 'Q') return 0;
  std::size_t size = 3;
  for (; byte(size) >= 0x21 && byte(size) <= 0x7A; ++size) sink.put(geta);
  return byte(size) == 0x0F ? size + 1 : size;
}

struct Close {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

// UTF-16 in pieces → UTF-8, surrogate pairs joined across pieces.
class Utf16Sink {
 public:
  explicit Utf16Sink(Sink& sink) : sink_(sink) {}
  void put(char16_t unit) {
    if (high_) {
      const char16_t high = high_;
      high_ = 0;
      if (unit >= 0xDC00 && unit <= 0xDFFF) {
        sink_.put(0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
        return;
      }
      sink_.put_unknown();
    }
    if (unit >= 0xD800 && unit <= 0xDBFF) {
      high_ = unit;
    } else if (unit == 0xFFFD || (unit >= 0xDC00 && unit <= 0xDFFF)) {
      sink_.put_unknown();
    } else {
      sink_.put(unit);
    }
  }
  void end() {
    if (high_) sink_.put_unknown();
    high_ = 0;
  }

 private:
  Sink& sink_;
  char16_t high_ = 0;
};

}  // namespace

Output decode_cp932(std::string_view bytes) {
  Sink sink(bytes.size() + bytes.size() / 2);
  for (std::size_t at = 0; at < bytes.size();) {
    const unsigned char lead = static_cast<unsigned char>(bytes[at]);
    if (lead < 0x80) {
      if (lead == 0x1B) {
        if (const std::size_t size = put_web_code(bytes, at, sink)) {
          at += size;
          continue;
        }
      }
      sink.put(lead);
      ++at;
    } else if (lead >= 0xA1 && lead <= 0xDF) {
      sink.put(0xFF61 + lead - 0xA1);
      ++at;
    } else {
      const unsigned trail = at + 1 < bytes.size() ? static_cast<unsigned char>(bytes[at + 1]) : 0;
      if (const char16_t c = from_cp932(lead, trail)) {
        sink.put(shown(c));
        at += 2;
      } else {
        // An ASCII trail is not swallowed: it may be the quote or the '<' that ends something (WHATWG Shift_JIS).
        sink.put_unknown();
        at += trail >= 0x80 && lead != 0x80 && lead != 0xA0 && lead < 0xFD ? 2 : 1;
      }
    }
  }
  return std::move(sink).finish();
}

Output decode_euc_jp(std::string_view bytes) {
  Sink sink(bytes.size() + bytes.size() / 2);
  const auto byte = [&](std::size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0u; };
  for (std::size_t at = 0; at < bytes.size();) {
    const unsigned lead = byte(at), second = byte(at + 1);
    if (lead < 0x80) {
      sink.put(lead);
      ++at;
      continue;
    }
    char32_t c = 0;
    std::size_t size = 2;
    if (lead == 0x8E) {
      if (second >= 0xA1 && second <= 0xDF) c = 0xFF61 + second - 0xA1;
    } else if (lead == 0x8F) {
      size = 3;
      c = from_94x94(jis_x_0212(), second - 0x80, byte(at + 2) - 0x80);
    } else if (lead >= 0xA1 && second >= 0xA1) {
      c = from_jis(lead - 0x80, second - 0x80);
    }
    if (c) {
      sink.put(shown(static_cast<char16_t>(c)));
      at += size;
    } else {
      sink.put_unknown();
      ++at;
      for (std::size_t swallowed = 1; swallowed < size && byte(at) >= 0xA1; ++swallowed) ++at;
    }
  }
  return std::move(sink).finish();
}

Output decode_utf_16(std::string_view bytes, Endian endian) {
  Sink sink(bytes.size() + bytes.size() / 2);
  Utf16Sink units(sink);
  const std::size_t first = endian == Endian::little ? 0 : 1;
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    const auto low = static_cast<unsigned char>(bytes[at + first]),
               high = static_cast<unsigned char>(bytes[at + 1 - first]);
    const char16_t unit = static_cast<char16_t>(high << 8 | low);
    if (unit != 0xFEFF || at != 0) units.put(unit);
  }
  units.end();
  if (bytes.size() % 2) sink.put_unknown();
  return std::move(sink).finish();
}

Output decode_utf_8(std::string_view bytes) {
  Output out;
  out.utf8.reserve(bytes.size() + bytes.size() / 8);
  while (!bytes.empty()) {
    const std::size_t valid = valid_prefix(bytes);
    out.utf8.append(bytes.substr(0, valid));
    bytes.remove_prefix(valid);
    if (bytes.empty()) break;
    append_utf8(out.utf8, replacement);
    ++out.replaced;
    bytes.remove_prefix(ill_formed_length(bytes));
  }
  return out;
}

Output decode_by_icu(std::string_view bytes, const char* name) {
  UErrorCode status = U_ZERO_ERROR;
  // Opened for each call: ICU keeps the shared tables of a converter it has opened before, which makes this about a
  // microsecond, and a cache of ours would be state below `engine`.
  const std::unique_ptr<UConverter, Close> converter(ucnv_open(name, &status));
  if (U_FAILURE(status)) return decode_utf_8(bytes);
  Sink sink(bytes.size() + bytes.size() / 2);
  Utf16Sink units(sink);
  char16_t piece[1024];
  const char* from = bytes.data();
  const char* const end = from + bytes.size();
  do {
    status = U_ZERO_ERROR;
    char16_t* to = piece;
    ucnv_toUnicode(converter.get(), &to, piece + std::size(piece), &from, end, nullptr, true, &status);
    for (const char16_t* unit = piece; unit < to; ++unit) units.put(*unit);
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  units.end();
  return std::move(sink).finish();
}

}  // namespace sekisho::text::charset_internal
