// The flat file: length-prefixed fields in little-endian order, read in one pass. docs/formats/knowledge.md. Only our
// own build writes it, so a Reader treats damage as a bug of the build but still never reads past the end.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::knowledge {

class FlatWriter {
 public:
  void number(std::uint32_t value) { bytes_.append(reinterpret_cast<const char*>(&value), sizeof value); }
  void text(std::string_view value) {
    number(static_cast<std::uint32_t>(value.size()));
    bytes_ += value;
  }
  void texts(const std::vector<std::string>& values) {
    number(static_cast<std::uint32_t>(values.size()));
    for (const std::string& value : values) text(value);
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// After a read past the end every further read gives nothing and ok() is false.
class FlatReader {
 public:
  explicit FlatReader(std::string_view bytes) : rest_(bytes) {}
  std::uint32_t number() {
    std::uint32_t value = 0;
    if (rest_.size() < sizeof value) {
      ok_ = false;
      rest_ = {};
      return 0;
    }
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
    return value;
  }
  /// A count of things that take at least one length field each: a damaged count cannot ask for gigabytes.
  std::uint32_t count() {
    const std::uint32_t value = number();
    if (value > rest_.size() / sizeof(std::uint32_t)) {
      ok_ = false;
      return 0;
    }
    return value;
  }
  std::string_view view() {
    const std::uint32_t size = number();
    if (size > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const std::string_view value = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return value;
  }
  std::string text() { return std::string(view()); }
  std::vector<std::string> texts() {
    std::vector<std::string> values(count());
    for (std::string& value : values) value = text();
    return values;
  }
  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace sekisho::knowledge
