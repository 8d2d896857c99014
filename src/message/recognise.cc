// What a blob of bytes is, from its content alone.
#include <algorithm>
#include <array>

#include "message/ascii.h"
#include "message/file_kind.h"
#include "message/headers.h"
#include "message/message.h"
#include "text/charset.h"

namespace sekisho::message {
namespace {

/// Lines looked at for header lines: a mail's From and Subject stand within the first few hundred.
constexpr std::size_t header_lines_read = 2'000;
/// A text message: Japanese phones join at most ten SMS of 70 characters, but people paste shorter ones.
constexpr std::size_t sms_characters = 350, sms_lines = 8;

bool is_utf16(std::string_view bytes) { return bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff"); }

/// "From someone@example.jp Mon Jan  5 12:34:56 2026": mbox has a time in this line, prose seldom has.
bool is_mbox_line(std::string_view line) {
  if (!line.starts_with("From ")) return false;
  for (std::size_t i = 7; i + 2 < line.size(); ++i)
    if (line[i] == ':' && is_digit(line[i - 1]) && is_digit(line[i - 2]) && is_digit(line[i + 1])) return true;
  return false;
}

bool is_plausible_name(std::string_view name) {
  constexpr std::size_t longest_name = 76;
  return !name.empty() && name.size() <= longest_name && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_alnum(c) || c == '-' || c == '_' || c == '.'; });
}

bool is_telling_name(std::string_view name) {
  constexpr std::array telling = {"From",     "To",          "Subject",      "Date",
                                  "Received", "Return-Path", "MIME-Version", "Message-ID"};
  return std::any_of(telling.begin(), telling.end(), [&](const char* known) { return same_word(name, known); });
}

/// Two plausible header lines, one of them a telling one, before the first blank line, and few lines that are neither.
bool has_header_block(std::string_view bytes) {
  std::size_t plausible = 0, telling = 0, others = 0, at = 0;
  const char end_mark = bytes.find('\n') == std::string_view::npos ? '\r' : '\n';
  for (std::size_t lines = 0; at < bytes.size() && lines < header_lines_read; ++lines) {
    const std::size_t end = std::min(bytes.find(end_mark, at), bytes.size());
    const std::string_view line = line_at(bytes, at, end);
    at = end + 1;
    if (line.empty()) break;
    if (is_space(line.front())) {
      if (plausible == 0) return false;
      continue;
    }
    const std::string_view name = header_name(line);
    if (is_plausible_name(name)) {
      // Nobody writes this line by hand; a lone one is a mail cut down to its MIME part.
      if (same_word(name, "Content-Type") && line.find('/') != std::string_view::npos) ++plausible, ++telling;
      ++plausible;
      telling += is_telling_name(name);
    } else if (lines > 0 || !(line.starts_with("From ") || line.starts_with(">From "))) {
      if (plausible == 0) return false;
      ++others;
    }
  }
  return plausible >= 2 && telling >= 1 && others <= plausible;
}

std::size_t count_characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

Recognised recognise_text(std::string_view bytes) {
  constexpr std::size_t most_sms_bytes = sms_characters * 8;
  if (bytes.size() > most_sms_bytes) return {Recognised::Shape::pasted, ""};
  const text::Decoded decoded = text::decode(bytes, {}, {});
  const std::string_view text = trim(decoded.utf8);
  if (text.empty()) return {Recognised::Shape::empty, "empty"};
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  if (count_characters(text) > sms_characters || lines > sms_lines) return {Recognised::Shape::pasted, ""};
  // A field that the person copied along ("件名：…") makes it a mail: parse_pasted tells.
  const Message pasted = parse_pasted(bytes);
  return {pasted.headers.empty() ? Recognised::Shape::sms : Recognised::Shape::pasted, ""};
}

}  // namespace

Recognised recognise(std::string_view bytes) {
  std::string_view start = bytes;
  if (start.starts_with("\xef\xbb\xbf")) start.remove_prefix(3);
  start = trim(start);
  if (start.empty()) return {Recognised::Shape::empty, "empty"};
  const std::string_view first_line = start.substr(0, start.find_first_of("\r\n"));
  if (is_mbox_line(first_line)) return {Recognised::Shape::mbox, ""};
  if (has_header_block(start)) return {Recognised::Shape::mail, ""};
  if (is_utf16(bytes)) return recognise_text(bytes);
  constexpr std::size_t head = 64 * 1024;
  const Sniffed kind = sniff(bytes.substr(0, head), "");
  switch (kind.kind) {
    case FileKind::unknown:
    case FileKind::text:
    case FileKind::html:
    case FileKind::svg:
    case FileKind::script:
    case FileKind::shortcut:
    case FileKind::key:
    case FileKind::calendar:
    case FileKind::message:
      break;
    case FileKind::office_legacy:
      if (read_compound(bytes).kind == FileKind::message)
        return {Recognised::Shape::binary, "Outlook .msg file", "outlook_msg"};
      return {Recognised::Shape::binary, "Office document", name(FileKind::office)};
    default:
      return {Recognised::Shape::binary, std::string(kind.what), name(kind.kind)};
  }
  if (bytes.find('\0') != std::string_view::npos) return {Recognised::Shape::binary, "contains NUL bytes", "nul"};
  if (kind.kind == FileKind::unknown) return {Recognised::Shape::binary, "contains control characters", "control"};
  return recognise_text(bytes);
}

Result<Message> read_message(std::string_view bytes, std::string where, const Deadline& until) {
  // A mail saved as UTF-16 by a text editor is still a mail.
  std::string utf8;
  if (is_utf16(bytes)) {
    utf8 = text::decode(bytes, "utf-16", {}).utf8;
    bytes = utf8;
  }
  const Recognised found = recognise(bytes);
  switch (found.shape) {
    case Recognised::Shape::mail:
    case Recognised::Shape::mbox:
      return parse_mail(bytes, until);
    case Recognised::Shape::pasted:
      return parse_pasted(bytes);
    case Recognised::Shape::sms:
      return parse_sms(bytes);
    case Recognised::Shape::empty:
      return fail(ErrorCode::not_mail, Said{"input.empty", {}}, "nothing in it: no mail and no text", std::move(where),
                  "paste the text of the message, or save the mail as .eml");
    case Recognised::Shape::binary:
      break;
  }
  return fail(ErrorCode::not_mail, Said{"input.not_mail", {{"what", "@file." + std::string(found.what)}}},
              "not a mail: " + found.why, std::move(where), "save the mail itself as .eml and give that file");
}

}  // namespace sekisho::message
