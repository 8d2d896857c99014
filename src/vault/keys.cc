#include "vault/keys.h"

#include <algorithm>
#include <cstring>

#include "base/limits.h"

namespace sekisho::vault {
namespace {

constexpr char kdf_context[crypto_kdf_CONTEXTBYTES + 1] = "sekicase";
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t item_name_bytes = 16;

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

tl::unexpected<Error> no_memory() {
  return fail(ErrorCode::internal, Said{"case.no_memory", {}}, "there is not enough memory to open the case");
}

}  // namespace

Result<void> start_sodium() {
  if (sodium_init() < 0) return fail(ErrorCode::internal, "libsodium does not start");
  return {};
}

SecretBytes::SecretBytes(std::size_t size)
    : bytes_(sodium_init() < 0 ? nullptr : static_cast<unsigned char*>(sodium_malloc(size))), size_(bytes_ ? size : 0) {
  if (bytes_) sodium_memzero(bytes_.get(), size_);
}

Passphrase::Passphrase() : bytes_(limits::passphrase_bytes) {}

Passphrase::Passphrase(std::string_view text) : Passphrase() {
  for (const char byte : text) push(static_cast<unsigned char>(byte));
}

bool Passphrase::push(unsigned char byte) {
  if (size_ == bytes_.size()) return false;
  bytes_.data()[size_++] = byte;
  return true;
}

void Passphrase::pop() {
  if (size_ > 0) bytes_.data()[--size_] = 0;
}

Result<SecretBytes> key_from(const Passphrase& passphrase, const Cost& cost, const Salt& salt) {
  SecretBytes key(key_bytes);
  if (!key || crypto_pwhash(key.data(), key.size(), passphrase.view().data(), passphrase.view().size(), salt.data(),
                            cost.passes, cost.memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
    return no_memory();
  return key;
}

std::string seal(const unsigned char* key, std::string_view plain, std::string_view place) {
  std::string sealed(plain.size() + seal_extra, '\0');
  auto* const out = reinterpret_cast<unsigned char*>(sealed.data());
  randombytes_buf(out, nonce_bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(out + nonce_bytes, nullptr, bytes(plain), plain.size(), bytes(place),
                                             place.size(), nullptr, out, key);
  return sealed;
}

bool open_sealed(const unsigned char* key, std::string_view sealed, std::string_view place, std::string& plain) {
  if (sealed.size() < seal_extra) return false;
  plain.resize(sealed.size() - seal_extra);
  return crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(plain.data()), nullptr, nullptr,
                                                    bytes(sealed) + nonce_bytes, sealed.size() - nonce_bytes,
                                                    bytes(place), place.size(), bytes(sealed), key) == 0;
}

bool signature_holds(const PublicKey& key, std::string_view text, const Signature& signature) {
  return crypto_sign_verify_detached(signature.data(), bytes(text), text.size(), key.data()) == 0;
}

void CaseKeys::derive() {
  static_assert(crypto_kdf_KEYBYTES == key_bytes && crypto_sign_SEEDBYTES == key_bytes);
  for (std::uint64_t i = 0; i < derived_keys; ++i)
    crypto_kdf_derive_from_key(derived_.data() + i * key_bytes, key_bytes, i + 1, kdf_context, main_.data());
  crypto_sign_seed_keypair(public_.data(), signing_.data(), derived_.data() + 3 * key_bytes);
}

Result<CaseKeys> CaseKeys::fresh() {
  CaseKeys keys;
  if (!keys.allocated()) return no_memory();
  crypto_kdf_keygen(keys.main_.data());
  keys.derive();
  return keys;
}

std::string CaseKeys::sealed_main(const SecretBytes& passphrase_key, std::string_view place) const {
  return seal(passphrase_key.data(), {reinterpret_cast<const char*>(main_.data()), main_.size()}, place);
}

Result<CaseKeys> CaseKeys::from_sealed(const SecretBytes& passphrase_key, std::string_view sealed,
                                       std::string_view place) {
  CaseKeys keys;
  if (!keys.allocated()) return no_memory();
  // Opened into memory that is wiped, not into a string.
  if (sealed.size() != key_bytes + seal_extra ||
      crypto_aead_xchacha20poly1305_ietf_decrypt(keys.main_.data(), nullptr, nullptr, bytes(sealed) + nonce_bytes,
                                                 sealed.size() - nonce_bytes, bytes(place), place.size(), bytes(sealed),
                                                 passphrase_key.data()) != 0)
    return fail(ErrorCode::usage, Said{"case.wrong_passphrase", {}}, "the passphrase is not that of this case");
  keys.derive();
  return keys;
}

std::string CaseKeys::item_name(const Digest& digest) const {
  std::array<unsigned char, item_name_bytes> name;
  crypto_generichash(name.data(), name.size(), digest.data(), digest.size(), derived_.data() + 2 * key_bytes,
                     key_bytes);
  return hex(name.data(), name.size());
}

Signature CaseKeys::sign(std::string_view text) const {
  Signature signature;
  crypto_sign_detached(signature.data(), nullptr, bytes(text), text.size(), signing_.data());
  return signature;
}

}  // namespace sekisho::vault
