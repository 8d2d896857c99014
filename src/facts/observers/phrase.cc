// What the words say: hits of the phrase lists (knowledge/phrases), named by the list. Text hidden from the reader is
// no text.
/// fact phrase.found: a phrase of a list stands in the sender's name, the subject or the message's own text; value: the
///   list
/// fact phrase.quoted: a phrase of a list stands in quoted or forwarded older mail, or a warning reports it as what
///   others write; value: the list
/// fact phrase.in_passing: a phrase of a list stands deep inside a long text, far from its beginning and its end;
/// value:
///   the list
/// fact phrase.denied: a phrase of a list stands in a sentence which says that nobody asks for it; value: the list
/// fact phrase.in_attachment_name: a phrase of a list stands in the name of an attachment; value: the list
#include <algorithm>
#include <vector>

#include "facts/tools.h"

namespace sekisho::facts {
namespace {

constexpr std::size_t shown_of_a_list = 3;

/// Subject and sender's name before HTML before its text/plain twin: the places that the reader really saw come first.
int order_of(const Scene& scene, const Hit& hit) {
  const ReadableKind kind = scene.message.readable[hit.part].kind;
  if (kind == ReadableKind::header_subject || kind == ReadableKind::header_from) return 0;
  return has_html_twin(scene, hit.part) ? 2 : 1;
}

}  // namespace

void observe_phrase(const Scene& scene, Notes& notes) {
  std::vector<std::pair<int, const Hit*>> hits;
  hits.reserve(scene.hits.size());
  for (const Hit& hit : scene.hits) hits.emplace_back(order_of(scene, hit), &hit);
  std::stable_sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  const auto& lists = scene.knowledge.phrase_lists();
  std::vector<std::uint8_t> own(lists.size()), aside(lists.size());
  for (const auto& [order, hit] : hits) {
    const Place place{hit->part, hit->span};
    const std::string& list = lists[hit->list].name;
    if (scene.message.readable[hit->part].kind == ReadableKind::attachment_name) {
      notes.add(FactId::phrase_in_attachment_name, place, list);
      continue;
    }
    if (!hit->own()) {
      const FactId id = hit->voice == Voice::quoted   ? FactId::phrase_quoted
                        : hit->voice == Voice::denied ? FactId::phrase_denied
                                                      : FactId::phrase_in_passing;
      if (aside[hit->list]++ < shown_of_a_list) notes.add(id, place, list);
      continue;
    }
    // The twin of an HTML part only speaks where HTML kept silent.
    if (order == 2 && own[hit->list] > 0) continue;
    if (own[hit->list] >= shown_of_a_list) continue;
    ++own[hit->list];
    notes.add(FactId::phrase_found, place, list);
  }
}

}  // namespace sekisho::facts
