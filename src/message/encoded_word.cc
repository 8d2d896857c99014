#include "message/encoded_word.h"

#include <algorithm>
#include <optional>

#include "base/limits.h"
#include "message/ascii.h"
#include "message/transfer.h"

namespace sekisho::message {
namespace {

/// Charset names kept of one message: a sender could declare a new one in every header.
constexpr std::size_t charsets_kept = 32;

struct Word {
  std::string_view charset;
  bool base64 = false;
  std::string_view text;
  std::size_t size = 0;
  bool ended = true;
};

/// Where the text of a word that starts at `from` ends: position of its "?=", npos when another word or the header's
/// end comes first. A careless mailer leaves "?" unencoded, so that "?=E3" may stand inside a Q word: "?=" before hex
/// digits is the end only where no later one exists. Looks no further than the next word, so that many words stay
/// linear.
std::size_t find_end(std::string_view header, std::size_t from, bool base64) {
  std::size_t doubtful = std::string_view::npos;
  std::size_t at = from;
  while ((at = header.find('?', at)) != std::string_view::npos) {
    if (at + 1 < header.size() && header[at + 1] == '=') {
      const bool hex_follows =
          at + 3 < header.size() && hex_value(header[at + 2]) >= 0 && hex_value(header[at + 3]) >= 0;
      if (base64 || !hex_follows) return at;
      if (doubtful == std::string_view::npos) doubtful = at;
    } else if (at > from && header[at - 1] == '=') {
      break;
    }
    ++at;
  }
  return doubtful;
}

std::optional<Word> read_word(std::string_view header, std::size_t start) {
  constexpr std::size_t longest_charset = 60;
  if (!header.substr(start).starts_with("=?")) return std::nullopt;
  std::size_t at = start + 2;
  while (at < header.size() && at < start + 2 + longest_charset && header[at] != '?' && header[at] > ' ') ++at;
  if (at + 2 >= header.size() || header[at] != '?' || at == start + 2) return std::nullopt;
  Word word;
  word.charset = header.substr(start + 2, at - start - 2);
  word.charset = word.charset.substr(0, word.charset.find('*'));  // RFC 2231 5: =?charset*language?
  const char how = to_lower(header[at + 1]);
  if ((how != 'b' && how != 'q') || header[at + 2] != '?') return std::nullopt;
  word.base64 = how == 'b';
  const std::size_t text_at = at + 3;
  const std::size_t end = find_end(header, text_at, word.base64);
  if (end == std::string_view::npos) {
    // No end of its own: cut off by a mailer that shortened the header. Take what is left up to white space.
    std::size_t stop = text_at;
    while (stop < header.size() && header[stop] > ' ' && header[stop] != '"' && header[stop] != '<' &&
           !header.substr(stop).starts_with("=?"))
      ++stop;
    word.text = header.substr(text_at, stop - text_at);
    word.size = stop - start;
    word.ended = false;
    return word;
  }
  word.text = header.substr(text_at, end - text_at);
  word.size = end + 2 - start;
  return word;
}

void append_q(std::string_view text, std::string& out, bool& bad) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_') {
      out += ' ';
    } else if (text[i] == '=') {
      const int high = i + 1 < text.size() ? hex_value(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
      if (high < 0 || low < 0) {
        bad = true;
        out += '=';
        continue;
      }
      out += static_cast<char>(high << 4 | low);
      i += 2;
    } else {
      out += text[i];
    }
  }
}

/// Joins the bytes of neighbouring words of one charset, and the base64 of words that a mailer cut in mid-quantum.
class Run {
 public:
  Run(std::string_view hint, Message& message) : hint_(hint), message_(message) {}

  void add(const Word& word, std::string& out) {
    if (!same_word(word.charset, charset_)) {
      finish(out);
      charset_ = word.charset;
    }
    bool bad = !word.ended;
    if (word.base64) {
      base64_ += word.text;
      letters_ += std::count_if(word.text.begin(), word.text.end(), [](char c) { return !is_white(c); });
      if (letters_ % 4 == 0 || word.text.find('=') != std::string_view::npos) flush_base64(bad);
    } else {
      flush_base64(bad);
      append_q(word.text, bytes_, bad);
    }
    if (bad) message_.note(Defect::bad_encoded_word);
  }

  void finish(std::string& out) {
    bool bad = false;
    flush_base64(bad);
    if (!bytes_.empty()) {
      const text::Decoded decoded = text::decode(bytes_, charset_, hint_);
      note_charset(decoded, charset_, message_);
      bad |= decoded.replaced > 0;
      out += decoded.utf8;
      bytes_.clear();
    }
    charset_ = {};
    if (bad) message_.note(Defect::bad_encoded_word);
  }

 private:
  void flush_base64(bool& bad) {
    if (base64_.empty()) return;
    std::size_t foreign = 0;
    bytes_ += decode_base64(base64_, foreign);
    base64_.clear();
    letters_ = 0;
    bad |= foreign > 0;
  }
  std::string_view charset_, hint_;
  std::string base64_, bytes_;
  std::ptrdiff_t letters_ = 0;
  Message& message_;
};

void drop_controls(std::string& text) {
  const bool clean =
      std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 32 || c == 127; });
  if (clean) return;
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_white(c)) {
      if (out.empty() || out.back() != ' ') out += ' ';
    } else if (static_cast<unsigned char>(c) >= 32 && c != 127) {
      out += c;
    }
  }
  text = std::move(out);
}

}  // namespace

void note_charset(const text::Decoded& decoded, std::string_view declared, Message& message) {
  const auto add = [](std::vector<std::string>& names, std::string name) {
    if (name.empty() || names.size() >= charsets_kept) return;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  };
  add(message.charsets, decoded.charset);
  if (!declared.empty()) add(message.declared_charsets, lower(declared));
  if (decoded.unknown_label) message.note(Defect::unknown_charset);
  if (decoded.declaration_wrong) message.note(Defect::wrong_charset);
  if (decoded.replaced > 0) message.note(Defect::undecodable_text);
}

std::size_t encoded_word_size(std::string_view at) {
  const std::optional<Word> word = read_word(at, 0);
  return word && word->ended ? word->size : 0;
}

std::string header_to_utf8(std::string_view unfolded, std::string_view charset_hint, Message& message) {
  if (!needs_charset(unfolded)) return std::string(unfolded);
  message.note(Defect::eight_bit_header);
  text::Decoded decoded = text::decode(unfolded, {}, charset_hint);
  note_charset(decoded, {}, message);
  return std::move(decoded.utf8);
}

std::string decode_words(std::string_view utf8, std::string_view charset_hint, Message& message) {
  std::string out;
  std::size_t at = utf8.find("=?");
  if (at == std::string_view::npos) {
    out = utf8;
    drop_controls(out);
    return out;
  }
  out.append(utf8.substr(0, at));
  Run run(charset_hint, message);
  bool in_run = false;
  std::size_t words = 0;
  while (at < utf8.size()) {
    std::optional<Word> word;
    if (words < limits::encoded_words) word = read_word(utf8, at);
    if (!word) {
      if (in_run) run.finish(out);
      in_run = false;
      const std::size_t next = std::min(utf8.find("=?", at + 1), utf8.size());
      out.append(utf8.substr(at, next - at));
      at = next;
      continue;
    }
    ++words;
    in_run = true;
    run.add(*word, out);
    at += word->size;
    std::size_t next = at;
    while (next < utf8.size() && is_white(utf8[next])) ++next;
    // RFC 2047 6.2: white space between two encoded-words is not shown.
    if (utf8.substr(next).starts_with("=?"))
      at = next;
    else if (at < utf8.size()) {
      run.finish(out);
      in_run = false;
      next = std::min(utf8.find("=?", at), utf8.size());
      out.append(utf8.substr(at, next - at));
      at = next;
    }
  }
  run.finish(out);
  drop_controls(out);
  return out;
}

std::string decode_unstructured(std::string_view unfolded, std::string_view charset_hint, Message& message) {
  if (!needs_charset(unfolded)) return decode_words(unfolded, charset_hint, message);
  return decode_words(header_to_utf8(unfolded, charset_hint, message), charset_hint, message);
}

}  // namespace sekisho::message
