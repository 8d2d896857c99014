#include "engine/scan_reading.h"

#include <algorithm>
#include <array>

namespace sekisho::engine {
namespace {

using Shape = message::Recognised::Shape;

/// A file of its own begins at 0 and ends with its bytes; a mail of an mbox has a separator line before it.
bool is_whole_file(const mailbox::Item& item) { return item.offset == 0 && item.end == item.bytes.size(); }

/// A mail as it travelled has been received or says its format; fields that a person copied do not.
bool has_travelled(std::string_view bytes) {
  constexpr std::array<std::string_view, 4> marks{"received:", "mime-version:", "message-id:", "return-path:"};
  constexpr std::size_t header_looked_at = 16 * 1024;
  const message::Message head = message::parse_mail(bytes.substr(0, header_looked_at));
  return std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) {
    mark.remove_suffix(1);
    return head.header(mark) != nullptr;
  });
}

}  // namespace

Result<std::vector<Entry>> entries_of(const mailbox::Item& item, std::uint32_t input, std::uint64_t index) {
  std::vector<Entry> entries;
  const auto add = [&](Place place, std::string_view bytes, ReadAs read_as) {
    entries.push_back({place, std::string(bytes), read_as});
  };
  const Place whole{input, index, item.offset, item.end};
  if (!is_whole_file(item)) {
    add(whole, item.bytes, ReadAs::mail);
    return entries;
  }
  const Shape shape = message::recognise(item.bytes).shape;
  if (shape == Shape::binary || shape == Shape::empty) {
    const auto refused = message::read_message(item.bytes, item.input);
    if (!refused) return tl::unexpected(refused.error());
  }
  if (opened_of_name(item.input) != campaign::Opened::unknown) {
    add(whole, item.bytes, ReadAs::mail);  // a Maildir holds nothing else, however broken
    return entries;
  }
  const bool is_pasted = shape == Shape::pasted || shape == Shape::sms;
  if (!is_pasted && (shape != Shape::mail || has_travelled(item.bytes))) {
    add(whole, item.bytes, ReadAs::mail);
    return entries;
  }
  const std::vector<std::string_view> pieces = message::split_pasted(item.bytes);
  if (pieces.size() == 1) {
    add(whole, item.bytes, is_pasted ? ReadAs::pasted : ReadAs::mail);
    return entries;
  }
  for (const std::string_view piece : pieces) {
    const auto offset = static_cast<std::uint64_t>(piece.data() - item.bytes.data());
    add({input, index++, offset, offset + piece.size()}, piece, ReadAs::pasted);
  }
  return entries;
}

campaign::Opened opened_of_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view folder = path.substr(0, slash == std::string_view::npos ? 0 : slash);
  const std::string_view name = path.substr(slash == std::string_view::npos ? 0 : slash + 1);
  if (folder.ends_with("/new") || folder == "new") return campaign::Opened::no;
  const std::size_t flags = name.rfind(":2,");
  if (flags == std::string_view::npos || !(folder.ends_with("/cur") || folder == "cur"))
    return campaign::Opened::unknown;
  return name.find('S', flags) != std::string_view::npos ? campaign::Opened::yes : campaign::Opened::no;
}

}  // namespace sekisho::engine
