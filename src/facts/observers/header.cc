// What the other header lines say or leave out.
/// fact header.message_id_missing: a mail without a Message-ID
/// fact header.message_id_foreign: the Message-ID names an organisation that has nothing to do with the From, the
///   bounce address, the signature or the machine that handed it in; value: its domain
/// fact header.message_id_local: the Message-ID names no host on the net; value: what it names
/// fact header.date_missing: a mail without a Date
/// fact header.date_bad: a Date that cannot be read
/// fact header.date_future: the Date lies an hour or more after the receiver took the mail in; number: hours
/// fact header.date_zone: value: the zone of the Date as +hhmm; number: minutes east of UTC
/// fact header.mailer: value: the program that the mail says it was written with
/// fact header.to_missing: a mail that names no recipient at all, or only an empty group
/// fact header.to_not_reader: none of the recipients named is the reader, whose address is known
/// fact header.many_recipients: two or more addresses of different people stand in To and Cc; number: how many
/// fact header.list: List-Id or List-Unsubscribe stands in the mail; value: which
/// fact header.bulk: Precedence says bulk, list or junk; value: which
/// fact header.auto_reply: an answer or notice that a machine sent (Auto-Submitted, RFC 3834)
/// fact header.in_reply_to: the mail says that it answers another
/// fact header.charset_odd: Japanese text in a charset made for Chinese or Korean; value: the charset
/// fact header.charset_wrong: the declared charset is not the one of the bytes
/// fact header.subject_missing: a mail with no subject
/// fact header.priority_high: the mail marks itself as urgent
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "facts/auth_trust.h"
#include "facts/lists.h"
#include "facts/tools.h"

namespace sekisho::facts {
namespace {

constexpr double seconds_per_hour = 3600;
constexpr std::size_t mailer_bytes = 100;
constexpr std::size_t kana_that_mean_japanese = 10;

void observe_message_id(const Scene& scene, Notes& notes) {
  const message::Message& message = scene.message;
  if (message.message_id.empty()) {
    notes.add(FactId::header_message_id_missing);
    return;
  }
  std::string host = message.message_id.substr(message.message_id.rfind('@') + 1);
  while (!host.empty() && (host.back() == '>' || host.back() == ' ')) host.pop_back();
  host = lower_ascii(host);
  if (message.message_id.find('@') == std::string::npos || is_local_name(host)) {
    notes.add(FactId::header_message_id_local, {}, host);
    return;
  }
  const std::string domain = organisation(host);
  if (domain == scene.from_domain || scene.knowledge.in_list(lists::mail_platforms, host)) return;
  for (const message::Address& bounce : message.return_path)
    if (organisation(bounce.domain) == domain) return;
  if (!scene.trust.dkim_domain.empty() && organisation(scene.trust.dkim_domain) == domain) return;
  if (scene.border_hop && organisation(message.received[*scene.border_hop].from_rdns) == domain) return;
  if (scene.from_brand != nullptr && knowledge::Snapshot::owns(*scene.from_brand, host).yes) return;
  notes.add(FactId::header_message_id_foreign, {}, domain);
}

void observe_date(const Scene& scene, Notes& notes) {
  const message::Message& message = scene.message;
  if (message.has(message::Defect::bad_date))
    notes.add(FactId::header_date_bad, whole_part(scene, ReadableKind::header_date));
  else if (!message.date)
    notes.add(FactId::header_date_missing);
  if (message.date_offset_minutes) {
    const int zone = *message.date_offset_minutes, minutes = zone < 0 ? -zone : zone;
    notes.add(FactId::header_date_zone, whole_part(scene, ReadableKind::header_date),
              fmt::format("{}{:02}{:02}", zone < 0 ? '-' : '+', minutes / 60, minutes % 60), zone);
  }
  if (!message.date || message.received.empty()) return;
  const auto& taken = message.received[scene.border_hop.value_or(0)].time;
  if (!taken) return;
  const double hours = static_cast<double>(*message.date - *taken) / seconds_per_hour;
  if (hours >= 1) notes.add(FactId::header_date_future, whole_part(scene, ReadableKind::header_date), {}, hours);
}

void observe_recipients(const Scene& scene, Notes& notes) {
  const message::Message& message = scene.message;
  const std::size_t count = message.to.size() + message.cc.size();
  const Place to = whole_part(scene, ReadableKind::header_to);
  if (count == 0) notes.add(FactId::header_to_missing, to);
  if (count > 1) notes.add(FactId::header_many_recipients, to, {}, static_cast<double>(count));
  if (!scene.reader_known || count == 0) return;
  for (const auto* addresses : {&message.to, &message.cc})
    for (const message::Address& address : *addresses)
      if (std::find(scene.reader.begin(), scene.reader.end(), lower_ascii(address.spec())) != scene.reader.end())
        return;
  notes.add(FactId::header_to_not_reader, to);
}

/// Enough hiragana or katakana in the first bytes of subject and bodies to be Japanese.
bool is_japanese(const message::Message& message) {
  std::size_t kana = 0;
  for (const auto& part : message.readable) {
    if (!is_body(part.kind) && part.kind != ReadableKind::header_subject) continue;
    const std::string_view text = std::string_view(part.text).substr(0, 2000);
    for (std::size_t i = 0; i + 1 < text.size(); ++i)
      if (static_cast<unsigned char>(text[i]) == 0xE3 && static_cast<unsigned char>(text[i + 1]) >= 0x81 &&
          static_cast<unsigned char>(text[i + 1]) <= 0x83)
        if (++kana >= kana_that_mean_japanese) return true;
  }
  return false;
}

bool is_other_east_asian(std::string_view charset) {
  constexpr std::array<std::string_view, 11> names{"gb2312",     "gbk",    "gb18030", "hz-gb-2312", "big5",
                                                   "big5-hkscs", "euc-tw", "euc-cn",  "euc-kr",     "ks_c_5601-1987",
                                                   "x-gbk"};
  return std::find(names.begin(), names.end(), charset) != names.end();
}

void observe_charsets(const Scene& scene, Notes& notes) {
  const message::Message& message = scene.message;
  if (message.has(message::Defect::wrong_charset)) notes.add(FactId::header_charset_wrong);
  for (const auto* charsets : {&message.declared_charsets, &message.charsets})
    for (const std::string& charset : *charsets)
      if (is_other_east_asian(charset) && is_japanese(message)) {
        notes.add(FactId::header_charset_odd, {}, charset);
        return;
      }
}

}  // namespace

void observe_header(const Scene& scene, Notes& notes) {
  const message::Message& message = scene.message;
  observe_charsets(scene, notes);
  if (message.input != message::InputKind::mail) return;
  observe_message_id(scene, notes);
  observe_date(scene, notes);
  observe_recipients(scene, notes);
  if (message.subject.empty()) notes.add(FactId::header_subject_missing);
  if (!message.mailer.empty()) notes.add(FactId::header_mailer, {}, message.mailer.substr(0, mailer_bytes));
  for (const std::string& which : message.list_ids) notes.add(FactId::header_list, {}, which);
  const auto value_of = [&](std::string_view name) {
    const message::Header* header = message.header(name);
    return header == nullptr ? std::string() : lower_ascii(header->value);
  };
  if (const std::string value = value_of("Precedence"); value == "bulk" || value == "list" || value == "junk")
    notes.add(FactId::header_bulk, {}, value);
  if (const std::string value = value_of("Auto-Submitted"); !value.empty() && value != "no")
    notes.add(FactId::header_auto_reply);
  if (!value_of("In-Reply-To").empty()) notes.add(FactId::header_in_reply_to);
  if (const std::string value = value_of("X-Priority");
      value.starts_with('1') || value.starts_with('2') || value_of("Importance") == "high")
    notes.add(FactId::header_priority_high);
}

}  // namespace sekisho::facts
