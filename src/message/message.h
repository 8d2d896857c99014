// One message as a careful mail client reads it: the only place that knows MIME. parse() turns any bytes into a
// Message; what is malformed is a Defect, never an error. Called by `engine` (for every input) and by tests. A Message
// owns all its text; it is a plain value, safe to move between threads, never shared while being built.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/deadline.h"
#include "base/result.h"
#include "text/fold.h"
#include "text/html.h"
#include "text/url.h"

namespace sekisho::message {

/// How the bytes came to us; decides which absences mean anything (a pasted body has no headers to miss).
enum class InputKind { mail, pasted, sms };

/// What was wrong with the bytes. Shown by name in `check --format json` (`defects`); the list is
/// docs/formats/check.md.
enum class Defect : std::uint8_t {
  broken_header_line,
  no_header_end,
  too_many_headers,
  header_too_long,
  duplicate_from,
  duplicate_subject,
  missing_from,
  bad_date,
  nul_bytes,
  bare_cr,
  eight_bit_header,
  bad_encoded_word,
  bad_base64,
  bad_quoted_printable,
  unknown_transfer_encoding,
  missing_boundary,
  unterminated_multipart,
  empty_multipart,
  nested_too_deep,
  too_many_parts,
  text_truncated,
  attachment_truncated,
  unknown_charset,
  wrong_charset,
  undecodable_text,
  bad_parameter,
  html_over_budget,
  too_many_links,
  archive_bomb,
  archive_unreadable,
  archive_too_deep,
  encrypted_archive,
  time_exhausted
};
std::string_view name(Defect defect);

struct Header {
  std::string name;   ///< as written
  std::string raw;    ///< unfolded bytes after the colon, undecoded
  std::string value;  ///< decoded to UTF-8, encoded-words resolved, trimmed
};

/// RFC 5322 mailbox, read liberally: dots anywhere in the local part, as Japanese carriers once allowed.
struct Address {
  std::string display;  ///< decoded display name, "" when none
  std::string local;    ///< before the last @, unquoted
  std::string domain;   ///< after it, ASCII lower case (punycode for an IDN), "" when there is none
  bool rfc_violation = false;
  std::string spec() const { return domain.empty() ? local : local + "@" + domain; }
};

/// One Received header, top one first.
struct Hop {
  std::string from_helo, from_rdns, from_ip, by, with, id, for_address;
  bool rdns_known =
      false;  ///< the header form says whether the name was verified; "unknown" gives true and empty from_rdns
  std::optional<std::int64_t> time;  ///< seconds since 1970-01-01 UTC
};

/// One Authentication-Results (or ARC-Authentication-Results) header as written; trust is decided in `facts`.
struct AuthResults {
  std::string authserv_id;       ///< "" when the provider writes none
  std::size_t header_index = 0;  ///< position among all headers: what stands above it was written later
  struct Result {
    std::string method, result;
    std::vector<std::pair<std::string, std::string>> properties;
  };
  std::vector<Result> results;  ///< method "spf", result "pass", properties {"smtp.mailfrom","a@b"}
  bool arc = false;
};

/// What a file really is, by its first bytes and, for archives, its directory; not by its name.
enum class FileKind {
  unknown,
  text,
  html,
  svg,
  image,
  pdf,
  office,
  office_macro,
  office_legacy,
  rtf,
  archive,
  disk_image,
  executable,
  script,
  shortcut,
  installer,
  calendar,
  message,
  audio,
  video,
  font,
  key,
  tnef,
  onenote,
  profile
};
std::string_view name(FileKind kind);

struct Attachment {
  std::string name;           ///< decoded file name as shown, may be empty
  std::string declared_type;  ///< "application/pdf"
  FileKind kind = FileKind::unknown;
  std::uint64_t size = 0;             ///< decoded bytes
  bool encrypted = false;             ///< archive or PDF that asks for a password
  bool has_script = false;            ///< HTML or SVG with script
  bool is_inline = false;             ///< shown in the body (cid: image)
  std::vector<std::string> entries;   ///< names in an archive
  std::vector<FileKind> entry_kinds;  ///< the same order
};

/// Where a link was found.
struct Link {
  enum class From { html, text, calendar, attachment };
  From from = From::text;
  text::HtmlLink::Kind kind = text::HtmlLink::Kind::anchor;
  std::string written;           ///< as in the mail
  std::optional<text::Url> url;  ///< where a browser would go; nullopt when it cannot be opened (kept for its trick)
  std::uint16_t part = 0;        ///< index into Message::readable
  text::Span shown;              ///< its visible text in that part (may be empty)
  std::string alt;
  bool hidden = false;
  bool mangled = false;  ///< plain-text link written to escape software (hxxp, [.])
};

/// One piece of text that the reader saw, in the order of CONTRACTS.md `parts`: headers first, then bodies, then names
/// of attachments. Quotes are byte offsets into `text`.
struct Readable {
  enum class Kind {
    header_from,
    header_to,
    header_reply_to,
    header_subject,
    header_date,
    text,
    html,
    calendar,
    attachment_name
  };
  Kind kind = Kind::text;
  std::string label;  ///< "header:subject", "text", "html", "attachment:invoice.pdf"
  std::string text;   ///< valid UTF-8; for html the visible text
  text::Folded folded;
  std::uint16_t depth = 0;  ///< 0 the message itself; 1 and more inside a forwarded message/rfc822
  std::optional<std::uint16_t>
      alternative;  ///< multipart/alternative group; text and html of one group say the same thing
  text::Span
      quoted_tail;  ///< in `text`: quoted or forwarded older mail ("> ", "-----Original Message-----"), empty when none
};

/// What only HTML parts have; index into Message::readable.
struct HtmlPart {
  std::uint16_t part = 0;
  text::VisibleHtml html;
};

struct Message {
  InputKind input = InputKind::mail;
  std::vector<Header> headers;
  std::vector<Address> from, sender, reply_to, to, cc, return_path;
  std::string subject, message_id, mailer;
  std::vector<std::string> list_ids;       ///< List-Id, List-Unsubscribe present etc. by name
  std::optional<std::int64_t> date;        ///< seconds since 1970 UTC
  std::optional<int> date_offset_minutes;  ///< its zone
  std::vector<Hop> received;               ///< top (latest) first
  std::vector<AuthResults> auth_results;   ///< top first
  std::vector<Readable> readable;
  std::vector<HtmlPart> html;
  std::vector<Link> links;
  std::vector<Attachment> attachments;
  std::vector<std::string> charsets;           ///< really used, distinct
  std::vector<std::string> declared_charsets;  ///< as declared, lower case, distinct
  std::vector<Defect> defects;                 ///< distinct, in the order met
  bool within_budget = true;

  bool has(Defect defect) const;
  void note(Defect defect);
  /// First header of that name (ASCII case-insensitive), nullptr when absent.
  const Header* header(std::string_view name) const;
};

/// Parses one RFC 5322 message. Any bytes give a Message (possibly with only defects). Parts that `until` leaves no
/// time for are not read (Defect::time_exhausted); headers always are.
Message parse_mail(std::string_view bytes, const Deadline& until = {});

/// A mail pasted as text: a block of "件名: / 差出人: / Subject: / From:" lines, where there is one, becomes header
/// parts, the rest the body.
Message parse_pasted(std::string_view bytes);

/// Several mails pasted one below the other, as pieces of `text` that parse_pasted() reads one by one: a piece begins
/// where, after a blank line or a ruler, a block of fields names a sender and one thing more. At least one piece; at
/// most limits::pasted_mails, the last of which then holds the rest.
std::vector<std::string_view> split_pasted(std::string_view text);

/// A short message: the whole text is the body.
Message parse_sms(std::string_view bytes);

/// What a blob of bytes is, from its content alone.
struct Recognised {
  enum class Shape { mail, mbox, pasted, sms, binary, empty } shape = Shape::empty;
  std::string why;             ///< for errors on binary: "PNG image", "ZIP archive", "contains NUL bytes"
  std::string_view what = "";  ///< the same by name: of a FileKind, "outlook_msg", "nul" or "control"
};
Recognised recognise(std::string_view bytes);

/// recognise() and the right parser; error not_mail for binary or empty input, with what it is and what to do.
Result<Message> read_message(std::string_view bytes, std::string where, const Deadline& until = {});

}  // namespace sekisho::message
