#include "vault/entry.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/limits.h"
#include "vault/digest.h"

namespace sekisho::vault {
namespace {

bool fits(std::string_view value) {
  return value.size() <= limits::case_value_bytes && std::none_of(value.begin(), value.end(), [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte < 0x20 || byte == 0x7F;
         });
}

std::string text_of(const Entry& entry) {
  std::string out = fmt::format("entry {}\nbefore {}\ntime {}\nauthor {}\nkind {}\n", entry.number, entry.before,
                                entry.time, entry.author, name(entry.kind));
  const auto add = [&](std::string_view field, const std::string& value) {
    if (!value.empty()) out += fmt::format("{} {}\n", field, value);
  };
  add("happened", entry.happened);
  add("about", entry.about);
  add("text", entry.text);
  if (entry.item)
    out += fmt::format("sha256 {}\nbytes {}\nname {}\n", entry.item->sha256, entry.item->bytes, entry.item->name);
  return out + '\n';
}

bool number(std::string_view text, std::uint64_t& value) {
  const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && stopped == text.data() + text.size();
}

/// The lines of one entry, each "field value".
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}
  std::optional<std::string_view> take(std::string_view field) {
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos || end <= field.size() || rest_.substr(0, field.size()) != field ||
        rest_[field.size()] != ' ')
      return std::nullopt;
    const std::string_view value = rest_.substr(field.size() + 1, end - field.size() - 1);
    rest_.remove_prefix(end + 1);
    return value;
  }
  bool take(std::string_view field, std::string& to) {
    const auto value = take(field);
    if (value) to = *value;
    return value.has_value();
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace

Result<std::string> write_entry(const Entry& entry) {
  for (const std::string* value : {&entry.time, &entry.author, &entry.happened, &entry.about, &entry.text})
    if (!fits(*value))
      return fail(ErrorCode::usage, Said{"case.value", {{"most", std::to_string(limits::case_value_bytes)}}},
                  "a value holds control characters or is too long");
  const bool item_fits = !entry.item || (!entry.item->name.empty() && fits(entry.item->name));
  if (!item_fits || entry.time.empty() || entry.author.empty())
    return fail(ErrorCode::usage, Said{"case.value", {{"most", std::to_string(limits::case_value_bytes)}}},
                "an entry needs a time, an author and a name for its item");
  return text_of(entry);
}

bool take_entry(std::string_view& text, Entry& entry) {
  Lines lines(text);
  Entry read;
  const auto number_line = lines.take("entry");
  if (!number_line || !number(*number_line, read.number) || !lines.take("before", read.before) ||
      !lines.take("time", read.time) || !lines.take("author", read.author))
    return false;
  const auto kind_line = lines.take("kind");
  const auto kind = kind_line ? find_kind(*kind_line) : std::nullopt;
  if (!kind) return false;
  read.kind = *kind;
  lines.take("happened", read.happened);
  lines.take("about", read.about);
  lines.take("text", read.text);
  Item item;
  if (lines.take("sha256", item.sha256)) {
    const auto bytes = lines.take("bytes");
    if (!bytes || !number(*bytes, item.bytes) || !lines.take("name", item.name) ||
        from_hex(item.sha256, sizeof(Digest)).empty())
      return false;
    read.item = std::move(item);
  }
  // What is not spelled as it would be written is not an entry.
  const auto written = write_entry(read);
  if (!written || text.substr(0, written->size()) != *written) return false;
  text.remove_prefix(written->size());
  entry = std::move(read);
  return true;
}

}  // namespace sekisho::vault
