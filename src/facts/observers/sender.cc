// Who the From line says wrote, and what kind of address that is.
/// fact sender.missing: a mail without a From address
/// fact sender.freemail: the From address is a box that anyone can open under any name; value: its host
/// fact sender.carrier: the From address is a mobile carrier's box of a private person; value: its host
/// fact sender.disposable: the From address is of a throw-away mail service; value: its host
/// fact sender.cheap_tld: the From's top-level domain is one that phishing uses far more than honest mail; value: the
///   domain's ending
/// fact sender.random_local: what stands before the @ looks like keyboard noise; number: randomness 0.6 to 1
/// fact sender.random_domain: the registrable label of the From looks like keyboard noise; value: domain; number:
///   randomness 0.6 to 1
/// fact sender.name_is_address: the sender's name shows an address or a host of another organisation than the real one;
///   value: that organisation's domain
/// fact sender.name_empty: the From has no name
/// fact sender.name_decorated: the sender's name carries brackets or symbols as ornament; number: how many
/// fact sender.reply_to_differs: answers go to another organisation; value: its domain
/// fact sender.reply_to_freemail: answers go to a free mail box though the From is none; value: its host
/// fact sender.return_path_differs: undeliverable mail goes to another organisation, no known mail platform; value: its
///   domain
/// fact sender.is_reader: the From is an address of the reader, or a recipient of this very message
/// fact sender.rfc_violation: the From breaks RFC 5322, as some carrier addresses do
/// fact sender.proven: the receiving server found that the mail is from the From's organisation (DMARC, or DKIM or SPF
///   in alignment); value: its domain
/// fact sender.disproved: the receiving server found DMARC fail for the From; value: its domain
/// fact sender.unproven: a believable check stands in the mail, and nothing in it is proof or disproof of the From
/// fact sender.known: the reader wrote to this address or kept mail from it before
/// fact sender.several_from: more than one From address; number: how many
/// fact sender.idn_domain: the From's domain is written with letters beyond ASCII; value: as displayed in ASCII
/// fact sender.lookalike_domain: the From's registrable label looks like a brand's and is not the brand's; value:
///   brand; number: letters that differ (0: the same letters, another ending)
/// fact sender.brand_in_local_or_subdomain: a brand's name stands in the From address, of an organisation that is not
///   the brand; value: brand
/// fact sender.on_mail_platform: the From's own domain is a mail delivery platform's; value: its domain
/// fact sender.gov_domain: the From is under an ending that only public bodies and schools can register; value: the
///   host
/// fact sender.brand_owns: the From's host belongs to a known brand; value: brand; number: how well that is known (0
///   memory … 7 verified)
/// fact sender.org_domain_well_known: the From's domain is among those that very many people visit; value: domain
#include <algorithm>

#include "facts/lists.h"
#include "facts/tools.h"
#include "text/domain.h"
#include "text/url.h"

namespace sekisho::facts {
namespace {

constexpr double random_from = 0.6;
constexpr std::size_t random_local_letters = 8;
constexpr std::size_t random_label_letters = 6;

/// Ornaments as Unicode classes: CJK brackets, stars, notes and dingbats, arrows, emoji.
bool is_ornament(char32_t c) {
  return (c >= 0x3008 && c <= 0x3011) || (c >= 0x3014 && c <= 0x301B) || (c >= 0x2600 && c <= 0x27BF) ||
         (c >= 0x2190 && c <= 0x21FF) || (c >= 0x25A0 && c <= 0x25FF) || (c >= 0x2B00 && c <= 0x2BFF) ||
         (c >= 0x1F300 && c <= 0x1FAFF) || c == 0x203B;
}

std::size_t ornaments(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    if ((byte(i) & 0xF0) == 0xE0) {
      if (is_ornament(char32_t((byte(i) & 0x0F) << 12 | (byte(i + 1) & 0x3F) << 6 | (byte(i + 2) & 0x3F)))) ++count;
    } else if ((byte(i) & 0xF8) == 0xF0 && i + 3 < text.size()) {
      if (is_ornament(char32_t((byte(i) & 0x07) << 18 | (byte(i + 1) & 0x3F) << 12 | (byte(i + 2) & 0x3F) << 6 |
                               (byte(i + 3) & 0x3F))))
        ++count;
    }
  }
  return count;
}

/// The organisation of the first address or host that a name shows; "" when it shows none.
std::string organisation_in(std::string_view name) {
  if (name.find('.') == std::string_view::npos) return {};
  if (const std::size_t at = name.rfind('@'); at != std::string_view::npos) {
    std::size_t end = at + 1;
    while (end < name.size() && (is_letter(name[end]) || is_digit(name[end]) || name[end] == '-' || name[end] == '.'))
      ++end;
    return text::registrable_domain(lower_ascii(name.substr(at + 1, end - at - 1)));
  }
  for (const text::FoundUrl& found : text::find_urls(name))
    if (const auto url = text::parse_url(found.url)) return text::registrable_domain(url->host);
  return {};
}

bool same_organisation(const Scene& scene, const std::string& a, const std::string& b) {
  if (a == b) return true;
  const auto* brand = scene.knowledge.brand_of(a);
  return brand != nullptr && knowledge::Snapshot::owns(*brand, b).yes;
}

void observe_address(const Scene& scene, Notes& notes, const message::Address& from) {
  const auto& knowledge = scene.knowledge;
  const Place place = in_part(scene, ReadableKind::header_from, from.spec());
  const std::string& host = scene.from_host;
  const std::string_view label = text::registrable_label(host, scene.from_domain);
  const bool anybody = is_anybodys_host(knowledge, host);
  if (from.rfc_violation) notes.add(FactId::sender_rfc_violation, place);
  if (listed_exactly(knowledge, lists::free_mail, host)) notes.add(FactId::sender_freemail, place, host);
  if (listed_exactly(knowledge, lists::carrier_mail, host)) notes.add(FactId::sender_carrier, place, host);
  if (listed_exactly(knowledge, lists::disposable_mail, host)) notes.add(FactId::sender_disposable, place, host);
  const std::string ending = host.substr(host.rfind('.') + 1);
  if (knowledge.in_list(lists::cheap_tlds, ending)) notes.add(FactId::sender_cheap_tld, place, ending);
  if (from.local.size() >= random_local_letters)
    if (const double randomness = text::randomness(from.local); randomness >= random_from)
      notes.add(FactId::sender_random_local, place, {}, randomness);
  if (label.size() >= random_label_letters && !anybody)
    if (const double randomness = text::randomness(label); randomness >= random_from)
      notes.add(FactId::sender_random_domain, place, scene.from_domain, randomness);
  if (knowledge.in_list(lists::mail_platforms, host))
    notes.add(FactId::sender_on_mail_platform, place, scene.from_domain);
  if (knowledge.in_list(lists::official_endings, host)) notes.add(FactId::sender_gov_domain, place, host);
  if (!anybody && knowledge.in_list(lists::well_known, scene.from_domain))
    notes.add(FactId::sender_org_domain_well_known, place, scene.from_domain);
  if (host.starts_with("xn--") || host.find(".xn--") != std::string::npos)
    notes.add(FactId::sender_idn_domain, place, host);

  if (scene.from_brand != nullptr) {
    notes.add(FactId::sender_brand_owns, place, scene.from_brand->id,
              static_cast<double>(knowledge::Snapshot::owns(*scene.from_brand, host).confidence));
    return;
  }
  const auto& index = knowledge.brand_index();
  const auto id_of = [&](const knowledge::BrandIndex::Match& match) { return knowledge.brands()[match.brand].id; };
  const auto counts = [&](const knowledge::BrandIndex::Match& match) {
    if (!match.weak) return true;  // an ambiguous name means the brand only where the brand is named elsewhere
    return std::any_of(scene.claims.begin(), scene.claims.end(), [&](const Claim& claim) {
      return claim.prominence >= Prominence::subject && claim.brand == &knowledge.brands()[match.brand];
    });
  };
  if (!anybody && !label.empty()) {
    std::string displayed(label);
    if (label.starts_with("xn--"))
      if (const auto url = text::parse_url("https://" + std::string(label) + ".example"))
        displayed = url->host_unicode.substr(0, url->host_unicode.find('.'));
    if (const auto match = index.looks_like(displayed))
      notes.add(FactId::sender_lookalike_domain, place, id_of(match), match.distance);
  }
  if (const auto match = index.named_in_words(from.local); match && counts(match))
    notes.add(FactId::sender_brand_in_local_or_subdomain, place, id_of(match));
  else if (const auto in_host = index.named_in_host(host, scene.from_domain);
           in_host && counts(in_host) && !anybody && !knowledge.in_list(lists::mail_platforms, host))
    notes.add(FactId::sender_brand_in_local_or_subdomain, place, id_of(in_host));
}

void observe_name(const Scene& scene, Notes& notes, const message::Address& from) {
  if (from.display.empty()) {
    notes.add(FactId::sender_name_empty, whole_part(scene, ReadableKind::header_from));
    return;
  }
  const Place place = in_part(scene, ReadableKind::header_from, from.display);
  if (const std::size_t count = ornaments(from.display); count > 0)
    notes.add(FactId::sender_name_decorated, place, {}, static_cast<double>(count));
  const std::string shown = organisation_in(from.display);
  if (!shown.empty() && !same_organisation(scene, shown, scene.from_domain))
    notes.add(FactId::sender_name_is_address, place, shown);
}

void observe_answers(const Scene& scene, Notes& notes) {
  for (const message::Address& reply : scene.message.reply_to) {
    const std::string domain = organisation(reply.domain);
    if (domain.empty() || same_organisation(scene, scene.from_domain, domain)) continue;
    const Place place = in_part(scene, ReadableKind::header_reply_to, reply.spec());
    notes.add(FactId::sender_reply_to_differs, place, domain);
    if (is_anybodys_host(scene.knowledge, reply.domain) && !is_anybodys_host(scene.knowledge, scene.from_host))
      notes.add(FactId::sender_reply_to_freemail, place, reply.domain);
  }
  for (const message::Address& bounce : scene.message.return_path) {
    const std::string domain = organisation(bounce.domain);
    if (domain.empty() || same_organisation(scene, scene.from_domain, domain) ||
        scene.knowledge.in_list(lists::mail_platforms, bounce.domain))
      continue;
    notes.add(FactId::sender_return_path_differs, whole_part(scene, ReadableKind::header_from), domain);
    break;
  }
}

bool is_reader(const Scene& scene, const std::string& spec) {
  if (std::find(scene.reader.begin(), scene.reader.end(), spec) != scene.reader.end()) return true;
  return std::any_of(scene.message.to.begin(), scene.message.to.end(),
                     [&](const message::Address& to) { return lower_ascii(to.spec()) == spec; });
}

}  // namespace

void observe_sender(const Scene& scene, Notes& notes) {
  if (scene.message.from.empty() || scene.from_host.empty()) {
    if (scene.message.input == message::InputKind::mail)
      notes.add(FactId::sender_missing, whole_part(scene, ReadableKind::header_from));
    if (scene.message.from.empty()) return;
  }
  const message::Address& from = scene.message.from.front();
  const Place place = in_part(scene, ReadableKind::header_from, from.spec());
  if (scene.message.from.size() > 1)
    notes.add(FactId::sender_several_from, whole_part(scene, ReadableKind::header_from), {},
              static_cast<double>(scene.message.from.size()));
  observe_name(scene, notes, from);
  if (scene.from_host.empty()) return;
  observe_address(scene, notes, from);
  observe_answers(scene, notes);
  const std::string spec = lower_ascii(from.spec());
  if (is_reader(scene, spec)) notes.add(FactId::sender_is_reader, place);
  const auto& known = scene.history.correspondents;
  if (std::find(known.begin(), known.end(), spec) != known.end()) notes.add(FactId::sender_known, place);
  if (!scene.trust.trusted) return;
  // One proof cannot vouch for several authors (RFC 7489 6.6.1).
  if (scene.trust.sender_disproved())
    notes.add(FactId::sender_disproved, place, scene.from_domain);
  else if (scene.trust.sender_proven() && scene.message.from.size() == 1)
    notes.add(FactId::sender_proven, place, scene.from_domain);
  else
    notes.add(FactId::sender_unproven, place);
}

}  // namespace sekisho::facts
