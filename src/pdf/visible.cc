#include "pdf/visible.h"

#include <fmt/format.h>
#include <glib.h>

#include "text/utf8.h"

namespace sekisho::pdf {

namespace {

/// Blank by their shape though letters by their class, or invisible marks (UAX #44 Default_Ignorable_Code_Point) that
/// glib's classes do not single out.
bool is_blank(char32_t c) {
  return c == 0x034F || c == 0x115F || c == 0x1160 || (c >= 0x17B4 && c <= 0x17B5) || (c >= 0x180B && c <= 0x180F) ||
         c == 0x2800 || c == 0x3164 || c == 0xFFA0 || (c >= 0xE0000 && c <= 0xE0FFF);
}

/// VARIATION SELECTOR-17 and later choose the shape of the han letter before: names are written so (葛󠄀).
bool is_shape_of_han(char32_t c, char32_t before) { return c >= 0xE0100 && c <= 0xE01EF && text::is_kanji(before); }

bool can_stand(char32_t c, const std::function<bool(char32_t)>& has) {
  if (is_blank(c)) return false;
  switch (g_unichar_type(c)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return false;
    default:
      return has(c);
  }
}

/// Writes a run of characters that cannot stand.
class Codes {
 public:
  explicit Codes(std::string& out) : out_(out) {}
  void add(char32_t c) {
    if (++count_ <= shown) out_ += fmt::format("{}U+{:04X}", count_ == 1 ? "‹" : " ", static_cast<std::uint32_t>(c));
  }
  void end() {
    if (count_ > shown) out_ += fmt::format(" +{}", count_ - shown);
    if (count_ > 0) out_ += "›";
    count_ = 0;
  }

 private:
  static constexpr std::size_t shown = 4;
  std::string& out_;
  std::size_t count_ = 0;
};

constexpr int marks_on_a_letter = 4;

}  // namespace

std::string visible(std::string_view text, const std::function<bool(char32_t)>& has) {
  std::string out;
  out.reserve(text.size());
  Codes codes(out);
  char32_t before = 0;
  int marks = 0;
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint one = text::code_point_at(text, at);
    at += one.size;
    if (one.value == U'\r' && at < text.size() && text[at] == '\n') continue;
    const bool mark = g_unichar_ismark(one.value);
    marks = mark ? marks + 1 : 0;
    if (one.value == U'\n' || one.value == U'\t') {
      codes.end();
      out += one.value == U'\n' ? '\n' : ' ';
    } else if (is_shape_of_han(one.value, before)) {
      text::append_utf8(out, one.value);
    } else if (can_stand(one.value, has) && (!mark || (marks <= marks_on_a_letter && before != 0))) {
      codes.end();
      text::append_utf8(out, one.value);
    } else {
      codes.add(one.value);
      before = 0;
      continue;
    }
    before = one.value;
  }
  codes.end();
  return out;
}

}  // namespace sekisho::pdf
