#include "vault/vault.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <set>

#include <fmt/format.h>

#include "base/limits.h"

namespace sekisho::vault {
namespace {

namespace fs = std::filesystem;

/// The lock of the case in `folder`, for as long as it lives. A process that ends, however, lets go of it.
Result<Descriptor> lock(const fs::path& folder, IfBusy if_busy) {
  const fs::path path = folder / lock_file;
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
  if (!file) return tl::unexpected(write_error(path));
  while (::flock(file.get(), if_busy == IfBusy::wait ? LOCK_EX : LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno == EWOULDBLOCK)
      return fail(ErrorCode::usage, Said{"case.busy", {}}, "another sekisho is writing to this case", {},
                  "wait for it");
    return tl::unexpected(write_error(path));
  }
  // It may have been erased while we waited; then our lock is one of a file without a name.
  struct stat ours {
  }, there{};
  if (::fstat(file.get(), &ours) != 0 || ::stat(path.c_str(), &there) != 0 || ours.st_ino != there.st_ino)
    return fail(ErrorCode::usage, Said{"case.gone", {}}, "the case was erased meanwhile");
  return file;
}

Result<void> put(Files& files, const fs::path& folder, std::string_view name, std::string_view bytes) {
  auto file = NewFile::begin(files, folder, name);
  if (!file) return tl::unexpected(file.error());
  if (auto ok = file->append(bytes); !ok) return ok;
  return file->commit(name);
}

std::string finished(Head& head, const SecretBytes& passphrase_key, const CaseKeys& keys) {
  head.public_key = keys.public_key();
  head.sealed = keys.sealed_main(passphrase_key, sealed_part(head));
  head.signature = keys.sign(signed_part(head));
  return vault::write_head(head);
}

void take_away(const fs::path& folder) {
  std::error_code ignored;
  fs::remove_all(folder, ignored);
}

tl::unexpected<Error> no_item(std::uint64_t number) {
  return fail(ErrorCode::usage, Said{"case.no_item", {{"entry", std::to_string(number)}}},
              fmt::format("entry {} holds no item", number), {}, "sekisho case log");
}

tl::unexpected<Error> damaged(const fs::path& folder) {
  return fail(ErrorCode::bad_data, Said{"case.damaged", {}}, "the case is not as it was left; nothing is added to it",
              folder.string(), "sekisho case verify");
}

}  // namespace

Result<void> Vault::create(Files& files, const fs::path& cases, const NewCase& wanted, const Passphrase& passphrase,
                           std::vector<Entry> first) {
  Head head;
  head.id = wanted.id;
  head.opened = wanted.opened;
  head.keep_until = wanted.keep_until;
  head.cost = wanted.cost;
  auto keys = CaseKeys::fresh();
  if (!keys) return tl::unexpected(keys.error());
  randombytes_buf(head.salt.data(), head.salt.size());
  auto passphrase_key = key_from(passphrase, head.cost, head.salt);
  if (!passphrase_key) return tl::unexpected(passphrase_key.error());
  // A random number in the first entry: a receipt, which is a digest of the log, must not be guessable from its words.
  Salt random;
  randombytes_buf(random.data(), random.size());
  Entry opened;
  opened.time = wanted.time;
  opened.author = wanted.author;
  opened.kind = Kind::opened;
  opened.about = wanted.id + ' ' + hex(random.data(), random.size());
  first.insert(first.begin(), std::move(opened));
  if (wanted.keep_until != "none") {
    Entry until;
    until.time = wanted.time;
    until.author = wanted.author;
    until.kind = Kind::keep_until;
    until.about = wanted.keep_until;
    first.insert(first.begin() + 1, std::move(until));
  }
  auto log = with_entries(Log{}, std::move(first), *keys, wanted.id);
  if (!log) return tl::unexpected(log.error());

  const fs::path place = cases / wanted.id, beside = cases / (".new-" + wanted.id);
  std::error_code error;
  const auto taken = [&] {
    return fail(ErrorCode::usage, Said{"case.taken", {{"id", wanted.id}}}, "there is a case of this name already", {},
                "choose another --id");
  };
  if (fs::exists(place, error)) return taken();
  take_away(beside);
  const auto make = [&]() -> Result<void> {
    if (files.make_folder(beside.c_str()) != 0) return tl::unexpected(write_error(beside));
    if (files.make_folder((beside / items_folder).c_str()) != 0) return tl::unexpected(write_error(beside));
    if (auto ok = put(files, beside, log_file, log_bytes(*log, *keys, wanted.id)); !ok) return ok;
    if (auto ok = put(files, beside, head_file, finished(head, *passphrase_key, *keys)); !ok) return ok;
    if (files.rename(beside.c_str(), place.c_str()) != 0) {
      if (errno == EEXIST || errno == ENOTEMPTY) return taken();
      return tl::unexpected(write_error(place));
    }
    return sync_folder(files, cases);
  };
  auto made = make();
  if (!made) take_away(beside);
  return made;
}

Result<Vault> Vault::open(Files& files, fs::path folder, const Passphrase& passphrase, Access access, IfBusy if_busy) {
  if (auto ok = start_sodium(); !ok) return tl::unexpected(ok.error());
  Descriptor held;
  if (access == Access::write) {
    auto locked = lock(folder, if_busy);
    if (!locked) return tl::unexpected(locked.error());
    held = std::move(*locked);
  }
  const auto head_bytes = read_file(folder / head_file, limits::case_head_bytes);
  if (!head_bytes) return tl::unexpected(head_bytes.error());
  auto head = read_head(*head_bytes, (folder / head_file).string());
  if (!head) return tl::unexpected(head.error());
  const bool signed_well = signature_holds(head->public_key, signed_part(*head), head->signature);
  auto passphrase_key = key_from(passphrase, head->cost, head->salt);
  if (!passphrase_key) return tl::unexpected(passphrase_key.error());
  auto keys = CaseKeys::from_sealed(*passphrase_key, head->sealed, sealed_part(*head));
  if (!keys && keys.error().code == ErrorCode::usage && !signed_well)
    return fail(ErrorCode::bad_data, Said{"case.head_changed", {}}, "the head of the case was changed",
                (folder / head_file).string(), "take it from a backup");
  if (!keys) return tl::unexpected(keys.error());
  const auto bytes = read_file(folder / log_file, limits::case_log_bytes);
  if (!bytes && access == Access::write) return tl::unexpected(bytes.error());
  Log log = bytes ? read_log(*bytes, *keys, head->id) : Log{};
  if (!bytes) log.findings.push_back({Finding::What::log_changed, 0, {}});
  if (!signed_well || head->public_key != keys->public_key())
    log.findings.insert(log.findings.begin(), {Finding::What::head_changed, 0, {}});
  if (access == Access::write && !log.findings.empty()) return damaged(folder);
  Vault vault(files, std::move(folder), std::move(*head), std::move(*passphrase_key), std::move(*keys), std::move(log),
              std::move(held));
  vault.refresh();
  if (access == Access::write)
    if (auto ok = vault.set_right(); !ok) return tl::unexpected(ok.error());
  return vault;
}

/// What an earlier process did not get to: an older version, a day in the log that the head does not say yet, bytes
/// that were erased in the log, and what it was writing. An item that is in no entry stays: it may be all that is left
/// of a log that somebody put back.
Result<void> Vault::set_right() {
  std::string day = "none";
  std::set<std::string> erased_entries, live, gone;
  for (const Entry& entry : case_.entries) {
    if (entry.kind == Kind::keep_until) day = entry.about;
    if (entry.kind == Kind::erased) erased_entries.insert(entry.about);
  }
  for (const Entry& entry : case_.entries)
    if (entry.item) (erased_entries.contains(std::to_string(entry.number)) ? gone : live).insert(entry.item->sha256);
  if (head_.version != Head::newest || head_.keep_until != day) {
    Head next = head_;
    next.version = Head::newest;
    next.keep_until = day;
    if (auto ok = write_head(std::move(next)); !ok) return ok;
  }
  std::error_code error;
  std::vector<fs::path> leftovers;
  for (const std::string& sha256 : gone)
    if (!live.contains(sha256)) leftovers.push_back(item_path(Item{sha256, 0, {}}));
  for (const fs::path& place : {folder_, folder_ / items_folder})
    for (const auto& file : fs::directory_iterator(place, error))
      if (file.path().filename().string().ends_with(unfinished)) leftovers.push_back(file.path());
  for (const fs::path& path : leftovers) files_->remove(path.c_str());  // what stays is said by `verify`
  return {};
}

void Vault::refresh() {
  case_.id = head_.id;
  case_.opened = head_.opened;
  case_.keep_until = head_.keep_until;
  case_.entries = log_.entries;
  case_.digest = log_.digest();
}

Result<void> Vault::write_log(Log log) {
  if (auto ok = put(*files_, folder_, log_file, log_bytes(log, keys_, head_.id)); !ok) return ok;
  log_ = std::move(log);
  refresh();
  return {};
}

Result<void> Vault::write_head(Head head) {
  const std::string bytes = finished(head, passphrase_key_, keys_);
  if (auto ok = put(*files_, folder_, head_file, bytes); !ok) return ok;
  head_ = std::move(head);
  refresh();
  return {};
}

const Entry* Vault::holder_of(const std::string& sha256) const {
  std::set<std::string> erased;
  for (const Entry& entry : case_.entries)
    if (entry.kind == Kind::erased) erased.insert(entry.about);
  for (const Entry& entry : case_.entries)
    if (entry.item && entry.item->sha256 == sha256 && !erased.contains(std::to_string(entry.number))) return &entry;
  return nullptr;
}

Result<std::vector<Entry>> Vault::add(std::vector<Entry> entries) {
  const std::size_t before = log_.entries.size();
  auto log = with_entries(log_, std::move(entries), keys_, head_.id);
  if (!log) return tl::unexpected(log.error());
  if (auto ok = write_log(std::move(*log)); !ok) return tl::unexpected(ok.error());
  return std::vector<Entry>(log_.entries.begin() + static_cast<std::ptrdiff_t>(before), log_.entries.end());
}

Result<Vault::Added> Vault::add_item(Entry entry, const Source& source) {
  auto sealed = seal_item(*files_, folder_ / items_folder, keys_, head_.id, source);
  if (!sealed) return tl::unexpected(sealed.error());
  const std::string sha256 = hex(sealed->digest);
  if (const Entry* same = holder_of(sha256)) return Added{*same, true};
  entry.item->sha256 = sha256;
  entry.item->bytes = sealed->bytes;
  // First the bytes, then the entry that names them: an entry never names what is not there.
  if (auto ok = sealed->file.commit(sealed->name); !ok) return tl::unexpected(ok.error());
  auto added = add({std::move(entry)});
  if (!added) return tl::unexpected(added.error());
  return Added{std::move(added->front()), false};
}

Result<void> Vault::keep_until(Entry entry, const std::string& day) {
  entry.kind = Kind::keep_until;
  entry.about = day;
  if (auto ok = add({std::move(entry)}); !ok) return tl::unexpected(ok.error());
  Head next = head_;
  next.keep_until = day;
  return write_head(std::move(next));
}

Result<void> Vault::erase_item(Entry entry, std::uint64_t number) {
  const Entry* target = case_.entry(number);
  if (target == nullptr || !target->item || case_.is_erased(number)) return no_item(number);
  const Item item = *target->item;
  entry.kind = Kind::erased;
  entry.about = std::to_string(number);
  if (auto ok = add({std::move(entry)}); !ok) return tl::unexpected(ok.error());
  if (holder_of(item.sha256) != nullptr) return {};  // another entry holds the same bytes
  const fs::path path = item_path(item);
  if (files_->remove(path.c_str()) != 0 && errno != ENOENT) return tl::unexpected(write_error(path));
  return sync_folder(*files_, folder_ / items_folder);
}

Result<void> Vault::change_passphrase(const Passphrase& next) {
  Head head = head_;
  randombytes_buf(head.salt.data(), head.salt.size());
  auto key = key_from(next, head.cost, head.salt);
  if (!key) return tl::unexpected(key.error());
  std::swap(passphrase_key_, *key);
  auto written = write_head(std::move(head));
  if (!written) std::swap(passphrase_key_, *key);
  return written;
}

fs::path Vault::item_path(const Item& item) const {
  Digest digest{};
  const std::string bytes = from_hex(item.sha256, digest.size());
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return folder_ / items_folder / keys_.item_name(digest);
}

Result<void> Vault::read_item(std::uint64_t number, const Sink& sink) const {
  const Entry* entry = case_.entry(number);
  if (entry == nullptr || !entry->item || case_.is_erased(number)) return no_item(number);
  const auto read = open_item(item_path(*entry->item), keys_, head_.id, sink);
  if (!read) return tl::unexpected(read.error());
  if (hex(read->digest) != entry->item->sha256)
    return fail(ErrorCode::bad_data, Said{"case.item_changed", {}}, "the item is not the one that was added",
                item_path(*entry->item).string(), "sekisho case verify");
  return {};
}

}  // namespace sekisho::vault
