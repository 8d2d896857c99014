#include "message/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include <algorithm>
#include <deque>
#include <memory>

#include "base/limits.h"
#include "message/ascii.h"
#include "message/file_kind.h"
#include "text/charset.h"

namespace sekisho::message {
namespace {

/// libarchive converts names with the thread's locale; in "C" it turns every kanji into "?". The answer must be the
/// same on every machine, so this thread uses UTF-8 while an archive is open, whatever the process uses.
class Utf8Names {
 public:
  Utf8Names() : utf8_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (utf8_ != nullptr) before_ = uselocale(utf8_);
  }
  ~Utf8Names() {
    if (utf8_ == nullptr) return;
    uselocale(before_);
    freelocale(utf8_);
  }
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;

 private:
  locale_t utf8_, before_{};
};

struct Free {
  void operator()(archive* open) const { archive_read_free(open); }
};
using Reader = std::unique_ptr<archive, Free>;

struct Open {
  std::string_view bytes;
  std::string prefix;
  std::size_t depth;
};

Reader open_reader(std::string_view bytes) {
  Reader reader(archive_read_new());
  if (!reader) return nullptr;
  archive_read_support_filter_gzip(reader.get());
  archive_read_support_filter_bzip2(reader.get());
  archive_read_support_filter_xz(reader.get());
  archive_read_support_filter_zstd(reader.get());
  archive_read_support_filter_compress(reader.get());
  archive_read_support_format_zip(reader.get());
  archive_read_support_format_rar(reader.get());
  archive_read_support_format_rar5(reader.get());
  archive_read_support_format_7zip(reader.get());
  archive_read_support_format_tar(reader.get());
  archive_read_support_format_cab(reader.get());
  archive_read_support_format_lha(reader.get());
  archive_read_support_format_iso9660(reader.get());
  // A lone compressed file has no directory; "raw" would take anything, so only behind a compressor's mark.
  if (bytes.starts_with("\x1f\x8b") || bytes.starts_with("BZh") ||
      bytes.starts_with("\xfd"
                        "7zXZ") ||
      bytes.starts_with("\x28\xb5\x2f\xfd"))
    archive_read_support_format_raw(reader.get());
  if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) return nullptr;
  return reader;
}

class Lister {
 public:
  Lister(std::string_view bytes, std::size_t unpack_budget, const Deadline& until)
      : until_(until),
        bomb_at_(std::max(bytes.size() * limits::archive_ratio, limits::archive_small)),
        budget_(unpack_budget) {
    queue_.push_back({bytes, "", 1});
  }

  ArchiveListing list() {
    const Utf8Names utf8_names;
    while (!queue_.empty() && !stopped_) {
      const Open open = std::move(queue_.front());
      queue_.pop_front();
      read(open);
    }
    return std::move(out_);
  }

 private:
  void note(Defect defect) {
    if (std::find(out_.defects.begin(), out_.defects.end(), defect) == out_.defects.end())
      out_.defects.push_back(defect);
  }

  void read(const Open& open) {
    const Reader reader = open_reader(open.bytes);
    if (!reader) {
      note(Defect::archive_unreadable);
      return;
    }
    archive_entry* entry = nullptr;
    int status = ARCHIVE_OK;
    bool any = false;
    while (!stopped_ && (status = archive_read_next_header(reader.get(), &entry)) >= ARCHIVE_WARN &&
           status != ARCHIVE_EOF) {
      if (out_.entries.size() >= limits::archive_entries) {
        note(Defect::attachment_truncated);
        stopped_ = true;
        break;
      }
      any = true;
      if (out_of_time()) break;
      read_entry(reader.get(), entry, open);
    }
    // Encrypted names (7z, RAR) end in an error before the first entry.
    const bool encrypted = archive_read_has_encrypted_entries(reader.get()) == 1;
    if (encrypted) mark_encrypted();
    // The RAR reader calls rubbish behind the mark an end.
    constexpr std::size_t smallest_zip = 22;
    const bool nothing = !any && open.bytes.size() > smallest_zip;
    if (!stopped_ && !encrypted && (status != ARCHIVE_EOF || nothing)) note(Defect::archive_unreadable);
  }

  bool out_of_time() {
    if (!until_.is_past()) return false;
    note(Defect::time_exhausted);
    stopped_ = true;
    return true;
  }

  void mark_encrypted() {
    out_.encrypted = true;
    note(Defect::encrypted_archive);
  }

  void read_entry(archive* reader, archive_entry* entry, const Open& open) {
    const char* path = archive_entry_pathname(entry);
    std::string name = path == nullptr ? std::string() : text::decode(path, {}, {}).utf8;
    constexpr std::size_t longest_name = 1024;
    if (name.size() > longest_name) name = cut_utf8(name, longest_name);
    const bool raw = archive_format(reader) == ARCHIVE_FORMAT_RAW;
    if (archive_entry_filetype(entry) == AE_IFDIR) return;
    out_.entries.push_back(open.prefix + (raw ? "data" : name));
    out_.kinds.push_back(FileKind::unknown);
    if (open.depth == 1) look_at_name(name);
    if (archive_entry_is_encrypted(entry)) {
      mark_encrypted();
      out_.kinds.back() = kind_by_name(name);
      return;
    }
    std::string content = read_content(reader, archive_entry_size_is_set(entry) ? archive_entry_size(entry) : -1);
    const Sniffed kind = sniff(content, name);
    out_.kinds.back() = kind.kind;
    if (kind.kind == FileKind::archive)
      open_inner(std::move(content), open);
    else if (kind.kind == FileKind::office_legacy)
      out_.kinds.back() = read_compound(content).kind;
  }

  /// The kind that a name promises, where the bytes cannot be read.
  static FileKind kind_by_name(std::string_view name) {
    const Sniffed text = sniff("a", name);
    if (text.kind != FileKind::text) return text.kind;
    const std::string extension = extension_of(name);
    for (const char* program : {"exe", "scr", "com", "dll", "cpl"})
      if (extension == program) return FileKind::executable;
    return FileKind::unknown;
  }

  /// Everything of an entry that may be an archive, the first bytes of others; what is unpacked counts against the
  /// ratio.
  std::string read_content(archive* reader, std::int64_t size) {
    constexpr std::size_t head = 64 * 1024;
    std::string content;
    const void* block = nullptr;
    std::size_t length = 0;
    la_int64_t offset = 0;
    while (archive_read_data_block(reader, &block, &length, &offset) == ARCHIVE_OK) {
      out_.unpacked += length;
      if (out_.unpacked > bomb_at_ || out_.unpacked > budget_) {
        note(out_.unpacked > bomb_at_ ? Defect::archive_bomb : Defect::attachment_truncated);
        out_.unpacked = std::min(out_.unpacked, budget_);
        stopped_ = true;
        break;
      }
      if (out_of_time()) break;
      content.append(static_cast<const char*>(block),
                     std::min(length, limits::attachment_bytes - std::min(content.size(), limits::attachment_bytes)));
      // A ZIP knows where its next entry is; other formats must be unpacked to get there, under the same budget.
      if (content.size() >= head && is_zip(reader) && size >= 0 && !may_hold_more(content)) break;
    }
    return content;
  }

  static bool is_zip(archive* reader) {
    return (archive_format(reader) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
  }
  static bool may_hold_more(std::string_view content) {
    const FileKind kind = sniff(content.substr(0, 64 * 1024), "").kind;
    return kind == FileKind::archive || kind == FileKind::office_legacy;
  }

  void open_inner(std::string content, const Open& open) {
    if (open.depth >= limits::archive_depth) {
      note(Defect::archive_too_deep);
      return;
    }
    const std::string prefix = out_.entries.back() + "/";
    if (prefix.size() > 4096) return;
    owned_.push_back(std::move(content));
    queue_.push_back({owned_.back(), prefix, open.depth + 1});
  }

  void look_at_name(std::string_view entry) {
    if (entry == "[Content_Types].xml" && out_.kind == FileKind::archive) out_.kind = FileKind::office;
    if (ends_with_word(entry, "vbaproject.bin")) out_.kind = FileKind::office_macro;
    if (entry == "AndroidManifest.xml") out_.kind = FileKind::installer;
    if (entry.ends_with(".class") && out_.kind == FileKind::archive) out_.kind = FileKind::executable;
    if (entry == "mimetype" && out_.entries.size() == 1)
      out_.kind = FileKind::office;  // OpenDocument 3.3: the first entry
  }

  const Deadline& until_;
  ArchiveListing out_;
  std::deque<Open> queue_;
  std::deque<std::string> owned_;
  std::size_t bomb_at_, budget_;
  bool stopped_ = false;
};

}  // namespace

ArchiveListing list_archive(std::string_view bytes, std::size_t unpack_budget, const Deadline& until) {
  return Lister(bytes, unpack_budget, until).list();
}

}  // namespace sekisho::message
