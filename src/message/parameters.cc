#include "message/parameters.h"

#include <algorithm>
#include <optional>

#include "message/ascii.h"
#include "message/encoded_word.h"

namespace sekisho::message {
namespace {

/// Parameters read of one header: more are an attack on whoever sorts continuations.
constexpr std::size_t parameters_kept = 100;

struct Raw {
  std::string name, value;
};

/// One piece of an RFC 2231 parameter: name*2*= is section 2, percent-encoded.
struct Section {
  std::string name, value;
  int number = 0;
  bool encoded = false;
};

class Reader {
 public:
  Reader(std::string_view text, Message& message) : text_(text), message_(message) {}

  std::string first_value() {
    const std::size_t end = std::min(text_.find(';'), text_.size());
    std::string_view value = text_.substr(0, end);
    // "text/plain charset=utf-8": the semicolon is missing, the value ends at the white space.
    value = trim(value.substr(0, value.find('(')));
    const std::size_t gap = value.find_first_of(" \t");
    if (gap != std::string_view::npos && value.find('=', gap) != std::string_view::npos) {
      message_.note(Defect::bad_parameter);
      at_ = text_.find(value) + gap;
      value = value.substr(0, gap);
    } else {
      at_ = end;
    }
    std::string out;
    for (const char c : value)
      if (!is_white(c) && c != '"') out += to_lower(c);
    return out;
  }

  std::optional<Raw> next() {
    skip_filling();
    if (at_ >= text_.size()) return std::nullopt;
    Raw raw;
    while (at_ < text_.size() && text_[at_] != '=' && text_[at_] != ';' && !is_white(text_[at_]))
      raw.name += to_lower(text_[at_++]);
    while (at_ < text_.size() && is_white(text_[at_])) ++at_;
    if (at_ >= text_.size() || text_[at_] != '=') {
      message_.note(Defect::bad_parameter);
      raw.name.clear();
      return raw;  // a lone word: skipped by the caller
    }
    ++at_;
    while (at_ < text_.size() && is_white(text_[at_])) ++at_;
    raw.value = at_ < text_.size() && text_[at_] == '"' ? quoted() : bare(raw.name);
    return raw;
  }

 private:
  void skip_filling() {
    while (at_ < text_.size()) {
      if (is_white(text_[at_]) || text_[at_] == ';')
        ++at_;
      else if (text_[at_] == '(')
        at_ = std::min(text_.find(')', at_), text_.size() - 1) + 1;
      else
        return;
    }
  }

  std::string quoted() {
    std::string out;
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return out;
      }
      // "C:\temp\a.txt" is no RFC 5322 quoting, but exists: a backslash escapes only a quote or a backslash.
      if (c == '\\' && at_ + 1 < text_.size() && (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\')) ++at_;
      out += text_[at_];
    }
    message_.note(Defect::bad_parameter);
    return out;
  }

  std::string bare(std::string_view name) {
    // File names are written with spaces and no quotes; every other value ends at white space.
    const bool spaces = name.starts_with("name") || name.starts_with("filename");
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] != ';' && (spaces || !is_white(text_[at_]))) {
      if (const std::size_t word = encoded_word_size(text_.substr(at_)); word > 0)
        at_ += word;
      else
        ++at_;
    }
    const std::string_view value = trim(text_.substr(start, at_ - start));
    if (value.find_first_of(" \t") != std::string_view::npos) message_.note(Defect::bad_parameter);
    return std::string(value);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Message& message_;
};

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 1 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 && i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
    if (low >= 0) {
      out += static_cast<char>(high << 4 | low);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

/// "name*", "name*0", "name*0*" → its section; nullopt for a plain name.
std::optional<Section> as_section(const Raw& raw) {
  const std::size_t star = raw.name.find('*');
  if (star == std::string::npos || star == 0) return std::nullopt;
  Section section{raw.name.substr(0, star), raw.value, 0, raw.name.back() == '*'};
  for (std::size_t i = star + 1; i < raw.name.size() && is_digit(raw.name[i]) && section.number < 1000; ++i)
    section.number = section.number * 10 + (raw.name[i] - '0');
  return section;
}

/// RFC 2231 3 and 4: sections in the order of their numbers, the charset from the first.
std::string join_sections(std::vector<Section> sections, std::string_view hint, Message& message) {
  std::stable_sort(sections.begin(), sections.end(),
                   [](const Section& a, const Section& b) { return a.number < b.number; });
  std::string charset, bytes;
  bool any_encoded = false;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    std::string_view value = sections[i].value;
    if (i == 0 && sections[i].encoded) {
      const std::size_t first = value.find('\'');
      const std::size_t second = first == std::string_view::npos ? first : value.find('\'', first + 1);
      if (second != std::string_view::npos) {
        charset = value.substr(0, first);
        value.remove_prefix(second + 1);
      } else {
        message.note(Defect::bad_parameter);
      }
    }
    any_encoded |= sections[i].encoded;
    bytes += sections[i].encoded ? percent_decoded(value) : std::string(value);
  }
  if (!any_encoded && !needs_charset(bytes)) return decode_words(bytes, hint, message);
  const text::Decoded decoded = text::decode(bytes, charset, hint);
  note_charset(decoded, charset, message);
  return decode_words(decoded.utf8, hint, message);
}

}  // namespace

std::string_view Parameterised::parameter(std::string_view name) const {
  for (const auto& [key, content] : parameters)
    if (key == name) return content;
  return {};
}

Parameterised parse_parameterised(std::string_view unfolded, std::string_view charset_hint, Message& message) {
  const std::string utf8 = header_to_utf8(unfolded, charset_hint, message);
  Parameterised out;
  Reader reader(utf8, message);
  out.value = reader.first_value();
  std::vector<Section> sections;
  for (std::size_t count = 0; count < parameters_kept; ++count) {
    const std::optional<Raw> raw = reader.next();
    if (!raw) break;
    if (raw->name.empty()) continue;
    if (std::optional<Section> section = as_section(*raw)) {
      sections.push_back(std::move(*section));
    } else if (!out.parameter(raw->name).empty()) {
      message.note(Defect::bad_parameter);  // clients differ in which of two they take; the first stays
    } else {
      out.parameters.emplace_back(raw->name, raw->value.find("=?") == std::string::npos
                                                 ? raw->value
                                                 : decode_words(raw->value, charset_hint, message));
    }
  }
  while (!sections.empty()) {
    const std::string name = sections.front().name;
    std::vector<Section> same;
    std::vector<Section> others;
    for (Section& section : sections) (section.name == name ? same : others).push_back(std::move(section));
    sections = std::move(others);
    std::string value = join_sections(std::move(same), charset_hint, message);
    // RFC 6266 4.3 practice: the extended form wins over a plain one.
    std::erase_if(out.parameters, [&](const auto& parameter) { return parameter.first == name; });
    out.parameters.emplace_back(name, std::move(value));
  }
  return out;
}

}  // namespace sekisho::message
