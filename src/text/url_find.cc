// find_urls: one pass over the text; at each place where a scheme or a word begins, what follows is read as a URL with
// the mangling that people and spam filters use undone. Reading ahead is bounded by the next '/' or by constants, and
// text that was taken is not looked at again: linear.
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/limits.h"
#include "text/domain.h"
#include "text/url.h"
#include "text/url_encode.h"

namespace sekisho::text {
namespace {

using url_internal::is_alpha, url_internal::is_digit, url_internal::lower;

constexpr std::size_t longest_label = 63;  // RFC 1035 2.3.4
constexpr std::size_t longest_name = 512;  // twice DNS's 255: room for percent-encoding

/// One character; `c` is its ASCII form (full-width and ideographic dots unified) or 0.
struct Unit {
  char32_t code = 0;
  char c = 0;
  std::uint8_t bytes = 0;
  bool odd = false;  ///< not written as the ASCII that it stands for
};

Unit unit_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, text[at], 1, false};
  UChar32 code = 0;
  std::int32_t i = 0;
  const std::string_view head = text.substr(at, 4);
  U8_NEXT_OR_FFFD(head.data(), i, static_cast<std::int32_t>(head.size()), code);
  Unit unit{static_cast<char32_t>(code), 0, static_cast<std::uint8_t>(i), false};
  if (code >= 0xFF01 && code <= 0xFF5E) unit.c = static_cast<char>(code - 0xFEE0);
  if (code == 0x3002 || code == 0xFF61) unit.c = '.';
  if (code == 0x3000 || code == 0xA0) unit.c = ' ';
  unit.odd = unit.c != 0;
  return unit;
}

constexpr std::array<bool, 256> alnum_table = [] {
  std::array<bool, 256> table{};
  for (unsigned c = 0; c < 256; ++c)
    table[c] = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return table;
}();
bool is_alnum(char c) { return alnum_table[static_cast<unsigned char>(c)]; }
bool is_sentence_dot(const Unit& u) { return u.code == 0x3002 || u.code == 0xFF61; }
bool is_invisible(const Unit& u) {
  return (u.code >= 0x200B && u.code <= 0x200D) || u.code == 0x2060 || u.code == 0xFEFF || u.code == 0xAD;
}
bool is_foreign_letter(const Unit& u) {
  return u.c == 0 && u.code >= 0x80 && u.code != 0xFFFD &&
         (u_isalnum(static_cast<UChar32>(u.code)) ||
          u_hasBinaryProperty(static_cast<UChar32>(u.code), UCHAR_ID_CONTINUE));
}

/// A cursor that eats normalised ASCII and remembers whether any of it was odd.
class Reader {
 public:
  Reader(std::string_view text, std::size_t at) : text_(text), at_(at) {}
  Unit peek() const { return unit_at(text_, at_); }
  std::size_t at() const { return at_; }
  void move_to(std::size_t at) { at_ = at; }
  void take(const Unit& u) {
    at_ += u.bytes;
    odd_ = odd_ || u.odd;
  }
  bool odd() const { return odd_; }
  void mark_odd() { odd_ = true; }
  std::string_view text() const { return text_; }

  /// Eats `word` (lower case), written in any case and width.
  bool eat(std::string_view word) {
    Reader ahead = *this;
    for (const char c : word) {
      const Unit u = ahead.peek();
      if (u.c == 0 || lower(u.c) != c || is_sentence_dot(u)) return false;
      ahead.take(u);
    }
    *this = ahead;
    return true;
  }
  bool eat_odd(std::string_view word) {
    if (!eat(word)) return false;
    mark_odd();
    return true;
  }
  /// At most two; more are a gap between words.
  bool eat_spaces() {
    bool any = false;
    for (int i = 0; i < 2 && peek().c == ' '; ++i, any = true) take(peek());
    if (any) mark_odd();
    return any;
  }

 private:
  std::string_view text_;
  std::size_t at_;
  bool odd_ = false;
};

enum class Before { word, gap };  ///< what stands left of where we look

/// "http" or "https" when a scheme and its slashes stand here; the reader is then behind them.
std::string_view eat_scheme(Reader& reader, Before before) {
  Reader ahead = reader;
  if (!ahead.eat("http")) {
    constexpr std::array<std::string_view, 5> spoilt{"hxxp", "h**p", "h__p", "h++p", "ttp"};
    if (before == Before::word ||
        std::none_of(spoilt.begin(), spoilt.end(), [&](std::string_view form) { return ahead.eat_odd(form); }))
      return {};
  }
  const bool secure = ahead.eat("s");
  if (!ahead.eat("://") && !ahead.eat_odd("[://]") && !ahead.eat(":\\\\")) {
    ahead.eat_spaces();
    if (!ahead.eat(":") && !ahead.eat_odd("[:]") && !ahead.eat_odd("(:)")) return {};
    ahead.eat_spaces();
    if (!ahead.eat("//") && !ahead.eat_odd("[//]") && !ahead.eat_odd("[/][/]") && !ahead.eat("\\\\")) return {};
  }
  reader = ahead;
  return secure ? "https" : "http";
}

enum class Anchor { scheme, none };

struct HostRun {
  std::string name;  ///< refanged, as written otherwise
  std::size_t dots = 0;
  bool refanged_dot = false;  ///< "[.]", "(dot)" or an ideographic dot: nobody writes a file name so
  bool foreign = false;       ///< holds non-ASCII letters
};

struct Dot {
  bool bracketed = false, sentence = false, space_before = false, space_after = false;
};

bool eat_dot(Reader& reader, Dot& dot) {
  Reader ahead = reader;
  dot.space_before = ahead.eat_spaces();
  constexpr std::array<std::string_view, 6> forms{"[.]", "(.)", "{.}", "[dot]", "(dot)", "{dot}"};
  if (std::any_of(forms.begin(), forms.end(), [&](std::string_view form) { return ahead.eat_odd(form); })) {
    dot.bracketed = true;
  } else if (const Unit u = ahead.peek(); u.c == '.') {
    dot.sentence = is_sentence_dot(u);
    ahead.take(u);
  } else {
    return false;
  }
  dot.space_after = ahead.eat_spaces();
  reader = ahead;
  return true;
}

/// The ASCII label that begins here, as written; "" when none does or it is longer than a label can be.
std::string label_ahead(Reader reader) {
  std::string out;
  for (Unit u = reader.peek(); out.size() <= longest_label && (is_alnum(u.c) || u.c == '-' || u.c == '_');
       u = reader.peek()) {
    out += u.c;
    reader.take(u);
  }
  return out.size() > longest_label ? std::string() : out;
}

std::string lowered(std::string_view s) {
  std::string out(s);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

/// has_known_tld for a name in any case; only the last label is looked at.
bool ends_in_known_tld(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  const std::string_view last = dot == std::string_view::npos ? name : name.substr(dot + 1);
  return last.size() <= longest_label && has_known_tld(lowered(last));
}

bool is_lower_tld(const std::string& label) {
  return std::none_of(label.begin(), label.end(), [](char c) { return c >= 'A' && c <= 'Z'; }) && has_known_tld(label);
}

/// Does the name go on behind this dot, or did a sentence end?
bool goes_on(const HostRun& host, const Dot& dot, const Reader& behind, Anchor anchor) {
  const Unit next = behind.peek();
  const bool letter = is_alnum(next.c) || next.c == '%';
  if (!dot.sentence && !dot.space_before && !dot.space_after)
    return letter || (anchor == Anchor::scheme && is_foreign_letter(next));
  const bool spaced = dot.space_before || dot.space_after;
  const std::string label = label_ahead(behind);
  const bool whole = host.dots > 0 && ends_in_known_tld(host.name);
  const bool eager = anchor == Anchor::scheme || lowered(std::string_view(host.name).substr(0, 3)) == "www";
  if (dot.bracketed) return !label.empty();
  if (spaced && !dot.space_before && whole) return false;  // "example.com. Thank you"
  if (is_lower_tld(label)) return true;
  if (whole || !eager) return false;
  if (spaced) return dot.space_before && !label.empty();
  return letter || (anchor == Anchor::scheme && is_foreign_letter(next));
}

/// Reads labels and dots; the reader ends behind the last label. An empty name: no host here.
HostRun read_host(Reader& reader, Anchor anchor) {
  HostRun host;
  for (;;) {
    const std::size_t label_start = host.name.size();
    for (;;) {
      const Unit u = reader.peek();
      const bool at_label_start = host.name.size() == label_start;
      if (host.name.size() > longest_name) break;
      if (is_alnum(u.c) || ((u.c == '-' || u.c == '_') && !u.odd) || (u.c == '%' && anchor == Anchor::scheme)) {
        host.name += u.c;
      } else if (is_invisible(u) && !at_label_start) {
        Reader ahead = reader;
        ahead.take(u);
        const Unit next = ahead.peek();
        if (!is_alnum(next.c) && next.c != '.' && next.c != '-') break;
        reader.mark_odd();
      } else if (anchor == Anchor::scheme && is_foreign_letter(u)) {
        // Japanese text right behind a host: "example.comを開く".
        if (!at_label_start && host.dots > 0 && ends_in_known_tld(host.name)) break;
        host.name += reader.text().substr(reader.at(), u.bytes);
        host.foreign = true;
      } else {
        break;
      }
      reader.take(u);
    }
    if (host.name.size() == label_start || host.name.size() > longest_name) return {};
    Reader behind = reader;
    Dot dot;
    if (!eat_dot(behind, dot) || !goes_on(host, dot, behind, anchor)) return host;
    host.refanged_dot = host.refanged_dot || dot.bracketed || dot.sentence;
    host.name += '.';
    ++host.dots;
    reader = behind;
  }
}

/// "user:password@" right behind the slashes; "" when there is none.
std::string_view eat_userinfo(Reader& reader) {
  const std::string_view rest = reader.text().substr(reader.at());
  std::size_t end = 0, sign = std::string_view::npos;
  for (; end < rest.size(); ++end) {
    const auto c = static_cast<unsigned char>(rest[end]);
    if (c <= 0x20 || c >= 0x7F || std::string_view("/?#\\<>\"").find(rest[end]) != std::string_view::npos) break;
    if (rest[end] == '@') sign = end;
  }
  if (sign == std::string_view::npos) return {};
  reader.move_to(reader.at() + sign + 1);
  return rest.substr(0, sign + 1);
}

std::string eat_address_literal(Reader& reader) {
  const std::string_view rest = reader.text().substr(reader.at(), 64);
  const std::size_t end = rest.find(']');
  if (!rest.starts_with('[') || end == std::string_view::npos) return {};
  const std::string_view inside = rest.substr(1, end - 1);
  if (!std::all_of(inside.begin(), inside.end(),
                   [](char c) { return url_internal::hex_value(c) >= 0 || c == ':' || c == '.'; }))
    return {};
  reader.move_to(reader.at() + end + 1);
  return std::string(rest.substr(0, end + 1));
}

std::string eat_port(Reader& reader) {
  Reader ahead = reader;
  std::string out;
  if (!ahead.eat(":")) return out;
  for (Unit u = ahead.peek(); is_digit(u.c) && out.size() < 6; u = ahead.peek()) {
    out += u.c;
    ahead.take(u);
  }
  if (out.empty() || out.size() > 5) return {};
  reader = ahead;
  return ":" + out;
}

/// Path, query and fragment as written, without the punctuation of the sentence around them.
std::string eat_tail(Reader& reader, bool fullwidth_too) {
  std::string out;
  std::size_t good_size = 0, good_at = reader.at();
  int round = 0, square = 0;
  for (Unit u = reader.peek();; u = reader.peek()) {
    const bool known = u.c > 0x20 && u.c < 0x7F && (!u.odd || fullwidth_too) && !is_sentence_dot(u);
    if (!known || std::string_view("<>\"`{}|^").find(u.c) != std::string_view::npos) break;
    if (out.empty() && std::string_view("/?#\\").find(u.c) == std::string_view::npos) break;
    round += u.c == '(' ? 1 : u.c == ')' ? -1 : 0;
    square += u.c == '[' ? 1 : u.c == ']' ? -1 : 0;
    if (round < 0 || square < 0) break;  // opened before the URL
    out += u.c;
    reader.take(u);
    if (std::string_view(".,;:!?'*([").find(u.c) == std::string_view::npos) {
      good_size = out.size();
      good_at = reader.at();
    }
  }
  out.resize(good_size);
  reader.move_to(good_at);
  return out;
}

struct Reading {
  std::string url;
  std::size_t end = 0;
  bool mangled = false;
};

std::optional<Reading> read_with_scheme(std::string_view text, std::size_t at, Before before) {
  Reader reader(text, at);
  const std::string_view scheme = eat_scheme(reader, before);
  if (scheme.empty()) return std::nullopt;
  const bool gap = reader.eat_spaces();
  const std::string_view userinfo = eat_userinfo(reader);
  HostRun host;
  host.name = eat_address_literal(reader);
  if (host.name.empty()) host = read_host(reader, Anchor::scheme);
  if (host.name.empty()) return std::nullopt;
  std::string authority = host.name + eat_port(reader);
  const auto parsed = parse_url("http://" + authority);
  if (!parsed || parsed->host.empty()) return std::nullopt;
  if ((gap || host.foreign) && !parsed->is_ip && (host.dots == 0 || !has_known_tld(parsed->host))) return std::nullopt;
  Reading out;
  out.url = std::string(scheme) + "://" + std::string(userinfo) + authority;
  const bool odd = reader.odd();
  out.url += eat_tail(reader, odd);
  out.end = reader.at();
  out.mangled = reader.odd() || host.refanged_dot;
  return out;
}

/// Whether what follows a name of dots makes it the beginning of a mail address: "www.shop.example+news@mail.example".
bool is_local_part(std::string_view rest) {
  constexpr std::size_t longest_local_part = 64;  // RFC 5321 4.5.3.1.1
  constexpr std::string_view atext = "!#$%&'*+-=?^_`{|}~.";
  std::size_t end = 0;
  while (end < rest.size() && end < longest_local_part &&
         (is_alnum(rest[end]) || atext.find(rest[end]) != std::string_view::npos))
    ++end;
  return end + 1 < rest.size() && rest[end] == '@' && is_alnum(rest[end + 1]);
}

/// `tried_to` is where the host that was tried ends, whether it is taken or not.
std::optional<Reading> read_bare(std::string_view text, std::size_t at, std::size_t& tried_to) {
  Reader reader(text, at);
  const HostRun host = read_host(reader, Anchor::none);
  tried_to = std::max(tried_to, reader.at());
  if (host.dots == 0) return std::nullopt;
  const std::string name = lowered(host.name);
  if (!has_known_tld(name) || reader.peek().c == '@' || is_local_part(text.substr(reader.at()))) return std::nullopt;
  const bool odd = reader.odd();
  const std::string port = eat_port(reader);
  const std::size_t host_end = reader.at();
  const Unit next = reader.peek();
  const bool path = next.c == '/' && (!next.odd || odd);
  const bool www = name.starts_with("www.") && host.dots >= 2;
  if (!path && !www && !host.refanged_dot) return std::nullopt;
  Reading out;
  out.url = "https://" + host.name + port;
  if (!parse_url(out.url)) return std::nullopt;
  if (path || next.c == '?' || next.c == '#') out.url += eat_tail(reader, odd);
  out.end = std::max(reader.at(), host_end);
  out.mangled = reader.odd() || host.refanged_dot;
  return out;
}

/// Whether a scheme may begin with the letter h or t at `at`: what read_with_scheme would find out with more work.
bool may_be_scheme(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size()) return false;
  const char next = text[at + 1];
  if (static_cast<unsigned char>(text[at]) >= 0x80 || static_cast<unsigned char>(next) >= 0x80) return true;
  return std::string_view(lower(text[at]) == 'h' ? "tTxX*_+" : "tT").find(next) != std::string_view::npos;
}

/// Where the ASCII word at `at` ends if no dot of any form follows it, so that it cannot be a bare host; 0: look
/// closer. Nearly every word of a mail ends here.
std::size_t end_of_lone_word(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && (is_alnum(text[end]) || text[end] == '-' || text[end] == '_')) ++end;
  if (end == at || end - at > longest_name) return 0;
  std::size_t next = end;
  while (next < text.size() && next < end + 2 && text[next] == ' ') ++next;
  if (next == text.size()) return end;
  const char c = text[next];
  const bool may_go_on = static_cast<unsigned char>(c) >= 0x80 || c == '.' || c == '[' || c == '(' || c == '{';
  return may_go_on ? 0 : end;
}

/// The first place after `at`, inside a run of ASCII letters and digits, where "http" may begin; else the end of the
/// run.
std::size_t next_scheme_in_word(std::string_view text, std::size_t at) {
  while (++at < text.size() && is_alnum(text[at]))
    if (lower(text[at]) == 'h' && may_be_scheme(text, at)) break;
  return at;
}

}  // namespace

std::vector<FoundUrl> find_urls(std::string_view utf8) {
  std::vector<FoundUrl> found;
  std::size_t bare_tried_to = 0;
  char before = ' ';  // ASCII form of the character on the left; a space for anything else
  for (std::size_t at = 0; at < utf8.size() && found.size() < limits::links;) {
    const auto byte = static_cast<unsigned char>(utf8[at]);
    if (byte < 0x80 && !is_alnum(utf8[at])) {
      before = utf8[at++];
      continue;
    }
    const Unit u = unit_at(utf8, at);
    if (!is_alnum(u.c)) {
      before = u.c == 0 ? ' ' : u.c;
      at += u.bytes;
      continue;
    }
    std::optional<Reading> reading;
    bool bare = false;
    const bool in_word = is_alnum(before);
    if (const char c = lower(u.c); (c == 'h' || c == 't') && may_be_scheme(utf8, at))
      reading = read_with_scheme(utf8, at, in_word ? Before::word : Before::gap);
    if (!reading && !in_word && at >= bare_tried_to &&
        std::string_view("@/\\._-").find(before) == std::string_view::npos) {
      if (const std::size_t end = end_of_lone_word(utf8, at)) {
        bare_tried_to = end;
      } else {
        reading = read_bare(utf8, at, bare_tried_to);
        bare = reading.has_value();
      }
    }
    if (!reading) {
      at = u.odd ? at + u.bytes : next_scheme_in_word(utf8, at);
      before = u.odd ? u.c : utf8[at - 1];
      continue;
    }
    if (reading->url.size() <= limits::url_bytes)
      found.push_back({{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(reading->end)},
                       std::move(reading->url),
                       reading->mangled,
                       bare});
    at = reading->end;
    before = ' ';
  }
  return found;
}

}  // namespace sekisho::text
