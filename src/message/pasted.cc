// A mail that someone pasted as text, and a short message: no MIME, no headers but those that the person copied along.
#include <algorithm>

#include "base/limits.h"
#include "message/address.h"
#include "message/ascii.h"
#include "message/body_text.h"
#include "message/date.h"
#include "message/encoded_word.h"
#include "message/links.h"
#include "message/readable.h"

namespace sekisho::message {
namespace {

enum class Field { none, subject, from, to, reply_to, date, attachment, other };

struct FieldName {
  std::string_view shown;
  Field field;
};
constexpr FieldName field_names[] = {
#define FIELD(shown, field) {shown, Field::field},
#include "message/pasted_headers.inc"
#undef FIELD
};

struct FieldLine {
  Field field = Field::none;
  std::string_view value;
};

/// "件名：ご確認", "【件名】ご確認", "■ 差出人 : x@y.example", "Subject: hello".
FieldLine read_field(std::string_view line) {
  constexpr std::string_view openers[] = {"【", "■", "●", "・", "◆", "○", "[", "*", ">", "*"};
  constexpr std::string_view closers[] = {"】", "]", "*"};
  constexpr std::string_view colons[] = {":", "：", "︰"};
  constexpr std::size_t decorations = 4;
  line = trim(line);
  bool bracketed = false;
  const auto drop_blank = [&] {
    line = trim(line);
    while (line.starts_with("\xe3\x80\x80")) line = trim(line.substr(3));  // ideographic space
  };
  drop_blank();
  for (std::size_t i = 0; i < decorations; ++i)
    for (const std::string_view opener : openers)
      if (line.starts_with(opener)) {
        line.remove_prefix(opener.size());
        bracketed |= opener == "【" || opener == "[";
        drop_blank();
      }
  FieldLine best;
  std::size_t longest = 0;
  for (const FieldName& name : field_names) {
    if (name.shown.size() <= longest || !begins_with_word(line, name.shown)) continue;
    std::string_view rest = trim(line.substr(name.shown.size()));
    bool separated = false;
    for (const std::string_view closer : closers)
      if (bracketed && rest.starts_with(closer)) {
        rest = trim(rest.substr(closer.size()));
        separated = true;
      }
    while (rest.starts_with("\xe3\x80\x80")) rest = trim(rest.substr(3));
    for (const std::string_view colon : colons)
      if (rest.starts_with(colon)) {
        rest = trim(rest.substr(colon.size()));
        separated = true;
      }
    while (rest.starts_with("\xe3\x80\x80")) rest = trim(rest.substr(3));
    if (!separated) continue;
    longest = name.shown.size();
    best = {name.field, rest};
  }
  return best;
}

class PastedReader {
 public:
  explicit PastedReader(InputKind input) { message_.input = input; }

  Message read(std::string_view bytes) {
    if (bytes.find('\0') != std::string_view::npos && !bytes.starts_with("\xff\xfe") && !bytes.starts_with("\xfe\xff"))
      message_.note(Defect::nul_bytes);
    bool cut = bytes.size() > most_bytes;
    text::Decoded decoded = text::decode(bytes.substr(0, most_bytes), {}, {});
    note_charset(decoded, {}, message_);
    const std::string text = plain_lines(std::move(decoded.utf8));
    std::size_t body_at = 0;
    if (message_.input == InputKind::pasted) body_at = read_fields(text);
    add_fields();
    std::string body = text.substr(body_at);
    if (cut) {
      message_.note(Defect::text_truncated);
      message_.within_budget = false;
    }
    add_text_body(message_, budget_, std::move(body), 0, std::nullopt);
    return std::move(message_);
  }

 private:
  /// Reads the block of fields at the start, if there is one; returns where the body begins.
  std::size_t read_fields(std::string_view text) {
    std::size_t at = 0, body_at = 0;
    bool any = false;
    Field wanting = Field::none;  // a field whose value is on the next line
    for (std::size_t lines = 0; at < text.size() && lines < most_field_lines; ++lines) {
      const std::size_t end = line_end(text, at);
      const std::string_view line = text.substr(at, end - at);
      const std::size_t next = std::min(end + 1, text.size());
      const FieldLine field = read_field(line);
      if (field.field != Field::none) {
        any = true;
        wanting = field.value.empty() ? field.field : Field::none;
        if (!field.value.empty()) keep(field.field, field.value);
        body_at = next;
      } else if (trim(line).empty()) {
        if (any) body_at = next;
        wanting = Field::none;
      } else if (wanting != Field::none) {
        keep(wanting, trim(line));
        wanting = Field::none;
        body_at = next;
      } else if (any || !is_quote_marker(line)) {
        break;
      }
      at = next;
    }
    return any ? body_at : 0;
  }

  void keep(Field field, std::string_view value) {
    const std::string header_value(value.substr(0, limits::header_bytes));
    const auto add = [&](const char* name) {
      message_.headers.push_back({name, header_value, decode_words(header_value, {}, message_)});
    };
    switch (field) {
      case Field::subject:
        if (!message_.subject.empty()) return;
        add("Subject");
        message_.subject = message_.headers.back().value;
        break;
      case Field::from:
        if (!message_.from.empty()) return;
        add("From");
        message_.from = parse_addresses_of_text(header_value);
        break;
      case Field::to:
        if (!message_.to.empty()) return;
        add("To");
        message_.to = parse_addresses_of_text(header_value);
        break;
      case Field::reply_to:
        if (!message_.reply_to.empty()) return;
        add("Reply-To");
        message_.reply_to = parse_addresses_of_text(header_value);
        break;
      case Field::date:
        if (!date_text_.empty()) return;
        add("Date");
        date_text_ = header_value;
        if (const auto date = parse_date(header_value)) {
          message_.date = date->seconds;
          message_.date_offset_minutes = date->offset_minutes;
        }
        break;
      case Field::attachment:
        attachments_.push_back(header_value);
        break;
      case Field::other:
      case Field::none:
        break;
    }
  }

  /// The text is UTF-8 already: raw characters are no defect here.
  std::vector<Address> parse_addresses_of_text(std::string_view value) {
    Message unused;
    return parse_addresses(value, "utf-8", unused);
  }

  void add_fields() {
    const auto add = [&](Readable::Kind kind, std::string_view label, std::string text) {
      if (!text.empty()) add_readable(message_, budget_, kind, std::string(label), std::move(text), 0);
    };
    add(Readable::Kind::header_from, "header:from", shown(message_.from));
    add(Readable::Kind::header_to, "header:to", shown(message_.to));
    add(Readable::Kind::header_reply_to, "header:reply-to", shown(message_.reply_to));
    add(Readable::Kind::header_subject, "header:subject", message_.subject);
    add(Readable::Kind::header_date, "header:date", date_text_);
    for (const std::string& name : attachments_) add(Readable::Kind::attachment_name, "attachment:" + name, name);
  }

  static constexpr std::size_t most_bytes =
      4 * limits::text_bytes;                          ///< read before decoding; the text budget cuts again
  static constexpr std::size_t most_field_lines = 40;  ///< lines looked at for fields, blank ones included

  Message message_;
  Budget budget_;
  std::string date_text_;
  std::vector<std::string> attachments_;
};

}  // namespace

namespace {

/// "-----", "=====", "________": what people put between two texts.
bool is_ruler(std::string_view line) {
  line = trim(line);
  constexpr std::size_t shortest = 4;
  return line.size() >= shortest && line.find_first_not_of("-=_*~#+") == std::string_view::npos;
}

/// Whether the lines from `at` on are a block of fields with a sender and one thing more. A field may have its value on
/// the next line, and a few lines may be no fields.
bool begins_fields(std::string_view text, std::size_t at) {
  constexpr std::size_t lines_looked_at = 6;
  constexpr std::size_t longest_line = 500;
  bool sender = false, more = false;
  for (std::size_t line_number = 0; line_number < lines_looked_at && at < text.size(); ++line_number) {
    const std::size_t end = line_end(text, at);
    const std::string_view line = text.substr(at, std::min(end - at, longest_line));
    if (trim(line).empty()) break;
    const Field field = read_field(line).field;
    if (line_number == 0 && field == Field::none) return false;
    sender |= field == Field::from;
    more |= field == Field::subject || field == Field::date || field == Field::to;
    at = end + 1;
  }
  return sender && more;
}

}  // namespace

std::vector<std::string_view> split_pasted(std::string_view text) {
  std::vector<std::string_view> pieces;
  std::size_t begin = 0;
  bool seen_fields = false, after_blank = true;
  const std::size_t looked_at = std::min(text.size(), 4 * limits::text_bytes);
  for (std::size_t at = 0; at < looked_at && pieces.size() + 1 < limits::pasted_mails;) {
    const std::size_t end = line_end(text, at);
    const std::string_view line = text.substr(at, end - at);
    if (after_blank && begins_fields(text, at)) {
      if (seen_fields) {
        pieces.push_back(text.substr(begin, at - begin));
        begin = at;
      }
      seen_fields = true;
    }
    after_blank = trim(line).empty() || is_ruler(line);
    at = end + 1;
  }
  pieces.push_back(text.substr(begin));
  return pieces;
}

Message parse_pasted(std::string_view bytes) { return PastedReader(InputKind::pasted).read(bytes); }

Message parse_sms(std::string_view bytes) { return PastedReader(InputKind::sms).read(bytes); }

}  // namespace sekisho::message
