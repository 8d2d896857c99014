#include "text/charset_tables.h"

#include <unicode/ucnv.h>

#include <memory>
#include <string>
#include <string_view>

namespace sekisho::text::charset_internal {
namespace {

struct Close {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

class Reader {
 public:
  explicit Reader(const char* name) {
    UErrorCode status = U_ZERO_ERROR;
    converter_.reset(ucnv_open(name, &status));
  }
  /// The one BMP character that `bytes` stand for, or 0.
  char16_t one(std::string_view bytes) const {
    if (!converter_) return 0;
    UErrorCode status = U_ZERO_ERROR;
    char16_t to[4];
    const int32_t size =
        ucnv_toUChars(converter_.get(), to, 4, bytes.data(), static_cast<int32_t>(bytes.size()), &status);
    return U_SUCCESS(status) && size == 1 && to[0] != 0xFFFD ? to[0] : 0;
  }

 private:
  std::unique_ptr<UConverter, Close> converter_;
};

Cp932 read_cp932() {
  Cp932 made{};
  const Reader reader("windows-31j");
  for (unsigned row = 0; row < 60; ++row) {
    for (unsigned column = 0; column < 189; ++column) {
      const char pair[2] = {static_cast<char>(row < 31 ? 0x81 + row : 0xE0 + row - 31),
                            static_cast<char>(0x40 + column)};
      if (column != 0x7F - 0x40) made[row * 189 + column] = reader.one({pair, 2});
    }
  }
  return made;
}

// `prefix` is the single shift that selects the set in its EUC form, or "".
Set94 read_set(const char* converter, std::string_view prefix) {
  Set94 made{};
  const Reader reader(converter);
  std::string bytes(prefix);
  bytes += "  ";
  for (unsigned row = 0; row < 94; ++row) {
    for (unsigned cell = 0; cell < 94; ++cell) {
      bytes[prefix.size()] = static_cast<char>(0xA1 + row);
      bytes[prefix.size() + 1] = static_cast<char>(0xA1 + cell);
      made[row * 94 + cell] = reader.one(bytes);
    }
  }
  return made;
}

}  // namespace

// Each is read at its first use (about 5 ms), so that a program that meets no such mail pays nothing.
const Cp932& cp932() {
  static const Cp932 made = read_cp932();
  return made;
}
const Set94& jis_x_0212() {
  static const Set94 made = read_set("EUC-JP", "\x8F");
  return made;
}
const Set94& gb_2312() {
  static const Set94 made = read_set("GB2312", "");
  return made;
}
const Set94& ks_c_5601() {
  static const Set94 made = read_set("windows-949", "");
  return made;
}

}  // namespace sekisho::text::charset_internal
