#include "text/html_tokenizer.h"

#include <algorithm>
#include <cstring>

namespace sekisho::text {
namespace {

constexpr bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }
constexpr bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool equals_ignoring_case(std::string_view a, std::string_view lower) {
  if (a.size() != lower.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (ascii_lower(a[i]) != lower[i]) return false;
  }
  return true;
}

bool starts_ignoring_case(std::string_view a, std::string_view lower) {
  return a.size() >= lower.size() && equals_ignoring_case(a.substr(0, lower.size()), lower);
}

Attr attribute_of(std::string_view name) {
  const auto is = [name](std::string_view wanted) { return equals_ignoring_case(name, wanted); };
  if (name.size() < 2) return Attr::other;
  const char first = ascii_lower(name[0]);
  switch (first) {
    case 'a':
      if (is("alt")) return Attr::alt;
      if (is("action")) return Attr::action;
      if (is("aria-label")) return Attr::aria_label;
      break;
    case 'b':
      if (is("bgcolor")) return Attr::bgcolor;
      if (is("background")) return Attr::background;
      break;
    case 'c':
      if (is("class")) return Attr::class_;
      if (is("color")) return Attr::color;
      if (is("content")) return Attr::content;
      break;
    case 'd':
      if (is("data")) return Attr::data;
      break;
    case 'f':
      if (is("formaction")) return Attr::formaction;
      break;
    case 'h':
      if (is("href")) return Attr::href;
      if (is("height")) return Attr::height;
      if (is("hidden")) return Attr::hidden;
      if (is("http-equiv")) return Attr::http_equiv;
      break;
    case 'i':
      if (is("id")) return Attr::id;
      break;
    case 'l':
      if (is("link")) return Attr::link;
      break;
    case 'm':
      if (is("media")) return Attr::media;
      if (is("method")) return Attr::method;
      break;
    case 'n':
      if (is("name")) return Attr::name;
      break;
    case 'o':
      if (name.size() > 3 && ascii_lower(name[1]) == 'n' && is_alpha(name[2])) return Attr::on_event;
      if (is("open")) return Attr::open;
      break;
    case 's':
      if (is("style")) return Attr::style;
      if (is("src")) return Attr::src;
      if (is("size")) return Attr::size;
      break;
    case 't':
      if (is("type")) return Attr::type;
      if (is("text")) return Attr::text;
      if (is("title")) return Attr::title;
      break;
    case 'v':
      if (is("value")) return Attr::value;
      break;
    case 'w':
      if (is("width")) return Attr::width;
      break;
    default:
      break;
  }
  return Attr::other;
}

}  // namespace

std::string_view Token::get(Attr name) const {
  if (!has(name)) return {};
  for (std::uint32_t i = 0; i < attribute_count; ++i) {
    if (attributes[i].name == name) return attributes[i].value;
  }
  return {};
}

const Token& Tokenizer::next() {
  token_.cdata = false;
  while (at_ < html_.size()) {
    if (html_[at_] != '<') {
      doctype_open_ = doctype_open_ && is_space(html_[at_]);
      const void* open = std::memchr(html_.data() + at_, '<', html_.size() - at_);
      const std::size_t end =
          open == nullptr ? html_.size() : static_cast<std::size_t>(static_cast<const char*>(open) - html_.data());
      token_.kind = Token::Kind::text;
      token_.text = html_.substr(at_, end - at_);
      at_ = end;
      return token_;
    }
    const std::size_t open = at_;
    if (markup(open)) return token_;
  }
  token_.kind = Token::Kind::end_of_file;
  return token_;
}

// At '<'. True when a token was made; false when markup was passed over.
bool Tokenizer::markup(std::size_t open) {
  const char c = open + 1 < html_.size() ? html_[open + 1] : '\0';
  if (is_alpha(c)) {
    at_ = open + 1;
    return read_tag(Token::Kind::start_tag);
  }
  if (c == '/') {
    const char name = open + 2 < html_.size() ? html_[open + 2] : '\0';
    if (is_alpha(name)) {
      at_ = open + 2;
      return read_tag(Token::Kind::end_tag);
    }
    if (open + 2 < html_.size()) {
      skip_past('>');  // "</>" vanishes, "</ x>" is a bogus comment
      return false;
    }
  } else if (c == '!') {
    const std::string_view rest = html_.substr(open + 2);
    if (rest.starts_with("--")) {
      at_ = open + 4;
      skip_comment();
      return false;
    }
    if (foreign_ && rest.starts_with("[CDATA[")) {
      const std::size_t start = open + 9;
      const std::size_t end = std::min(html_.find("]]>", start), html_.size());
      at_ = std::min(end + 3, html_.size());
      token_.kind = Token::Kind::text;
      token_.text = html_.substr(start, end - start);
      token_.cdata = true;
      return true;
    }
    if (doctype_open_ && starts_ignoring_case(rest, "doctype")) {
      read_doctype();
      return false;
    }
    skip_past('>');  // <![endif]>, <![CDATA[ in HTML, a late doctype
    return false;
  } else if (c == '?') {
    skip_past('>');
    return false;
  }
  token_.kind = Token::Kind::text;  // a '<' that opens nothing stands for itself
  token_.text = html_.substr(open, 1);
  at_ = open + 1;
  doctype_open_ = false;
  return true;
}

void Tokenizer::skip_past(char c) {
  const std::size_t end = html_.find(c, at_);
  at_ = end == std::string_view::npos ? html_.size() : end + 1;
}

// After "<!--": ends at "-->" or "--!>", and at once at ">" or "->".
void Tokenizer::skip_comment() {
  const std::string_view rest = html_.substr(at_);
  if (rest.starts_with(">")) {
    at_ += 1;
    return;
  }
  if (rest.starts_with("->")) {
    at_ += 2;
    return;
  }
  for (std::size_t from = at_;;) {
    const std::size_t end = html_.find('>', from);
    if (end == std::string_view::npos) {
      at_ = html_.size();
      return;
    }
    const bool dashes = end >= at_ + 2 && html_[end - 1] == '-' && html_[end - 2] == '-';
    const bool bang = end >= at_ + 3 && html_[end - 1] == '!' && html_[end - 2] == '-' && html_[end - 3] == '-';
    if (dashes || bang) {
      at_ = end + 1;
      return;
    }
    from = end + 1;
  }
}

// WHATWG HTML 13.2.6.4.1, the public identifiers that mail has.
void Tokenizer::read_doctype() {
  doctype_open_ = false;
  const std::size_t start = at_ + 9;
  skip_past('>');
  std::string lower;
  for (const char c : html_.substr(start, std::min<std::size_t>(at_ - start, 300))) lower.push_back(ascii_lower(c));
  const auto has = [&lower](std::string_view part) { return lower.find(part) != std::string::npos; };
  const std::size_t name = lower.find_first_not_of(" \t\r\n\f");
  const bool html = name != std::string::npos && std::string_view(lower).substr(name).starts_with("html");
  const bool with_system = has("http:") || has("https:");
  quirks_ = !html || has("dtd html 4.0 ") || has("dtd html 3") || has("//ietf//") || has("dtd html 2") ||
            (!with_system && (has("dtd html 4.01 transitional") || has("dtd html 4.01 frameset")));
}

bool Tokenizer::read_tag(Token::Kind kind) {
  doctype_open_ = false;
  std::uint64_t hash = name_hash_start;
  const char* p = html_.data() + at_;
  const char* const end = html_.data() + html_.size();
  while (p != end && *p != '>' && *p != '/' && !is_space(*p)) hash = name_hash_step(hash, ascii_lower(*p++));
  at_ = static_cast<std::size_t>(p - html_.data());
  token_.kind = kind;
  token_.name_hash = hash;
  token_.tag = tag_of(hash);
  token_.self_closing = false;
  token_.attribute_count = 0;
  token_.attribute_mask = 0;
  return read_attributes();
}

// False at the end of the input: an unfinished tag is dropped.
bool Tokenizer::read_attributes() {
  const char* const begin = html_.data();
  const char* const end = begin + html_.size();
  const char* p = begin + at_;
  std::size_t seen = 0;
  for (;;) {
    while (p != end && is_space(*p)) ++p;
    if (p == end) break;
    if (*p == '>') {
      at_ = static_cast<std::size_t>(p + 1 - begin);
      return true;
    }
    if (*p == '/') {
      ++p;
      if (p != end && *p == '>') token_.self_closing = true;
      continue;
    }
    const char* const name = p;
    ++p;  // a leading '=' belongs to the name
    while (p != end && *p != '=' && *p != '>' && *p != '/' && !is_space(*p)) ++p;
    const std::string_view name_view(name, static_cast<std::size_t>(p - name));
    std::string_view value;
    while (p != end && is_space(*p)) ++p;
    if (p == end) break;
    if (*p == '=') {
      ++p;
      while (p != end && is_space(*p)) ++p;
      if (p == end) break;
      if (*p == '"' || *p == '\'') {
        const char* const open = p + 1;
        const void* close = std::memchr(open, *p, static_cast<std::size_t>(end - open));
        if (close == nullptr) {
          p = end;
          break;
        }
        p = static_cast<const char*>(close);
        value = std::string_view(open, static_cast<std::size_t>(p - open));
        ++p;
      } else if (*p != '>') {
        const char* const open = p;
        while (p != end && *p != '>' && !is_space(*p)) ++p;
        value = std::string_view(open, static_cast<std::size_t>(p - open));
      }
    }
    if (++seen > limits::html_attributes) {
      attributes_over_limit_ = true;
      continue;
    }
    const Attr attribute = attribute_of(name_view);
    if (attribute == Attr::other || token_.has(attribute)) continue;
    token_.attribute_mask |= std::uint64_t{1} << static_cast<unsigned>(attribute);
    token_.attributes[token_.attribute_count++] = {attribute, value};
  }
  at_ = html_.size();
  return false;
}

std::string_view Tokenizer::raw_content(Tag tag) {
  if (tag == Tag::script) return script_content();
  const std::string_view name = tag_info(tag).name;
  const std::size_t start = at_;
  for (std::size_t from = at_;;) {
    const std::size_t open = html_.find("</", from);
    if (open == std::string_view::npos) break;
    const std::size_t after = open + 2 + name.size();
    if (after < html_.size() && equals_ignoring_case(html_.substr(open + 2, name.size()), name) &&
        (is_space(html_[after]) || html_[after] == '/' || html_[after] == '>')) {
      at_ = after;
      read_attributes();
      return html_.substr(start, open - start);
    }
    from = open + 2;
  }
  at_ = html_.size();
  return html_.substr(start);
}

// Script data with its escaped and double escaped states (13.2.5.15-31): "<!--" … "<script" hides one "</script>".
std::string_view Tokenizer::script_content() {
  constexpr std::string_view name = "script";
  const std::size_t start = at_;
  bool escaped = false, doubled = false;
  std::size_t dashes_from = start;
  const auto named = [&](std::size_t at) {
    const std::size_t after = at + name.size();
    return after < html_.size() && equals_ignoring_case(html_.substr(at, name.size()), name) &&
           (is_space(html_[after]) || html_[after] == '/' || html_[after] == '>');
  };
  for (std::size_t i = start; i < html_.size(); ++i) {
    const char c = html_[i];
    if (c == '>' && escaped && i >= dashes_from + 2 && html_[i - 1] == '-' && html_[i - 2] == '-') {
      escaped = doubled = false;
    } else if (c != '<') {
      continue;
    } else if (html_.substr(i).starts_with("<!--")) {
      if (!escaped) dashes_from = i + 2;
      escaped = true;
    } else if (html_.substr(i).starts_with("</") && named(i + 2)) {
      if (!doubled) {
        at_ = i + 2 + name.size();
        read_attributes();
        return html_.substr(start, i - start);
      }
      doubled = false;
    } else if (escaped && named(i + 1)) {
      doubled = true;
    }
  }
  at_ = html_.size();
  return html_.substr(start);
}

std::string_view Tokenizer::rest() {
  const std::string_view left = html_.substr(at_);
  at_ = html_.size();
  return left;
}

}  // namespace sekisho::text
