#include "message/transfer.h"

#include <algorithm>
#include <array>

#include "message/ascii.h"

namespace sekisho::message {
namespace {

constexpr std::uint8_t white = 64, padding = 65, foreign = 66;

constexpr std::array<std::uint8_t, 256> make_base64_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(foreign);
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::uint8_t i = 0; i < alphabet.size(); ++i) values[static_cast<unsigned char>(alphabet[i])] = i;
  for (const char c : {' ', '\t', '\r', '\n'}) values[static_cast<unsigned char>(c)] = white;
  values['='] = padding;
  return values;
}
constexpr std::array<std::uint8_t, 256> base64_values = make_base64_values();

class Base64 {
 public:
  std::size_t bad = 0;

  /// Decodes until `out` holds `most` bytes; returns how much of `text` was used.
  std::size_t decode(std::string_view text, std::size_t most, std::string& out) {
    const auto* in = reinterpret_cast<const unsigned char*>(text.data());
    const auto* const end = in + text.size();
    const std::size_t start = out.size();
    out.resize(start + std::min(most - std::min(most, start), text.size() / 4 * 3 + 3) + 3);
    char* to = out.data() + start;
    const char* const full = out.data() + std::max(start, std::min(most, out.size()));
    while (in < end && to < full) {
      if (held_ == 0) {
        while (end - in >= 4 && full - to >= 3) {  // whole quanta, the common case
          const std::uint32_t a = base64_values[in[0]], b = base64_values[in[1]], c = base64_values[in[2]],
                              d = base64_values[in[3]];
          if ((a | b | c | d) >= 64) break;
          const std::uint32_t bits = a << 18 | b << 12 | c << 6 | d;
          *to++ = static_cast<char>(bits >> 16);
          *to++ = static_cast<char>(bits >> 8);
          *to++ = static_cast<char>(bits);
          in += 4;
        }
        if (in == end || to >= full) break;
      }
      const std::uint8_t value = base64_values[*in++];
      if (value < 64) {
        bits_ = bits_ << 6 | value;
        if (++held_ == 4) to = flush(to);
      } else if (value == padding) {
        to = flush(to);
      } else if (value == foreign) {
        ++bad;
      }
    }
    if (in == end && to < full) to = flush(to);
    out.resize(static_cast<std::size_t>(to - out.data()));
    if (out.size() > most) out.resize(most);
    return static_cast<std::size_t>(in - reinterpret_cast<const unsigned char*>(text.data()));
  }

 private:
  char* flush(char* to) {
    if (held_ == 1) ++bad;  // six bits are no byte
    if (held_ >= 2) {
      const std::uint32_t bits = bits_ << (6 * (4 - held_));
      *to++ = static_cast<char>(bits >> 16);
      if (held_ >= 3) *to++ = static_cast<char>(bits >> 8);
      if (held_ == 4) *to++ = static_cast<char>(bits);
    }
    bits_ = 0;
    held_ = 0;
    return to;
  }
  std::uint32_t bits_ = 0;
  int held_ = 0;
};

Content base64_content(std::string_view encoded, std::size_t most, Message& message) {
  Content content;
  content.stored = true;
  Base64 decoder;
  const std::size_t used = decoder.decode(encoded, most, content.storage);
  std::size_t rest = 0;
  for (const char c : encoded.substr(used)) rest += base64_values[static_cast<unsigned char>(c)] < 64;
  content.size = content.storage.size() + rest * 3 / 4;
  content.truncated = rest > 1;
  if (decoder.bad > 0) message.note(Defect::bad_base64);
  return content;
}

/// The next '=' or line end from `at`, or the end. A plain loop: find_first_of would call memchr for every character.
std::size_t next_special(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] != '=' && text[at] != '\n') ++at;
  return at;
}

Content quoted_printable_content(std::string_view text, std::size_t most, Message& message) {
  Content content;
  content.stored = true;
  std::string& out = content.storage;
  out.reserve(std::min(text.size(), most));
  bool bad = false;
  std::size_t at = 0;
  while (at < text.size() && out.size() < most) {
    const std::size_t special = next_special(text, at);
    std::string_view plain = text.substr(at, special - at);
    at = special;
    if (at < text.size() &&
        text[at] == '\n') {  // RFC 2045 6.7 (3): white space at the end of a line was added on the way
      const bool cr = plain.ends_with('\r');
      if (cr) plain.remove_suffix(1);
      while (!plain.empty() && is_space(plain.back())) plain.remove_suffix(1);
      out.append(plain);
      out += '\n';
      ++at;
      continue;
    }
    out.append(plain);
    if (at == text.size()) break;
    const int high = at + 1 < text.size() ? hex_value(text[at + 1]) : -1;
    const int low = at + 2 < text.size() ? hex_value(text[at + 2]) : -1;
    if (high >= 0 && low >= 0) {
      out += static_cast<char>(high << 4 | low);
      at += 3;
      continue;
    }
    std::size_t after = at + 1;
    while (after < text.size() && (is_space(text[after]) || text[after] == '\r')) ++after;
    if (after == text.size() || text[after] == '\n') {  // soft line break
      at = std::min(after + 1, text.size());
      continue;
    }
    bad = true;
    out += '=';
    ++at;
  }
  if (bad) message.note(Defect::bad_quoted_printable);
  content.truncated = at < text.size();
  if (out.size() > most) out.resize(most);
  content.size = out.size() + (text.size() - at);
  return content;
}

Content uuencode_content(std::string_view text, std::size_t most, Message& message) {
  Content content;
  content.stored = true;
  std::size_t at = 0;
  bool bad = false;
  while (at < text.size() && content.storage.size() < most) {
    const std::size_t end = line_end(text, at);
    const std::string_view line = line_at(text, at, end);
    at = end + 1;
    if (line.empty() || line.starts_with("begin ")) continue;
    if (line == "end") break;
    std::size_t left = static_cast<std::size_t>(line[0] - ' ') & 63;
    for (std::size_t i = 1; left > 0; i += 4) {
      std::uint32_t bits = 0;
      for (std::size_t k = 0; k < 4; ++k) {
        const char c = i + k < line.size() ? line[i + k] : ' ';
        if (c < ' ' || c > '`') bad = true;
        bits = bits << 6 | (static_cast<std::uint32_t>(c - ' ') & 63);
      }
      for (int shift = 16; shift >= 0 && left > 0; shift -= 8, --left)
        content.storage += static_cast<char>(bits >> shift);
    }
  }
  if (bad) message.note(Defect::unknown_transfer_encoding);
  content.truncated = content.storage.size() >= most && at < text.size();
  if (content.storage.size() > most) content.storage.resize(most);
  content.size = content.storage.size() + (content.truncated ? (text.size() - at) / 4 * 3 : 0);
  return content;
}

}  // namespace

std::string decode_base64(std::string_view text, std::size_t& bad) {
  std::string out;
  Base64 decoder;
  decoder.decode(text, text.size() + 3, out);
  bad += decoder.bad;
  return out;
}

Encoding parse_encoding(std::string_view value, Message& message) {
  value = trim(value);
  if (!value.empty() && value.front() == '"') value.remove_prefix(1);
  value = value.substr(0, value.find_first_of(";(\" \t"));
  std::string word;
  for (const char c : value)
    if (c != '-' && c != '_') word += to_lower(c);
  if (word == "base64") return Encoding::base64;
  if (word == "quotedprintable" || word == "quoted" || word == "qp") return Encoding::quoted_printable;
  if (word == "xuuencode" || word == "uuencode" || word == "xuue" || word == "uue") return Encoding::uuencode;
  if (!word.empty() && word != "7bit" && word != "8bit" && word != "binary" && word != "7bits" && word != "8bits")
    message.note(Defect::unknown_transfer_encoding);
  return Encoding::identity;
}

Content decode_transfer(std::string_view encoded, Encoding encoding, std::size_t most, Message& message) {
  switch (encoding) {
    case Encoding::base64:
      return base64_content(encoded, most, message);
    case Encoding::quoted_printable:
      return quoted_printable_content(encoded, most, message);
    case Encoding::uuencode:
      return uuencode_content(encoded, most, message);
    case Encoding::identity:
      break;
  }
  Content content;
  content.outside = encoded.substr(0, most);
  content.size = encoded.size();
  content.truncated = encoded.size() > most;
  return content;
}

}  // namespace sekisho::message
