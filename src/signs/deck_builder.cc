// YAML text of cards and predicates → a checked deck.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "knowledge/yaml.h"
#include "signs/card.h"

namespace sekisho::signs {

using facts::FactId;
using facts::PartKind;
using knowledge::at;
using knowledge::nearest;
using knowledge::only_keys;

#define SEKISHO_TRY(name, expression)                               \
  auto name##_result = (expression);                                \
  if (!name##_result) return tl::unexpected(name##_result.error()); \
  auto& name = *name##_result
#define SEKISHO_CHECK(expression) \
  if (auto ok = (expression); !ok) return tl::unexpected(ok.error())

namespace {

/// The most a card of each strength may weigh, in log-odds; a weak sign can never decide alone.
/// Conditions deeper than this are unreadable, and evaluation recurses.
constexpr int condition_depth = 16;
/// Leaves of one card's condition, predicates written out: six predicates that each name the next a hundred times would
/// be a million million.
constexpr std::size_t condition_leaves = 10'000;
/// Points a card may give to a kind of scam, and its specificity: far beyond use, within an int.
constexpr int most_points = 1000;

constexpr std::array<std::pair<std::string_view, PartKind>, 6> part_names{{{"from", PartKind::from},
                                                                           {"to", PartKind::to},
                                                                           {"reply_to", PartKind::reply_to},
                                                                           {"subject", PartKind::subject},
                                                                           {"body", PartKind::body},
                                                                           {"attachment", PartKind::attachment}}};

tl::unexpected<Error> unknown(const std::string& what, const std::string& wrong, const std::string& where,
                              const std::vector<std::string>& names) {
  const std::string near = nearest(wrong, names);
  std::string word = what.substr(0, what.find(" under "));
  std::replace(word.begin(), word.end(), ' ', '_');
  Said said{"card.unknown", {{"what", "@card." + word}, {"name", wrong}}};
  if (!near.empty()) said.values.emplace_back("near", near);
  return fail(ErrorCode::bad_data, std::move(said), fmt::format("unknown {} '{}'", what, wrong), where,
              near.empty() ? "" : fmt::format("did you mean '{}'?", near));
}

}  // namespace

class DeckBuilder {
 public:
  explicit DeckBuilder(std::shared_ptr<const knowledge::Snapshot> snapshot) : deck_(new Deck()) {
    deck_->snapshot_ = std::move(snapshot);
  }

  Result<std::shared_ptr<const Deck>> build() {
    const auto& files = deck_->snapshot_->signs();
    for (const auto& file : files)
      if (is_predicates(file.path)) SEKISHO_CHECK(read_predicates(file));
    for (const auto& file : files)
      if (!is_predicates(file.path)) SEKISHO_CHECK(read_card(file));
    for (const auto& [name, predicate] : predicates_)
      if (!predicate.used)
        return fail(ErrorCode::bad_data, Said{"card.predicate_unused", {{"name", name}}},
                    fmt::format("the predicate '{}' is used by no card", name), predicate.where, "remove it");
    SEKISHO_CHECK(check_kind_hints());
    deck_->file();
    return std::shared_ptr<const Deck>(std::move(deck_));
  }

 private:
  struct Predicate {
    YAML::Node when;
    std::string file, where;
    bool used = false;
  };

  static bool is_predicates(std::string_view path) { return path.find("predicates") != std::string_view::npos; }

  Result<void> read_predicates(const knowledge::RawFile& file) {
    SEKISHO_TRY(root, knowledge::parse_yaml(file.text, file.path));
    if (!root.IsMap())
      return fail(ErrorCode::bad_data, Said{"yaml.not_a_map", {}}, "expected 'name: predicate' entries",
                  at(file.path, root));
    for (const auto& entry : root) {
      const std::string name = entry.first.Scalar();
      SEKISHO_CHECK(only_keys(entry.second, file.path, {"what", "when"}));
      SEKISHO_CHECK(knowledge::text_of(entry.second, "what", file.path));
      if (!entry.second["when"])
        return fail(ErrorCode::bad_data, Said{"data.missing_key", {{"key", "when"}}}, "'when' is missing",
                    at(file.path, entry.second));
      if (!predicates_.emplace(name, Predicate{entry.second["when"], file.path, at(file.path, entry.first)}).second)
        return fail(ErrorCode::bad_data, Said{"data.given_twice", {{"name", name}}},
                    fmt::format("the predicate '{}' is given twice", name), at(file.path, entry.first));
    }
    return {};
  }

  std::uint32_t keep(Node node) {
    deck_->nodes_.push_back(std::move(node));
    return static_cast<std::uint32_t>(deck_->nodes_.size() - 1);
  }

  /// "family.name", "family.name=value", "phrase:list", "phrase:list@subject" or "is:predicate".
  Result<std::uint32_t> short_form(const YAML::Node& yaml, const std::string& file, int depth) {
    const std::string text = yaml.Scalar();
    if (text.rfind("is:", 0) == 0) return predicate(text.substr(3), yaml, file, depth);
    Node node;
    std::string head = text;
    if (const std::size_t mark = head.find('@'); mark != std::string::npos) {
      SEKISHO_TRY(part, part_of(head.substr(mark + 1), yaml, file));
      node.parts.push_back(part);
      head.resize(mark);
    }
    if (head.rfind("phrase:", 0) == 0) {
      SEKISHO_TRY(id, fact("phrase.found", yaml, file));
      node.id = id;
      node.values.push_back(head.substr(7));
    } else {
      if (const std::size_t equals = head.find('='); equals != std::string::npos) {
        node.values.push_back(head.substr(equals + 1));
        head.resize(equals);
      }
      SEKISHO_TRY(id, fact(head, yaml, file));
      node.id = id;
    }
    SEKISHO_CHECK(check_values(node, yaml, file));
    return keep(std::move(node));
  }

  Result<FactId> fact(const std::string& name, const YAML::Node& yaml, const std::string& file) {
    if (const auto id = facts::find_fact(name)) return *id;
    return unknown("fact", name, at(file, yaml), facts::all_names());
  }

  Result<PartKind> part_of(const std::string& name, const YAML::Node& yaml, const std::string& file) {
    std::vector<std::string> names;
    for (const auto& [known, kind] : part_names) {
      if (known == name) return kind;
      names.emplace_back(known);
    }
    return unknown("part", name, at(file, yaml), names);
  }

  /// Values that are names of something are checked, so that a misspelling cannot sleep in a card.
  Result<void> check_values(const Node& node, const YAML::Node& yaml, const std::string& file) {
    const auto& snapshot = *deck_->snapshot_;
    const std::string_view name = facts::name(node.id);
    for (const std::string& value : node.values) {
      if (name == "phrase.found" || name == "phrase.quoted") {
        if (snapshot.has_phrase_list(value)) continue;
        std::vector<std::string> names;
        for (const auto& list : snapshot.phrase_lists()) names.push_back(list.name);
        return unknown("phrase list", value, at(file, yaml), names);
      }
      if (name.substr(0, 11) == "claim.brand" && snapshot.brand(value) == nullptr) {
        std::vector<std::string> names;
        for (const auto& brand : snapshot.brands()) names.push_back(brand.id);
        return unknown("brand", value, at(file, yaml), names);
      }
    }
    if (!node.in_list.empty() && !snapshot.has_list(node.in_list)) {
      std::vector<std::string> names;
      for (const auto& list : snapshot.name_lists()) names.push_back(list.name);
      return unknown("list", node.in_list, at(file, yaml), names);
    }
    return {};
  }

  Result<std::uint32_t> predicate(const std::string& name, const YAML::Node& yaml, const std::string& file, int depth) {
    const auto found = predicates_.find(name);
    if (found == predicates_.end()) {
      std::vector<std::string> names;
      for (const auto& [known, value] : predicates_) names.push_back(known);
      return unknown("predicate", name, at(file, yaml), names);
    }
    found->second.used = true;
    return condition(found->second.when, found->second.file, depth + 1);
  }

  Result<std::uint32_t> condition(const YAML::Node& yaml, const std::string& file, int depth) {
    if (depth > condition_depth)
      return fail(ErrorCode::bad_data, Said{"card.too_deep", {}},
                  "the condition is nested too deep, or a predicate uses itself", at(file, yaml),
                  "name a part of it as a predicate");
    if (deck_->nodes_.size() - first_node_ >= condition_leaves)
      return fail(ErrorCode::bad_data, Said{"card.too_many_parts", {{"most", std::to_string(condition_leaves)}}},
                  fmt::format("the condition has over {} parts", condition_leaves), at(file, yaml),
                  "say it in fewer words");
    if (yaml.IsScalar()) return short_form(yaml, file, depth);
    if (yaml.IsSequence()) return branch(Node::Op::all, yaml, file, depth);
    if (!yaml.IsMap())
      return fail(ErrorCode::bad_data, Said{"card.no_condition", {}}, "expected a condition", at(file, yaml));
    if (yaml["fact"] || yaml["phrase"]) return leaf(yaml, file);
    SEKISHO_CHECK(only_keys(yaml, file, {"all", "any", "none"}));
    if (yaml.size() != 1)
      return fail(ErrorCode::bad_data, Said{"card.one_of_all_any_none", {}}, "give one of 'all', 'any', 'none' here",
                  at(file, yaml), "put them as items under 'all:'");
    const std::string op = yaml.begin()->first.Scalar();
    return branch(op == "all"   ? Node::Op::all
                  : op == "any" ? Node::Op::any
                                : Node::Op::none,
                  yaml.begin()->second, file, depth);
  }

  Result<std::uint32_t> branch(Node::Op op, const YAML::Node& yaml, const std::string& file, int depth) {
    if (!yaml.IsSequence() || yaml.size() == 0)
      return fail(ErrorCode::bad_data, Said{"card.no_conditions", {}}, "expected a list of conditions", at(file, yaml));
    Node node;
    node.op = op;
    for (const auto& child : yaml) {
      SEKISHO_TRY(index, condition(child, file, depth + 1));
      node.children.push_back(index);
    }
    return keep(std::move(node));
  }

  Result<std::uint32_t> leaf(const YAML::Node& yaml, const std::string& file) {
    SEKISHO_CHECK(
        only_keys(yaml, file, {"fact", "phrase", "value", "in_list", "at_least", "at_most", "part", "count"}));
    Node node;
    if (yaml["phrase"]) {
      if (yaml["fact"] || yaml["value"])
        return fail(ErrorCode::bad_data, Said{"card.phrase_and_fact", {}}, "'phrase' stands for the fact and its value",
                    at(file, yaml));
      SEKISHO_TRY(id, fact("phrase.found", yaml, file));
      node.id = id;
      SEKISHO_TRY(values, knowledge::texts_of(yaml, "phrase", file));
      node.values = values;
    } else {
      SEKISHO_TRY(name, knowledge::text_of(yaml, "fact", file));
      SEKISHO_TRY(id, fact(name, yaml["fact"], file));
      node.id = id;
      SEKISHO_TRY(values, knowledge::texts_of(yaml, "value", file));
      node.values = values;
    }
    SEKISHO_TRY(in_list, knowledge::text_or(yaml, "in_list", "", file));
    node.in_list = in_list;
    if (yaml["at_least"]) {
      SEKISHO_TRY(number, knowledge::number_of(yaml, "at_least", file));
      node.at_least = number;
    }
    if (yaml["at_most"]) {
      SEKISHO_TRY(number, knowledge::number_of(yaml, "at_most", file));
      node.at_most = number;
    }
    if (yaml["count"]) {
      SEKISHO_TRY(number, knowledge::number_of(yaml, "count", file));
      if (number < 1 || number > 1000)
        return fail(ErrorCode::bad_data,
                    Said{"data.out_of_range", {{"key", "count"}, {"least", "1"}, {"most", "1000"}}},
                    "'count' must lie between 1 and 1000", at(file, yaml["count"]));
      node.count_at_least = static_cast<std::uint32_t>(number);
    }
    SEKISHO_TRY(parts, knowledge::texts_of(yaml, "part", file));
    for (const std::string& part : parts) {
      SEKISHO_TRY(kind, part_of(part, yaml["part"], file));
      node.parts.push_back(kind);
    }
    SEKISHO_CHECK(check_values(node, yaml, file));
    return keep(std::move(node));
  }

  Result<knowledge::Words> words(const YAML::Node& map, const char* key, const std::string& file) {
    const YAML::Node node = map[key];
    if (!node)
      return fail(ErrorCode::bad_data, Said{"data.missing_key", {{"key", std::string(key)}}},
                  fmt::format("'{}' is missing", key), at(file, map));
    SEKISHO_CHECK(only_keys(node, file, {"ja", "en"}));
    SEKISHO_TRY(ja, knowledge::text_of(node, "ja", file));
    SEKISHO_TRY(en, knowledge::text_of(node, "en", file));
    return knowledge::Words{ja, en};
  }

  static Result<int> points_of(const YAML::Node& map, const std::string& key, const std::string& file) {
    SEKISHO_TRY(number, knowledge::number_of(map, key, file));
    if (std::abs(number) > most_points)
      return fail(ErrorCode::bad_data,
                  Said{"data.out_of_range",
                       {{"key", std::string(key)},
                        {"least", fmt::format("-{}", most_points)},
                        {"most", fmt::format("{}", most_points)}}},
                  fmt::format("'{}' must lie between -{} and {}", key, most_points, most_points), at(file, map[key]));
    return static_cast<int>(number);
  }

  Result<void> read_card(const knowledge::RawFile& raw) {
    const std::string& file = raw.path;
    SEKISHO_TRY(root, knowledge::parse_yaml(raw.text, file));
    SEKISHO_CHECK(only_keys(
        root, file,
        {"id", "strength", "weight", "weight_from", "group", "specificity", "when", "by", "underline", "absent", "scope",
         "title", "explanation", "how_to_check", "settles", "kinds", "false_alarms", "sources", "advice"}));
    Card card;
    card.where = file;
    SEKISHO_TRY(id, knowledge::text_of(root, "id", file));
    card.id = id;
    const std::size_t slash = file.rfind('/');
    const std::string stem = file.substr(slash + 1, file.size() - slash - 6);
    if (stem != id)
      return fail(ErrorCode::bad_data, Said{"card.file_name", {{"id", id}}},
                  fmt::format("the card '{}' stands in a file of another name", id), file,
                  fmt::format("name the file {}.yaml", id));
    const std::string folder = file.substr(0, slash);
    card.family = folder.substr(folder.rfind('/') + 1);
    if (!ids_.insert(id).second)
      return fail(ErrorCode::bad_data, Said{"data.given_twice", {{"name", id}}},
                  fmt::format("the card '{}' is given twice", id), file);
    SEKISHO_TRY(strength, knowledge::text_of(root, "strength", file));
    if (strength == "weak")
      card.strength = Strength::weak;
    else if (strength == "medium")
      card.strength = Strength::medium;
    else if (strength == "strong")
      card.strength = Strength::strong;
    else
      return unknown("strength", strength, at(file, root["strength"]), {"weak", "medium", "strong"});
    SEKISHO_TRY(weight, knowledge::number_of(root, "weight", file));
    card.weight = weight;
    const double most = heaviest_of(card.strength);
    if (weight == 0 || weight > most || weight < -heaviest_of(Strength::strong))
      return fail(ErrorCode::bad_data,
                  Said{"card.too_heavy",
                       {{"strength", "@card." + strength},
                        {"most", fmt::format("{}", most)},
                        {"weight", fmt::format("{}", weight)}}},
                  fmt::format("a {} card may weigh up to {}, not {}", strength, most, weight),
                  at(file, root["weight"]));
    SEKISHO_TRY(weight_from, knowledge::text_or(root, "weight_from", "hand", file));
    card.weight_from = weight_from;
    SEKISHO_TRY(group, knowledge::text_or(root, "group", "", file));
    card.group = group;
    if (root["specificity"]) {
      SEKISHO_TRY(number, points_of(root, "specificity", file));
      card.specificity = number;
    }
    SEKISHO_TRY(by, knowledge::text_or(root, "by", "", file));
    if (!by.empty() && by != "wording") return unknown("speaker", by, at(file, root["by"]), {"wording"});
    card.by_wording = !by.empty();
    first_node_ = deck_->nodes_.size();
    if (card.by_wording) {
      card.condition = keep({Node::Op::any});  // of nothing: facts alone never make it speak
    } else {
      if (!root["when"])
        return fail(ErrorCode::bad_data, Said{"data.missing_key", {{"key", "when"}}}, "'when' is missing", file);
      SEKISHO_TRY(when, condition(root["when"], file, 0));
      card.condition = when;
    }
    SEKISHO_TRY(underline, knowledge::texts_of(root, "underline", file));
    for (const std::string& name : underline) {
      SEKISHO_TRY(fact_id, fact(name, root["underline"], file));
      card.underline.push_back(fact_id);
    }
    SEKISHO_TRY(absent, knowledge::text_or(root, "absent", "false", file));
    if (absent != "true" && absent != "false")
      return fail(ErrorCode::bad_data, Said{"card.true_or_false", {{"key", "absent"}}}, "'absent' is true or false",
                  at(file, root["absent"]));
    card.absent = absent == "true";
    if (card.absent) {
      SEKISHO_TRY(scope, words(root, "scope", file));
      card.scope = scope;
    }
    SEKISHO_TRY(title, words(root, "title", file));
    SEKISHO_TRY(explanation, words(root, "explanation", file));
    SEKISHO_TRY(how, words(root, "how_to_check", file));
    card.title = title;
    card.explanation = explanation;
    card.how_to_check = how;
    for (const auto& [key, target] :
         {std::pair<const char*, std::vector<std::string>*>{"settles", &card.settles}, {"advice", &card.advice}}) {
      SEKISHO_TRY(keys, knowledge::texts_of(root, key, file));
      const std::string prefix = std::string(key) == "settles" ? "would_settle." : "next.";
      for (const std::string& word : keys) {
        const auto& all = deck_->snapshot_->source().words;
        if (all.count(prefix + word) == 0) {
          std::vector<std::string> names;
          for (const auto& [name, value] : all)
            if (name.rfind(prefix, 0) == 0) names.push_back(name.substr(prefix.size()));
          return unknown(std::string("word under ") + prefix, word, at(file, root[key]), names);
        }
        target->push_back(prefix + word);
      }
    }
    if (const YAML::Node kinds = root["kinds"]) {
      if (!kinds.IsMap())
        return fail(ErrorCode::bad_data, Said{"card.kinds_form", {}}, "'kinds' must be 'kind: points' lines",
                    at(file, kinds));
      for (const auto& entry : kinds) {
        const std::string name = entry.first.Scalar();
        if (deck_->snapshot_->kind(name) == nullptr) {
          std::vector<std::string> names;
          for (const auto& kind : deck_->snapshot_->kinds()) names.push_back(kind.id);
          return unknown("kind of scam", name, at(file, entry.first), names);
        }
        SEKISHO_TRY(points, points_of(kinds, name, file));
        card.kinds.push_back({name, points});
      }
    }
    SEKISHO_TRY(false_alarms, knowledge::text_or(root, "false_alarms", "", file));
    card.false_alarms = false_alarms;
    SEKISHO_TRY(sources, knowledge::texts_of(root, "sources", file));
    card.sources = sources;
    if (card.weight > 0 && (card.false_alarms.empty() || card.sources.empty()))
      return fail(ErrorCode::bad_data, Said{"card.says_too_little", {}},
                  "a card that accuses must say 'false_alarms' and 'sources'", file);
    deck_->cards_.push_back(std::move(card));
    return {};
  }

  Result<void> check_kind_hints() {
    const auto& snapshot = *deck_->snapshot_;
    for (const auto& kind : snapshot.kinds())
      for (const auto& hint : kind.hints) {
        const std::string where = "knowledge/kinds.yaml, kind " + kind.id;
        if (!hint.phrase.empty() && !snapshot.has_phrase_list(hint.phrase))
          return unknown("phrase list", hint.phrase, where, {});
        if (!hint.sign.empty() && ids_.count(hint.sign) == 0)
          return unknown("sign", hint.sign, where, {ids_.begin(), ids_.end()});
      }
    return {};
  }

  std::unique_ptr<Deck> deck_;
  std::map<std::string, Predicate> predicates_;
  std::set<std::string> ids_;
  std::size_t first_node_ = 0;  // of the card that is being read
};

Result<std::shared_ptr<const Deck>> Deck::build(std::shared_ptr<const knowledge::Snapshot> snapshot) {
  return DeckBuilder(std::move(snapshot)).build();
}

}  // namespace sekisho::signs
