#include "report/inert.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>
#include <unicode/uchar.h>

#include "text/utf8.h"

namespace sekisho::report {
namespace {

/// Marks on one letter that are shown as they are; more is a tower that covers other lines.
constexpr int marks_on_a_letter = 4;

bool is_variation_selector(char32_t c) { return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF); }

bool is_mark(char32_t c) {
  const auto type = u_charType(static_cast<UChar32>(c));
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

/// Acts on the terminal, or cannot be seen.
bool must_be_shown(char32_t c) {
  if (c < 0x7F) return c < 0x20;
  if (is_variation_selector(c)) return false;
  switch (u_charType(static_cast<UChar32>(c))) {
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
    case U_SURROGATE:
    case U_UNASSIGNED:
    case U_PRIVATE_USE_CHAR:
      return true;
    default:
      return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
  }
}

bool is_break(char32_t c) {
  return c == '\n' || c == '\r' || c == '\t' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/// Letters of a host name as a terminal's link finder may see them: ASCII letters, digits, hyphen, and anything beyond
/// ASCII.
bool in_host(unsigned char c) { return c >= 0x80 || std::isalnum(c) || c == '-' || c == '_'; }
bool is_letter(unsigned char c) { return c >= 0x80 || std::isalpha(c); }

/// Labels, and bytes of one, that are looked at to decide about a dot.
constexpr int labels_looked_at = 8;
constexpr std::size_t label_bytes = 64;

/// Where the label that starts at `at` ends, and whether it holds a letter.
std::pair<std::size_t, bool> label_end(std::string_view text, std::size_t at) {
  bool letters = false;
  std::size_t end = at;
  while (end < text.size() && end - at < label_bytes && in_host(static_cast<unsigned char>(text[end])))
    letters |= is_letter(static_cast<unsigned char>(text[end++]));
  return {end, letters};
}

/// A dot between labels of which a later one could be a top-level domain, or between the numbers of an IPv4 address.
/// "3.14", "U.S.A." and the end of a sentence stay.
bool is_host_dot(std::string_view text, std::size_t at) {
  if (at == 0 || !in_host(static_cast<unsigned char>(text[at - 1]))) return false;
  int labels = 0;
  std::size_t dot = at;
  for (; labels < labels_looked_at && dot < text.size() && text[dot] == '.'; ++labels) {
    const auto [end, letters] = label_end(text, dot + 1);
    if (end == dot + 1) break;
    if (letters && end - dot > 2) return true;
    dot = end;
  }
  if (labels == 0) return false;
  // Numbers or single letters only: three parts and more may be an address, on whichever dot we stand.
  std::size_t start = at;
  while (start > 0 && at - start < label_bytes && in_host(static_cast<unsigned char>(text[start - 1]))) --start;
  const bool numbers =
      std::isdigit(static_cast<unsigned char>(text[at - 1])) && std::isdigit(static_cast<unsigned char>(text[at + 1]));
  return numbers && (labels > 1 || (start > 0 && text[start - 1] == '.'));
}

constexpr std::array<std::string_view, 6> schemes_without_slashes{
    "mailto:", "tel:", "sms:", "data:", "javascript:", "file:"};

bool starts_with_ignoring_case(std::string_view text, std::string_view lower) {
  if (text.size() < lower.size()) return false;
  for (std::size_t i = 0; i < lower.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) | (std::isalpha(static_cast<unsigned char>(text[i])) ? 0x20 : 0)) !=
        static_cast<unsigned char>(lower[i]))
      return false;
  return true;
}

/// Nothing in it is recognised as a link by a terminal any more.
std::string defuse(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    const bool word_start = i == 0 || !std::isalnum(static_cast<unsigned char>(text[i - 1]));
    if (starts_with_ignoring_case(rest, "http://") || starts_with_ignoring_case(rest, "https://")) {
      const bool secure = rest[4] != ':';
      out += secure ? "hxxps://" : "hxxp://";
      i += secure ? 7 : 6;
      continue;
    }
    if (rest.substr(0, 3) == "://" && !(out.size() >= 4 && (out.ends_with("hxxp") || out.ends_with("hxxps")))) {
      out += "[:]//";
      i += 2;
      continue;
    }
    const auto* scheme =
        word_start ? std::find_if(schemes_without_slashes.begin(), schemes_without_slashes.end(),
                                  [&](std::string_view name) { return starts_with_ignoring_case(rest, name); })
                   : schemes_without_slashes.end();
    if (scheme != schemes_without_slashes.end() && rest.substr(scheme->size(), 2) != "//") {
      out += rest.substr(0, scheme->size() - 1);
      out += "[:]";
      i += scheme->size() - 1;
      continue;
    }
    if (text[i] == '.' && is_host_dot(text, i))
      out += "[.]";
    else
      out += text[i];
  }
  return out;
}

}  // namespace

std::string for_terminal(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  int marks = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t valid = text::valid_prefix(text.substr(at));
    for (const std::size_t end = at + valid; at < end;) {
      const auto c = text::code_point_at(text, at);
      marks = is_mark(c.value) ? marks + 1 : 0;
      if (is_break(c.value)) {
        if (out.empty() || out.back() != ' ') out += ' ';
      } else if (must_be_shown(c.value) || marks > marks_on_a_letter) {
        out += fmt::format("‹U+{:04X}›", static_cast<std::uint32_t>(c.value));
      } else {
        out.append(text.substr(at, c.size));
      }
      at += c.size;
    }
    if (at < text.size()) {
      out += "\uFFFD";
      at += text::ill_formed_length(text.substr(at));
    }
  }
  return out;
}

std::string from_mail(std::string_view text) { return defuse(for_terminal(text)); }

}  // namespace sekisho::report
