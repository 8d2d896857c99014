// What a host looks like to the eye (UTS #39), by ICU's precomputed data. Declared in domain.h.
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "text/domain.h"
#include "text/url_encode.h"

namespace sekisho::text {
namespace {

const USpoofChecker* checker() {
  static const USpoofChecker* const handle = [] {
    UErrorCode error = U_ZERO_ERROR;
    USpoofChecker* opened = uspoof_open(&error);
    uspoof_setRestrictionLevel(opened, USPOOF_MODERATELY_RESTRICTIVE);
    uspoof_setChecks(opened, USPOOF_RESTRICTION_LEVEL, &error);
    return U_SUCCESS(error) ? opened : nullptr;
  }();
  return handle;
}

bool is_ascii(std::string_view bytes) {
  return std::none_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

// Unicode's skeleton of lower-cased text. Its ASCII part is what the table of confusables gives ASCII: 0→O, 1→l, |→l,
// m→rn; unify_pairs brings those and ASCII that never went through here to the same letters.
std::string unicode_skeleton(std::string_view utf8) {
  icu::UnicodeString lowered =
      icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
  lowered.foldCase();
  icu::UnicodeString skeleton;
  UErrorCode error = U_ZERO_ERROR;
  uspoof_getSkeletonUnicodeString(checker(), 0, lowered, skeleton, &error);
  std::string out;
  (U_SUCCESS(error) ? skeleton : lowered).toUTF8String(out);
  return out;
}

std::string unify_pairs(std::string_view in) {
  std::string out;
  out.reserve(in.size());
  for (const char raw : in) {
    char c = url_internal::lower(raw);
    if (c == '0') c = 'o';
    if (c == '1' || c == 'i' || c == '|') c = 'l';
    const char last = out.empty() ? '\0' : out.back();
    if (c == 'n' && last == 'r') {
      out.back() = 'm';
    } else if (c == 'v' && last == 'v') {
      out.back() = 'w';
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string skeleton(std::string_view utf8) {
  if (is_ascii(utf8) || checker() == nullptr) return unify_pairs(utf8);
  return unify_pairs(unicode_skeleton(utf8));
}

bool mixes_scripts(std::string_view utf8_label) {
  if (is_ascii(utf8_label) || checker() == nullptr) return false;
  UErrorCode error = U_ZERO_ERROR;
  const std::int32_t failed =
      uspoof_check2UTF8(checker(), utf8_label.data(), static_cast<std::int32_t>(utf8_label.size()), nullptr, &error);
  return U_SUCCESS(error) && failed != 0;
}

}  // namespace sekisho::text
