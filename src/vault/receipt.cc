#include "vault/receipt.h"

#include <array>

#include "vault/digest.h"

namespace sekisho::vault {
namespace {

// Crockford's base 32: no letter that is read as another or as a digit.
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t letters = 16, group = 4, digest_bytes = 10, most_number_digits = 6;

int value_of(char letter) {
  if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  if (letter == 'O') letter = '0';
  if (letter == 'I' || letter == 'L') letter = '1';
  const std::size_t at = alphabet.find(letter);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_gap(char c) { return c == '-' || c == ' '; }

/// A receipt that begins exactly here.
std::optional<Receipt> receipt_at(std::string_view text) {
  Receipt out;
  std::size_t at = 0;
  for (; at < text.size() && is_digit(text[at]); ++at) {
    if (at == most_number_digits) return std::nullopt;
    out.entries = out.entries * 10 + static_cast<std::uint64_t>(text[at] - '0');
  }
  if (at == 0 || out.entries == 0) return std::nullopt;
  std::array<unsigned char, digest_bytes> bytes{};
  std::size_t bits = 0;
  for (std::size_t letter = 0; letter < letters; ++letter) {
    if (letter % group == 0) {
      if (at >= text.size() || !is_gap(text[at])) return std::nullopt;
      ++at;
    }
    const int value = at < text.size() ? value_of(text[at++]) : -1;
    if (value < 0) return std::nullopt;
    for (int bit = 4; bit >= 0; --bit, ++bits)
      bytes[bits / 8] = static_cast<unsigned char>(bytes[bits / 8] | (((value >> bit) & 1) << (7 - bits % 8)));
  }
  if (at < text.size() && (is_digit(text[at]) || value_of(text[at]) >= 0)) return std::nullopt;
  out.start = hex(bytes.data(), bytes.size());
  return out;
}

}  // namespace

std::string write_receipt(std::uint64_t entries, std::string_view digest) {
  const std::string bytes = from_hex(digest.substr(0, 2 * digest_bytes), digest_bytes);
  std::string out = std::to_string(entries);
  if (bytes.empty()) return out;
  for (std::size_t letter = 0; letter < letters; ++letter) {
    if (letter % group == 0) out += '-';
    unsigned value = 0;
    for (std::size_t bit = letter * 5; bit < letter * 5 + 5; ++bit)
      value = value << 1U | ((static_cast<unsigned char>(bytes[bit / 8]) >> (7 - bit % 8)) & 1U);
    out += alphabet[value];
  }
  return out;
}

std::optional<Receipt> find_receipt(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    // A word begins here; anything else would read "2026-…" inside a word.
    if (!is_digit(text[at]) || (at > 0 && (value_of(text[at - 1]) >= 0 || text[at - 1] == '-'))) continue;
    if (auto receipt = receipt_at(text.substr(at))) return receipt;
  }
  return std::nullopt;
}

bool continues(const Receipt& receipt, const std::vector<std::string>& digests) {
  return receipt.entries >= 1 && receipt.entries <= digests.size() &&
         digests[receipt.entries - 1].substr(0, receipt.start.size()) == receipt.start;
}

}  // namespace sekisho::vault
