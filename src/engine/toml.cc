#include "engine/toml.h"

#include <charconv>

#include <fmt/format.h>

#include "text/utf8.h"

namespace sekisho::engine {
namespace {

constexpr const char* example = "a line looks like: lang = \"ja\"";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_bare_key(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// One line being read from its start.
class Line {
 public:
  Line(std::string_view text, std::string where) : text_(text), where_(std::move(where)) {}

  Result<TomlEntry> entry() {
    auto key = read_key();
    if (!key) return tl::unexpected(key.error());
    skip_space();
    if (!starts("=")) return wrong({"toml.no_equals", {{"key", *key}}}, fmt::format("'{}' is not followed by =", *key));
    text_.remove_prefix(1);
    skip_space();
    auto value = read_value();
    if (!value) return tl::unexpected(value.error());
    return TomlEntry{std::move(*key), std::move(*value), where_};
  }

  /// Nothing but space and a comment.
  bool is_over() {
    skip_space();
    return text_.empty() || text_.front() == '#';
  }

 private:
  tl::unexpected<Error> wrong(Said said, std::string what) const {
    return fail(ErrorCode::bad_data, std::move(said), "not valid TOML: " + std::move(what), where_, example);
  }
  bool starts(std::string_view with) const { return text_.substr(0, with.size()) == with; }
  void skip_space() {
    while (!text_.empty() && (text_.front() == ' ' || text_.front() == '\t')) text_.remove_prefix(1);
  }

  Result<std::string> read_key() {
    if (starts("\"") || starts("'")) return read_text();
    std::size_t size = 0;
    while (size < text_.size() && is_bare_key(text_[size])) ++size;
    if (size == 0) return wrong({"toml.no_key", {}}, "a key is missing");
    std::string key(text_.substr(0, size));
    text_.remove_prefix(size);
    return key;
  }

  Result<decltype(TomlEntry::value)> read_value() {
    if (text_.empty() || text_.front() == '#') return wrong({"toml.no_value", {}}, "a value is missing");
    for (const auto& [start, kind] : {std::pair<std::string_view, std::string_view>{"[", "a list"},
                                      {"{", "a table"},
                                      {"\"\"\"", "a text of several lines"},
                                      {"'''", "a text of several lines"}})
      if (starts(start)) return OtherToml{kind};
    if (text_.front() == '"' || text_.front() == '\'') {
      auto text = read_text();
      if (!text) return tl::unexpected(text.error());
      return closed(std::move(*text));
    }
    const std::size_t size = std::min(text_.find_first_of(" \t#"), text_.size());
    const std::string_view word = text_.substr(0, size);
    text_.remove_prefix(size);
    if (word == "true" || word == "false") return closed(word == "true");
    if (const auto number = whole_number(word)) return closed(*number);
    const std::size_t sign = word.front() == '+' || word.front() == '-' ? 1 : 0;
    if (word.size() > sign && is_digit(word[sign])) return OtherToml{"a fraction, a date, or a number of another form"};
    return wrong({"toml.not_a_value", {{"word", std::string(word)}}},
                 fmt::format("'{}' is no value; a text stands in quotation marks", word));
  }

  template <class Value>
  Result<decltype(TomlEntry::value)> closed(Value value) {
    if (!is_over()) return wrong({"toml.more_follows", {}}, "something follows the value");
    return value;
  }

  /// Decimal, as TOML 1.0 "Integer" says: no leading zero, underscores only between digits, 64 bits.
  static std::optional<std::int64_t> whole_number(std::string_view word) {
    std::string digits;
    if (!word.empty() && (word.front() == '+' || word.front() == '-')) {
      if (word.front() == '-') digits += '-';
      word.remove_prefix(1);
    }
    if (word.empty() || !is_digit(word.front()) || !is_digit(word.back()) || (word.size() > 1 && word.front() == '0'))
      return std::nullopt;
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (word[i] == '_' && is_digit(word[i - 1])) continue;
      if (!is_digit(word[i])) return std::nullopt;
      digits += word[i];
    }
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc() ? std::optional(number) : std::nullopt;
  }

  /// A basic "text" with escapes, or a literal 'text'.
  Result<std::string> read_text() {
    const char mark = text_.front();
    text_.remove_prefix(1);
    std::string out;
    while (!text_.empty() && text_.front() != mark) {
      const char c = text_.front();
      text_.remove_prefix(1);
      if (c != '\\' || mark == '\'') {
        out += c;
        continue;
      }
      if (!read_escape(out)) return wrong({"toml.bad_escape", {}}, "an unknown escape after \\");
    }
    if (text_.empty()) return wrong({"toml.unclosed", {}}, "a quotation mark is not closed");
    text_.remove_prefix(1);
    return out;
  }

  bool read_escape(std::string& out) {
    if (text_.empty()) return false;
    const char c = text_.front();
    text_.remove_prefix(1);
    constexpr std::string_view names = "btnfr\"\\", meanings = "\b\t\n\f\r\"\\";
    if (const std::size_t at = names.find(c); at != std::string_view::npos) {
      out += meanings[at];
      return true;
    }
    const std::size_t size = c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (size == 0 || text_.size() < size) return false;
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + size, value, 16);
    if (error != std::errc() || end != text_.data() + size || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
      return false;
    text::append_utf8(out, value);
    text_.remove_prefix(size);
    return true;
  }

  std::string_view text_;
  std::string where_;
};

/// What TOML 1.0 forbids anywhere: ill-formed UTF-8 and control characters but tab.
bool is_clean(std::string_view line) {
  if (text::valid_prefix(line) != line.size()) return false;
  for (const char c : line)
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F) return false;
  return true;
}

}  // namespace

TomlReader::TomlReader(std::string_view text, const std::filesystem::path& file) : rest_(text), file_(file.string()) {
  if (rest_.substr(0, byte_order_mark.size()) == byte_order_mark) rest_.remove_prefix(byte_order_mark.size());
}

Result<std::optional<TomlEntry>> TomlReader::next() {
  while (!rest_.empty()) {
    ++line_;
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    std::string_view text = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
    const std::string where = fmt::format("{}:{}", file_, line_);
    if (!is_clean(text))
      return fail(ErrorCode::bad_data, Said{"toml.not_text", {}}, "not valid TOML: not UTF-8, or a control character",
                  where, "is this the right file?");
    Line line(text, where);
    if (line.is_over()) continue;
    if (text.find_first_not_of(" \t") == text.find('[')) {
      const std::size_t close = std::min(text.find_last_of(']'), text.size());
      const std::size_t open = text.find('[');
      return TomlEntry{std::string(text.substr(open, close - open + 1)), OtherToml{"a table"}, where};
    }
    auto entry = line.entry();
    if (!entry) return tl::unexpected(entry.error());
    return std::move(*entry);
  }
  return std::nullopt;
}

}  // namespace sekisho::engine
