#include "campaign/fingerprint.h"

#include <algorithm>

#include "base/fingerprint.h"
#include "base/limits.h"
#include "campaign/habits.h"
#include "facts/auth_trust.h"
#include "facts/lists.h"
#include "facts/tools.h"
#include "text/domain.h"
#include "text/fold.h"
#include "text/unwrap.h"
#include "text/utf8.h"

namespace sekisho::campaign {
namespace {

using facts::FactId;
using Kind = message::Readable::Kind;

/// Lists of sites where anybody can be: the site says nothing, only the exact place on it does.
constexpr std::array shared_sites{
    facts::lists::url_shorteners, facts::lists::free_hosting, facts::lists::dynamic_dns,
    facts::lists::form_services,  facts::lists::file_storage, facts::lists::link_pages,
    facts::lists::chat_apps,      facts::lists::well_known,   facts::lists::mail_platforms};
/// Phrase lists that ask for something of the reader begin with this.
constexpr std::string_view asks_prefix = "asks_", asks_personal_data = "asks_personal_data";

bool is_shared_site(const knowledge::Snapshot& knowledge, std::string_view host) {
  return std::any_of(shared_sites.begin(), shared_sites.end(),
                     [&](std::string_view list) { return knowledge.in_list(list, host); });
}

/// 198.51.100.7 → 198.51.100.0/24; 2001:db8:1:2::3 → its first three groups (/48).
std::string net_of(std::string_view ip) {
  if (ip.find(':') == std::string_view::npos) {
    const std::size_t dot = ip.rfind('.');
    return dot == std::string_view::npos ? std::string() : std::string(ip.substr(0, dot)) + ".0/24";
  }
  std::size_t at = 0;
  for (int group = 0; group < 3 && at != std::string_view::npos; ++group) at = ip.find(':', at + (group > 0));
  return at == std::string_view::npos || at == 0 ? std::string(ip) : std::string(ip.substr(0, at)) + "::/48";
}

/// Where the owner's server took it from outside: the border, else the first hop that names a public address.
const message::Hop* border_of(const message::Message& message, const facts::Receipt& receipt) {
  if (receipt.border_hop && *receipt.border_hop < message.received.size() &&
      !message.received[*receipt.border_hop].from_ip.empty())
    return &message.received[*receipt.border_hop];
  for (const message::Hop& hop : message.received)
    if (!hop.from_ip.empty() && !facts::is_private_ip(hop.from_ip)) return &hop;
  return nullptr;
}

void set_time(Fingerprint& print, const message::Message& message) {
  for (const message::Hop& hop : message.received)
    if (hop.time) {
      print.time = *hop.time;
      print.time_is_received = true;
      return;
    }
  print.time = message.date.value_or(0);
}

/// Addresses that one program makes up for one host begin alike and end in digits: "support.desk65446",
/// "support.desk9k7".
std::uint32_t local_head_of(std::string_view local, std::string_view host) {
  constexpr std::size_t shortest = 8, head = 6;
  if (local.size() < shortest || !facts::is_digit(local.back())) return 0;
  if (std::any_of(local.begin(), local.begin() + head, facts::is_digit)) return 0;
  return static_cast<std::uint32_t>(fingerprint(std::string(local.substr(0, head)) + '@' + std::string(host)) >> 16) |
         1;
}

void set_sender(Fingerprint& print, const message::Message& message, const knowledge::Snapshot& knowledge,
                const facts::Receipt& receipt) {
  if (!message.from.empty()) {
    const message::Address& from = message.from.front();
    print.address = facts::lower_ascii(from.spec());
    print.host = from.domain;
    print.domain = facts::organisation(from.domain);
    print.anybodys_sender = facts::is_anybodys_host(knowledge, from.domain);
    print.platform_sender = knowledge.in_list(facts::lists::mail_platforms, from.domain);
    const std::string local = facts::lower_ascii(from.local);
    print.numbered_local = std::any_of(local.begin(), local.end(), facts::is_digit) || text::randomness(local) > 0.6;
    print.local_head = local_head_of(local, from.domain);
  }
  if (const message::Hop* border = border_of(message, receipt)) {
    print.net = net_of(border->from_ip);
    print.helo_domain = text::registrable_domain(facts::lower_ascii(border->from_helo));
    print.habits.hops = static_cast<std::uint8_t>(std::min<std::size_t>(
        250, message.received.size() - 1 - static_cast<std::size_t>(border - message.received.data())));
  }
}

bool is_followed(const message::Link& link) {
  using Link = text::HtmlLink::Kind;
  if (link.hidden || !link.url || !link.url->is_web() || link.from == message::Link::From::attachment) return false;
  return link.from != message::Link::From::html || link.kind == Link::anchor || link.kind == Link::area ||
         link.kind == Link::form_action || link.kind == Link::meta_refresh;
}

/// Whether a place belongs to somebody else's mail inside this one.
bool is_passed_on(const message::Message& message, std::uint16_t part, text::Span span) {
  if (part >= message.readable.size()) return false;
  const message::Readable& readable = message.readable[part];
  return readable.depth > 0 || (!readable.quoted_tail.empty() && span.start >= readable.quoted_tail.start &&
                                span.end <= readable.quoted_tail.end);
}

/// "/abc/xyz" → "abc"; "" when nothing follows the first segment.
std::string first_segment(std::string_view path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  const std::size_t end = path.find('/');
  if (end == std::string_view::npos || end == 0 || end + 1 >= path.size() || end > 40) return {};
  return std::string(path.substr(0, end));
}

void set_landings(Fingerprint& print, const message::Message& message, const knowledge::Snapshot& knowledge) {
  bool all_own = true, all_known = true, any = false;
  for (const message::Link& link : message.links) {
    if (!is_followed(link) || is_passed_on(message, link.part, link.shown)) continue;
    const auto unwrapped = text::unwrap(*link.url, knowledge.wrappers());
    const text::Url& end = unwrapped ? unwrapped->destination() : *link.url;
    if (end.host.empty()) continue;
    any = true;
    Landing landing{end.host, facts::organisation(end.host), first_segment(end.path)};
    all_own = all_own && landing.domain == print.domain;
    const bool well_known = knowledge.in_list(facts::lists::well_known, landing.host);
    all_known = all_known && well_known;
    if (is_shared_site(knowledge, landing.host)) {
      // Only the very page ties two mails together, and only where people publish.
      if (well_known && !landing.path.empty()) continue;
      landing.domain = landing.host + end.path.substr(0, 60);
      landing.path.clear();
    }
    const bool known = std::any_of(print.landings.begin(), print.landings.end(), [&](const Landing& other) {
      return other.domain == landing.domain && other.path == landing.path;
    });
    if (!known && print.landings.size() < limits::landings_of_a_message) print.landings.push_back(std::move(landing));
  }
  print.own_site = any && all_own;
  print.site_known = all_known;
}

void set_facts(Fingerprint& print, const facts::Facts& facts) {
  print.proven = facts.has(FactId::sender_proven) || facts.has(FactId::auth_aligned);
  print.disproved = facts.has(FactId::sender_disproved);
  print.auth_known = facts.has(FactId::auth_trusted);
  print.spf_ok = facts.has(FactId::auth_spf_pass);
  print.dkim_ok = facts.has(FactId::auth_dkim_pass);
  print.list = facts.has(FactId::header_list);
  print.thread = facts.has(FactId::message_reply_thread);
  print.forwarded = facts.has(FactId::message_forwarded);
  print.lookalike = facts.has(FactId::sender_lookalike_domain) || facts.has(FactId::link_lookalike_host);
  print.broken = !facts.defects.empty();
  for (const facts::Fact& fact : facts.of(FactId::phrase_found)) {
    print.asks_data = print.asks_data || fact.value.starts_with(asks_prefix);
    print.asks_items = print.asks_items || fact.value == asks_personal_data;
  }
}

void add_guess(Fingerprint& print, const facts::Facts& facts, const facts::Fact& fact, const KeyedHash& hash) {
  if (fact.place.part >= facts.parts.size() || print.guesses.size() >= limits::guesses_of_a_message) return;
  const std::string& text = facts.parts[fact.place.part].text;
  if (fact.place.span.end > text.size()) return;
  const std::string folded =
      text::fold_key(std::string_view(text).substr(fact.place.span.start, fact.place.span.size()));
  std::string item;
  for (const char c : folded)
    if (facts::is_word_byte(c)) item += c;
  // The kind stands in the low three bits, so that equal digits of two kinds stay apart.
  std::uint64_t kind = 0;
  if (fact.value == "name") kind = 1;
  if (fact.value == "address") kind = 2;
  if (fact.value == "phone") kind = 3;
  if (fact.value == "member_number") kind = 5;
  if (kind == 0 || item.size() < 6) return;
  const std::uint64_t guess = (hash(item) & ~std::uint64_t{7}) | kind;
  if (std::find(print.guesses.begin(), print.guesses.end(), guess) == print.guesses.end())
    print.guesses.push_back(guess);
}

/// mbox programs note it in the mail: "Status: RO" (mutt, mailx), the lowest bit of X-Mozilla-Status (Thunderbird).
Opened opened_of(const message::Message& message) {
  if (const message::Header* status = message.header("Status"))
    return status->value.find('R') != std::string::npos ? Opened::yes : Opened::no;
  if (const message::Header* status = message.header("X-Mozilla-Status"))
    if (!status->value.empty())
      return std::string_view("13579bdfBDF").find(status->value.back()) != std::string_view::npos ? Opened::yes
                                                                                                  : Opened::no;
  return Opened::unknown;
}

void set_recipients(Fingerprint& print, const message::Message& message, const KeyedHash& hash) {
  const auto keyed = [&](std::string address) {
    if (const std::size_t at = address.find('<'); at != std::string::npos) address = address.substr(at + 1);
    address.resize(std::min(address.size(), address.find('>')));
    return hash(facts::lower_ascii(address));
  };
  const message::Header* delivered = message.header("Delivered-To");
  const message::Header* original = message.header("X-Original-To");
  if (!message.to.empty()) print.recipient = print.addressed = keyed(message.to.front().spec());
  if (original != nullptr) print.recipient = print.addressed = keyed(original->value);
  if (delivered != nullptr) print.recipient = keyed(delivered->value);
}

void set_verdict(Fingerprint& print, const verdict::Verdict& verdict) {
  print.log_odds = static_cast<float>(verdict.log_odds);
  print.answer = static_cast<std::uint8_t>(verdict.answer);
  print.scam_kind = verdict.scam_kind;
  std::size_t used = 0;
  for (const verdict::Reason& reason : verdict.reasons)
    if (reason.weight > 0 && used < print.signs.size() && reason.card < 0xFFFF)
      print.signs[used++] = static_cast<std::uint16_t>(reason.card + 1);
}

void set_text(Fingerprint& print, const message::Message& message, const ProfileMatcher& profile,
              const KeyedHash& hash) {
  std::string all;
  SimHash shape;
  for (const message::Readable& part : message.readable) {
    if (part.kind != Kind::header_subject && !facts::is_body(part.kind)) continue;
    profile.look(part.folded, print.items);
    all += part.text;
    if (part.depth == 0 && facts::is_body(part.kind)) shape.add(part.folded.text());
  }
  print.content = hash(all);
  print.shape = shape.value();
}

}  // namespace

Fingerprint fingerprint_of(const message::Message& message, const facts::Facts& facts, const verdict::Verdict& verdict,
                           const knowledge::Snapshot& knowledge, const ProfileMatcher& profile, const KeyedHash& hash) {
  Fingerprint print;
  const std::string host = message.from.empty() ? std::string() : message.from.front().domain;
  const facts::Receipt receipt = facts::read_receipt(message, knowledge, host, text::registrable_domain(host));
  set_time(print, message);
  set_sender(print, message, knowledge, receipt);
  set_habits(print.habits, message, print.host);
  set_landings(print, message, knowledge);
  set_facts(print, facts);
  for (const FactId id : {FactId::reader_data_in_subject, FactId::reader_data_in_body})
    for (const facts::Fact& fact : facts.of(id)) add_guess(print, facts, fact, hash);
  set_verdict(print, verdict);
  set_text(print, message, profile, hash);
  if (!message.message_id.empty()) print.message_id = hash(message.message_id);
  set_recipients(print, message, hash);
  print.opened = opened_of(message);
  return print;
}

}  // namespace sekisho::campaign
