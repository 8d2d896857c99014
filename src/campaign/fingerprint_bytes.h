// Fingerprints as bytes for the index and back. The bytes were sealed by us, yet reading believes nothing: anything
// that does not fit is refused. docs/formats/index.md
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "campaign/fingerprint.h"

namespace sekisho::campaign {

/// Appends numbers and texts.
class ByteWriter {
 public:
  void number(std::uint64_t value);  ///< LEB128
  void fixed(std::uint64_t value);   ///< eight bytes
  void text(std::string_view value);
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads them; after something that does not fit, ok() is false and everything read is empty.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t number();
  std::uint64_t fixed();
  std::string_view text();
  bool ok() const { return ok_; }
  bool at_end() const { return bytes_.empty(); }

 private:
  std::string_view take(std::uint64_t size);
  std::string_view bytes_;
  bool ok_ = true;
};

void write(ByteWriter& out, const Fingerprint& print);
/// nullopt when the bytes do not fit.
std::optional<Fingerprint> read_fingerprint(ByteReader& in);

}  // namespace sekisho::campaign
