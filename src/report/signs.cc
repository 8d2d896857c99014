#include "report/signs.h"

#include <boost/json/array.hpp>

namespace sekisho::report {

namespace json = boost::json;

std::string_view name(signs::Strength strength) {
  switch (strength) {
    case signs::Strength::weak:
      return "weak";
    case signs::Strength::medium:
      return "medium";
    case signs::Strength::strong:
      break;
  }
  return "strong";
}

std::set<std::string> facts_of(const signs::Card& card, const signs::Deck& deck) {
  std::set<std::string> names;
  std::vector<std::uint32_t> to_visit{card.condition};
  while (!to_visit.empty()) {
    const signs::Node& node = deck.nodes()[to_visit.back()];
    to_visit.pop_back();
    if (node.op == signs::Node::Op::fact) names.emplace(facts::name(node.id));
    to_visit.insert(to_visit.end(), node.children.begin(), node.children.end());
  }
  return names;
}

json::object to_object(const signs::Card& card, const signs::Deck& deck, const std::string& lang) {
  json::object out{{"schema", "sekisho.explain/1"},
                   {"sign", card.id},
                   {"family", card.family},
                   {"title", card.title.in(lang)},
                   {"explanation", card.explanation.in(lang)},
                   {"how_to_check", card.how_to_check.in(lang)},
                   {"absent", card.absent},
                   {"scope", nullptr},
                   {"weight", card.weight},
                   {"weight_from", card.weight_from},
                   {"strength", name(card.strength)},
                   {"group", nullptr},
                   {"specificity", card.specificity},
                   {"false_alarms", card.false_alarms}};
  if (card.absent) out["scope"] = card.scope.in(lang);
  if (!card.group.empty()) out["group"] = card.group;
  out["sources"] = json::array(card.sources.begin(), card.sources.end());
  json::object kinds;
  for (const auto& [kind, points] : card.kinds) kinds[kind] = points;
  out["kinds"] = std::move(kinds);
  const auto facts = facts_of(card, deck);
  out["facts"] = json::array(facts.begin(), facts.end());
  return out;
}

json::object to_object(facts::FactId fact, const signs::Deck& deck) {
  const std::string fact_name(facts::name(fact));
  json::array signs;
  for (const signs::Card& card : deck.cards())
    if (facts_of(card, deck).count(fact_name) != 0) signs.push_back(json::value(card.id));
  return {{"schema", "sekisho.explain/1"},
          {"fact", fact_name},
          {"documentation", facts::documentation(fact)},
          {"signs", std::move(signs)}};
}

}  // namespace sekisho::report
