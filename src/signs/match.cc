// Which cards hold for some facts. A card is filed under one fact that it cannot do without; 5,000 cards so filed cost
// a sixth of trying them all.
#include <algorithm>
#include <tuple>

#include "base/fingerprint.h"
#include "signs/card.h"

namespace sekisho::signs {

using facts::Fact;
using facts::FactId;

namespace {

bool fits(const Node& node, const Fact& fact, const facts::Facts& facts, const knowledge::Snapshot& knowledge) {
  if (!node.values.empty() && std::find(node.values.begin(), node.values.end(), fact.value) == node.values.end())
    return false;
  if (!node.in_list.empty() && !knowledge.in_list(node.in_list, fact.value)) return false;
  if (node.at_least && fact.number < *node.at_least) return false;
  if (node.at_most && fact.number > *node.at_most) return false;
  if (node.parts.empty()) return true;
  if (fact.place.part == facts::no_part) return false;
  return std::find(node.parts.begin(), node.parts.end(), facts.parts[fact.place.part].kind) != node.parts.end();
}

/// A fact, or a fact with one value, that a card can be filed under.
using Key = std::uint64_t;
Key key_of(FactId id, std::string_view value = {}) {
  return fingerprint(value) * 0x9E3779B97F4A7C15U + static_cast<Key>(id) + 1;
}

/// The keys any one of which must be present for the condition to hold; empty when it can hold without any. Of several
/// things that are all needed, the one with the fewest keys is taken, and a named value before a bare fact.
std::vector<Key> needs(const std::vector<Node>& nodes, const Node& node) {
  switch (node.op) {
    case Node::Op::fact: {
      std::vector<Key> keys;
      for (const std::string& value : node.values) keys.push_back(key_of(node.id, value));
      if (keys.empty()) keys.push_back(key_of(node.id));
      return keys;
    }
    case Node::Op::none:
      return {};
    case Node::Op::all: {
      std::vector<Key> best;
      for (const std::uint32_t child : node.children) {
        auto candidate = needs(nodes, nodes[child]);
        if (!candidate.empty() && (best.empty() || candidate.size() < best.size())) best = std::move(candidate);
      }
      return best;
    }
    case Node::Op::any: {
      std::vector<Key> all;
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
  for (std::uint32_t i = 0; i < cards_.size(); ++i) {
    const auto needed = needs(nodes_, nodes_[cards_[i].condition]);
    if (needed.empty()) always_.push_back(i);
    for (const Key key : needed) by_key_[key].push_back(i);
  }
}

bool Deck::holds(const Node& node, const facts::Facts& facts, std::vector<const Fact*>* shows) const {
  switch (node.op) {
    case Node::Op::all:
      return std::all_of(node.children.begin(), node.children.end(),
                         [&](std::uint32_t child) { return holds(nodes_[child], facts, shows); });
    case Node::Op::none:
      return std::none_of(node.children.begin(), node.children.end(),
                          [&](std::uint32_t child) { return holds(nodes_[child], facts, nullptr); });
    case Node::Op::any: {
      bool any = false;  // every branch that holds is shown, not only the first
      for (const std::uint32_t child : node.children) any = holds(nodes_[child], facts, shows) || any;
      return any;
    }
    case Node::Op::fact:
      break;
  }
  std::vector<const Fact*> fitting;
  std::vector<std::string_view> values;
  // Facts of one id stand sorted by value, so a leaf that names its value looks at those alone.
  auto range = facts.of(node.id);
  if (node.values.size() == 1) {
    const std::string& value = node.values.front();
    range.first = std::lower_bound(range.first, range.last, value,
                                   [](const Fact& fact, const std::string& wanted) { return fact.value < wanted; });
    range.last = std::upper_bound(range.first, range.last, value,
                                  [](const std::string& wanted, const Fact& fact) { return wanted < fact.value; });
  }
  for (const Fact& fact : range) {
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
  const auto file_under = [&](Key key) {
    if (const auto found = by_key_.find(key); found != by_key_.end())
      candidates.insert(candidates.end(), found->second.begin(), found->second.end());
  };
  for (std::size_t i = 0; i < facts.all.size(); ++i) {
    const Fact& fact = facts.all[i];
    const bool new_id = i == 0 || fact.id != facts.all[i - 1].id;
    if (new_id) file_under(key_of(fact.id));
    if (!fact.value.empty() && (new_id || fact.value != facts.all[i - 1].value))
      file_under(key_of(fact.id, fact.value));
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
      return !card.underline.empty() &&
             std::find(card.underline.begin(), card.underline.end(), fact->id) == card.underline.end();
    });
    std::sort(sign.shows.begin(), sign.shows.end(), [](const Fact* a, const Fact* b) {
      return std::tuple(a->place.part, a->place.span.start, a->place.span.end, a) <
             std::tuple(b->place.part, b->place.span.start, b->place.span.end, b);
    });
    sign.shows.erase(std::unique(sign.shows.begin(), sign.shows.end()), sign.shows.end());
    fired.push_back(std::move(sign));
  }
  return fired;
}

const Card* Deck::card(std::string_view id) const {
  const auto found = std::find_if(cards_.begin(), cards_.end(), [&](const Card& card) { return card.id == id; });
  return found == cards_.end() ? nullptr : &*found;
}

std::shared_ptr<const Deck> Deck::without(std::string_view id) const {
  std::shared_ptr<Deck> deck(new Deck(*this));
  std::erase_if(deck->cards_, [&](const Card& card) { return card.id == id; });
  deck->by_key_.clear();
  deck->always_.clear();
  deck->file();
  return deck;
}

}  // namespace sekisho::signs
