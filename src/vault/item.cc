#include "vault/item.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <vector>

#include <fmt/format.h>

#include "vault/descriptor.h"

namespace sekisho::vault {
namespace {

constexpr std::string_view title = "sekisho case item 1\n";
constexpr std::size_t piece_bytes = 64 * 1024;
constexpr std::size_t sealed_piece_bytes = piece_bytes + crypto_secretstream_xchacha20poly1305_ABYTES;

using Stream = crypto_secretstream_xchacha20poly1305_state;
using StreamHeader = std::array<unsigned char, crypto_secretstream_xchacha20poly1305_HEADERBYTES>;

std::string place(std::string_view case_id) { return fmt::format("sekisho case item 1 {}", case_id); }

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

/// Fills `to` from `source` as far as there is anything.
Result<std::size_t> fill(const Source& source, std::vector<char>& to) {
  std::size_t filled = 0;
  while (filled < to.size()) {
    const auto got = source(to.data() + filled, to.size() - filled);
    if (!got) return got;
    if (*got == 0) break;
    filled += *got;
  }
  return filled;
}

Source from_descriptor(int descriptor, const std::filesystem::path& path) {
  return [descriptor, path](char* to, std::size_t room) -> Result<std::size_t> {
    while (true) {
      const ssize_t got = ::read(descriptor, to, room);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) return tl::unexpected(read_error(path));
    }
  };
}

tl::unexpected<Error> changed(const std::filesystem::path& path) {
  return fail(ErrorCode::bad_data, Said{"case.item_changed", {}}, "the item was changed or is not of this case",
              path.string(), "sekisho case verify");
}

/// Seals `source` to its end. What is read is cleared: it may be a picture of an identity card.
Result<void> seal_all(SealedItem& item, const CaseKeys& keys, std::string_view case_id, const Source& source) {
  Stream stream;
  StreamHeader header;
  crypto_secretstream_xchacha20poly1305_init_push(&stream, header.data(), keys.item_key());
  if (auto ok = item.file.append(title); !ok) return ok;
  if (auto ok = item.file.append({reinterpret_cast<const char*>(header.data()), header.size()}); !ok) return ok;
  const std::string where = place(case_id);
  std::vector<char> piece(piece_bytes), next(piece_bytes), sealed(sealed_piece_bytes);
  Sha256 all;
  auto filled = fill(source, piece);
  if (!filled) return tl::unexpected(filled.error());
  while (true) {
    // Only who has looked for more knows which piece is the last.
    const auto following = *filled == piece.size() ? fill(source, next) : Result<std::size_t>(0);
    if (!following) return tl::unexpected(following.error());
    const std::string_view plain(piece.data(), *filled);
    const bool last = *following == 0;
    crypto_secretstream_xchacha20poly1305_push(
        &stream, reinterpret_cast<unsigned char*>(sealed.data()), nullptr, bytes(plain), plain.size(), bytes(where),
        where.size(),
        last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    all.add(plain);
    item.bytes += plain.size();
    if (auto ok = item.file.append({sealed.data(), plain.size() + crypto_secretstream_xchacha20poly1305_ABYTES}); !ok)
      return ok;
    if (last) break;
    std::swap(piece, next);
    filled = following;
  }
  sodium_memzero(piece.data(), piece.size());
  sodium_memzero(next.data(), next.size());
  item.digest = all.digest();
  item.name = keys.item_name(item.digest);
  return {};
}

}  // namespace

Result<SealedItem> seal_item(Files& files, const std::filesystem::path& folder, const CaseKeys& keys,
                             std::string_view case_id, const Source& source) {
  auto file = NewFile::begin(files, folder, "new");
  if (!file) return tl::unexpected(file.error());
  SealedItem item{std::move(*file), {}, {}, 0};
  if (auto ok = seal_all(item, keys, case_id, source); !ok) return tl::unexpected(ok.error());
  return item;
}

Result<ItemRead> open_item(const std::filesystem::path& path, const CaseKeys& keys, std::string_view case_id,
                           const Sink& sink) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file) return tl::unexpected(read_error(path));
  struct stat status {};
  if (::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return changed(path);
  const Source source = from_descriptor(file.get(), path);
  StreamHeader header;
  std::vector<char> start(title.size() + header.size());
  const auto began = fill(source, start);
  if (!began) return tl::unexpected(began.error());
  if (*began != start.size() || std::string_view(start.data(), title.size()) != title) return changed(path);
  std::copy(start.begin() + static_cast<std::ptrdiff_t>(title.size()), start.end(), header.begin());
  Stream stream;
  if (crypto_secretstream_xchacha20poly1305_init_pull(&stream, header.data(), keys.item_key()) != 0)
    return changed(path);
  const std::string where = place(case_id);
  std::vector<char> sealed(sealed_piece_bytes), piece(piece_bytes);
  Sha256 all;
  ItemRead out;
  while (true) {
    const auto filled = fill(source, sealed);
    if (!filled) return tl::unexpected(filled.error());
    unsigned long long plain = 0;
    unsigned char tag = 0;
    if (crypto_secretstream_xchacha20poly1305_pull(&stream, reinterpret_cast<unsigned char*>(piece.data()), &plain,
                                                   &tag, reinterpret_cast<const unsigned char*>(sealed.data()), *filled,
                                                   bytes(where), where.size()) != 0)
      return changed(path);
    const std::string_view text(piece.data(), static_cast<std::size_t>(plain));
    all.add(text);
    out.bytes += text.size();
    if (auto ok = sink(text); !ok) return tl::unexpected(ok.error());
    if (tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL) continue;
    const auto more = fill(source, sealed);
    if (!more) return tl::unexpected(more.error());
    if (*more != 0) return changed(path);
    break;
  }
  sodium_memzero(piece.data(), piece.size());
  out.digest = all.digest();
  return out;
}

}  // namespace sekisho::vault
