// One decoder per encoding that Japanese mail uses; charset.cc chooses among them. Internal to charset*.cc. None of
// them fails: what is not a character becomes U+FFFD and is counted. Pure; safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "text/utf8.h"

namespace sekisho::text::charset_internal {

struct Output {
  std::string utf8;
  std::size_t replaced = 0;
  bool repaired = false;
};

/// Collects characters; a small buffer in front of the string keeps the inner loops free of growth checks.
class Sink {
 public:
  explicit Sink(std::size_t expected) { out_.utf8.reserve(expected); }
  void put(char32_t c) {
    if (used_ > sizeof buffer_ - 4) flush();
    used_ += put_utf8(c, buffer_ + used_);
  }
  void put_unknown() {
    ++out_.replaced;
    put(replacement);
  }
  /// UTF-8 that is already valid.
  void put_text(std::string_view utf8) {
    flush();
    out_.utf8.append(utf8);
  }
  void add(Output&& other) {
    put_text(other.utf8);
    out_.replaced += other.replaced;
  }
  void note_repair() { out_.repaired = true; }
  Output finish() && {
    flush();
    return std::move(out_);
  }

 private:
  void flush() {
    out_.utf8.append(buffer_, used_);
    used_ = 0;
  }
  Output out_;
  std::size_t used_ = 0;
  char buffer_[1024];
};

/// Shift_JIS as Windows writes it: CP932; 0x5C is the backslash and 0x7E the tilde. Carrier emoji (user-defined area
/// and SoftBank web codes) become Unicode where the character is known, else 〓.
Output decode_cp932(std::string_view bytes);

/// EUC-JP as CP51932 plus JIS X 0212 (SS3) and half-width kana (SS2).
Output decode_euc_jp(std::string_view bytes);

enum class StrippedEscapes { leave, repair_if_certain, repair };

/// ISO-2022-JP and what is sent under its name (CP50221, -1, -2, -3, -MS). Escapes lost on the way are put back as
/// `stripped` says; 8-bit bytes between escapes are read as UTF-8 or CP932.
Output decode_iso_2022_jp(std::string_view bytes, StrippedEscapes stripped);

enum class Endian { little, big };
Output decode_utf_16(std::string_view bytes, Endian endian);

/// Invalid sequences to U+FFFD.
Output decode_utf_8(std::string_view bytes);

/// Any other charset, by ICU's converter of that name; an unknown name decodes as UTF-8.
Output decode_by_icu(std::string_view bytes, const char* converter);

/// How plausible `bytes` are as Japanese in one encoding.
struct Plausibility {
  double per_character = 0;    ///< about +3 for running Japanese text, below 0 for garbage
  std::size_t characters = 0;  ///< non-ASCII ones
  std::size_t kana = 0;        ///< full-width
  std::size_t invalid = 0;
};
Plausibility plausible_cp932(std::string_view bytes);
Plausibility plausible_euc_jp(std::string_view bytes);

}  // namespace sekisho::text::charset_internal
