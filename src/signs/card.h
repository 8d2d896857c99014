// A card: one sign, as a short file for people (signs/<family>/<id>.yaml; docs/formats/card.md). A deck is all cards of
// one snapshot, checked and compiled: an unknown fact, list, predicate, phrase or kind is an error with file and line.
// Built once per snapshot, then immutable and shared.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "facts/fact.h"
#include "knowledge/snapshot.h"

namespace sekisho::signs {

/// One step of a condition. Conditions are trees kept flat: children are indices into Deck::nodes.
struct Node {
  enum class Op : std::uint8_t { all, any, none, fact } op = Op::fact;
  std::vector<std::uint32_t> children;
  // op == fact: some fact of this id …
  facts::FactId id{};
  std::vector<std::string> values;            ///< … whose value is one of these (empty: any value)
  std::string in_list;                        ///< … whose value is in this name list
  std::optional<double> at_least, at_most;    ///< … whose number lies here
  std::vector<facts::PartKind> parts;         ///< … that stands in one of these parts (empty: anywhere)
  std::uint32_t count_at_least = 1;           ///< … at least so many such facts, with different values
  const knowledge::NameList* list = nullptr;  ///< what `in_list` names; set when cards are filed
};

/// How much one card alone may weigh (knowledge of signs, CONTRACTS.md); limits checked when a deck is built.
enum class Strength : std::uint8_t { weak, medium, strong };
double heaviest_of(Strength strength);

struct Card {
  std::string id, family, where;
  double weight = 0;        ///< natural-log odds; negative speaks for a wanted message
  std::string weight_from;  ///< "hand" or the model version that learned it
  Strength strength = Strength::medium;
  std::string group;                     ///< cards of one group do not add up
  int specificity = 1;                   ///< in a group the highest speaks, then the heaviest
  std::uint32_t condition = 0;           ///< index into Deck::nodes
  std::vector<facts::FactId> underline;  ///< which facts are quoted; empty: every fact that fulfilled the condition
  bool by_wording = false;               ///< `by: wording`: the text model speaks through it (verdict/wording.h)
  bool absent = false;                   ///< about something missing: nothing to quote, `scope` names where was looked
  knowledge::Words title, explanation, how_to_check, scope;
  std::vector<std::string> settles;  ///< keys of words (would_settle.*) that would settle a doubt about this sign
  struct KindPoints {
    std::string kind;
    int points;
  };
  std::vector<KindPoints> kinds;  ///< kinds of scam it points at
  std::string false_alarms;       ///< known ones, for the next author
  std::vector<std::string> sources;
  std::vector<std::string> advice;  ///< keys of words (next.*) this sign calls for
};

/// A sign that holds for some facts.
struct Fired {
  std::uint32_t card = 0;                 ///< index into Deck::cards
  std::vector<const facts::Fact*> shows;  ///< the facts that fulfilled it and can be quoted, without repeats
};

class Deck {
 public:
  /// Reads every card and predicate of the snapshot. The deck keeps the snapshot alive.
  static Result<std::shared_ptr<const Deck>> build(std::shared_ptr<const knowledge::Snapshot> snapshot);

  /// The same deck from the bytes of pack(); `snapshot` must be the one it was packed with.
  static Result<std::shared_ptr<const Deck>> load(std::string_view bytes,
                                                  std::shared_ptr<const knowledge::Snapshot> snapshot);
  /// For the build tool: reading a hundred YAML files at every start would take longer than judging a mail.
  std::string pack() const;

  const std::vector<Card>& cards() const { return cards_; }
  const std::vector<Node>& nodes() const { return nodes_; }
  const knowledge::Snapshot& knowledge() const { return *snapshot_; }
  const Card* card(std::string_view id) const;
  /// The deck without one card: for mutation tests and "what if".
  std::shared_ptr<const Deck> without(std::string_view id) const;

  /// The deck with other weights, learned from `from`; ids that no card has are passed over.
  std::shared_ptr<const Deck> reweighed(const std::vector<std::pair<std::string, double>>& weights,
                                        const std::string& from) const;

  /// Every card that holds, in card order. A card is tried only when a fact it needs is present.
  std::vector<Fired> match(const facts::Facts& facts) const;

 private:
  class Matching;
  Deck() = default;
  void file();
  std::shared_ptr<const knowledge::Snapshot> snapshot_;
  std::vector<Card> cards_;
  std::vector<Node> nodes_;

  /// What a card may be filed under: a fact, or a fact with a value. Keys that no card asks for have no number.
  std::unordered_map<std::uint64_t, std::uint32_t> key_numbers_;
  std::vector<bool> has_values_;                   ///< by fact: some card asks for a value of it
  std::vector<std::vector<std::uint32_t>> filed_;  ///< by key: cards that are tried when it is there
  /// Of each card: sets of keys, one of each of which must be there.
  std::vector<std::vector<std::vector<std::uint32_t>>> needed_;
  std::vector<std::uint32_t> always_;  ///< cards that only ask for something missing
  friend class DeckBuilder;
};

}  // namespace sekisho::signs
