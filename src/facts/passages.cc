#include "facts/passages.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/limits.h"
#include "facts/lists.h"
#include "facts/tools.h"

namespace sekisho::facts {
namespace {

using text::Span;

constexpr std::size_t long_text_characters = 2500;  // nine of ten phishing mails are shorter than 2,000
constexpr std::size_t head_characters = 1500;       // what is read first …
constexpr std::size_t tail_characters = 500;        // … and where a newsletter says how to leave it
constexpr std::size_t links_of_a_digest = 4;
constexpr std::size_t rule_letters = 4;  // "-----" around an example

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> quotation_marks{
    {{"「", "」"}, {"『", "』"}, {"“", "”"}, {"«", "»"}, {"„", "“"}}};

std::string_view line_at(std::string_view text, std::size_t at) {
  const std::size_t end = text.find('\n', at);
  return text.substr(at, end == std::string_view::npos ? end : end - at);
}

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

/// "-----", "━━━━", "＊＊＊＊": one and the same sign, and nothing else.
bool is_rule(std::string_view line) {
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
  if (line.empty() || is_letter(line[0]) || is_digit(line[0])) return false;
  const auto lead = static_cast<unsigned char>(line[0]);
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : 3;
  if (line.size() < size * rule_letters || line.size() % size != 0) return false;
  for (std::size_t i = size; i < line.size(); i += size)
    if (line.substr(i, size) != line.substr(0, size)) return false;
  return true;
}

/// The block that an announced example holds: up to the rule that closes it when a rule opens it, else to the next
/// blank line.
Span example_after(std::string_view text, std::size_t at) {
  const std::size_t start = at;
  const std::size_t limit = std::min(text.size(), at + limits::reported_speech_bytes);
  bool fenced = false, any = false;
  at += line_at(text, at).size() + 1;
  while (at < limit) {
    const std::string_view line = line_at(text, at);
    if (is_rule(line)) {
      if (any) break;
      fenced = true;
    } else if (is_blank(line)) {
      if (any && !fenced) break;
    } else {
      any = true;
    }
    at += line.size() + 1;
  }
  return span_of(start, std::min(at, limit) - start);
}

bool opens(std::string_view text, std::size_t at) {
  if (text[at] == '"') return at == 0 || static_cast<unsigned char>(text[at - 1]) <= 0x20 || text[at - 1] == '(';
  if (text[at] != '\xE3' && text[at] != '\xE2' && text[at] != '\xC2') return false;
  return std::any_of(quotation_marks.begin(), quotation_marks.end(),
                     [&](const auto& marks) { return text.substr(at, marks.first.size()) == marks.first; });
}

/// Where the quotation that opens at `at` ends, 0 when none does: not over a blank line.
std::size_t quotation_end(std::string_view text, std::size_t at) {
  const std::string_view window = text.substr(at, limits::reported_speech_bytes);
  const std::string_view paragraph = window.substr(0, window.find("\n\n"));
  if (paragraph[0] == '"') {
    const std::size_t close = paragraph.find('"', 1);
    return close == std::string_view::npos ? 0 : at + close + 1;
  }
  for (const auto& [open, close] : quotation_marks)
    if (paragraph.starts_with(open)) {
      const std::size_t found = paragraph.find(close, open.size());
      return found == std::string_view::npos ? 0 : at + found + close.size();
    }
  return 0;
}

bool inside_any(const std::vector<Span>& spans, Span span) {
  const auto after = std::upper_bound(spans.begin(), spans.end(), span.start,
                                      [](std::uint32_t start, const Span& other) { return start < other.start; });
  return after != spans.begin() && span.start < std::prev(after)->end;
}

/// Byte offsets between which a long text's middle lies; equal when the text is not long.
std::pair<std::size_t, std::size_t> middle_of(std::string_view text) {
  const std::size_t all = characters(text, text.size());
  if (all < long_text_characters) return {0, 0};
  std::size_t count = 0, from = 0, to = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c <= 0x20 || (c & 0xC0) == 0x80) continue;
    if (++count == head_characters) from = i;
    if (count == all - tail_characters) to = i;
  }
  return {from, to};
}

/// Runs of two and more lines that begin with ">".
std::vector<Span> quoted_lines(std::string_view text) {
  constexpr std::size_t lines_needed = 2;
  std::vector<Span> found;
  std::size_t from = 0, lines = 0;
  for (std::size_t at = 0; at <= text.size();) {
    const std::string_view line = at < text.size() ? line_at(text, at) : std::string_view();
    if (line.starts_with('>')) {
      if (lines++ == 0) from = at;
    } else {
      if (lines >= lines_needed) found.push_back(span_of(from, at - from));
      lines = 0;
    }
    at += line.size() + 1;
  }
  return found;
}

class Voices {
 public:
  Voices(Scene& scene, std::vector<Naming>& namings) : scene_(scene), namings_(namings) {}

  void give() {
    for (std::size_t i = 0; i < scene_.hits.size(); ++i)
      if (const auto& back = scene_.knowledge.phrase_lists()[scene_.hits[i].list].takes_back; !back.empty())
        take_back(scene_.hits[i], back);
    for (std::size_t i = 0; i < scene_.message.readable.size() && i < no_part; ++i)
      if (is_body(scene_.message.readable[i].kind)) pass_over_middle(static_cast<std::uint16_t>(i));
    if (!scene_.quoted_is_own) hear_quoted_lines();
    take_back_links();
    if (!has(lists::bulletin)) return;
    reported_.resize(scene_.message.readable.size());
    for (std::size_t i = 0; i < reported_.size() && i < no_part; ++i)
      if (is_body(scene_.message.readable[i].kind)) reported_[i] = find_reported(static_cast<std::uint16_t>(i));
    if (!warns() || leads_on()) return;
    scene_.only_warns = true;
    for (Hit& hit : scene_.hits)
      if (hit.own() && is_reported(hit.part, hit.span) && !is(hit, lists::bulletin)) hit.voice = Voice::quoted;
    for (Naming& naming : namings_) naming.quoted = naming.quoted || is_reported(naming.part, naming.span);
  }

 private:
  /// What is asked ends where its verb or its object stands; that must lie in the denial. A denial before or behind it
  /// in the text takes nothing back: "We never ask for your password. Enter it here:".
  void take_back(const Hit& denial, const std::vector<std::string>& lists) {
    for (Hit& hit : scene_.hits) {
      if (hit.part != denial.part || !hit.own()) continue;
      if (hit.span.end <= denial.span.start || hit.span.end > denial.span.end) continue;
      const std::string& name = scene_.knowledge.phrase_lists()[hit.list].name;
      if (std::find(lists.begin(), lists.end(), name) != lists.end()) hit.voice = Voice::denied;
    }
  }

  bool is(const Hit& hit, std::string_view list) const {
    return scene_.knowledge.phrase_lists()[hit.list].name == list;
  }
  bool has(std::string_view list) const {
    return std::any_of(scene_.hits.begin(), scene_.hits.end(),
                       [&](const Hit& hit) { return hit.own() && is(hit, list); });
  }
  bool is_reported(std::uint16_t part, Span span) const {
    return part < reported_.size() && inside_any(reported_[part], span);
  }

  std::size_t links() const {
    return static_cast<std::size_t>(std::count_if(scene_.sites.begin(), scene_.sites.end(),
                                                  [](const Site& site) { return site.is_web && site.is_active; }));
  }
  /// A digest mentions many things and links to them. A long letter with few links is read to its end, where its demand
  /// is.
  void pass_over_middle(std::uint16_t part) {
    const auto [from, to] = middle_of(scene_.message.readable[part].text);
    if (from == to || links() < links_of_a_digest) return;
    for (Hit& hit : scene_.hits)
      if (hit.part == part && hit.own() && hit.span.start >= from && hit.span.end <= to) hit.voice = Voice::passing;
  }

  /// Lines marked with ">" in the middle of a text, with an answer below them: older mail like that at the end.
  void hear_quoted_lines() {
    for (std::size_t i = 0; i < scene_.message.readable.size() && i < no_part; ++i) {
      const auto part = static_cast<std::uint16_t>(i);
      if (scene_.message.readable[i].kind != ReadableKind::text) continue;
      const std::vector<Span> quoted = quoted_lines(scene_.message.readable[i].text);
      if (quoted.empty()) continue;
      for (Hit& hit : scene_.hits)
        if (hit.part == part && hit.own() && inside_any(quoted, hit.span)) hit.voice = Voice::quoted;
      for (Site& site : scene_.sites)
        if (const message::Link& link = scene_.message.links[site.link]; link.part == part && !link.shown.empty())
          site.quoted = site.quoted || inside_any(quoted, link.shown);
    }
  }

  /// "Click below:" and then the link as if somebody else had written it: a link that the sender's own words send the
  /// reader to is the sender's.
  void take_back_links() {
    if (!has(lists::click_here)) return;
    const bool any_own = std::any_of(scene_.sites.begin(), scene_.sites.end(),
                                     [](const Site& site) { return site.is_web && site.is_active && !site.quoted; });
    if (any_own) return;
    for (Site& site : scene_.sites) site.quoted = false;
  }

  std::vector<Span> find_reported(std::uint16_t part) const {
    std::vector<Span> examples;
    for (const Hit& hit : scene_.hits)
      if (hit.part == part && is(hit, lists::example_follows)) examples.push_back(hit.span);
    return reported_speech(scene_.message.readable[part].text, examples);
  }

  /// Outside of all that is reported somebody warns: in the subject, or in two places, since scams too end with a
  /// line that warns of scams; in a short message between people once, beside words that are reported.
  bool warns() const {
    const bool in_talk = scene_.message.input != message::InputKind::mail;
    std::size_t places = in_talk && std::any_of(scene_.hits.begin(), scene_.hits.end(), [&](const Hit& hit) {
                           return hit.own() && !is(hit, lists::bulletin) && is_reported(hit.part, hit.span);
                         });
    for (const Hit& hit : scene_.hits) {
      if (!hit.own() || !is(hit, lists::bulletin) || is_reported(hit.part, hit.span)) continue;
      if (scene_.message.readable[hit.part].kind == ReadableKind::header_subject) return true;
      if (!has_html_twin(scene_, hit.part)) ++places;
    }
    return places >= 2;
  }

  /// The sender's own words lead to a place of the sender's choice, or have the reader answer, open a file, or ring at
  /// once somebody whom nobody has proven.
  bool leads_on() const {
    bool call = false, haste = false, term = false, sign_in = false;
    for (const message::Attachment& file : scene_.message.attachments)
      if (!file.is_inline && file.kind != message::FileKind::pdf && file.kind != message::FileKind::image) return true;
    for (const Hit& hit : scene_.hits) {
      if (!hit.own() || is_reported(hit.part, hit.span)) continue;
      if (is(hit, lists::odd_phone) || is(hit, lists::reply_with_secret) || is(hit, lists::crypto_address)) return true;
      call = call || is(hit, lists::asks_call);
      term = term || is(hit, lists::deadline_today) || is(hit, lists::deadline_hours);
      haste = haste || term || is(hit, lists::urgent);
      sign_in = sign_in || is(hit, lists::verify_identity) || is(hit, lists::login_request);
    }
    if (call && haste && !scene_.trust.sender_proven()) return true;
    return std::any_of(scene_.sites.begin(), scene_.sites.end(), [&](const Site& site) {
      const message::Link& link = scene_.message.links[site.link];
      return site.is_web && site.is_active && !site.quoted && !link.mangled && !is_reported(link.part, link.shown) &&
             (!is_home(site) || (term && sign_in && !is_elsewheres(site)));
    });
  }

  /// A known firm's page, a public body's, or one that very many people visit.
  bool is_elsewheres(const Site& site) const {
    const auto& knowledge = scene_.knowledge;
    return knowledge.brand_of(site.final_host) != nullptr ||
           knowledge.in_list(lists::official_endings, site.final_host) ||
           knowledge.in_list(lists::well_known, site.final_domain);
  }

  /// A place that the sender cannot have set up for this mail alone: a known firm's, a public body's, or the sender's
  /// own site, where the sender's name is nobody else's.
  bool is_home(const Site& site) const {
    const auto& knowledge = scene_.knowledge;
    if (is_elsewheres(site)) return true;
    if (scene_.from_domain.empty() || site.final_domain != scene_.from_domain || scene_.trust.sender_disproved())
      return false;
    const std::string ending = site.final_host.substr(site.final_host.rfind('.') + 1);
    if (knowledge.in_list(lists::cheap_tlds, ending)) return false;
    return std::none_of(namings_.begin(), namings_.end(), [&](const Naming& naming) {
      return scene_.message.readable[naming.part].kind == ReadableKind::header_from &&
             &knowledge.brands()[naming.brand] != scene_.from_brand;
    });
  }

  Scene& scene_;
  std::vector<Naming>& namings_;
  std::vector<std::vector<Span>> reported_;
};

}  // namespace

std::vector<Span> reported_speech(std::string_view text, const std::vector<Span>& examples) {
  std::vector<Span> found;
  auto example = examples.begin();
  bool line_starts = true;
  std::size_t tried = 0;
  for (std::size_t at = 0; at < text.size();) {
    while (example != examples.end() && example->end < at) ++example;
    std::size_t end = 0;
    if (example != examples.end() && example->end == at)
      end = example_after(text, at).end;
    else if (line_starts && (text[at] == '>' || text[at] == '|' || text.substr(at).starts_with("＞")))
      end = at + line_at(text, at).size();
    else if (tried < limits::quotations_tried && opens(text, at) && ++tried > 0)
      end = quotation_end(text, at);
    if (end > at) {
      found.push_back(span_of(at, end - at));
      at = end;
      line_starts = false;
      continue;
    }
    line_starts = text[at] == '\n';
    ++at;
  }
  return found;
}

void give_voices(Scene& scene, std::vector<Naming>& namings) { Voices(scene, namings).give(); }

}  // namespace sekisho::facts
