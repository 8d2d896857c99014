#include "gallery/gallery.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "knowledge/snapshot.h"
#include "text/fold.h"

namespace sekisho::gallery {
namespace {

/// Below this likeness nothing is named: what is left are the words that every business mail shares.
constexpr double least_likeness = 0.25;
/// Ideas that must be shared, or all when the example has fewer: one word in common is chance.
constexpr std::size_t least_shared = 2;
/// Signs named for each side of a comparison; a fourth is not read.
constexpr std::size_t signs_named = 3;
/// A kind that the verdict has already named counts so much more: two answers to "what is it" help nobody.
constexpr double same_kind_bonus = 2.0;

/// Of two examples as near, the one that the reader of this message can read: so much more counts the same script.
constexpr double same_script_bonus = 1.5;
/// Share of kana from which a text is Japanese; a brand's name in an English mail is less.
constexpr double kana_of_japanese = 0.05;

bool japanese(const facts::Facts& facts) {
  const auto share = facts.of(facts::FactId::text_kana_share);
  return !share.empty() && share.begin()->number >= kana_of_japanese;
}

std::string folded(std::string_view text) {
  const text::Folded folded = text::fold(text);
  return folded.text();
}

bool contains(const std::vector<std::string>& sorted, const std::string& value) {
  return std::binary_search(sorted.begin(), sorted.end(), value);
}

}  // namespace

std::vector<std::string> ideas_of(const facts::Facts& facts, const knowledge::Snapshot& knowledge) {
  std::set<std::string> ideas;
  for (const facts::Fact& fact : facts.of(facts::FactId::phrase_found)) ideas.insert("phrase:" + fact.value);
  for (const facts::Fact& fact : facts.of(facts::FactId::claim_brand))
    if (const auto* brand = knowledge.brand(fact.value)) ideas.insert("trade:" + brand->category);
  for (const facts::Part& part : facts.parts)
    if (part.kind == facts::PartKind::attachment) ideas.insert("attachment");
  return {ideas.begin(), ideas.end()};
}

Example examined(Example example, const facts::Facts& facts, const verdict::Verdict& verdict, const signs::Deck& deck) {
  example.answer = verdict.answer;
  example.parts = facts.parts;
  example.kana = japanese(facts);
  example.ideas = ideas_of(facts, deck.knowledge());
  example.marks.clear();
  for (const verdict::Reason& reason : verdict.reasons) {
    const signs::Card& card = deck.cards()[reason.card];
    example.marks.push_back({card.id, reason.weight, card.absent, reason.quotes});
  }
  return example;
}

Gallery::Gallery(std::vector<Example> examples) : examples_(std::move(examples)) {
  // Inverse frequency among kinds, so that two examples of one kind do not make its ideas look common.
  std::map<std::string, std::set<std::string>> kinds_of_idea;
  std::set<std::string> kinds;
  for (const Example& example : examples_) {
    kinds.insert(example.kind);
    for (const std::string& idea : example.ideas) kinds_of_idea[idea].insert(example.kind);
  }
  const double all = static_cast<double>(kinds.size());
  for (const auto& [idea, found] : kinds_of_idea)
    weights_[idea] = std::log((1.0 + all) / static_cast<double>(found.size()));
  // An idea that no example has: as telling as one that a quarter of the kinds share.
  unseen_ = std::log(4.0);
}

double Gallery::weight(const std::string& idea) const {
  const auto found = weights_.find(idea);
  return found == weights_.end() ? unseen_ : found->second;
}

std::vector<const Example*> Gallery::search(const std::vector<std::string>& words,
                                            const knowledge::Snapshot& knowledge) const {
  std::vector<std::pair<std::size_t, const Example*>> found;
  for (const Example& example : examples_) {
    std::string close = example.id + '\n' + example.kind + '\n' + example.title.ja + '\n' + example.title.en;
    if (const knowledge::Kind* kind = knowledge.kind(example.kind))
      close += '\n' + kind->name.ja + '\n' + kind->name.en;
    for (const std::string& word : example.words) close += '\n' + word;
    close = folded(close);
    const std::string far = close + '\n' + folded(example.message);
    std::size_t hits = 0;
    bool all = true;
    for (const std::string& word : words) {
      const std::string wanted = folded(word);
      all = all && far.find(wanted) != std::string::npos;
      hits += close.find(wanted) != std::string::npos ? 1U : 0U;
    }
    if (all) found.emplace_back(hits, &example);
  }
  // The best hit first, and the examples of its kind with it.
  std::map<std::string, std::size_t> of_kind;
  for (const auto& [hits, example] : found) of_kind[example->kind] = std::max(of_kind[example->kind], hits);
  std::stable_sort(found.begin(), found.end(), [&](const auto& a, const auto& b) {
    const std::size_t kind_a = of_kind[a.second->kind], kind_b = of_kind[b.second->kind];
    if (kind_a != kind_b) return kind_a > kind_b;
    if (a.second->kind != b.second->kind) return a.second->kind < b.second->kind && !words.empty();
    return a.first > b.first;
  });
  std::vector<const Example*> examples;
  for (const auto& [hits, example] : found) examples.push_back(example);
  return examples;
}

Nearest Gallery::nearest(const facts::Facts& facts, const verdict::Verdict& verdict, const signs::Deck& deck) const {
  const std::vector<std::string> ideas = ideas_of(facts, deck.knowledge());
  const bool kana = japanese(facts);
  double own = 0;
  for (const std::string& idea : ideas) own += weight(idea) * weight(idea);
  Nearest best;
  double best_rank = 0;
  for (const Example& example : examples_) {
    double shared = 0, theirs = 0;
    std::size_t count = 0;
    for (const std::string& idea : example.ideas) {
      const double squared = weight(idea) * weight(idea);
      theirs += squared;
      if (!contains(ideas, idea)) continue;
      shared += squared;
      ++count;
    }
    if (count == 0 || count < std::min(least_shared, example.ideas.size())) continue;
    const double likeness = shared / std::sqrt(own * theirs);
    const double rank = likeness * (example.kind == verdict.scam_kind ? same_kind_bonus : 1.0) *
                        (example.kana == kana ? same_script_bonus : 1.0);
    if (likeness < least_likeness || rank <= best_rank) continue;
    best_rank = rank;
    best.likeness = likeness;
    best.example = &example;
  }
  if (best.example == nullptr) return best;

  std::set<std::string> here, there;
  for (const verdict::Reason& reason : verdict.reasons)
    if (reason.weight > 0) here.insert(deck.cards()[reason.card].id);
  const auto name = [](std::vector<std::string>& names, const std::string& sign) {
    if (names.size() < signs_named) names.push_back(sign);
  };
  for (const Mark& mark : best.example->marks) {
    // A site's deck may lack a card that the example was packed with.
    if (mark.weight <= 0 || deck.card(mark.sign) == nullptr) continue;
    there.insert(mark.sign);
    name(here.count(mark.sign) != 0 ? best.shared : best.only_example, mark.sign);
  }
  for (const verdict::Reason& reason : verdict.reasons) {
    const std::string& sign = deck.cards()[reason.card].id;
    if (reason.weight > 0 && there.count(sign) == 0) name(best.only_message, sign);
  }
  return best;
}

}  // namespace sekisho::gallery
