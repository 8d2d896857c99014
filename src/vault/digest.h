// SHA-256 as the vault uses it: over bytes that come in pieces, and as the hexadecimal digits that sha256sum prints.
// libsodium inside. One thread at a time for one Sha256.
#pragma once

#include <sodium.h>

#include <array>
#include <string>
#include <string_view>

namespace sekisho::vault {

using Digest = std::array<unsigned char, crypto_hash_sha256_BYTES>;

class Sha256 {
 public:
  Sha256() { crypto_hash_sha256_init(&state_); }
  void add(std::string_view bytes) {
    crypto_hash_sha256_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  }
  /// The digest of what was added so far; more may be added after.
  Digest digest() const {
    crypto_hash_sha256_state copy = state_;
    Digest out;
    crypto_hash_sha256_final(&copy, out.data());
    return out;
  }

 private:
  crypto_hash_sha256_state state_;
};

Digest sha256(std::string_view bytes);

/// Lower-case hexadecimal digits.
std::string hex(const unsigned char* bytes, std::size_t count);
inline std::string hex(const Digest& digest) { return hex(digest.data(), digest.size()); }

/// The bytes behind exactly 2 × `count` lower-case digits; empty for anything else: one value has one spelling.
std::string from_hex(std::string_view digits, std::size_t count);

}  // namespace sekisho::vault
