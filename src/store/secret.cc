#include "store/secret.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace sekisho::store {
namespace {

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

Error cannot(const char* what, const std::filesystem::path& file) {
  return Error{ErrorCode::unreadable, std::string(what) + ": " + std::generic_category().message(errno), file.string(),
               "check the state folder and that it is yours"};
}

/// A file that closes itself.
struct Closer {
  int descriptor;
  ~Closer() {
    if (descriptor >= 0) ::close(descriptor);
  }
};

Result<Secret::Key> make_key(const std::filesystem::path& file) {
  Secret::Key key;
  randombytes_buf(key.data(), key.size());
  // Written beside its place and then named: a kill in between leaves no half key.
  const std::string beside = file.string() + ".new";
  ::unlink(beside.c_str());
  const Closer out{::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (out.descriptor < 0 || ::write(out.descriptor, key.data(), key.size()) != static_cast<ssize_t>(key.size()) ||
      ::fsync(out.descriptor) != 0 || ::rename(beside.c_str(), file.c_str()) != 0)
    return tl::unexpected(cannot("the key of the index cannot be written", file));
  return key;
}

}  // namespace

Secret::Secret(const Key& key) {
  // Three keys of one, so that a hash never tells anything about a sealed piece.
  constexpr char context[crypto_kdf_CONTEXTBYTES + 1] = "sekisho1";
  static_assert(crypto_kdf_KEYBYTES == key_bytes && crypto_shorthash_KEYBYTES == 16);
  crypto_kdf_derive_from_key(hash_key_.data(), hash_key_.size(), 1, context, key.data());
  crypto_kdf_derive_from_key(seal_key_.data(), seal_key_.size(), 2, context, key.data());
  crypto_kdf_derive_from_key(nonce_key_.data(), nonce_key_.size(), 3, context, key.data());
}

Result<Secret> Secret::open(const std::filesystem::path& file) {
  if (sodium_init() < 0) return fail(ErrorCode::internal, "libsodium does not start");
  const Closer in{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
  if (in.descriptor < 0) {
    if (errno != ENOENT) return tl::unexpected(cannot("the key of the index cannot be read", file));
    auto key = make_key(file);
    if (!key) return tl::unexpected(key.error());
    return Secret(*key);
  }
  struct stat status {};
  if (::fstat(in.descriptor, &status) != 0) return tl::unexpected(cannot("the key of the index cannot be read", file));
  if ((status.st_mode & 077) != 0)
    return fail(ErrorCode::unreadable, "other people may read the key of the index", file.string(),
                "chmod 600, or sekisho index drop");
  Key key;
  unsigned char more = 0;
  if (::read(in.descriptor, key.data(), key.size()) != static_cast<ssize_t>(key.size()) ||
      ::read(in.descriptor, &more, 1) != 0)
    return fail(ErrorCode::unreadable, "the key of the index is damaged", file.string(), "sekisho index drop");
  return Secret(key);
}

Result<Secret> Secret::for_now() {
  if (sodium_init() < 0) return fail(ErrorCode::internal, "libsodium does not start");
  Key key;
  randombytes_buf(key.data(), key.size());
  return Secret(key);
}

std::uint64_t Secret::hash(std::string_view text) const {
  std::array<unsigned char, crypto_shorthash_BYTES> out;
  crypto_shorthash(out.data(), bytes(text), text.size(), hash_key_.data());
  std::uint64_t value = 0;
  std::memcpy(&value, out.data(), sizeof value);
  return value;
}

std::string Secret::seal(std::string_view plain, std::string_view place) const {
  constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  std::string sealed(nonce_bytes + plain.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
  auto* const out = reinterpret_cast<unsigned char*>(sealed.data());
  crypto_generichash_state state;
  crypto_generichash_init(&state, nonce_key_.data(), nonce_key_.size(), nonce_bytes);
  crypto_generichash_update(&state, bytes(place), place.size());
  crypto_generichash_update(&state, bytes(plain), plain.size());
  crypto_generichash_final(&state, out, nonce_bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(out + nonce_bytes, nullptr, bytes(plain), plain.size(), bytes(place),
                                             place.size(), nullptr, out, seal_key_.data());
  return sealed;
}

Result<std::string> Secret::open_sealed(std::string_view sealed, std::string_view place) const {
  constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  constexpr std::size_t extra = nonce_bytes + crypto_aead_xchacha20poly1305_ietf_ABYTES;
  std::string plain(sealed.size() < extra ? 0 : sealed.size() - extra, '\0');
  if (sealed.size() < extra ||
      crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(plain.data()), nullptr, nullptr,
                                                 bytes(sealed) + nonce_bytes, sealed.size() - nonce_bytes, bytes(place),
                                                 place.size(), bytes(sealed), seal_key_.data()) != 0)
    return fail(ErrorCode::bad_data, "the index is damaged or belongs to another key", {}, "sekisho index drop");
  return plain;
}

}  // namespace sekisho::store
