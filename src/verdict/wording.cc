#include "verdict/wording.h"

#include <algorithm>

#include "base/limits_wording.h"
#include "text/utf8.h"

namespace sekisho::verdict {
namespace {

constexpr char32_t link_mark = 1;

bool is_ascii_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool ends_sentence(char32_t c) { return c == U'。' || c == U'！' || c == U'？' || c == '!' || c == '?' || c == '\n'; }

/// Characters of a link, an address or a host name.
bool in_address(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte < 0x7F && std::string_view("<>\"'()[]{}|,;").find(c) == std::string_view::npos;
}

/// Bytes of the link, mail address or host name that stands here; 0 when it is a word like any other. What is looked at
/// is what is skipped or what the caller then walks as one word, so the work stays linear.
std::size_t address_length(std::string_view text, std::size_t at, std::size_t& looked_to) {
  std::size_t end = at;
  while (end < text.size() && in_address(text[end])) ++end;
  looked_to = end;
  const std::string_view word = text.substr(at, end - at);
  if (word.find("://") != word.npos || word.substr(0, 4) == "www.") return word.size();
  const std::size_t sign = word.find('@');
  if (sign != word.npos && sign > 0 && sign + 1 < word.size()) return word.size();
  // host.name: letters after the last inner dot, at least two, and something before it
  std::size_t stop = word.find('/');
  if (stop == word.npos) stop = word.size();
  while (stop > 0 && word[stop - 1] == '.') --stop;
  const std::size_t dot = word.substr(0, stop).rfind('.');
  if (dot == word.npos || dot == 0 || stop - dot < 3) return 0;
  for (std::size_t i = dot + 1; i < stop; ++i)
    if (!is_ascii_letter(static_cast<unsigned char>(word[i]))) return 0;
  return word.size();
}

}  // namespace

Scripts WordingReader::scripts() const {
  const double all = static_cast<double>(counts_[0] + counts_[1] + counts_[2]);
  if (all == 0) return {};
  return {static_cast<double>(counts_[0]) / all, static_cast<double>(counts_[1]) / all,
          static_cast<double>(counts_[2]) / all};
}

bool WordingReader::begin_part() {
  for (; part_ < facts_.parts.size(); ++part_) {
    const facts::PartKind kind = facts_.parts[part_].kind;
    if (kind != facts::PartKind::subject && kind != facts::PartKind::body) continue;
    at_ = 0;
    inside_ = true;
    return true;
  }
  return false;
}

bool WordingReader::next() {
  while (read_ < limits::wording_bytes) {
    if (!inside_ && !begin_part()) return false;
    const std::string& text = facts_.parts[part_].folded.text();
    while (at_ < text.size() && static_cast<unsigned char>(text[at_]) <= ' ') ++at_, ++read_;  // a quote begins with its word
    if (at_ >= text.size()) {
      inside_ = false;
      ++part_;
      continue;
    }
    const std::size_t start = at_;
    take_clause(text);
    read_ += at_ - start;
    clause_ = {static_cast<std::uint16_t>(part_), {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(at_)}};
    if (letters_.size() < shortest_gram + 2 || is_quoted()) continue;
    std::uint64_t said = seed;
    for (const char32_t letter : letters_) said = (said ^ letter) * multiplier;
    if (said_.insert(said).second) return true;
  }
  return false;
}

bool WordingReader::is_quoted() const {
  const facts::Part& part = facts_.parts[clause_.part];
  if (part.quoted.empty()) return false;
  const text::Span span = part.folded.original(clause_.folded);
  return part.quoted.start <= span.start && span.end <= part.quoted.end;
}

void WordingReader::take_clause(std::string_view text) {
  letters_.assign(1, U' ');
  std::size_t looked_to = 0;  // up to here it is known that no address stands
  const std::size_t start = at_;
  while (at_ < text.size()) {
    const auto [c, size] = text::code_point_at(text, at_);
    if (c < 0x80 && at_ >= looked_to && (is_ascii_letter(c) || is_digit(c))) {
      if (const std::size_t length = address_length(text, at_, looked_to); length > 0) {
        if (letters_.back() != link_mark) letters_.push_back(link_mark);
        at_ += length;
        if (at_ - start >= limits::clause_bytes) break;
        continue;
      }
    }
    at_ += size;
    if (is_digit(c)) {
      if (letters_.back() != '0') letters_.push_back('0');
    } else if (c <= ' ') {
      if (c == '\n' && letters_.size() > 1) break;
      if (letters_.back() != ' ') letters_.push_back(' ');
    } else {
      // "-----" and "。。。。" are ornaments: three of a kind say it.
      const std::size_t n = letters_.size();
      if (!(n >= 3 && letters_[n - 1] == c && letters_[n - 2] == c && letters_[n - 3] == c)) letters_.push_back(c);
      if (text::is_kanji(c) || text::is_hiragana(c) || text::is_katakana(c))
        ++counts_[0];
      else if (is_ascii_letter(c) || (c >= 0xC0 && c < 0x250))
        ++counts_[1];
      else if (c >= 0x370 && !text::is_cjk(c))
        ++counts_[2];
      if (ends_sentence(c)) break;
      if (c == '.' && at_ < text.size() && text[at_] == ' ') break;
    }
    if (at_ - start >= limits::clause_bytes) break;
  }
  if (letters_.back() != ' ') letters_.push_back(U' ');
}

}  // namespace sekisho::verdict
