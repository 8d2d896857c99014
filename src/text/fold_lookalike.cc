// lookalike_key(): one representative for what looks the same.
#include <unicode/uspoof.h>

#include <memory>

#include "text/fold.h"
#include "text/fold_tables.h"
#include "text/utf8.h"

namespace sekisho::text {
namespace {

using namespace fold_internal;

struct Close {
  void operator()(USpoofChecker* checker) const { uspoof_close(checker); }
};

// The checker's tables are read-only after opening, and its const functions are thread-safe (ICU User Guide).
const USpoofChecker* checker() {
  static const std::unique_ptr<USpoofChecker, Close> opened([] {
    UErrorCode status = U_ZERO_ERROR;
    return uspoof_open(&status);
  }());
  return opened.get();
}

bool is_japanese(char32_t c) { return is_cjk(c) || is_katakana(c); }

char32_t japanese_representative(char32_t c) {
  if (const char32_t katakana = katakana_twin(c)) return katakana;
  if (c == U'へ') return U'ヘ';
  if (c == U'べ') return U'ベ';
  if (c == U'ぺ') return U'ペ';
  if (c == U'〇' || c == U'○' || c == U'◯') return 'o';
  return c;
}

// Digits and letters that trade places (0/o, 1/l/i/|, 5/s, 8/b, $/s, @/a), then rn/m and vv/w, which only two
// characters together show.
void append_latin(std::string& key, char c) {
  if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  switch (c) {
    case '0':
      c = 'o';
      break;
    case '1':
    case 'i':
    case '|':
      c = 'l';
      break;
    case '5':
    case '$':
      c = 's';
      break;
    case '8':
      c = 'b';
      break;
    case '@':
      c = 'a';
      break;
    default:
      break;
  }
  if (c == 'n' && key.ends_with('r')) {
    key.back() = 'm';
  } else if (c == 'v' && key.ends_with('v')) {
    key.back() = 'w';
  } else {
    key += c;
  }
}

// Letters of other scripts: the UTS #39 skeleton without its accents.
void append_skeleton(std::string& key, std::string_view foreign) {
  UErrorCode status = U_ZERO_ERROR;
  std::string skeleton(foreign.size() * 4 + 16, '\0');
  int32_t size = uspoof_getSkeletonUTF8(checker(), 0, foreign.data(), static_cast<int32_t>(foreign.size()),
                                        skeleton.data(), static_cast<int32_t>(skeleton.size()), &status);
  if (status == U_BUFFER_OVERFLOW_ERROR) {
    status = U_ZERO_ERROR;
    skeleton.resize(static_cast<std::size_t>(size) + 1);
    size = uspoof_getSkeletonUTF8(checker(), 0, foreign.data(), static_cast<int32_t>(foreign.size()), skeleton.data(),
                                  static_cast<int32_t>(skeleton.size()), &status);
  }
  if (U_FAILURE(status)) {
    key += foreign;
    return;
  }
  skeleton.resize(static_cast<std::size_t>(size));
  for (std::size_t at = 0; at < skeleton.size();) {
    const CodePoint c = code_point_at(skeleton, at);
    at += c.size;
    if (c.value < 0x80) {
      append_latin(key, static_cast<char>(c.value));
    } else if (c.value < 0x300 || c.value > 0x36F) {
      append_utf8(key, c.value);
    }
  }
}

}  // namespace

std::string lookalike_key(std::string_view folded) {
  std::string key;
  key.reserve(folded.size());
  for (std::size_t at = 0; at < folded.size();) {
    const CodePoint c = code_point_at(folded, at);
    if (c.value < 0x80) {
      append_latin(key, static_cast<char>(c.value));
      at += 1;
    } else if (is_japanese(c.value) || c.value == U'○' || c.value == U'◯') {
      append_utf8(key, japanese_representative(c.value));
      at += c.size;
    } else {
      std::size_t end = at;
      for (CodePoint next = c; next.size && next.value >= 0x80 && !is_japanese(next.value);
           next = code_point_at(folded, end))
        end += next.size;
      append_skeleton(key, folded.substr(at, end - at));
      at = end;
    }
  }
  return key;
}

}  // namespace sekisho::text
