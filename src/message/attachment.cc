#include "message/attachment.h"

#include <algorithm>
#include <deque>

#include "base/limits.h"
#include "message/archive.h"
#include "message/ascii.h"
#include "message/encoded_word.h"
#include "message/file_kind.h"
#include "message/tnef.h"

namespace sekisho::message {
namespace {

/// Enough for every mark that sniff() knows.
constexpr std::size_t head_bytes = 64 * 1024;

/// The kinds whose inside is looked at; of the others the first bytes say all.
bool needs_all(FileKind kind) {
  return kind == FileKind::archive || kind == FileKind::office_legacy || kind == FileKind::pdf ||
         kind == FileKind::html || kind == FileKind::svg || kind == FileKind::tnef;
}

void note_archive(Defect defect, Message& message) {
  message.note(defect);
  if (defect == Defect::archive_bomb || defect == Defect::attachment_truncated || defect == Defect::archive_too_deep ||
      defect == Defect::time_exhausted)
    message.within_budget = false;
}

void look_into_archive(std::string_view bytes, Attachment& attachment, Budget& budget, Message& message) {
  ArchiveListing listing = list_archive(bytes, budget.unpack_left, budget.until);
  budget.unpack_left -= std::min(listing.unpacked, budget.unpack_left);
  attachment.kind = listing.kind;
  attachment.encrypted = listing.encrypted;
  attachment.entries = std::move(listing.entries);
  attachment.entry_kinds = std::move(listing.kinds);
  for (const Defect defect : listing.defects) note_archive(defect, message);
}
void add_listing(ArchiveListing listing, std::string_view prefix, Attachment& attachment, Budget& budget,
                 Message& message) {
  budget.unpack_left -= std::min(listing.unpacked, budget.unpack_left);
  attachment.encrypted = attachment.encrypted || listing.encrypted;
  for (std::size_t i = 0; i < listing.entries.size() && attachment.entries.size() < limits::archive_entries; ++i) {
    attachment.entries.push_back(std::string(prefix) + listing.entries[i]);
    attachment.entry_kinds.push_back(listing.kinds[i]);
  }
  for (const Defect defect : listing.defects) note_archive(defect, message);
}

/// The files of a winmail.dat, of the messages attached in it, and of the archives among them, as entries.
void look_into_tnef(std::string_view bytes, Attachment& attachment, Budget& budget, Message& message) {
  struct Open {
    std::string_view bytes;
    std::string prefix;
    std::size_t depth;
  };
  std::deque<Open> queue{{bytes, "", 1}};
  for (; !queue.empty(); queue.pop_front()) {
    const Open open = queue.front();
    const TnefListing listing = list_tnef(open.bytes);
    if (listing.damaged) note_archive(Defect::archive_unreadable, message);
    if (listing.truncated) note_archive(Defect::attachment_truncated, message);
    for (const TnefFile& file : listing.files) {
      if (attachment.entries.size() >= limits::archive_entries)
        return note_archive(Defect::attachment_truncated, message);
      const Sniffed kind = sniff(file.content.substr(0, head_bytes), file.name);
      attachment.entries.push_back(open.prefix + file.name);
      attachment.entry_kinds.push_back(kind.kind == FileKind::office_legacy ? read_compound(file.content).kind
                                                                            : kind.kind);
      const bool opens = kind.kind == FileKind::archive || kind.kind == FileKind::tnef;
      if (!opens) continue;
      if (open.depth >= limits::archive_depth) {
        note_archive(Defect::archive_too_deep, message);
        continue;
      }
      const std::string prefix = attachment.entries.back() + "/";
      if (kind.kind == FileKind::tnef) {
        queue.push_back({file.content, prefix, open.depth + 1});
        continue;
      }
      const std::size_t entry = attachment.entry_kinds.size() - 1;
      ArchiveListing inner = list_archive(file.content, budget.unpack_left, budget.until);
      attachment.entry_kinds[entry] = inner.kind;
      add_listing(std::move(inner), prefix, attachment, budget, message);
    }
  }
}

text::VisibleHtml look_into_html(std::string_view bytes, std::string_view charset, Budget& budget, Message& message) {
  if (bytes.size() > budget.html_left) message.note(Defect::html_over_budget);
  bytes = bytes.substr(0, budget.html_left);
  budget.html_left -= bytes.size();
  const text::Decoded decoded = text::decode(bytes, charset, {});
  return text::read_html(decoded.utf8, limits::text_bytes);
}

}  // namespace

FileRead read_file(const MimeNode& leaf, std::string name, Budget& budget, Message& message) {
  FileRead out;
  Attachment& attachment = out.attachment;
  attachment.name = std::move(name);
  attachment.declared_type = leaf.type.value;
  Content content = decode_transfer(leaf.body, leaf.encoding, head_bytes, message);
  attachment.size = content.size;
  attachment.kind = sniff(content.view(), attachment.name).kind;
  if (attachment.kind == FileKind::text && leaf.type.value == "text/html") attachment.kind = FileKind::html;
  if (leaf.type.value.starts_with("message/rfc822")) attachment.kind = FileKind::message;
  if (attachment.kind == FileKind::unknown && content.size == 0) return out;
  if (!needs_all(attachment.kind)) return out;

  const std::size_t most = std::min(limits::attachment_bytes, budget.attachment_left);
  if (content.truncated) content = decode_transfer(leaf.body, leaf.encoding, most, message);
  if (content.truncated) {
    message.note(Defect::attachment_truncated);
    message.within_budget = false;
  }
  const std::string_view bytes = content.view();
  budget.attachment_left -= std::min(budget.attachment_left, bytes.size());
  switch (attachment.kind) {
    case FileKind::archive:
      look_into_archive(bytes, attachment, budget, message);
      break;
    case FileKind::office_legacy: {
      const Compound compound = read_compound(bytes);
      attachment.kind = compound.kind;
      attachment.encrypted = compound.encrypted;
      break;
    }
    case FileKind::tnef:
      look_into_tnef(bytes, attachment, budget, message);
      break;
    case FileKind::pdf:
      attachment.encrypted = is_encrypted_pdf(bytes);
      break;
    case FileKind::html:
    case FileKind::svg:
      out.html = look_into_html(bytes, leaf.type.parameter("charset"), budget, message);
      attachment.has_script = out.html->has_script;
      break;
    default:
      break;
  }
  return out;
}

}  // namespace sekisho::message
