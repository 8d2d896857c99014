#include "message/tnef.h"

#include <cstdint>
#include <optional>

#include <fmt/format.h>

#include "base/limits.h"
#include "message/ascii.h"
#include "text/charset.h"

namespace sekisho::message {
namespace {

/// [MS-OXTNEF] 2.1.3: a signature, a key, then attributes: level, id, length, data, check sum.
constexpr std::string_view signature = "\x78\x9f\x3e\x22";
constexpr std::uint32_t att_attach_title = 0x00018010, att_attach_data = 0x0006800F, att_attach_rend_data = 0x00069002,
                        att_attachment = 0x00069005, att_oem_codepage = 0x00069007;
/// [MS-OXPROPS]
constexpr std::uint16_t pid_attach_data_object = 0x3701, pid_attach_long_filename = 0x3707, pid_display_name = 0x3001;
constexpr std::uint16_t type_object = 0x000D, type_string8 = 0x001E, type_string = 0x001F, type_binary = 0x0102,
                        many_values = 0x1000;
constexpr std::size_t interface_id_bytes = 16;  // what stands before the stream of an attached message
constexpr std::size_t longest_name = 1024;

/// Little-endian reading that never passes the end; after a read that would, everything is empty and ok() is false.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}

  std::string_view take(std::size_t size) {
    if (size > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  std::uint32_t number(std::size_t bytes) {
    const std::string_view taken = take(bytes);
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < taken.size(); ++i)
      value |= static_cast<std::uint32_t>(static_cast<unsigned char>(taken[i])) << (8 * i);
    return value;
  }
  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

std::size_t padded(std::size_t size) { return (size + 3) / 4 * 4; }

/// Bytes of one value of a type of fixed size; nullopt for a type of any length, 0 for one nobody knows.
std::optional<std::size_t> fixed_size(std::uint16_t type) {
  switch (type) {
    case 0x0002:  // short, boolean: padded
    case 0x0003:
    case 0x0004:
    case 0x000A:
    case 0x000B:
      return 4;
    case 0x0005:
    case 0x0006:
    case 0x0007:
    case 0x0014:
    case 0x0040:
      return 8;
    case 0x0048:
      return 16;
    case type_object:
    case type_string8:
    case type_string:
    case type_binary:
      return std::nullopt;
    default:
      return 0;
  }
}

class Lister {
 public:
  TnefListing list(std::string_view bytes) {
    Cursor in(bytes);
    if (in.take(signature.size()) != signature) {
      out_.damaged = true;
      return std::move(out_);
    }
    in.number(2);
    while (!in.at_end() && !out_.truncated) {
      in.number(1);
      const std::uint32_t id = in.number(4);
      const std::string_view data = in.take(in.number(4));
      in.number(2);
      // The last check sum is often cut off; what came before it is whole.
      if (!in.ok() && data.empty()) break;
      attribute(id, data);
    }
    out_.damaged = out_.damaged || !in.ok();
    return std::move(out_);
  }

 private:
  void attribute(std::uint32_t id, std::string_view data) {
    switch (id) {
      case att_oem_codepage:
        codepage_ = fmt::format("cp{}", Cursor(data).number(std::min<std::size_t>(data.size(), 4)));
        break;
      case att_attach_rend_data:
        next_file();
        break;
      case att_attach_title:
        // A long name of the properties says more than this one in the form of MS-DOS.
        if (TnefFile* file = current(); file != nullptr && file->name.empty()) file->name = name_of(data, codepage_);
        break;
      case att_attach_data:
        if (TnefFile* file = current()) file->content = data;
        break;
      case att_attachment:
        if (TnefFile* file = current()) properties(data, *file);
        break;
      default:
        break;
    }
  }

  void next_file() {
    if (out_.files.size() >= limits::archive_entries)
      out_.truncated = true;
    else
      out_.files.emplace_back();
  }

  /// A writer that forgets the attribute which begins an attachment has one all the same.
  TnefFile* current() {
    if (out_.files.empty()) next_file();
    return out_.truncated ? nullptr : &out_.files.back();
  }

  static std::string name_of(std::string_view bytes, std::string_view charset) {
    bytes = bytes.substr(0, longest_name);
    if (charset != "utf-16le") bytes = bytes.substr(0, bytes.find('\0'));
    std::string utf8 = text::decode(bytes, charset, {}).utf8;
    std::string clean;
    for (const char c : utf8)
      if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) clean += c;
    return clean;
  }

  /// [MS-OXTNEF] 2.1.3.4: a count, then type, id, (the name of a named one,) and the value or values.
  void properties(std::string_view data, TnefFile& file) {
    Cursor in(data);
    for (std::uint32_t left = in.number(4); left > 0 && in.ok(); --left) {
      const auto type = static_cast<std::uint16_t>(in.number(2));
      const auto id = static_cast<std::uint16_t>(in.number(2));
      if (id >= 0x8000) skip_property_name(in);
      if (!property(in, type, id, file)) break;
    }
    out_.damaged = out_.damaged || !in.ok();
  }

  static void skip_property_name(Cursor& in) {
    in.take(16);
    const bool by_text = in.number(4) == 1;
    const std::uint32_t number_or_bytes = in.number(4);
    if (by_text) in.take(padded(number_or_bytes));
  }

  /// False where the rest cannot be read, as its length is not known.
  bool property(Cursor& in, std::uint16_t type, std::uint16_t id, TnefFile& file) {
    const auto plain = static_cast<std::uint16_t>(type & ~many_values);
    const auto size = fixed_size(plain);
    if (size && *size == 0) return false;
    const bool counted = !size || plain != type;
    for (std::uint32_t left = counted ? in.number(4) : 1; left > 0 && in.ok(); --left) {
      if (size) {
        in.take(*size);
        continue;
      }
      const std::uint32_t bytes = in.number(4);
      const std::string_view value = in.take(bytes);
      if (in.ok() && !in.at_end()) in.take(padded(bytes) - bytes);
      note(id, plain, value, file);
    }
    return true;
  }

  void note(std::uint16_t id, std::uint16_t type, std::string_view value, TnefFile& file) const {
    const bool is_text = type == type_string || type == type_string8;
    if (is_text && (id == pid_attach_long_filename || (id == pid_display_name && file.name.empty()))) {
      std::string name = name_of(value, type == type_string ? "utf-16le" : std::string_view(codepage_));
      if (!name.empty()) file.name = std::move(name);
    }
    if (id == pid_attach_data_object && value.size() > interface_id_bytes && file.content.empty())
      file.content = value.substr(interface_id_bytes);
  }

  TnefListing out_;
  std::string codepage_;
};

}  // namespace

TnefListing list_tnef(std::string_view bytes) { return Lister().list(bytes); }

}  // namespace sekisho::message
