// Who the message says it is, held against who sent it and where its links lead. What counts as a claim: claims.h.
/// fact claim.brand: the brand that the message most prominently speaks as; value: brand; number: 2 opening of the
///   body, 3 subject, 4 From address, 5 sender's name
/// fact claim.also_brand: another brand it speaks as, less prominently; value: brand; number as claim.brand
/// fact claim.brand_in_passing: a brand that is only mentioned (paid by, shipped by); value: brand
/// fact claim.brand_by_sender_name: the sender's name is or holds a brand's name; value: brand
/// fact claim.several_brands: it speaks as more than one brand; number: how many
/// fact claim.sender_owned: it speaks as a brand in the sender's name, address or subject, and the From is the brand's;
///   value: brand; number: how well that is known (0 memory … 7 verified)
/// fact claim.sender_spoofed: the From is the brand's own domain, and the receiver found that it does not come from
///   there; value: brand
/// fact claim.sender_not_owned_strong: it speaks as a brand, the From is not the brand's by a list of two pages or
///   better, and DMARC is not aligned or the domain is a look-alike; value: brand; number as claim.brand
/// fact claim.sender_not_owned: it speaks as a brand and the From is not on the brand's list, which may be incomplete;
///   value: brand; number as claim.brand
/// fact claim.sender_freemail: it speaks as a brand from a box that anyone can open; value: brand; number as
///   claim.brand
/// fact claim.other_brand_domain: it speaks as one brand and the From belongs to another; value: the brand spoken as
/// fact claim.links_owned: every active web link leads to the brand it speaks as, or to the proven sender's own domain;
///   value: brand; number: 2 all to the brand, 1 otherwise
/// fact claim.links_not_owned: no active web link leads to the brand it speaks as; value: brand; number: share of links
///   (0 to 1) whose end cannot be known
/// fact claim.lookalike_written: a brand's name written with look-alike letters; value: brand
/// fact claim.government_not_gov: it speaks as a public body, and the From is under no ending of public bodies; value:
///   brand, or "" for an office that is none of the known
/// fact claim.none: nothing is named: no brand, no company, no name of the sender's own
/// fact claim.company_named: words of a company's signature stand in the message
/// fact claim.self_named: the sender's name or domain label stands in the subject or body as a name; value: "name" or
///   "domain"
#include <algorithm>
#include <string>
#include <vector>

#include "facts/lists.h"
#include "facts/tools.h"
#include "text/domain.h"
#include "text/fold.h"

namespace sekisho::facts {
namespace {

constexpr std::size_t name_bytes = 6;  // two Japanese characters
constexpr std::size_t name_part_bytes = 9;
constexpr std::size_t domain_label_bytes = 4;
constexpr std::size_t text_searched_bytes = 16 * 1024;

/// The whole of a sender's name, folded, then its words ("つばめ急便" of "つばめ急便 お届け通知"), long enough to be a
/// name. Split before folding, which drops spaces between Japanese letters.
std::vector<std::string> name_parts(std::string_view display) {
  std::vector<std::string> parts;
  if (display.find('@') != std::string_view::npos) return parts;
  std::string whole = text::fold_key(display);
  constexpr std::string_view wide_space = "\xE3\x80\x80";  // U+3000
  std::string spaced;
  for (std::size_t at = 0; at < display.size();) {
    const bool wide = display.substr(at, wide_space.size()) == wide_space;
    spaced.push_back(wide ? ' ' : display[at]);
    at += wide ? wide_space.size() : 1;
  }
  for (std::size_t at = 0; at < spaced.size();) {
    const std::size_t end = std::min(spaced.find_first_of(" -|/()[]<>,\"", at), spaced.size());
    std::string part = text::fold_key(std::string_view(spaced).substr(at, end - at));
    if (part.size() >= name_part_bytes && part.size() < whole.size()) parts.push_back(std::move(part));
    at = end + 1;
  }
  if (whole.size() >= name_bytes) parts.insert(parts.begin(), std::move(whole));
  return parts;
}

double rank(const Claim& claim) { return static_cast<double>(claim.prominence); }

/// The From's label imitates the brand's. The brand's own label under another ending may be a list that is incomplete.
bool imitates_brand(const Scene& scene, const Claim& claim) {
  const auto match =
      scene.knowledge.brand_index().looks_like(text::registrable_label(scene.from_host, scene.from_domain));
  return match && match.distance > 0 && &scene.knowledge.brands()[match.brand] == claim.brand;
}

void observe_sender_of(const Scene& scene, Notes& notes, const Claim& claim) {
  const std::string& id = claim.brand->id;
  if (scene.from_host.empty()) return;  // pasted text and short messages have no sender to hold it against
  const bool anybody = is_anybodys_host(scene.knowledge, scene.from_host);
  const auto owns = knowledge::Snapshot::owns(*claim.brand, scene.from_host);
  if (owns.yes && !anybody) {
    if (scene.trust.sender_disproved()) notes.add(FactId::claim_sender_spoofed, claim.place, id);
    if (claim.prominence >= Prominence::subject)
      notes.add(FactId::claim_sender_owned, claim.place, id, static_cast<double>(owns.confidence));
    return;
  }
  if (anybody) notes.add(FactId::claim_sender_freemail, claim.place, id, rank(claim));
  if (scene.from_brand != nullptr && scene.from_brand != claim.brand)
    notes.add(FactId::claim_other_brand_domain, claim.place, id);
  notes.add(FactId::claim_sender_not_owned, claim.place, id, rank(claim));
  const bool not_aligned = scene.trust.trusted && !scene.trust.sender_proven();
  if (owns.confidence >= knowledge::Confidence::two_pages && (not_aligned || imitates_brand(scene, claim)))
    notes.add(FactId::claim_sender_not_owned_strong, claim.place, id, rank(claim));
}

void observe_links_of(const Scene& scene, Notes& notes, const Claim& claim) {
  std::size_t links = 0, to_brand = 0, to_sender = 0, unknown = 0;
  for (const Site& site : scene.sites) {
    if (!site.is_web || !site.is_active || site.quoted) continue;
    ++links;
    if (knowledge::Snapshot::owns(*claim.brand, site.final_host).yes)
      ++to_brand;
    else if (!site.final_domain.empty() && site.final_domain == scene.from_domain && scene.trust.sender_proven())
      ++to_sender;
    else if (scene.knowledge.in_list(lists::mail_platforms, site.final_host) ||
             scene.knowledge.in_list(lists::url_shorteners, site.final_host))
      ++unknown;
  }
  if (links == 0) return;
  if (to_brand + to_sender == links)
    notes.add(FactId::claim_links_owned, claim.place, claim.brand->id, to_brand == links ? 2 : 1);
  if (to_brand == 0)
    notes.add(FactId::claim_links_not_owned, claim.place, claim.brand->id,
              static_cast<double>(unknown) / static_cast<double>(links));
}

bool is_name_at(std::string_view text, std::size_t at, std::size_t size) {
  const auto letter_at = [&](std::size_t i) { return i < text.size() ? text[i] : ' '; };
  const char before = at == 0 ? ' ' : text[at - 1];
  char after = letter_at(at + size);
  // The end of a sentence, unless a host goes on behind the dot.
  if (after == '.' && !is_letter(letter_at(at + size + 1)) && !is_digit(letter_at(at + size + 1))) after = ' ';
  if (is_letter(before) || is_digit(before) || before == '.' || before == '@' || before == '/' || before == '-')
    return false;
  return !is_letter(after) && !is_digit(after) && after != '.' && after != '-' && after != '@' && after != '/';
}

/// Where `needle` (folded) stands in the subject or an own body; ASCII needles as whole words, outside of addresses.
Place find_name(const Scene& scene, std::string_view needle) {
  for (std::size_t i = 0; i < scene.message.readable.size() && i < no_part; ++i) {
    const message::Readable& part = scene.message.readable[i];
    if ((!is_body(part.kind) && part.kind != ReadableKind::header_subject) || part.depth > 0 ||
        has_html_twin(scene, static_cast<std::uint16_t>(i)))
      continue;
    const std::string_view text = std::string_view(part.folded.text()).substr(0, text_searched_bytes);
    for (std::size_t at = find_bytes(text, needle, 0); at != std::string_view::npos;
         at = find_bytes(text, needle, at + 1)) {
      if (!is_name_at(text, at, needle.size())) continue;
      const auto span = part.folded.original(span_of(at, needle.size()));
      if (!is_quoted(scene, static_cast<std::uint16_t>(i), span)) return {static_cast<std::uint16_t>(i), span};
    }
  }
  return {};
}

/// Whether the sender names itself in what it writes.
bool observe_self(const Scene& scene, Notes& notes) {
  bool named = false;
  if (!scene.message.from.empty()) {
    for (const std::string& part : name_parts(scene.message.from.front().display)) {
      if (names_nobody(scene.knowledge, part)) continue;
      const Place place = find_name(scene, part);
      if (place.part == no_part) continue;
      notes.add(FactId::claim_self_named, place, "name");
      named = true;
      break;
    }
  }
  const std::string_view label = text::registrable_label(scene.from_host, scene.from_domain);
  if (label.size() >= domain_label_bytes && !is_anybodys_host(scene.knowledge, scene.from_host))
    if (const Place place = find_name(scene, label); place.part != no_part) {
      notes.add(FactId::claim_self_named, place, "domain");
      named = true;
    }
  return named;
}

void observe_government(const Scene& scene, Notes& notes) {
  if (scene.from_host.empty() || scene.knowledge.in_list(lists::official_endings, scene.from_host)) return;
  const Claim* claim = scene.claim();
  if (claim != nullptr && claim->brand->category == "government") {
    if (!knowledge::Snapshot::owns(*claim->brand, scene.from_host).yes)
      notes.add(FactId::claim_government_not_gov, claim->place, claim->brand->id);
    return;
  }
  if (claim != nullptr) return;
  const auto& phrases = scene.knowledge.phrase_lists();
  for (const Hit& hit : scene.hits) {
    const ReadableKind kind = scene.message.readable[hit.part].kind;
    if (phrases[hit.list].name != lists::public_office || !hit.own() ||
        (kind != ReadableKind::header_from && kind != ReadableKind::header_subject))
      continue;
    notes.add(FactId::claim_government_not_gov, {hit.part, hit.span});
    return;
  }
}

}  // namespace

void observe_claim(const Scene& scene, Notes& notes) {
  std::size_t spoken_as = 0;
  for (const Claim& claim : scene.claims) {
    const std::string& id = claim.brand->id;
    if (claim.lookalike) notes.add(FactId::claim_lookalike_written, claim.place, id);
    if (claim.prominence == Prominence::passing) {
      notes.add(FactId::claim_brand_in_passing, claim.place, id);
      continue;
    }
    notes.add(spoken_as++ == 0 ? FactId::claim_brand : FactId::claim_also_brand, claim.place, id, rank(claim));
    if (claim.by_sender_name) notes.add(FactId::claim_brand_by_sender_name, claim.place, id);
  }
  if (spoken_as > 1)
    notes.add(FactId::claim_several_brands, scene.claims.front().place, {}, static_cast<double>(spoken_as));
  if (const Claim* claim = scene.claim()) {
    observe_sender_of(scene, notes, *claim);
    observe_links_of(scene, notes, *claim);
  }
  observe_government(scene, notes);

  const auto& phrases = scene.knowledge.phrase_lists();
  bool company = false;
  for (const Hit& hit : scene.hits) {
    if (company || !hit.own() || phrases[hit.list].name != lists::company_block) continue;
    notes.add(FactId::claim_company_named, {hit.part, hit.span});
    company = true;
  }
  const bool self = observe_self(scene, notes);
  if (scene.claims.empty() && !company && !self) notes.add(FactId::claim_none);
}

}  // namespace sekisho::facts
