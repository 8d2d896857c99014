#include "store/secret.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "store/whole_file.h"

namespace sekisho::store {
namespace {

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

/// What a person can do about a key that cannot be used.
const char* way_out(Secret::Of of) { return of == Secret::Of::index ? "sekisho index drop" : "sekisho me erase"; }

Error cannot(std::string_view what, int number, const std::filesystem::path& file) {
  const std::string said = std::generic_category().message(number);
  return Error{ErrorCode::unreadable, std::string(what) + ": " + said, file.string(),
               "check the state folder, that it is yours and that the disk has room",
               Said{"data.kept_file", {{"said", said}}}};
}

Error useless(std::string_view what, const std::filesystem::path& file, Secret::Of of) {
  return Error{ErrorCode::unreadable, std::string(what), file.string(), way_out(of),
               Said{"data.key", {{"command", way_out(of)}}}};
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
  if (const int number = replace_file(file, {reinterpret_cast<const char*>(key.data()), key.size()}); number != 0)
    return tl::unexpected(cannot("the key cannot be written", number, file));
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

Result<Secret> Secret::open(const std::filesystem::path& file, Of of) {
  if (sodium_init() < 0) return fail(ErrorCode::internal, "libsodium does not start");
  struct stat status {};
  if (::lstat(file.c_str(), &status) == 0 || errno != ENOENT) return open_existing(file, of);
  const auto key = make_key(file);
  if (!key) return tl::unexpected(key.error());
  return Secret(*key);
}

Result<Secret> Secret::open_existing(const std::filesystem::path& file, Of of) {
  if (sodium_init() < 0) return fail(ErrorCode::internal, "libsodium does not start");
  const Closer in{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
  struct stat status {};
  if (in.descriptor < 0 || ::fstat(in.descriptor, &status) != 0)
    return tl::unexpected(cannot("the key cannot be read", errno, file));
  if ((status.st_mode & 077) != 0)
    return fail(ErrorCode::unreadable, Said{"data.key_open", {}}, "other people may read the key", file.string(),
                std::string("chmod 600, or ") + way_out(of));
  Key key;
  unsigned char more = 0;
  if (::read(in.descriptor, key.data(), key.size()) != static_cast<ssize_t>(key.size()) ||
      ::read(in.descriptor, &more, 1) != 0)
    return tl::unexpected(useless("the key is damaged", file, of));
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
    return fail(ErrorCode::bad_data, Said{"data.index_damaged", {}}, "is damaged or belongs to another key", {},
                "sekisho index drop");
  return plain;
}

}  // namespace sekisho::store
