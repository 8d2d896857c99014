// What only somebody with the passphrase has: memory for secrets, the key that a passphrase gives (Argon2id), and the
// keys of one case (sealing its log and items, naming its items, signing). They live in memory that is locked against
// swapping, surrounded by guard pages and wiped when it goes (sodium_malloc), and only as long as a case is open.
// Immutable once made.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "vault/digest.h"

namespace sekisho::vault {

/// Bytes that are wiped when they go.
class SecretBytes {
 public:
  /// Zeros. Empty when there is no memory (asked with operator bool).
  explicit SecretBytes(std::size_t size);
  explicit operator bool() const { return bytes_ != nullptr; }
  unsigned char* data() { return bytes_.get(); }
  const unsigned char* data() const { return bytes_.get(); }
  std::size_t size() const { return size_; }

 private:
  struct Wipe {
    void operator()(unsigned char* bytes) const { sodium_free(bytes); }
  };
  std::unique_ptr<unsigned char, Wipe> bytes_;
  std::size_t size_;
};

/// What a person typed; at most limits::passphrase_bytes.
class Passphrase {
 public:
  Passphrase();
  /// A copy; `text` stays with the caller. For tests and fixed texts.
  explicit Passphrase(std::string_view text);
  /// False when it is full.
  bool push(unsigned char byte);
  void pop();
  std::string_view view() const { return {reinterpret_cast<const char*>(bytes_.data()), size_}; }
  bool empty() const { return size_ == 0; }

 private:
  SecretBytes bytes_;
  std::size_t size_ = 0;
};

/// How costly it is to try a passphrase. The default is libsodium's "moderate": 256 MiB, about a second.
struct Cost {
  std::uint64_t passes = crypto_pwhash_OPSLIMIT_MODERATE;
  std::uint64_t memory = crypto_pwhash_MEMLIMIT_MODERATE;  ///< bytes
};
using Salt = std::array<unsigned char, crypto_pwhash_SALTBYTES>;

/// Argon2id. Error internal when the memory cannot be had.
Result<SecretBytes> key_from(const Passphrase& passphrase, const Cost& cost, const Salt& salt);

inline constexpr std::size_t key_bytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
/// How many bytes longer than the plain ones sealed bytes are.
inline constexpr std::size_t seal_extra =
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES;

/// XChaCha20-Poly1305 with a random nonce before it. `place` is authenticated: bytes moved elsewhere do not open.
std::string seal(const unsigned char* key, std::string_view plain, std::string_view place);
/// False when the bytes were changed, moved, or sealed with another key.
bool open_sealed(const unsigned char* key, std::string_view sealed, std::string_view place, std::string& plain);

using Signature = std::array<unsigned char, crypto_sign_BYTES>;
using PublicKey = std::array<unsigned char, crypto_sign_PUBLICKEYBYTES>;
bool signature_holds(const PublicKey& key, std::string_view text, const Signature& signature);

class CaseKeys {
 public:
  static Result<CaseKeys> fresh();
  /// The main key sealed with a passphrase's key, and back; nothing when the key is another.
  std::string sealed_main(const SecretBytes& passphrase_key, std::string_view place) const;
  static Result<CaseKeys> from_sealed(const SecretBytes& passphrase_key, std::string_view sealed,
                                      std::string_view place);

  const unsigned char* log_key() const { return derived_.data(); }
  const unsigned char* item_key() const { return derived_.data() + key_bytes; }
  /// The file name of an item: nobody without the key can ask whether a file that they know is in the case.
  std::string item_name(const Digest& digest) const;
  Signature sign(std::string_view text) const;
  const PublicKey& public_key() const { return public_; }

 private:
  static constexpr std::size_t derived_keys = 4;  ///< log, items, names of items, seed of the signing key
  CaseKeys() : main_(key_bytes), derived_(derived_keys * key_bytes), signing_(crypto_sign_SECRETKEYBYTES) {}
  bool allocated() const { return main_ && derived_ && signing_; }
  void derive();
  SecretBytes main_, derived_, signing_;
  PublicKey public_{};
};

/// libsodium, once in a process. Error internal when it cannot start.
Result<void> start_sodium();

}  // namespace sekisho::vault
