// The key that lies beside an index or another sealed file, and what is done with it: hashes that nobody without it can
// try names against, and sealing, so that the file in a backup tells nothing without its key. libsodium inside. The key
// file is made once with mode 600. A Secret is immutable; share it between threads.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sekisho::store {

class Secret {
 public:
  static constexpr std::size_t key_bytes = 32;
  using Key = std::array<unsigned char, key_bytes>;

  /// From a key handed in (tests).
  explicit Secret(const Key& key);
  /// Whose key it is, for the words of errors.
  enum class Of : std::uint8_t { index, own_file };
  /// Reads `file`, or makes it (0600, in a folder that exists). Error unreadable when it cannot be read or made, has
  /// another length, or others may read it.
  static Result<Secret> open(const std::filesystem::path& file, Of of = Of::index);
  /// The same, but a key that is missing is an error: what it sealed is lost, and a new key would not bring it back.
  static Result<Secret> open_existing(const std::filesystem::path& file, Of of = Of::index);
  /// One that is forgotten with the process, for a scan that keeps nothing.
  static Result<Secret> for_now();

  /// SipHash-2-4 under the key (libsodium crypto_shorthash).
  std::uint64_t hash(std::string_view bytes) const;

  /// XChaCha20-Poly1305 with a nonce made from key, `place` and content: equal content in one place is equal sealed,
  /// and nothing random is needed. `place` is authenticated: a sealed piece moved elsewhere does not open.
  std::string seal(std::string_view plain, std::string_view place) const;
  /// Error bad_data when it was changed, moved, or sealed with another key.
  Result<std::string> open_sealed(std::string_view sealed, std::string_view place) const;

 private:
  std::array<unsigned char, 16> hash_key_{};
  Key seal_key_{}, nonce_key_{};
};

}  // namespace sekisho::store
