#include "message/message.h"

#include <algorithm>
#include <cstring>

#include "base/limits.h"
#include "message/address.h"
#include "message/ascii.h"
#include "message/attachment.h"
#include "message/auth_results.h"
#include "message/body_text.h"
#include "message/date.h"
#include "message/encoded_word.h"
#include "message/links.h"
#include "message/mime.h"
#include "message/readable.h"
#include "message/received.h"

namespace sekisho::message {
namespace {

/// Raw bytes in a header carry no label: the best guess at their charset is what the rest of the message declares.
std::string charset_hint(std::string_view bytes) {
  constexpr std::size_t looked_at = 16 * 1024;
  constexpr std::size_t longest_charset = 40;
  const std::string_view start = bytes.substr(0, looked_at);
  std::size_t at = find_word(start, "charset=");
  if (at != std::string_view::npos) {
    at += 8;
  } else {
    at = start.find("=?");
    if (at == std::string_view::npos) return {};
    at += 2;
  }
  if (at < start.size() && start[at] == '"') ++at;
  std::size_t end = at;
  while (end < start.size() && (is_alnum(start[end]) || start[end] == '-' || start[end] == '_')) ++end;
  return end - at <= longest_charset ? lower(start.substr(at, end - at)) : std::string{};
}

class MailReader {
 public:
  explicit MailReader(const Deadline& until) : budget_{until} {}

  Message read(std::string_view bytes) {
    std::string mended;
    bytes = start_of_mail(bytes, mended);
    if (memchr(bytes.data(), '\0', bytes.size()) != nullptr) message_.note(Defect::nul_bytes);
    const MimeTree tree = read_mime(bytes, message_);
    hint_ = charset_hint(bytes);
    for (const MimeNode& node : tree.nodes) {
      if (node.kind == MimeNode::Kind::leaf) {
        if (has_time()) read_leaf(node);
      } else if (node.depth == 0) {
        read_headers(node.headers);
      } else {
        add_shown_headers(node.headers, node.depth);
      }
    }
    add_attachment_names();
    return std::move(message_);
  }

 private:
  struct File {
    FileRead file;
    std::uint16_t depth;
  };

  bool has_time() {
    if (!budget_.until.is_past()) return true;
    message_.note(Defect::time_exhausted);
    message_.within_budget = false;
    return false;
  }

  /// Without a BOM, blank lines or an mbox line before the first header; CR-only line ends (old Mac OS) made LF.
  std::string_view start_of_mail(std::string_view bytes, std::string& mended) {
    if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
    std::size_t at = 0;
    for (std::size_t i = 0; i < bytes.size() && is_white(bytes[i]); ++i)
      if (bytes[i] == '\n' || bytes[i] == '\r') at = i + 1;
    bytes.remove_prefix(at);
    if (memchr(bytes.data(), '\n', bytes.size()) != nullptr || memchr(bytes.data(), '\r', bytes.size()) == nullptr)
      return bytes;
    message_.note(Defect::bare_cr);
    mended = bytes;
    std::replace(mended.begin(), mended.end(), '\r', '\n');
    return mended;
  }

  void read_headers(const HeaderBlock& block) {
    message_.headers.reserve(block.headers.size());
    std::size_t bytes = 0;
    for (const RawHeader& raw : block.headers) {
      bytes += raw.folded.size();
      if (bytes > limits::header_block_bytes) {
        message_.note(Defect::header_too_long);
        message_.within_budget = false;
        break;
      }
      Header header;
      header.name = raw.name;
      header.raw = unfold(raw.folded, message_);
      header.value = decode_unstructured(header.raw, hint_, message_);
      message_.headers.push_back(std::move(header));
    }
    for (std::size_t i = 0; i < message_.headers.size(); ++i) note_header(message_.headers[i], i);
    add_shown(message_.from, Readable::Kind::header_from, "header:from", 0);
    add_shown(message_.to, Readable::Kind::header_to, "header:to", 0);
    add_shown(message_.reply_to, Readable::Kind::header_reply_to, "header:reply-to", 0);
    if (const Header* subject = message_.header("Subject")) add_subject(subject->value, 0);
    const auto count = [&](std::string_view name) {
      return std::count_if(message_.headers.begin(), message_.headers.end(),
                           [&](const Header& h) { return same_word(h.name, name); });
    };
    if (count("From") == 0) message_.note(Defect::missing_from);
    if (count("From") > 1) message_.note(Defect::duplicate_from);
    if (count("Subject") > 1) message_.note(Defect::duplicate_subject);
  }

  void note_header(const Header& header, std::size_t index) {
    const std::string_view name = header.name;
    const auto addresses = [&](std::vector<Address>& into) {
      // RFC 5322 3.6 allows one of each; of two the first is what most clients show.
      if (into.empty()) into = parse_addresses(header.raw, hint_, message_);
    };
    if (same_word(name, "From"))
      addresses(message_.from);
    else if (same_word(name, "Sender"))
      addresses(message_.sender);
    else if (same_word(name, "Reply-To"))
      addresses(message_.reply_to);
    else if (same_word(name, "To"))
      addresses(message_.to);
    else if (same_word(name, "Cc"))
      addresses(message_.cc);
    else if (same_word(name, "Return-Path"))
      addresses(message_.return_path);
    else if (same_word(name, "Subject")) {
      if (message_.subject.empty()) message_.subject = header.value;
    } else if (same_word(name, "Message-ID")) {
      if (message_.message_id.empty()) message_.message_id = header.value;
    } else if (same_word(name, "X-Mailer") || same_word(name, "User-Agent")) {
      if (message_.mailer.empty()) message_.mailer = header.value;
    } else if (same_word(name, "Date"))
      note_date(header.value);
    else if (same_word(name, "Received")) {
      if (message_.received.size() < limits::received_hops) message_.received.push_back(parse_received(header.raw));
    } else if (same_word(name, "Authentication-Results"))
      add_auth(parse_auth_results(header.raw), index);
    else if (same_word(name, "ARC-Authentication-Results"))
      add_auth(parse_arc_auth_results(header.raw), index);
    else if (begins_with_word(name, "List-")) {
      std::string list = lower(name);
      if (std::find(message_.list_ids.begin(), message_.list_ids.end(), list) == message_.list_ids.end())
        message_.list_ids.push_back(std::move(list));
    }
  }

  void add_auth(AuthResults results, std::size_t index) {
    if (message_.auth_results.size() >= limits::received_hops) return;
    results.header_index = index;
    message_.auth_results.push_back(std::move(results));
  }

  void note_date(std::string_view value) {
    if (message_.date) return;
    if (const auto date = parse_date(value)) {
      message_.date = date->seconds;
      message_.date_offset_minutes = date->offset_minutes;
    } else {
      message_.note(Defect::bad_date);
    }
  }

  void add_shown(const std::vector<Address>& addresses, Readable::Kind kind, std::string_view label,
                 std::uint16_t depth) {
    if (!addresses.empty()) add_readable(message_, budget_, kind, std::string(label), shown(addresses), depth);
  }

  void add_subject(std::string_view subject, std::uint16_t depth) {
    const auto part =
        add_readable(message_, budget_, Readable::Kind::header_subject, "header:subject", std::string(subject), depth);
    if (part) add_text_links(message_, *part, Link::From::text);
  }

  /// Of a forwarded message people read who, to whom and about what; the rest of its headers says nothing about this
  /// mail.
  void add_shown_headers(const HeaderBlock& block, std::uint16_t depth) {
    const auto addresses = [&](std::string_view name, Readable::Kind kind, std::string_view label) {
      if (const RawHeader* raw = block.find(name))
        add_shown(parse_addresses(unfold(raw->folded, message_), hint_, message_), kind, label, depth);
    };
    addresses("From", Readable::Kind::header_from, "header:from");
    addresses("To", Readable::Kind::header_to, "header:to");
    addresses("Reply-To", Readable::Kind::header_reply_to, "header:reply-to");
    if (const RawHeader* raw = block.find("Subject"))
      add_subject(decode_unstructured(unfold(raw->folded, message_), hint_, message_), depth);
  }

  void read_leaf(const MimeNode& leaf) {
    Parameterised disposition;
    if (const RawHeader* raw = leaf.headers.find("Content-Disposition"))
      disposition = parse_parameterised(unfold(raw->folded, message_), hint_, message_);
    std::string name = file_name(leaf, disposition);
    const std::string_view type = leaf.type.value;
    const bool calendar = type == "text/calendar" || type == "application/ics";
    const bool status = type == "message/delivery-status" || type == "message/disposition-notification" ||
                        type == "message/global-delivery-status";
    const bool text = (type.starts_with("text/") && type != "text/rtf") || calendar || status;
    const bool attached = disposition.value == "attachment";
    const bool body = text && (!attached || calendar);
    if (body) read_body(leaf, calendar);
    const bool file = !body || (!name.empty() && !is_plain_body_name(leaf, disposition));
    if (!file || files_.size() >= limits::mime_parts) return;
    if (leaf.body.empty() && name.empty()) return;
    FileRead read = read_file(leaf, std::move(name), budget_, message_);
    read.attachment.is_inline =
        disposition.value == "inline" || (!attached && leaf.headers.find("Content-ID") != nullptr);
    files_.push_back({std::move(read), leaf.depth});
  }

  /// Some mailers name the body itself ("text.txt", charset in the name) without calling it an attachment: not a file.
  static bool is_plain_body_name(const MimeNode& leaf, const Parameterised& disposition) {
    return disposition.value.empty() && leaf.alternative.has_value();
  }

  std::string file_name(const MimeNode& leaf, const Parameterised& disposition) {
    std::string_view name = disposition.parameter("filename");
    if (name.empty()) name = leaf.type.parameter("name");
    std::string clean;
    for (const char c : cut_utf8(name, longest_name))
      if (static_cast<unsigned char>(c) >= 32 && c != 127) clean += c;
    return clean;
  }

  void read_body(const MimeNode& leaf, bool calendar) {
    const std::string_view type = leaf.type.value;
    const bool html = type == "text/html" || type == "text/x-amp-html" || type == "text/xhtml";
    const std::size_t most = html ? budget_.html_left : budget_.text_left;
    const Content content = decode_transfer(leaf.body, leaf.encoding, most, message_);
    if (content.truncated) {
      message_.note(html ? Defect::html_over_budget : Defect::text_truncated);
      message_.within_budget = false;
    }
    if (content.view().empty()) return;
    std::string_view charset = leaf.type.parameter("charset");
    if (html) {
      budget_.html_left -= content.view().size();
      if (charset.empty()) charset = declared_in_html(content.view());
    }
    text::Decoded decoded = text::decode(content.view(), charset,
                                         message_.charsets.empty() ? std::string_view{} : message_.charsets.front());
    note_charset(decoded, charset, message_);
    std::string text = plain_lines(std::move(decoded.utf8));
    if (html) {
      add_html_body(message_, budget_, text, leaf.depth, leaf.alternative);
    } else if (calendar) {
      const auto part = add_readable(message_, budget_, Readable::Kind::calendar, "calendar", calendar_text(text),
                                     leaf.depth, leaf.alternative);
      if (part) add_text_links(message_, *part, Link::From::calendar);
    } else {
      if (same_word(leaf.type.parameter("format"), "flowed"))
        text = unflow(text, same_word(leaf.type.parameter("delsp"), "yes") ? FlowedSpace::remove : FlowedSpace::keep);
      add_text_body(message_, budget_, std::move(text), leaf.depth, leaf.alternative);
    }
  }

  /// <meta charset=…> or its http-equiv form, for a part without a charset parameter.
  static std::string_view declared_in_html(std::string_view html) {
    constexpr std::size_t looked_at = 2048;
    const std::string_view start = html.substr(0, looked_at);
    std::size_t at = find_word(start, "charset=");
    if (at == std::string_view::npos) return {};
    at += 8;
    while (at < start.size() && (start[at] == '"' || start[at] == '\'' || start[at] == ' ')) ++at;
    std::size_t end = at;
    while (end < start.size() && (is_alnum(start[end]) || start[end] == '-' || start[end] == '_')) ++end;
    return start.substr(at, end - at);
  }

  void add_attachment_names() {
    for (File& file : files_) {
      Attachment& attachment = file.file.attachment;
      const bool has_links = file.file.html && !file.file.html->links.empty();
      if (!attachment.name.empty() || has_links) {
        const auto part = add_readable(message_, budget_, Readable::Kind::attachment_name,
                                       "attachment:" + attachment.name, attachment.name, file.depth);
        if (part && has_links) add_attached_links(message_, *part, *file.file.html);
      }
      message_.attachments.push_back(std::move(attachment));
    }
  }

  static constexpr std::size_t longest_name = 4096;  ///< bytes kept of a file name; file systems allow 255 characters

  Message message_;
  Budget budget_;
  std::string hint_;
  std::vector<File> files_;
};

}  // namespace

bool Message::has(Defect defect) const { return std::find(defects.begin(), defects.end(), defect) != defects.end(); }

void Message::note(Defect defect) {
  if (!has(defect)) defects.push_back(defect);
}

const Header* Message::header(std::string_view name) const {
  for (const Header& header : headers)
    if (same_word(header.name, name)) return &header;
  return nullptr;
}

Message parse_mail(std::string_view bytes, const Deadline& until) { return MailReader(until).read(bytes); }

std::string_view name(Defect defect) {
  switch (defect) {
    case Defect::broken_header_line:
      return "broken_header_line";
    case Defect::no_header_end:
      return "no_header_end";
    case Defect::too_many_headers:
      return "too_many_headers";
    case Defect::header_too_long:
      return "header_too_long";
    case Defect::duplicate_from:
      return "duplicate_from";
    case Defect::duplicate_subject:
      return "duplicate_subject";
    case Defect::missing_from:
      return "missing_from";
    case Defect::bad_date:
      return "bad_date";
    case Defect::nul_bytes:
      return "nul_bytes";
    case Defect::bare_cr:
      return "bare_cr";
    case Defect::eight_bit_header:
      return "eight_bit_header";
    case Defect::bad_encoded_word:
      return "bad_encoded_word";
    case Defect::bad_base64:
      return "bad_base64";
    case Defect::bad_quoted_printable:
      return "bad_quoted_printable";
    case Defect::unknown_transfer_encoding:
      return "unknown_transfer_encoding";
    case Defect::missing_boundary:
      return "missing_boundary";
    case Defect::unterminated_multipart:
      return "unterminated_multipart";
    case Defect::empty_multipart:
      return "empty_multipart";
    case Defect::nested_too_deep:
      return "nested_too_deep";
    case Defect::too_many_parts:
      return "too_many_parts";
    case Defect::text_truncated:
      return "text_truncated";
    case Defect::attachment_truncated:
      return "attachment_truncated";
    case Defect::unknown_charset:
      return "unknown_charset";
    case Defect::wrong_charset:
      return "wrong_charset";
    case Defect::undecodable_text:
      return "undecodable_text";
    case Defect::bad_parameter:
      return "bad_parameter";
    case Defect::html_over_budget:
      return "html_over_budget";
    case Defect::too_many_links:
      return "too_many_links";
    case Defect::archive_bomb:
      return "archive_bomb";
    case Defect::archive_unreadable:
      return "archive_unreadable";
    case Defect::archive_too_deep:
      return "archive_too_deep";
    case Defect::encrypted_archive:
      return "encrypted_archive";
    case Defect::time_exhausted:
      return "time_exhausted";
  }
  return "unknown";
}

}  // namespace sekisho::message
