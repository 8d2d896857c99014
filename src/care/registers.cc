#include "care/registers.h"

#include <array>

namespace sekisho::care {
namespace {

constexpr std::array<std::string_view, 3> names{"ja", "ja-plain", "en"};

/// A piece of text: plain words, or what stands between a pair of braces.
struct Piece {
  std::string_view words;  ///< between the braces, or the plain words
  bool braces = false;
  bool closed = true;
};

/// Cuts the next piece off `rest`. A '{' without '}' is a piece of its own that is not closed.
Piece next_piece(std::string_view& rest) {
  const std::size_t open = rest.find('{');
  if (open != 0) {
    const Piece piece{rest.substr(0, open)};
    rest.remove_prefix(piece.words.size());
    return piece;
  }
  const std::size_t close = rest.find('}');
  if (close == std::string_view::npos) {
    const Piece piece{rest, true, false};
    rest = {};
    return piece;
  }
  const Piece piece{rest.substr(1, close - 1), true};
  rest.remove_prefix(close + 1);
  return piece;
}

/// Calls `words` for what stands outside of furigana and `ruby` for base and reading.
template <class Words, class Ruby>
void walk(std::string_view text, Words words, Ruby ruby) {
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view before = rest;
    const Piece piece = next_piece(rest);
    const std::size_t bar = piece.braces && piece.closed ? piece.words.find('|') : std::string_view::npos;
    if (bar == std::string_view::npos)
      words(before.substr(0, before.size() - rest.size()));
    else
      ruby(piece.words.substr(0, bar), piece.words.substr(bar + 1));
  }
}

}  // namespace

std::string_view name(Register speech) { return names[static_cast<std::size_t>(speech)]; }

std::optional<Register> find_register(std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return static_cast<Register>(i);
  return std::nullopt;
}

std::string spoken(std::string_view text) {
  std::string out;
  walk(
      text, [&](std::string_view words) { out += words; },
      [&](std::string_view base, std::string_view reading) {
        out += base;
        out += '(';
        out += reading;
        out += ')';
      });
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  return out;
}

std::string markup(std::string_view text) {
  std::string out;
  walk(
      text, [&](std::string_view words) { out += escaped(words); },
      [&](std::string_view base, std::string_view reading) {
        out += "<ruby>" + escaped(base) + "<rp>(</rp><rt>" + escaped(reading) + "</rt><rp>)</rp></ruby>";
      });
  return out;
}

std::string wrong_braces(std::string_view text, Furigana furigana, const std::function<bool(std::string_view)>& slot) {
  for (std::string_view rest = text; !rest.empty();) {
    const Piece piece = next_piece(rest);
    if (!piece.braces) {
      if (piece.words.find('}') != std::string_view::npos) return "a '}' without its '{'";
      continue;
    }
    if (!piece.closed) return "a '{' without its '}'";
    const std::size_t bar = piece.words.find('|');
    if (bar == std::string_view::npos) {
      if (!slot(piece.words)) return "unknown slot {" + std::string(piece.words) + "}";
    } else {
      if (furigana == Furigana::refused) return "furigana belong in ja-plain only";
      if (bar == 0 || bar + 1 == piece.words.size() ||
          piece.words.find_first_of("{|", bar + 1) != std::string_view::npos)
        return "furigana are written {base|reading}";
    }
  }
  return {};
}

std::string filled(std::string_view text, const std::function<std::string(std::string_view)>& value) {
  std::string out;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view before = rest;
    const Piece piece = next_piece(rest);
    if (piece.braces && piece.closed && piece.words.find('|') == std::string_view::npos)
      out += value(piece.words);
    else
      out += before.substr(0, before.size() - rest.size());
  }
  return out;
}

bool has_slot(std::string_view text, std::string_view name) {
  return text.find("{" + std::string(name) + "}") != std::string_view::npos;
}

}  // namespace sekisho::care
