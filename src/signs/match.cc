// Which cards hold for some facts. A card is filed under the one fact that the fewest cards ask for of those it cannot
// do without, and is tried only when the others are there too: ten times the cards cost little more
// (bench/more_cards.cc).
#include <algorithm>
#include <array>
#include <tuple>

#include "base/fingerprint.h"
#include "signs/card.h"

namespace sekisho::signs {

using facts::Fact;
using facts::FactId;

namespace {

/// A fact, or a fact with one value, that a card can be filed under.
using Key = std::uint64_t;
Key key_of(FactId id, std::string_view value = {}) {
  return fingerprint(value) * 0x9E3779B97F4A7C15U + static_cast<Key>(id) + 1;
}

using Keys = std::vector<Key>;

/// Sets of keys: the condition can hold only when one of each set is there. None when it can hold without any.
std::vector<Keys> needs(const std::vector<Node>& nodes, const Node& node) {
  switch (node.op) {
    case Node::Op::fact: {
      Keys keys;
      for (const std::string& value : node.values) keys.push_back(key_of(node.id, value));
      if (keys.empty()) keys.push_back(key_of(node.id));
      return {keys};
    }
    case Node::Op::none:
      return {};
    case Node::Op::all: {
      std::vector<Keys> every;
      for (const std::uint32_t child : node.children)
        for (Keys& keys : needs(nodes, nodes[child])) every.push_back(std::move(keys));
      return every;
    }
    case Node::Op::any: {
      Keys some;  // the smallest set of each branch
      for (const std::uint32_t child : node.children) {
        const auto sets = needs(nodes, nodes[child]);
        if (sets.empty()) return {};
        const auto& smallest = *std::min_element(sets.begin(), sets.end(),
                                                 [](const Keys& a, const Keys& b) { return a.size() < b.size(); });
        some.insert(some.end(), smallest.begin(), smallest.end());
      }
      std::sort(some.begin(), some.end());
      some.erase(std::unique(some.begin(), some.end()), some.end());
      return {some};
    }
  }
  return {};
}

}  // namespace

void Deck::file() {
  key_numbers_.clear();
  filed_.clear();
  always_.clear();
  needed_.assign(cards_.size(), {});
  has_values_.assign(facts::fact_count, false);
  for (Node& node : nodes_) {
    if (!node.in_list.empty()) node.list = snapshot_->list(node.in_list);
    if (!node.values.empty()) has_values_[static_cast<std::size_t>(node.id)] = true;
  }
  std::vector<std::uint32_t> asked;  // by key: how many cards ask for it
  for (std::uint32_t i = 0; i < cards_.size(); ++i)
    for (const Keys& keys : needs(nodes_, nodes_[cards_[i].condition])) {
      auto& set = needed_[i].emplace_back();
      for (const Key key : keys) {
        const auto [found, is_new] = key_numbers_.emplace(key, static_cast<std::uint32_t>(asked.size()));
        if (is_new) asked.push_back(0);
        ++asked[found->second];
        set.push_back(found->second);
      }
    }
  filed_.resize(asked.size());
  for (std::uint32_t i = 0; i < cards_.size(); ++i) {
    if (needed_[i].empty()) {
      always_.push_back(i);
      continue;
    }
    // What few cards ask for is seldom there; what many do (who it claims to be) is in every other mail.
    const auto load = [&](const std::vector<std::uint32_t>& set) {
      std::uint64_t sum = 0;
      for (const std::uint32_t key : set) sum += asked[key];
      return sum;
    };
    const auto rarest = std::min_element(needed_[i].begin(), needed_[i].end(),
                                         [&](const auto& a, const auto& b) { return load(a) < load(b); });
    std::iter_swap(needed_[i].begin(), rarest);
    for (const std::uint32_t key : needed_[i].front()) filed_[key].push_back(i);
    needed_[i].erase(needed_[i].begin());
  }
}

/// One message's facts, laid out for asking many cards about them.
class Deck::Matching {
 public:
  Matching(const Deck& deck, const facts::Facts& facts) : deck_(deck), facts_(facts), there_(deck.filed_.size()) {
    const Fact* fact = facts.all.data();
    const Fact* const end = fact + facts.all.size();
    for (std::size_t id = 0; id < facts::fact_count; ++id) {
      starts_[id] = fact;
      while (fact != end && static_cast<std::size_t>(fact->id) == id) ++fact;
    }
    starts_[facts::fact_count] = fact;
    for (std::size_t i = 0; i < facts.all.size(); ++i) {
      const Fact& one = facts.all[i];
      const bool new_id = i == 0 || one.id != facts.all[i - 1].id;
      if (new_id) mark(key_of(one.id));
      if (!one.value.empty() && deck.has_values_[static_cast<std::size_t>(one.id)] &&
          (new_id || one.value != facts.all[i - 1].value))
        mark(key_of(one.id, one.value));
    }
  }

  std::vector<std::uint32_t> candidates() const {
    std::vector<std::uint32_t> cards = deck_.always_;
    for (const std::uint32_t key : keys_)
      for (const std::uint32_t card : deck_.filed_[key])
        if (std::all_of(deck_.needed_[card].begin(), deck_.needed_[card].end(), [&](const auto& set) {
              return std::any_of(set.begin(), set.end(), [&](std::uint32_t other) { return there_[other]; });
            }))
          cards.push_back(card);
    std::sort(cards.begin(), cards.end());
    cards.erase(std::unique(cards.begin(), cards.end()), cards.end());
    return cards;
  }

  bool holds(const Node& node, std::vector<const Fact*>* shows) const {
    const auto child_holds = [&](std::uint32_t child, std::vector<const Fact*>* shown) {
      return holds(deck_.nodes_[child], shown);
    };
    switch (node.op) {
      case Node::Op::all:
        return std::all_of(node.children.begin(), node.children.end(),
                           [&](std::uint32_t child) { return child_holds(child, shows); });
      case Node::Op::none:
        return std::none_of(node.children.begin(), node.children.end(),
                            [&](std::uint32_t child) { return child_holds(child, nullptr); });
      case Node::Op::any: {
        bool any = false;  // every branch that holds is shown, not only the first
        for (const std::uint32_t child : node.children) {
          if (any && shows == nullptr) break;
          any = child_holds(child, shows) || any;
        }
        return any;
      }
      case Node::Op::fact:
        break;
    }
    return fact_holds(node, shows);
  }

 private:
  void mark(Key key) {
    const auto found = deck_.key_numbers_.find(key);
    if (found == deck_.key_numbers_.end() || there_[found->second]) return;
    there_[found->second] = true;
    keys_.push_back(found->second);
  }

  bool fits(const Node& node, const Fact& fact) const {
    if (!node.values.empty() && std::find(node.values.begin(), node.values.end(), fact.value) == node.values.end())
      return false;
    if (node.at_least && fact.number < *node.at_least) return false;
    if (node.at_most && fact.number > *node.at_most) return false;
    if (!node.parts.empty()) {
      if (fact.place.part == facts::no_part) return false;
      const facts::PartKind kind = facts_.parts[fact.place.part].kind;
      if (std::find(node.parts.begin(), node.parts.end(), kind) == node.parts.end()) return false;
    }
    return node.in_list.empty() || (node.list != nullptr && knowledge::Snapshot::in_list(*node.list, fact.value));
  }

  bool fact_holds(const Node& node, std::vector<const Fact*>* shows) const {
    const Fact* first = starts_[static_cast<std::size_t>(node.id)];
    const Fact* last = starts_[static_cast<std::size_t>(node.id) + 1];
    if (first == last) return false;
    // Facts of one id stand sorted by value, so a leaf that names its value looks at those alone.
    if (node.values.size() == 1 && last - first > 1) {
      const std::string& value = node.values.front();
      first = std::lower_bound(first, last, value,
                               [](const Fact& fact, const std::string& wanted) { return fact.value < wanted; });
      last = std::upper_bound(first, last, value,
                              [](const std::string& wanted, const Fact& fact) { return wanted < fact.value; });
    }
    std::uint32_t values = 0;  // different ones: equal values stand together
    const std::string* latest = nullptr;
    const std::size_t shown_before = shows == nullptr ? 0 : shows->size();
    for (const Fact* fact = first; fact != last; ++fact) {
      if (!fits(node, *fact)) continue;
      if (latest == nullptr || *latest != fact->value) {
        ++values;
        latest = &fact->value;
      }
      if (shows != nullptr) shows->push_back(fact);
      if (shows == nullptr && values >= node.count_at_least) return true;
    }
    if (values > 0 && values >= node.count_at_least) return true;
    if (shows != nullptr) shows->resize(shown_before);
    return false;
  }

  const Deck& deck_;
  const facts::Facts& facts_;
  std::array<const Fact*, facts::fact_count + 1> starts_{};
  std::vector<bool> there_;          // by key
  std::vector<std::uint32_t> keys_;  // those that are there
};

std::vector<Fired> Deck::match(const facts::Facts& facts) const {
  const Matching matching(*this, facts);
  std::vector<Fired> fired;
  for (const std::uint32_t index : matching.candidates()) {
    const Card& card = cards_[index];
    Fired sign{index, {}};
    if (!matching.holds(nodes_[card.condition], &sign.shows)) continue;
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

double heaviest_of(Strength strength) {
  constexpr std::array<double, 3> heaviest{0.8, 1.8, 3.5};
  return heaviest[static_cast<std::size_t>(strength)];
}

std::shared_ptr<const Deck> Deck::reweighed(const std::vector<std::pair<std::string, double>>& weights,
                                            const std::string& from) const {
  std::shared_ptr<Deck> deck(new Deck(*this));
  for (const auto& [id, weight] : weights)
    for (Card& card : deck->cards_)
      if (card.id == id) {
        card.weight = weight;
        card.weight_from = from;
      }
  return deck;
}

std::shared_ptr<const Deck> Deck::without(std::string_view id) const {
  std::shared_ptr<Deck> deck(new Deck(*this));
  std::erase_if(deck->cards_, [&](const Card& card) { return card.id == id; });
  deck->file();
  return deck;
}

}  // namespace sekisho::signs
