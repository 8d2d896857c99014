#include "facts/scene.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "facts/auth_trust.h"
#include "facts/claims.h"
#include "facts/lists.h"
#include "facts/passages.h"
#include "facts/scene_builder.h"
#include "facts/tools.h"
#include "text/domain.h"

namespace sekisho::facts {
namespace {

constexpr std::size_t own_text_characters = 20;  // with fewer of its own, a message is what it quotes
constexpr std::size_t hits_of_a_list = 8;        // kept per part: a card underlines a few, not hundreds
constexpr std::size_t namings_of_a_brand = 32;   // kept per part

bool carries_claims(ReadableKind kind) {
  return is_body(kind) || kind == ReadableKind::header_from || kind == ReadableKind::header_subject ||
         kind == ReadableKind::attachment_name;
}

/// Asks the public suffix list once for each host of a message.
class Domains {
 public:
  const std::string& of(const std::string& host) {
    const auto [found, is_new] = known_.try_emplace(host);
    if (is_new) found->second = text::registrable_domain(host);
    return found->second;
  }

 private:
  std::unordered_map<std::string, std::string> known_;
};

bool own_text_is_short(const message::Message& message) {
  std::size_t count = 0;
  for (const auto& part : message.readable) {
    if (!is_body(part.kind) || part.depth > 0) continue;
    const std::string_view text = part.text;
    const std::size_t start =
        part.quoted_tail.empty() ? text.size() : std::min<std::size_t>(part.quoted_tail.start, text.size());
    const std::size_t end =
        part.quoted_tail.empty() ? text.size() : std::min<std::size_t>(part.quoted_tail.end, text.size());
    count += characters(text.substr(0, start), own_text_characters) + characters(text.substr(end), own_text_characters);
    if (count >= own_text_characters) return false;
  }
  return true;
}

/// Whether the few words of its own ask what the quoted mail is: then they are the message, not what it quotes.
bool own_text_asks(const message::Message& message, const knowledge::Snapshot& knowledge,
                   text::PatternSet::Scratch& scratch) {
  const auto asks = [&](std::string_view text) {
    const auto hits = knowledge.patterns().scan(text::fold_key(text), scratch);
    return std::any_of(hits.begin(), hits.end(), [&](const text::PatternHit& hit) {
      const auto& meaning = knowledge.meaning(hit.id);
      return meaning.what == knowledge::Snapshot::Meaning::What::phrase &&
             knowledge.phrase_lists()[meaning.index].name == lists::asks_is_this_real;
    });
  };
  return std::any_of(message.readable.begin(), message.readable.end(), [&](const message::Readable& part) {
    if (!is_body(part.kind) || part.depth > 0) return false;
    const std::string_view text = part.text;
    if (part.quoted_tail.empty()) return asks(text);
    return asks(text.substr(0, part.quoted_tail.start)) ||
           asks(text.substr(std::min<std::size_t>(part.quoted_tail.end, text.size())));
  });
}

bool is_active(const message::Link& link) {
  using Kind = text::HtmlLink::Kind;
  if (link.hidden || link.from == message::Link::From::attachment) return false;
  if (link.from != message::Link::From::html) return true;
  return link.kind == Kind::anchor || link.kind == Kind::area || link.kind == Kind::form_action ||
         link.kind == Kind::meta_refresh;
}

void find_sites(Scene& scene) {
  Domains domains;
  const auto& links = scene.message.links;
  scene.sites.reserve(links.size());
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (!links[i].url) continue;
    Site site;
    site.link = i;
    site.opens = &*links[i].url;
    site.host = site.opens->host;
    site.is_web = site.opens->is_web();
    site.is_active = is_active(links[i]);
    site.quoted = is_quoted(scene, links[i].part, links[i].shown);
    if (site.is_web) {
      if (!site.opens->is_ip) site.domain = domains.of(site.host);
      if (auto unwrapped = text::unwrap(*site.opens, scene.knowledge.wrappers()))
        site.unwrapped = std::move(*unwrapped);
    }
    site.final_host = site.host;
    site.final_domain = site.domain;
    if (!site.unwrapped.chain.empty()) {
      const text::Url& end = site.unwrapped.destination();
      site.final_host = end.host;
      site.final_domain = end.is_ip ? std::string() : domains.of(end.host);
    }
    scene.sites.push_back(std::move(site));
  }
}

void add_reader(Scene& scene, std::string_view address) {
  std::string lowered = lower_ascii(address);
  if (lowered.starts_with('<')) lowered.erase(0, 1);
  if (lowered.ends_with('>')) lowered.pop_back();
  if (lowered.find('@') == std::string::npos) return;
  if (std::find(scene.reader.begin(), scene.reader.end(), lowered) == scene.reader.end())
    scene.reader.push_back(std::move(lowered));
}

void find_reader(Scene& scene) {
  for (const std::string& address : scene.envelope.recipients) add_reader(scene, address);
  for (const std::string& address : scene.history.profile.mail_addresses) add_reader(scene, address);
  for (const std::string_view name : {"Delivered-To", "X-Original-To", "Envelope-To"})
    if (const message::Header* header = scene.message.header(name)) add_reader(scene, header->value);
  scene.reader_known = !scene.reader.empty();
  if (!scene.reader_known && scene.message.to.size() + scene.message.cc.size() == 1)
    add_reader(scene, (scene.message.to.empty() ? scene.message.cc : scene.message.to).front().spec());
}

/// U+30A1 to U+30FC in UTF-8: E3 82 A1 … E3 83 BC.
bool is_katakana(std::string_view letter) {
  return letter.size() == 3 && letter[0] == '\xE3' &&
         ((letter[1] == '\x82' && static_cast<unsigned char>(letter[2]) >= 0xA1) ||
          (letter[1] == '\x83' && static_cast<unsigned char>(letter[2]) <= 0xBC && letter[2] != '\xBB'));
}

/// A katakana name inside a longer katakana word is another word: ライン in オンラインショップ. The automaton knows no
/// such word boundary.
bool inside_katakana_word(std::string_view text, text::Span span) {
  const auto letter = [&](std::size_t at) { return text.substr(at, 3); };
  const bool before = span.start >= 3 && is_katakana(letter(span.start)) && is_katakana(letter(span.start - 3));
  const bool after = span.end >= 3 && span.end + 3 <= text.size() && is_katakana(letter(span.end - 3)) &&
                     is_katakana(letter(span.end));
  return before || after;
}

using Counts = std::unordered_map<std::uint32_t, std::size_t>;

/// Pattern hits of one text: phrases to the scene, brands to `namings`.
void sort_hits(Scene& scene, std::uint16_t part, const std::vector<text::PatternHit>& hits,
               std::vector<Naming>& namings) {
  using What = knowledge::Snapshot::Meaning::What;
  const message::Readable& readable = scene.message.readable[part];
  Counts counts;
  for (const text::PatternHit& hit : hits) {
    const auto& meaning = scene.knowledge.meaning(hit.id);
    const bool is_phrase = meaning.what == What::phrase;
    if (!is_phrase && inside_katakana_word(readable.folded.text(), hit.span)) continue;
    if (++counts[hit.id] > (is_phrase ? hits_of_a_list : namings_of_a_brand)) continue;
    const text::Span span = readable.folded.original(hit.span);
    const bool quoted = is_quoted(scene, part, span);
    if (is_phrase)
      scene.hits.push_back({meaning.index, part, span, quoted ? Voice::quoted : Voice::own});
    else
      namings.push_back({meaning.index, part, span, meaning.what == What::weak_brand, quoted, false});
  }
}

std::vector<Naming> scan_parts(Scene& scene, text::PatternSet::Scratch& scratch) {
  using What = knowledge::Snapshot::Meaning::What;
  std::vector<Naming> namings;
  const text::PatternSet& patterns = scene.knowledge.patterns();
  for (std::size_t i = 0; i < scene.message.readable.size() && i < no_part; ++i) {
    const message::Readable& readable = scene.message.readable[i];
    if (!carries_claims(readable.kind) || readable.folded.text().empty()) continue;
    const auto part = static_cast<std::uint16_t>(i);
    sort_hits(scene, part, patterns.scan(readable.folded.text(), scratch), namings);
    // A name written with tricks is still that name: the automaton reads what the eye reads.
    for (const auto& trick : readable.folded.tricks())
      for (const text::PatternHit& hit : patterns.scan(trick.plain, scratch))
        if (const auto& meaning = scene.knowledge.meaning(hit.id); meaning.what == What::brand)
          namings.push_back({meaning.index, part, trick.original, false, is_quoted(scene, part, trick.original),
                             trick.kind == text::Folded::Trick::Kind::mixed_script_word ||
                                 trick.kind == text::Folded::Trick::Kind::lookalike_kana});
  }
  return namings;
}

}  // namespace

Scene build_scene(const message::Message& message, const knowledge::Snapshot& knowledge, const History& history,
                  const Envelope& envelope, text::PatternSet::Scratch& scratch) {
  Scene scene{message, knowledge, history, envelope};
  if (!message.from.empty()) {
    scene.from_host = message.from.front().domain;
    scene.from_domain = text::registrable_domain(scene.from_host);
    if (!is_anybodys_host(knowledge, scene.from_host)) scene.from_brand = knowledge.brand_of(scene.from_host);
  }
  Receipt receipt = read_receipt(message, knowledge, scene.from_host, scene.from_domain);
  scene.trust = std::move(receipt.trust);
  scene.border_hop = receipt.border_hop;
  scene.quoted_is_own = own_text_is_short(message) && !own_text_asks(message, knowledge, scratch);
  find_reader(scene);
  find_sites(scene);
  std::vector<Naming> namings = scan_parts(scene, scratch);
  give_voices(scene, namings);
  scene.claims = find_claims(scene, std::move(namings));
  return scene;
}

bool Scene::has_hit(std::string_view list) const {
  const auto& phrases = knowledge.phrase_lists();
  return std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) { return phrases[hit.list].name == list; });
}

const Claim* Scene::claim() const {
  return claims.empty() || claims.front().prominence == Prominence::passing ? nullptr : &claims.front();
}

std::uint16_t Scene::part_of(ReadableKind kind) const {
  for (std::size_t i = 0; i < message.readable.size() && i < no_part; ++i)
    if (message.readable[i].kind == kind && message.readable[i].depth == 0) return static_cast<std::uint16_t>(i);
  return no_part;
}

bool is_quoted(const Scene& scene, std::uint16_t part, text::Span span) {
  if (scene.quoted_is_own || part >= scene.message.readable.size()) return false;
  const message::Readable& readable = scene.message.readable[part];
  if (readable.depth > 0) return true;
  return !readable.quoted_tail.empty() && span.start >= readable.quoted_tail.start &&
         span.end <= readable.quoted_tail.end;
}

bool has_html_twin(const Scene& scene, std::uint16_t part) {
  const auto& readable = scene.message.readable;
  const message::Readable& own = readable[part];
  if (own.kind != ReadableKind::text || !own.alternative) return false;
  return std::any_of(readable.begin(), readable.end(), [&](const message::Readable& other) {
    return other.kind == ReadableKind::html && other.alternative == own.alternative && other.depth == own.depth &&
           characters(other.text, own_text_characters) >= own_text_characters;
  });
}

bool listed_exactly(const knowledge::Snapshot& knowledge, std::string_view list, std::string_view host) {
  if (!knowledge.in_list(list, host)) return false;
  for (const auto& known : knowledge.name_lists())
    if (known.name == list) return std::binary_search(known.entries.begin(), known.entries.end(), host, std::less<>());
  return false;
}

bool is_anybodys_host(const knowledge::Snapshot& knowledge, std::string_view host) {
  const std::array kinds{lists::free_mail, lists::carrier_mail, lists::disposable_mail};
  return std::any_of(kinds.begin(), kinds.end(),
                     [&](std::string_view list) { return listed_exactly(knowledge, list, host); });
}

bool names_nobody(const knowledge::Snapshot& knowledge, std::string_view name) {
  if (name.empty()) return true;
  const auto& known = knowledge.name_lists();
  const auto list = std::find_if(known.begin(), known.end(),
                                 [](const auto& each) { return each.name == lists::generic_sender_word; });
  if (list == known.end()) return false;
  while (!name.empty()) {
    std::size_t longest = 0;
    for (const std::string& word : list->entries)
      if (word.size() > longest && name.starts_with(word)) longest = word.size();
    if (longest == 0) return false;
    name.remove_prefix(longest);
  }
  return true;
}

std::string organisation(std::string_view host) {
  std::string domain = text::registrable_domain(host);
  return domain.empty() ? std::string(host) : domain;
}

}  // namespace sekisho::facts
