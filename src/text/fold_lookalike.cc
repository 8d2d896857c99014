// lookalike_key(): one representative for what looks the same.
#include <unicode/uspoof.h>

#include <memory>

#include "text/fold.h"
#include "text/fold_tables.h"
#include "text/fold_tricks.h"
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

// The UTS #39 skeleton of letters of other scripts, lower case and without accents.
std::string bare_skeleton(std::string_view foreign) {
  UErrorCode status = U_ZERO_ERROR;
  std::string skeleton(foreign.size() * 4 + 16, '\0');
  const auto read = [&] {
    status = U_ZERO_ERROR;
    return uspoof_getSkeletonUTF8(checker(), 0, foreign.data(), static_cast<int32_t>(foreign.size()), skeleton.data(),
                                  static_cast<int32_t>(skeleton.size()), &status);
  };
  int32_t size = read();
  if (status == U_BUFFER_OVERFLOW_ERROR) {
    skeleton.resize(static_cast<std::size_t>(size) + 1);
    size = read();
  }
  if (U_FAILURE(status)) return std::string(foreign);
  skeleton.resize(static_cast<std::size_t>(size));
  std::string bare;
  for (std::size_t at = 0; at < skeleton.size();) {
    const CodePoint c = code_point_at(skeleton, at);
    at += c.size;
    if (c.value >= 'A' && c.value <= 'Z') {
      bare += static_cast<char>(c.value + 32);
    } else if (c.value < 0x300 || c.value > 0x36F) {
      append_utf8(bare, c.value);
    }
  }
  return bare;
}

bool is_foreign(char32_t c) { return c >= 0x80 && !is_japanese(c) && c != U'○' && c != U'◯'; }

// The end of the stretch of foreign letters that begins at `at`.
std::size_t foreign_end(std::string_view text, std::size_t at) {
  for (CodePoint c = code_point_at(text, at); c.size && is_foreign(c.value); c = code_point_at(text, at)) at += c.size;
  return at;
}

}  // namespace

std::string fold_internal::read_as_latin(std::string_view word) {
  std::string read;
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint c = code_point_at(word, at);
    const std::size_t end = is_foreign(c.value) ? foreign_end(word, at) : at + c.size;
    read += is_foreign(c.value) ? bare_skeleton(word.substr(at, end - at)) : std::string(word.substr(at, c.size));
    at = end;
  }
  return read;
}

std::string lookalike_key(std::string_view folded) {
  std::string key;
  key.reserve(folded.size());
  for (std::size_t at = 0; at < folded.size();) {
    const CodePoint c = code_point_at(folded, at);
    if (is_foreign(c.value)) {
      const std::size_t end = foreign_end(folded, at);
      for (const char byte : bare_skeleton(folded.substr(at, end - at))) append_latin(key, byte);
      at = end;
      continue;
    }
    if (c.value < 0x80) {
      append_latin(key, static_cast<char>(c.value));
    } else {
      append_utf8(key, japanese_representative(c.value));
    }
    at += c.size;
  }
  return key;
}

}  // namespace sekisho::text
