#include "message/body_text.h"

#include <algorithm>

#include "message/ascii.h"

namespace sekisho::message {
namespace {

constexpr std::string_view markers[] = {
#define MARKER(text) text,
#include "message/quoted_markers.inc"
#undef MARKER
};

/// Marks are short lines; a longer one is prose.
constexpr std::size_t longest_marker_line = 120;

std::size_t quote_depth(std::string_view line) {
  std::size_t depth = 0;
  while (depth < line.size() && line[depth] == '>') ++depth;
  return depth;
}

bool is_quoted(std::string_view line) {
  return line.starts_with('>') || line.starts_with("＞") || line.starts_with("| ") || line.starts_with(" >");
}

/// "2026年1月5日(月) 12:34 山田 <x@y.example>:", "On Mon, 5 Jan 2026, Yamada <x@y.example> wrote:": a line with a time
/// and an address that ends in a colon.
bool is_attribution(std::string_view line) {
  line = trim(line);
  if (line.size() > 300 || !(line.ends_with(':') || line.ends_with("："))) return false;
  const std::size_t at = line.find('@');
  if (at == std::string_view::npos || line.find('<') == std::string_view::npos) return false;
  for (std::size_t i = 2; i + 2 < line.size(); ++i)
    if (line[i] == ':' && is_digit(line[i - 1]) && is_digit(line[i + 1])) return true;
  return false;
}

struct Property {
  std::string_view name, parameters, value;
};

Property split_property(std::string_view line) {
  bool quoted = false;
  std::size_t colon = 0;
  for (; colon < line.size(); ++colon) {
    if (line[colon] == '"') quoted = !quoted;
    if (line[colon] == ':' && !quoted) break;
  }
  if (colon >= line.size()) return {};
  const std::string_view head = line.substr(0, colon);
  const std::size_t semicolon = std::min(head.find(';'), head.size());
  return {head.substr(0, semicolon), head.substr(semicolon), line.substr(colon + 1)};
}

void append_unescaped(std::string_view value, std::string& out) {
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\\' && i + 1 < value.size()) {
      ++i;
      out += value[i] == 'n' || value[i] == 'N' ? '\n' : value[i];
    } else {
      out += value[i];
    }
  }
}

}  // namespace

std::string plain_lines(std::string utf8) {
  if (utf8.starts_with("\xef\xbb\xbf")) utf8.erase(0, 3);
  if (utf8.find('\r') == std::string::npos && utf8.find('\0') == std::string::npos) return utf8;
  std::size_t to = 0;
  for (std::size_t from = 0; from < utf8.size(); ++from) {
    const char c = utf8[from];
    if (c == '\0') continue;
    if (c == '\r') {
      if (from + 1 < utf8.size() && (utf8[from + 1] == '\n' || utf8[from + 1] == '\r')) continue;
      utf8[to++] = '\n';
    } else {
      utf8[to++] = c;
    }
  }
  utf8.resize(to);
  return utf8;
}

std::string unflow(std::string_view text, FlowedSpace space) {
  std::string out;
  out.reserve(text.size());
  bool joining = false;
  std::size_t depth_before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = line_end(text, at);
    std::string_view line = text.substr(at, end - at);
    const bool has_end = end < text.size();
    at = end + 1;
    const std::size_t depth = quote_depth(line);
    std::string_view content = line.substr(depth);
    if (content.starts_with(' ')) content.remove_prefix(1);
    if (joining && depth != depth_before) {  // RFC 3676 4.5: a paragraph ends where the quoting changes
      out += '\n';
      joining = false;
    }
    if (!joining && depth > 0) out.append(depth, '>').append(" ");
    const bool signature = content == "-- ";
    joining = !signature && content.ends_with(' ');
    depth_before = depth;
    if (joining && space == FlowedSpace::remove) content.remove_suffix(1);
    out += content;
    if (!joining && has_end) out += '\n';
  }
  return out;
}

std::string calendar_text(std::string_view ics) {
  std::string unfolded;
  unfolded.reserve(ics.size());
  for (std::size_t i = 0; i < ics.size(); ++i) {
    if (ics[i] == '\r') continue;
    if (ics[i] == '\n' && i + 1 < ics.size() && is_space(ics[i + 1])) {
      ++i;
      continue;
    }
    unfolded += ics[i];
  }
  std::string out;
  for (std::size_t at = 0; at < unfolded.size();) {
    const std::size_t end = line_end(unfolded, at);
    const Property property = split_property(std::string_view(unfolded).substr(at, end - at));
    at = end + 1;
    const bool organizer = same_word(property.name, "organizer");
    if (!organizer && !same_word(property.name, "summary") && !same_word(property.name, "description") &&
        !same_word(property.name, "location") && !same_word(property.name, "url"))
      continue;
    if (organizer) {
      if (const std::size_t name_at = find_word(property.parameters, ";cn="); name_at != std::string_view::npos) {
        std::string_view shown_name = property.parameters.substr(name_at + 4);
        if (shown_name.starts_with('"'))
          shown_name = shown_name.substr(1, shown_name.find('"', 1) - 1);
        else
          shown_name = shown_name.substr(0, shown_name.find(';'));
        append_unescaped(shown_name, out);
        out += ' ';
      }
    }
    std::string_view value = property.value;
    if (organizer && begins_with_word(value, "mailto:")) value.remove_prefix(7);
    append_unescaped(value, out);
    out += '\n';
  }
  return out;
}

bool is_quote_marker(std::string_view line) {
  if (line.size() > longest_marker_line) return false;
  const auto filling = [](char c) { return c == '-' || c == '_' || c == '=' || c == '*' || c == '>' || is_white(c); };
  bool ruled = false;
  while (!line.empty() && filling(line.front())) {
    ruled |= line.front() == '-';
    line.remove_prefix(1);
  }
  while (!line.empty() && filling(line.back())) line.remove_suffix(1);
  // Without a rule of dashes only the forms that end in a colon: "転送" alone may be the text itself.
  return std::any_of(std::begin(markers), std::end(markers), [&](std::string_view marker) {
    return same_word(line, marker) && (ruled || marker.ends_with(':'));
  });
}

text::Span quoted_tail(std::string_view text) {
  constexpr std::size_t none = std::string_view::npos;
  std::size_t tail_from = none;         // start of the quoted lines that reach the end so far
  std::size_t attribution_from = none;  // "… wrote:" with nothing but the older mail below it so far
  bool quoted_below = false;
  const auto to_end = [&](std::size_t from) {
    return text::Span{static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(text.size())};
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = line_end(text, at);
    const std::string_view line = text.substr(at, end - at);
    if (is_quote_marker(line)) return to_end(std::min(at, attribution_from));
    if (is_quoted(line)) {
      tail_from = std::min(tail_from, at);
      quoted_below = true;
    } else if (attribution_from == none && is_attribution(line)) {
      attribution_from = at;
      quoted_below = false;
    } else if (!trim(line).empty()) {
      tail_from = none;
      if (quoted_below) attribution_from = none;  // an answer below the quotation
    }
    at = end + 1;
  }
  const std::size_t from = std::min(tail_from, attribution_from);
  return from == none ? text::Span{} : to_end(from);
}

}  // namespace sekisho::message
