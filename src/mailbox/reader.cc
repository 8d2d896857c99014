#include "mailbox/reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "base/limits.h"
#include "mailbox/walk.h"

namespace sekisho::mailbox {
namespace {

constexpr std::size_t read_at_once = 256 * 1024;

/// An open file that closes itself.
class OpenFile {
 public:
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  ~OpenFile() {
    if (descriptor_ > STDERR_FILENO) close(descriptor_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "From someone@example.jp Mon Jan  5 12:34:56 2026": the separator of every mbox form holds a time; "From" in prose
/// after a blank line seldom does.
bool is_separator(std::string_view line) {
  if (!line.starts_with("From ")) return false;
  for (std::size_t i = 7; i + 1 < line.size(); ++i)
    if (line[i] == ':' && is_digit(line[i - 1]) && is_digit(line[i - 2]) && is_digit(line[i + 1])) return true;
  return false;
}

/// ">From ", ">>From " …: what mboxrd quoted.
bool is_quoted_from(std::string_view line) {
  const std::size_t marks = std::min(line.find_first_not_of('>'), line.size());
  return marks > 0 && line.substr(marks).starts_with("From ");
}

Error system_error(const std::string& input, int number) {
  const std::string message = std::generic_category().message(number);
  Said said{number == ENOENT   ? "input.missing"
            : number == EACCES ? "input.denied"
                               : "input.unreadable",
            {{"said", message}}};
  return Error{ErrorCode::unreadable, "cannot read: " + message, input, "check the path and that you may read it",
               std::move(said)};
}

Error too_large(const std::string& input, std::uint64_t offset) {
  Error error{ErrorCode::unreadable,
              "the message is larger than " + std::to_string(limits::message_bytes >> 20) + " MB", input,
              "no real mail is that large; cut off its attachments",
              Said{"input.too_large", {{"megabytes", std::to_string(limits::message_bytes >> 20)}}}};
  if (offset > 0) error.where += " at byte " + std::to_string(offset);
  return error;
}

/// read(2): bytes read, 0 at the end, -1 with errno.
using Source = std::function<ssize_t(char*, std::size_t)>;

Source bytes_of(int descriptor) {
  return [descriptor](char* to, std::size_t size) {
    ssize_t got = 0;
    do got = ::read(descriptor, to, size);
    while (got < 0 && errno == EINTR);
    return got;
  };
}

/// Reads one input from its start to its end and hands out what is in it. Holds one message at a time.
class Input {
 public:
  Input(std::string name, Source source, const Start& start, const OnItem& on_item, const OnUnreadable& on_unreadable)
      : name_(std::move(name)), source_(std::move(source)), on_item_(on_item), on_unreadable_(on_unreadable) {
    consumed_ = start.offset;
    index_ = start.index;
  }

  /// False when the callback wants no more.
  bool read() {
    if (!fill()) return failed_ || consumed_ > 0 || on_item_({name_, 0, 0, 0, buffer_});
    std::string_view first(buffer_);
    first = first.substr(0, first.find('\n'));
    return is_separator(first) ? read_mbox() : read_single();
  }

 private:
  /// Appends the next bytes; false at the end and after an error, which is reported.
  bool fill() {
    if (ended_) return false;
    const std::size_t before = buffer_.size();
    buffer_.resize(before + read_at_once);
    const ssize_t got = source_(buffer_.data() + before, read_at_once);
    const int number = errno;
    buffer_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got > 0) return true;
    ended_ = true;
    if (got < 0) {
      failed_ = true;
      on_unreadable_({name_, system_error(name_, number)});
    }
    return false;
  }

  bool read_single() {
    while (buffer_.size() <= limits::message_bytes && fill()) {
    }
    if (failed_) return true;
    if (buffer_.size() > limits::message_bytes) {
      on_unreadable_({name_, too_large(name_, 0)});
      return true;
    }
    return on_item_({name_, 0, 0, buffer_.size(), buffer_});
  }

  /// The next line with its line end, "" at the end of input. Lines are cut at read_at_once so that memory stays
  /// bounded.
  std::string_view next_line() {
    for (;;) {
      const std::size_t end = buffer_.find('\n', std::max(position_, searched_));
      if (end != std::string::npos) return take(end + 1);
      searched_ = buffer_.size();
      if (buffer_.size() - position_ >= read_at_once) return take(buffer_.size());
      buffer_.erase(0, position_);
      searched_ -= position_;
      position_ = 0;
      if (!fill()) return take(buffer_.size());
    }
  }
  std::string_view take(std::size_t end) {
    const std::string_view line = std::string_view(buffer_).substr(position_, end - position_);
    consumed_ += line.size();
    position_ = end;
    return line;
  }

  bool read_mbox() {
    bool after_blank = true, at_line_start = true;
    for (;;) {
      const std::uint64_t line_offset = consumed_;
      const std::string_view line = next_line();
      if (line.empty()) break;
      if (at_line_start && after_blank && is_separator(line)) {
        if (!hand_out(line_offset)) return false;
        message_offset_ = line_offset;
        started_ = true;
        after_blank = false;
        continue;
      }
      const bool quoted = at_line_start && is_quoted_from(line);
      at_line_start = line.ends_with('\n');
      after_blank = line == "\n" || line == "\r\n";
      if (message_.size() <= limits::message_bytes) message_.append(quoted ? line.substr(1) : line);
    }
    return failed_ ? true : hand_out(consumed_);
  }

  bool hand_out(std::uint64_t end) {
    if (!started_) return true;
    bool more = true;
    if (message_.size() > limits::message_bytes)
      on_unreadable_({name_, too_large(name_, message_offset_)});
    else
      more = on_item_({name_, index_, message_offset_, end, without_last_blank_line()});
    ++index_;
    message_.clear();
    return more;
  }

  /// The blank line before the next separator belongs to the mbox, not to the message (RFC 4155).
  std::string_view without_last_blank_line() const {
    std::string_view message(message_);
    if (message.ends_with("\n\r\n"))
      message.remove_suffix(2);
    else if (message.ends_with("\n\n"))
      message.remove_suffix(1);
    return message;
  }

  std::string name_;
  Source source_;
  const OnItem& on_item_;
  const OnUnreadable& on_unreadable_;
  std::string buffer_, message_;
  std::size_t position_ = 0, searched_ = 0;
  std::uint64_t consumed_ = 0, message_offset_ = 0, index_ = 0;
  bool ended_ = false, failed_ = false, started_ = false;
};

struct FreeArchive {
  void operator()(archive* it) const { archive_read_free(it); }
};

Error packed_error(const std::string& path, archive* packed) {
  const char* why = archive_error_string(packed);
  return Error{ErrorCode::unreadable, std::string("cannot unpack: ") + (why == nullptr ? "damaged" : why), path,
               "unpack it yourself and give the folder"};
}

/// How an archive is opened: from a file or from memory.
using Open = std::function<int(archive*)>;

/// Everything in a gzip, zip, tar …: each entry is a file of its own, named "PACKED:ENTRY"; a bare gzip is its one
/// file.
bool read_packed(const std::string& path, const Open& open_packed, std::uint64_t most, const OnItem& on_item,
                 const OnUnreadable& on_unreadable) {
  const std::unique_ptr<archive, FreeArchive> packed(archive_read_new());
  // Never "all": some filters of libarchive start another program.
  archive_read_support_filter_gzip(packed.get());
  archive_read_support_filter_bzip2(packed.get());
  archive_read_support_filter_xz(packed.get());
  archive_read_support_filter_zstd(packed.get());
  archive_read_support_format_zip(packed.get());
  archive_read_support_format_tar(packed.get());
  archive_read_support_format_raw(packed.get());
  if (open_packed(packed.get()) != ARCHIVE_OK) {
    on_unreadable({path, packed_error(path, packed.get())});
    return true;
  }
  std::uint64_t unpacked = 0;
  std::size_t entries = 0;
  archive_entry* entry = nullptr;
  int code = ARCHIVE_OK;
  while ((code = archive_read_next_header(packed.get(), &entry)) == ARCHIVE_OK || code == ARCHIVE_WARN) {
    const bool raw = archive_format(packed.get()) == ARCHIVE_FORMAT_RAW;
    const char* entry_name = archive_entry_pathname(entry);
    const std::string name = raw || entry_name == nullptr ? path : path + ':' + entry_name;
    if (!raw && (archive_entry_filetype(entry) != AE_IFREG || !is_named_like_mail(name))) continue;
    if (++entries > limits::packed_mailbox_entries || unpacked > most) {
      on_unreadable({path, Error{ErrorCode::unreadable, "unpacks to more than is read", path,
                                 "unpack it yourself and give the folder"}});
      return true;
    }
    const Source source = [&](char* to, std::size_t size) -> ssize_t {
      if (unpacked > most) return 0;
      const la_ssize_t got = archive_read_data(packed.get(), to, size);
      if (got > 0) unpacked += static_cast<std::uint64_t>(got);
      if (got < 0) errno = EIO;
      return got < 0 ? -1 : static_cast<ssize_t>(got);
    };
    if (!Input(name, source, {}, on_item, on_unreadable).read()) return false;
  }
  if (code != ARCHIVE_EOF) on_unreadable({path, packed_error(path, packed.get())});
  return true;
}

}  // namespace

void read_all(const std::vector<std::string>& paths, const OnItem& on_item, const OnUnreadable& on_unreadable) {
  for (const std::string& path : paths) {
    if (path == "-") {
      if (!Input("-", bytes_of(STDIN_FILENO), {}, on_item, on_unreadable).read()) return;
      continue;
    }
    bool more = true;
    walk_files(
        path, [&](const std::string& file) { return more = read_file(file, {}, on_item, on_unreadable); },
        on_unreadable);
    if (!more) return;
  }
}

bool is_packed(std::string_view first) {
  using namespace std::string_view_literals;
  constexpr std::array starts{"\x1f\x8b"sv, "PK\x03\x04"sv, "BZh"sv,
                              "\xfd"
                              "7zXZ"sv,
                              "\x28\xb5\x2f\xfd"sv};
  return std::any_of(starts.begin(), starts.end(), [&](std::string_view start) { return first.starts_with(start); });
}

bool read_file(const std::string& path, const Start& start, const OnItem& on_item, const OnUnreadable& on_unreadable) {
  if (path == "-") return Input(path, bytes_of(STDIN_FILENO), {}, on_item, on_unreadable).read();
  // O_NONBLOCK: opening a pipe that took the file's place must not wait for a writer.
  const OpenFile file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat status {};
  if (file.descriptor() < 0 || fstat(file.descriptor(), &status) != 0) {
    on_unreadable({path, system_error(path, errno)});
    return true;
  }
  if (!S_ISREG(status.st_mode)) {
    on_unreadable(
        {path, Error{ErrorCode::unreadable, "not a file that holds mail (a device, pipe or socket)", path,
                     "give a mail file, an mbox, a folder, or - for standard input", Said{"input.not_a_file", {}}}});
    return true;
  }
  std::array<char, 8> first{};
  const ssize_t known = pread(file.descriptor(), first.data(), first.size(), 0);
  if (known > 0 && is_packed({first.data(), static_cast<std::size_t>(known)}))
    return read_packed(
        path, [&](archive* packed) { return archive_read_open_fd(packed, file.descriptor(), read_at_once); },
        limits::unpacked_mailbox_bytes, on_item, on_unreadable);
  if (start.offset > 0 && lseek(file.descriptor(), static_cast<off_t>(start.offset), SEEK_SET) < 0) {
    on_unreadable({path, system_error(path, errno)});
    return true;
  }
  return Input(path, bytes_of(file.descriptor()), start, on_item, on_unreadable).read();
}

void read_bytes(const std::string& name, std::string_view bytes, std::uint64_t most_unpacked, const OnItem& on_item,
                const OnUnreadable& on_unreadable) {
  if (is_packed(bytes)) {
    read_packed(
        name, [&](archive* packed) { return archive_read_open_memory(packed, bytes.data(), bytes.size()); },
        most_unpacked, on_item, on_unreadable);
    return;
  }
  const Source source = [rest = bytes](char* to, std::size_t size) mutable -> ssize_t {
    const std::size_t taken = std::min(size, rest.size());
    std::copy_n(rest.data(), taken, to);
    rest.remove_prefix(taken);
    return static_cast<ssize_t>(taken);
  };
  Input(name, source, {}, on_item, on_unreadable).read();
}

std::string peek(const std::string& path, std::uint64_t offset, std::size_t size) {
  const OpenFile file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  std::string bytes(size, '\0');
  const ssize_t got =
      file.descriptor() < 0 ? -1 : pread(file.descriptor(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
  bytes.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return bytes;
}

std::vector<File> list_files(const std::vector<std::string>& paths, const OnUnreadable& on_unreadable,
                             const OnPassedOver& on_passed_over) {
  std::vector<File> files;
  for (const std::string& path : paths) {
    if (path == "-") {
      files.push_back({path, 0, 0});
      continue;
    }
    walk_files(
        path,
        [&](const std::string& name) {
          struct stat status {};
          if (stat(name.c_str(), &status) != 0)
            on_unreadable({name, system_error(name, errno)});
          else
            files.push_back({name, static_cast<std::uint64_t>(status.st_size),
                             std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec});
          return true;
        },
        on_unreadable, on_passed_over);
  }
  return files;
}

Extent measure(const std::vector<std::string>& paths) {
  Extent extent;
  for (const std::string& path : paths) {
    if (path == "-") {
      ++extent.files;
      continue;
    }
    walk_files(
        path,
        [&](const std::string& file) {
          struct stat status {};
          if (stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode)) {
            ++extent.files;
            extent.bytes += static_cast<std::uint64_t>(status.st_size);
          }
          return true;
        },
        [](const Unreadable&) {});
  }
  return extent;
}

}  // namespace sekisho::mailbox
