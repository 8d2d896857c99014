#include "app/terminal.h"

#include <algorithm>
#include <memory>
#include <vector>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include "text/utf8.h"

namespace sekisho::app {
namespace {

constexpr int narrowest = 40, widest = 100, usual_width = 80;

bool is_variation_selector(char32_t c) { return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF); }

bool is_mark(char32_t c) {
  const auto type = u_charType(static_cast<UChar32>(c));
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

int columns_of(char32_t c, bool japanese) {
  if (c < 0x20) return 0;
  if (c < 0x7F) return 1;
  if (is_variation_selector(c) || is_mark(c)) return 0;
  switch (static_cast<UEastAsianWidth>(u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_EAST_ASIAN_WIDTH))) {
    case U_EA_FULLWIDTH:
    case U_EA_WIDE:
      return 2;
    case U_EA_AMBIGUOUS:
      return japanese ? 2 : 1;
    default:
      return 1;
  }
}

/// Byte offsets where a line may end; falls back to spaces when ICU has no data.
std::vector<std::size_t> break_places(std::string_view text, std::string_view lang) {
  std::vector<std::size_t> places;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> lines(
      icu::BreakIterator::createLineInstance(icu::Locale(lang == "ja" ? "ja" : "en"), status));
  UText* utext = utext_openUTF8(nullptr, text.data(), static_cast<int64_t>(text.size()), &status);
  if (U_SUCCESS(status)) {
    lines->setText(utext, status);
    if (U_SUCCESS(status))
      for (int32_t at = lines->next(); at != icu::BreakIterator::DONE; at = lines->next())
        places.push_back(static_cast<std::size_t>(at));
  }
  utext_close(utext);
  if (places.empty())
    for (std::size_t i = 0; i < text.size(); ++i)
      if (text[i] == ' ') places.push_back(i + 1);
  if (places.empty() || places.back() != text.size()) places.push_back(text.size());
  return places;
}

std::string_view without_end_space(std::string_view text) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// Bytes of the longest beginning of `text` that fits; at least one character.
std::size_t fitting(std::string_view text, int width, bool japanese) {
  std::size_t at = 0;
  int used = 0;
  while (at < text.size()) {
    const auto c = text::code_point_at(text, at);
    used += columns_of(c.value, japanese);
    if (used > width && at > 0) return at;
    at += c.size;
  }
  return at;
}

}  // namespace

int columns(std::string_view text, std::string_view lang) {
  int used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = text::code_point_at(text, at);
    used += columns_of(c.value, lang == "ja");
    at += c.size;
  }
  return used;
}

std::string cut(std::string_view text, int width, std::string_view lang) {
  if (columns(text, lang) <= width) return std::string(text);
  const int room = std::max(1, width - columns("…", lang));
  return std::string(text.substr(0, fitting(text, room, lang == "ja"))) + "…";
}

std::string wrap(std::string_view text, int width, std::string_view lang, std::string_view first,
                 std::string_view rest) {
  const bool japanese = lang == "ja";
  std::string out;
  std::string_view prefix = first;
  std::string line;
  int used = 0;
  const auto end_line = [&] {
    out += prefix;
    out += without_end_space(line);
    out += '\n';
    prefix = rest;
    line.clear();
    used = 0;
  };
  std::size_t from = 0;
  for (const std::size_t place : break_places(text, lang)) {
    std::string_view piece = text.substr(from, place - from);
    from = place;
    const auto room = [&] { return std::max(2, width - columns(prefix, lang)); };
    if (used > 0 && used + columns(without_end_space(piece), lang) > room()) end_line();
    while (columns(without_end_space(piece), lang) > room()) {
      const std::size_t size = fitting(piece, room(), japanese);
      line = piece.substr(0, size);
      piece.remove_prefix(size);
      end_line();
    }
    line += piece;
    used += columns(piece, lang);
  }
  if (!line.empty() || out.empty()) end_line();
  return out;
}

int terminal_width(int fd) {
  winsize size{};
  if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual_width;
  return std::clamp<int>(size.ws_col, narrowest, widest);
}

std::string Paint::with(std::string_view code, std::string_view text) const {
  return colours_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

}  // namespace sekisho::app
