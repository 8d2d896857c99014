// Which cards hold for some facts. A card is filed under one fact that it cannot do without; 5,000 cards so filed cost a
// sixth of trying them all.
#include <algorithm>

#include "signs/card.h"

namespace sekisho::signs {

using facts::Fact;
using facts::FactId;

namespace {

bool fits(const Node& node, const Fact& fact, const facts::Facts& facts, const knowledge::Snapshot& knowledge) {
  if (!node.values.empty() && std::find(node.values.begin(), node.values.end(), fact.value) == node.values.end()) return false;
  if (!node.in_list.empty() && !knowledge.in_list(node.in_list, fact.value)) return false;
  if (node.at_least && fact.number < *node.at_least) return false;
  if (node.at_most && fact.number > *node.at_most) return false;
  if (node.parts.empty()) return true;
  if (fact.place.part == facts::no_part) return false;
  return std::find(node.parts.begin(), node.parts.end(), facts.parts[fact.place.part].kind) != node.parts.end();
}

/// The facts any one of which must be present for the condition to hold; empty when it can hold without any.
std::vector<FactId> needs(const std::vector<Node>& nodes, const Node& node) {
  switch (node.op) {
    case Node::Op::fact: return {node.id};
    case Node::Op::none: return {};
    case Node::Op::all: {
      std::vector<FactId> best;
      for (const std::uint32_t child : node.children) {
        auto candidate = needs(nodes, nodes[child]);
        if (!candidate.empty() && (best.empty() || candidate.size() < best.size())) best = std::move(candidate);
      }
      return best;
    }
    case Node::Op::any: {
      std::vector<FactId> all;
      for (const std::uint32_t child : node.children) {
        const auto some = needs(nodes, nodes[child]);
        if (some.empty()) return {};
        all.insert(all.end(), some.begin(), some.end());
      }
      std::sort(all.begin(), all.end());
      all.erase(std::unique(all.begin(), all.end()), all.end());
      return all;
    }
  }
  return {};
}

}  // namespace

void Deck::file() {
  by_fact_.assign(facts::fact_count, {});
  for (std::uint32_t i = 0; i < cards_.size(); ++i) {
    const auto needed = needs(nodes_, nodes_[cards_[i].condition]);
    if (needed.empty()) always_.push_back(i);
    for (const FactId id : needed) by_fact_[static_cast<std::size_t>(id)].push_back(i);
  }
}

bool Deck::holds(const Node& node, const facts::Facts& facts, std::vector<const Fact*>* shows) const {
  switch (node.op) {
    case Node::Op::all:
      return std::all_of(node.children.begin(), node.children.end(), [&](std::uint32_t child) { return holds(nodes_[child], facts, shows); });
    case Node::Op::none:
      return std::none_of(node.children.begin(), node.children.end(), [&](std::uint32_t child) { return holds(nodes_[child], facts, nullptr); });
    case Node::Op::any: {
      bool any = false;  // every branch that holds is shown, not only the first
      for (const std::uint32_t child : node.children) any = holds(nodes_[child], facts, shows) || any;
      return any;
    }
    case Node::Op::fact: break;
  }
  std::vector<const Fact*> fitting;
  std::vector<std::string_view> values;
  for (const Fact& fact : facts.of(node.id)) {
    if (!fits(node, fact, facts, *snapshot_)) continue;
    fitting.push_back(&fact);
    if (std::find(values.begin(), values.end(), fact.value) == values.end()) values.push_back(fact.value);
  }
  if (fitting.empty() || values.size() < node.count_at_least) return false;
  if (shows != nullptr) shows->insert(shows->end(), fitting.begin(), fitting.end());
  return true;
}

std::vector<Fired> Deck::match(const facts::Facts& facts) const {
  std::vector<std::uint32_t> candidates = always_;
  for (std::size_t i = 0; i < facts.all.size(); ++i) {
    if (i > 0 && facts.all[i].id == facts.all[i - 1].id) continue;
    const auto& cards = by_fact_[static_cast<std::size_t>(facts.all[i].id)];
    candidates.insert(candidates.end(), cards.begin(), cards.end());
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  std::vector<Fired> fired;
  for (const std::uint32_t index : candidates) {
    const Card& card = cards_[index];
    Fired sign{index, {}};
    if (!holds(nodes_[card.condition], facts, &sign.shows)) continue;
    std::erase_if(sign.shows, [&](const Fact* fact) {
      if (fact->place.part == facts::no_part || fact->place.span.empty()) return true;
      return !card.underline.empty() && std::find(card.underline.begin(), card.underline.end(), fact->id) == card.underline.end();
    });
    std::sort(sign.shows.begin(), sign.shows.end());
    sign.shows.erase(std::unique(sign.shows.begin(), sign.shows.end()), sign.shows.end());
    fired.push_back(std::move(sign));
  }
  return fired;
}

const Card* Deck::card(std::string_view id) const {
  const auto found = std::find_if(cards_.begin(), cards_.end(), [&](const Card& card) { return card.id == id; });
  return found == cards_.end() ? nullptr : &*found;
}

}  // namespace sekisho::signs
