// Bytes of any mail → UTF-8, never failing. Called by `message` for bodies, headers, encoded-words and RFC 2231 names.
// Tables are ICU's; what is ours is knowing that mail lies: ISO-2022-JP is really CP50221, Shift_JIS is CP932, "us-ascii"
// is anything (knowledge: docs/japanese_mail.md). Pure functions; safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace sekisho::text {

struct Decoded {
  std::string utf8;            ///< always valid UTF-8; what could not be decoded is U+FFFD
  std::string charset;         ///< the charset really used, lower case, e.g. "cp932"; "" for pure ASCII
  bool declared = false;       ///< a charset was declared
  bool unknown_label = false;      ///< the declared charset is one that nobody knows: it was read as if none were declared
  bool declaration_wrong = false;  ///< it was declared but the bytes are something else, which was used instead
  std::size_t replaced = 0;    ///< count of U+FFFD put in by us
  bool repaired = false;       ///< stripped ESC of ISO-2022-JP put back, or other damage mended
};

/// Decodes `bytes`. `declared` is the label on the wire ("" when none), in any case, alias or misspelling; `hint` is what
/// the rest of the message uses (""/charset name), preferred when short undeclared bytes are ambiguous.
Decoded decode(std::string_view bytes, std::string_view declared, std::string_view hint = {});

/// Valid UTF-8 with every invalid sequence replaced by one U+FFFD (WHATWG "maximal subpart" practice).
std::string to_valid_utf8(std::string_view bytes);

}  // namespace sekisho::text
