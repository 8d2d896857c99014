#include "facts/claims.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "facts/lists.h"
#include "facts/tools.h"
#include "text/domain.h"

namespace sekisho::facts {
namespace {

constexpr std::size_t opening_bytes = 120;
constexpr std::size_t signature_bytes = 200;
constexpr std::size_t users_phrase_within_bytes = 24;
constexpr std::size_t mentions_that_claim = 3;
constexpr std::size_t header_words = 64;  // words of a sender's name or subject tried as imitations

const message::Readable& part_at(const Scene& scene, std::uint16_t part) { return scene.message.readable[part]; }

/// Where the address itself begins in the text of the From part: what stands there is not the sender's name.
std::size_t name_ends(const Scene& scene, const std::string& text) {
  if (scene.message.from.empty() || scene.message.from.front().display.empty()) return 0;
  const std::size_t angle = text.rfind('<');
  return angle == std::string::npos ? text.size() : angle;
}

/// "【JCB】", "[JCB]", "(JCB)": the brackets hold nothing else.
bool stands_in_brackets(std::string_view text, text::Span span) {
  const std::string_view before = text.substr(0, span.start), after = text.substr(span.end);
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"【", "】"},
                                    {"[", "]"},
                                    {"(", ")"},
                                    {"「", "」"},
                                    {"〔", "〕"},
                                    {"［", "］"},
                                    {"《", "》"},
                                    {"<", ">"}})
    if (before.ends_with(open) && after.starts_with(close)) return true;
  return false;
}

bool is_opening(const Scene& scene, const Naming& naming) {
  const message::Readable& part = part_at(scene, naming.part);
  const std::size_t begin = part.text.find_first_not_of(" \t\r\n");
  std::size_t end = part.text.size();
  if (!scene.quoted_is_own && !part.quoted_tail.empty() && part.quoted_tail.end == end) end = part.quoted_tail.start;
  if (begin != std::string::npos && naming.span.start < begin + opening_bytes) return true;
  if (naming.span.end <= end && naming.span.start + signature_bytes >= end) return true;
  const auto& phrases = scene.knowledge.phrase_lists();
  return std::any_of(scene.hits.begin(), scene.hits.end(), [&](const Hit& hit) {
    return hit.part == naming.part && hit.span.start >= naming.span.start &&
           hit.span.start <= naming.span.end + users_phrase_within_bytes &&
           phrases[hit.list].name == lists::for_users_of;
  });
}

/// Words of the sender's name and the subject that imitate a brand: "Amaz0n".
void add_imitations(const Scene& scene, std::vector<Naming>& namings) {
  for (const ReadableKind kind : {ReadableKind::header_from, ReadableKind::header_subject}) {
    const std::uint16_t part = scene.part_of(kind);
    if (part == no_part) continue;
    const message::Readable& readable = part_at(scene, part);
    const std::string& folded = readable.folded.text();
    std::size_t words = 0;
    for (std::size_t i = 0; i < folded.size() && words < header_words;) {
      if (!is_word_byte(folded[i])) {
        ++i;
        continue;
      }
      std::size_t end = i;
      while (end < folded.size() && is_word_byte(folded[end])) ++end;
      ++words;
      const std::string_view word = std::string_view(folded).substr(i, end - i);
      const auto match = scene.knowledge.brand_index().imitated_by(word);
      if (match && !scene.knowledge.in_list(lists::ordinary_words, word))
        namings.push_back(
            {match.brand, part, readable.folded.original(span_of(i, end - i)), false, readable.depth > 0, true});
      i = end;
    }
  }
}

/// A name inside a longer name is that other firm's: 楽天 in 楽天カード, Apple in "Apple Store".
void drop_names_inside_names(std::vector<Naming>& namings) {
  std::stable_sort(namings.begin(), namings.end(), [](const Naming& a, const Naming& b) {
    return std::tuple(a.part, a.span.start, -static_cast<std::int64_t>(a.span.end)) <
           std::tuple(b.part, b.span.start, -static_cast<std::int64_t>(b.span.end));
  });
  std::vector<Naming> kept;
  Naming widest;  // the naming of this part that reaches farthest so far
  for (const Naming& naming : namings) {
    const bool inside = !kept.empty() && widest.part == naming.part && widest.brand != naming.brand && !widest.weak &&
                        naming.span.end <= widest.span.end && naming.span.size() < widest.span.size();
    if (inside) continue;
    kept.push_back(naming);
    if (kept.size() == 1 || widest.part != naming.part || naming.span.end > widest.span.end) widest = naming;
  }
  namings = std::move(kept);
}

class Collector {
 public:
  explicit Collector(const Scene& scene) : scene_(scene) {}

  Claim& claim(const knowledge::Brand& brand) {
    const auto [found, is_new] = index_.emplace(&brand, claims_.size());
    if (is_new) claims_.push_back({&brand});
    return claims_[found->second];
  }
  void raise(Claim& claim, Prominence prominence, Place place) {
    const bool stronger =
        prominence > claim.prominence || (claim.place.part == no_part && prominence == claim.prominence);
    if (stronger || claim.place.part == no_part) claim.place = place;
    claim.prominence = std::max(claim.prominence, prominence);
  }
  void count(const Naming& naming) {
    const message::Readable& part = part_at(scene_, naming.part);
    const knowledge::Brand& brand = scene_.knowledge.brands()[naming.brand];
    const Place place{naming.part, naming.span};
    if (part.kind == ReadableKind::header_from) {
      if (part.depth > 0 || naming.span.start >= name_ends(scene_, part.text)) return;
      if (naming.weak && !stands_in_brackets(part.text, naming.span) && !is_the_name(part.text, naming.span)) return;
      Claim& made = claim(brand);
      made.by_sender_name = true;
      finish(made, naming, Prominence::sender_name, place);
    } else if (part.kind == ReadableKind::header_subject) {
      if (part.depth > 0) return;
      if (naming.weak && !stands_in_brackets(part.text, naming.span) && !beside_own_domain(brand)) return;
      Claim& made = claim(brand);
      made.in_subject = true;
      finish(made, naming, Prominence::subject, place);
    } else if (is_body(part.kind)) {
      if (naming.weak && !beside_own_domain(brand)) return;
      Claim& made = claim(brand);
      made.in_body = true;
      Prominence prominence = !naming.quoted && is_opening(scene_, naming) ? Prominence::opening : Prominence::passing;
      const bool in_link = std::any_of(scene_.sites.begin(), scene_.sites.end(), [&](const Site& site) {
        const message::Link& link = scene_.message.links[site.link];
        return link.part == naming.part && link.shown.start <= naming.span.start && naming.span.end <= link.shown.end;
      });
      if (in_link) {
        made.in_link_text = true;
        if (!naming.quoted) prominence = Prominence::opening;
      }
      if (made.mentions + 1 >= mentions_that_claim && !naming.quoted) prominence = Prominence::opening;
      finish(made, naming, prominence, place);
    }
  }
  void count_sender_domain() {
    if (scene_.from_brand == nullptr) return;
    Claim& made = claim(*scene_.from_brand);
    made.by_sender_domain = true;
    raise(made, Prominence::sender_domain, in_part(scene_, ReadableKind::header_from, scene_.from_host));
  }
  std::vector<Claim> take() {
    // Who speaks is said by the sender's name or domain; what the body names besides is then named in passing.
    const bool sender_is_said = std::any_of(claims_.begin(), claims_.end(), [](const Claim& claim) {
      return claim.prominence >= Prominence::sender_domain;
    });
    if (sender_is_said)
      for (Claim& claim : claims_)
        if (claim.prominence == Prominence::opening) claim.prominence = Prominence::passing;
    std::stable_sort(claims_.begin(), claims_.end(), [](const Claim& a, const Claim& b) {
      return std::tuple(-static_cast<int>(a.prominence), a.weak) < std::tuple(-static_cast<int>(b.prominence), b.weak);
    });
    return std::move(claims_);
  }

 private:
  void finish(Claim& made, const Naming& naming, Prominence prominence, Place place) {
    made.weak = made.place.part == no_part ? naming.weak : made.weak && naming.weak;
    made.lookalike = made.lookalike || naming.lookalike;
    if (!has_html_twin(scene_, naming.part)) ++made.mentions;
    raise(made, prominence, place);
  }
  /// Around an ambiguous word stand only words that name nobody: "Apple Support", but not "Bob's Windows Daily".
  bool is_the_name(std::string_view from, text::Span span) const {
    std::string rest(from.substr(0, span.start));
    rest += from.substr(span.end, name_ends(scene_, std::string(from)) - span.end);
    const std::string folded = text::fold_key(rest);
    std::string words;
    for (const char c : folded)
      if (is_word_byte(c)) words += c;
    return names_nobody(scene_.knowledge, words);
  }
  bool beside_own_domain(const knowledge::Brand& brand) const {
    if (&brand == scene_.from_brand) return true;
    return std::any_of(scene_.sites.begin(), scene_.sites.end(), [&](const Site& site) {
      return site.is_web && knowledge::Snapshot::owns(brand, site.final_host).yes;
    });
  }

  const Scene& scene_;
  std::vector<Claim> claims_;
  std::unordered_map<const knowledge::Brand*, std::size_t> index_;
};

}  // namespace

std::vector<Claim> find_claims(const Scene& scene, std::vector<Naming> namings) {
  drop_names_inside_names(namings);
  add_imitations(scene, namings);
  Collector collector(scene);
  for (const Naming& naming : namings) collector.count(naming);
  collector.count_sender_domain();
  return collector.take();
}

}  // namespace sekisho::facts
