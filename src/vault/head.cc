#include "vault/head.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include <fmt/format.h>

#include "base/limits.h"

namespace sekisho::vault {
namespace {

constexpr std::string_view title = "sekisho case ";

tl::unexpected<Error> broken(const std::string& where) {
  return fail(ErrorCode::bad_data, Said{"case.head_changed", {}}, "the head of the case was changed", where,
              "take it from a backup");
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The value of the next line, which must begin with `name` and a space.
bool take_line(std::string_view& text, std::string_view name, std::string_view& value) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos || text.substr(0, name.size()) != name) return false;
  value = text.substr(name.size(), end - name.size());
  text.remove_prefix(end + 1);
  return true;
}

template <class Number>
bool number(std::string_view text, Number& value) {
  const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && stopped == text.data() + text.size();
}

template <class Array>
bool bytes_of(std::string_view digits, Array& array) {
  const std::string bytes = from_hex(digits, array.size());
  if (bytes.size() != array.size()) return false;
  std::memcpy(array.data(), bytes.data(), bytes.size());
  return true;
}

bool read_cost(std::string_view text, Head& head) {
  const std::size_t first = text.find(' '), second = text.find(' ', first == text.npos ? first : first + 1);
  if (second == std::string_view::npos) return false;
  return number(text.substr(0, first), head.cost.passes) &&
         number(text.substr(first + 1, second - first - 1), head.cost.memory) &&
         bytes_of(text.substr(second + 1), head.salt) && head.cost.passes >= crypto_pwhash_OPSLIMIT_MIN &&
         head.cost.passes <= limits::case_kdf_passes && head.cost.memory >= crypto_pwhash_MEMLIMIT_MIN &&
         head.cost.memory <= limits::case_kdf_memory;
}

}  // namespace

bool is_case_id(std::string_view text) {
  constexpr std::size_t most = 40;
  return !text.empty() && text.size() <= most && text.front() != '-' &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-'; });
}

bool is_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const std::size_t at : {0, 1, 2, 3, 5, 6, 8, 9})
    if (!is_digit(text[at])) return false;
  const int month = (text[5] - '0') * 10 + text[6] - '0', day = (text[8] - '0') * 10 + text[9] - '0';
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

std::string sealed_part(const Head& head) {
  std::string out = fmt::format("{}{}\nid {}\nopened {}\n", title, head.version, head.id, head.opened);
  if (head.version >= 2) out += fmt::format("keep-until {}\n", head.keep_until);
  return out + fmt::format("argon2id {} {} {}\npublic-key {}\n", head.cost.passes, head.cost.memory,
                           hex(head.salt.data(), head.salt.size()),
                           hex(head.public_key.data(), head.public_key.size()));
}

std::string signed_part(const Head& head) {
  return sealed_part(head) +
         fmt::format("sealed-key {}\n",
                     hex(reinterpret_cast<const unsigned char*>(head.sealed.data()), head.sealed.size()));
}

std::string write_head(const Head& head) {
  return signed_part(head) + fmt::format("signature {}\n", hex(head.signature.data(), head.signature.size()));
}

Result<Head> read_head(std::string_view bytes, const std::string& where) {
  Head head;
  std::string_view text = bytes.substr(0, limits::case_head_bytes), line;
  if (!take_line(text, title, line) || !number(line, head.version) || head.version == 0) return broken(where);
  if (head.version > Head::newest)
    return fail(ErrorCode::bad_data, Said{"case.newer", {{"version", std::to_string(head.version)}}},
                fmt::format("the case is of version {}, which this program does not know", head.version), where,
                "use a newer sekisho");
  const auto take = [&](std::string_view name, std::string& to) {
    if (!take_line(text, name, line)) return false;
    to = line;
    return true;
  };
  if (!take("id ", head.id) || !take("opened ", head.opened) || !is_case_id(head.id) || !is_day(head.opened))
    return broken(where);
  if (head.version >= 2 &&
      (!take("keep-until ", head.keep_until) || (head.keep_until != "none" && !is_day(head.keep_until))))
    return broken(where);
  if (!take_line(text, "argon2id ", line) || !read_cost(line, head)) return broken(where);
  if (!take_line(text, "public-key ", line) || !bytes_of(line, head.public_key)) return broken(where);
  if (!take_line(text, "sealed-key ", line)) return broken(where);
  head.sealed = from_hex(line, key_bytes + seal_extra);
  if (!take_line(text, "signature ", line) || !bytes_of(line, head.signature)) return broken(where);
  // One value has one spelling: what does not come out as it went in was written by somebody else.
  if (head.sealed.empty() || write_head(head) != bytes) return broken(where);
  return head;
}

}  // namespace sekisho::vault
