// describe.yaml: the words people tell with.
#include "care/reading.h"
#include "text/fold.h"

namespace sekisho::care {
namespace {

constexpr std::array<std::string_view, 2> scope_names{"sentence", "text"};

Result<std::string> folded_word(const std::string& word, const YAML::Node& node, const std::string& file) {
  std::string folded = text::fold_key(word);
  if (folded.empty()) return fail(ErrorCode::bad_data, fmt::format("'{}' holds no letter", word), at(file, node));
  return folded;
}

Result<std::vector<std::string>> folded_at(const YAML::Node& map, std::string_view key, const std::string& file) {
  CARE_TRY(words, texts_of(map, key, file));
  for (std::string& word : words) {
    CARE_TRY(folded, folded_word(word, map[std::string(key)], file));
    word = folded;
  }
  return words;
}

Result<Cue> cue_in(const YAML::Node& node, const std::string& file) {
  CARE_CHECK(only_keys(node, file, {"all", "weight", "scope", "negated"}));
  Cue cue;
  CARE_TRY(groups, list_at(node, "all", file));
  for (const auto& group : groups) {
    std::vector<std::string> words;
    if (!group.IsSequence() && !group.IsScalar())
      return fail(ErrorCode::bad_data, "a group is a list of words", at(file, group));
    if (group.IsScalar()) {
      CARE_TRY(word, folded_word(group.Scalar(), group, file));
      words.push_back(word);
    } else {
      for (const auto& entry : group) {
        if (!entry.IsScalar()) return fail(ErrorCode::bad_data, "a group is a list of words", at(file, entry));
        CARE_TRY(word, folded_word(entry.Scalar(), entry, file));
        words.push_back(word);
      }
    }
    if (words.empty()) return fail(ErrorCode::bad_data, "a group without words", at(file, group));
    cue.all.push_back(std::move(words));
  }
  if (cue.all.empty()) return fail(ErrorCode::bad_data, "'all' is missing", at(file, node));
  if (node["weight"]) {
    CARE_TRY(weight, knowledge::number_of(node, "weight", file));
    if (weight < -10 || weight > 10)
      return fail(ErrorCode::bad_data, "'weight' must be from -10 to 10", at(file, node));
    cue.weight = weight;
  }
  CARE_TRY(scope_word, text_or(node, "scope", "sentence", file));
  CARE_TRY(scope, one_of<Cue::Scope>(scope_word, scope_names, node["scope"], file));
  cue.scope = scope;
  if (node["negated"]) {
    CARE_TRY(negated, flag_or(node, "negated", false, file));
    cue.negated = negated ? Cue::Negated::yes : Cue::Negated::no;
  }
  return cue;
}

Result<void> tellings_at(const YAML::Node& root, std::string_view key, const std::string& file,
                         std::vector<Telling>& to) {
  CARE_TRY(list, list_at(root, key, file));
  for (const auto& node : list) {
    CARE_CHECK(only_keys(node, file, {"id", "cues", "tellings"}));
    Telling telling;
    CARE_TRY(id, text_of(node, "id", file));
    telling.id = id;
    CARE_TRY(cues, list_at(node, "cues", file));
    for (const auto& entry : cues) {
      CARE_TRY(cue, cue_in(entry, file));
      telling.cues.push_back(std::move(cue));
    }
    CARE_TRY(examples, texts_of(node, "tellings", file));
    telling.examples = examples;
    CARE_CHECK(add_new(to, std::move(telling), node, file));
  }
  return {};
}

}  // namespace

Result<void> read_describe(const std::filesystem::path& path, Care& care) {
  const std::string file = path.string();
  CARE_TRY(root, open_yaml(path));
  CARE_CHECK(only_keys(
      root, file,
      {"meta", "situations", "ask", "ask_if_empty", "done", "typed", "others", "negations", "not_negations", "clause_ends"}));
  Describe describe;
  CARE_CHECK(tellings_at(root, "situations", file, describe.situations));
  CARE_CHECK(tellings_at(root, "done", file, describe.done));
  CARE_CHECK(tellings_at(root, "typed", file, describe.typed));
  CARE_TRY(asks, list_at(root, "ask", file));
  for (const auto& node : asks) {
    CARE_CHECK(only_keys(node, file, {"when_close", "ask"}));
    CARE_TRY(close, texts_of(node, "when_close", file));
    if (close.size() < 2) return fail(ErrorCode::bad_data, "'when_close' names two situations", at(file, node));
    CARE_TRY(ask, text_at(node, "ask", file));
    describe.asks.push_back({close, ask});
  }
  CARE_TRY(empty, list_at(root, "ask_if_empty", file));
  for (const auto& node : empty) {
    CARE_TRY(ask, text_in(node, file));
    describe.asks_if_empty.push_back(ask);
  }
  CARE_TRY(others, texts_of(root, "others", file));
  describe.others = others;
  CARE_TRY(negations, folded_at(root, "negations", file));
  describe.negations = negations;
  CARE_TRY(not_negations, folded_at(root, "not_negations", file));
  describe.not_negations = not_negations;
  CARE_TRY(ends, folded_at(root, "clause_ends", file));
  describe.clause_ends = ends;
  care.describe = std::move(describe);
  return {};
}

}  // namespace sekisho::care
