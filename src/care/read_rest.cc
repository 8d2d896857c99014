// drafts/<id>.yaml, answers.yaml, rungs.yaml, kinds.yaml and words.yaml.
#include "care/reading.h"

namespace sekisho::care {
namespace {

/// ja and en only: what is sent has no plain register.
Result<Text> letter_at(const YAML::Node& map, std::string_view key, const std::string& file) {
  const YAML::Node node = map[std::string(key)];
  if (!node) return fail(ErrorCode::bad_data, fmt::format("'{}' is missing", key), at(file, map));
  CARE_CHECK(only_keys(node, file, {"ja", "en"}));
  CARE_TRY(ja, text_of(node, "ja", file));
  CARE_TRY(en, text_of(node, "en", file));
  return Text{ja, "", en};
}

Result<void> choices_at(const YAML::Node& root, std::string_view key, const std::string& file,
                        std::vector<Choice>& to) {
  CARE_TRY(list, list_at(root, key, file));
  for (const auto& node : list) {
    CARE_CHECK(only_keys(node, file, {"id", "implies", "text"}));
    Choice choice;
    CARE_TRY(id, text_of(node, "id", file));
    choice.id = id;
    CARE_TRY(implies, text_or(node, "implies", "", file));
    choice.implies = implies;
    CARE_TRY(text, text_at(node, "text", file));
    choice.text = text;
    CARE_CHECK(add_new(to, std::move(choice), node, file));
  }
  return {};
}

/// Nested keys become "a.b"; a map with a key `ja` is a text.
Result<void> words_in(const YAML::Node& node, const std::string& prefix, const std::string& file, Care& care) {
  for (const auto& entry : node) {
    const std::string key = prefix + entry.first.Scalar();
    if (!entry.second.IsMap())
      return fail(ErrorCode::bad_data, fmt::format("'{}' must be a text in three registers", key),
                  at(file, entry.second));
    if (!entry.second["ja"]) {
      CARE_CHECK(words_in(entry.second, key + ".", file, care));
      continue;
    }
    CARE_TRY(text, text_in(entry.second, file));
    if (!care.words.emplace(key, text).second)
      return fail(ErrorCode::bad_data, fmt::format("the words '{}' are given twice", key), at(file, entry.first));
  }
  return {};
}

}  // namespace

Result<void> read_draft(const std::filesystem::path& path, Care& care) {
  const std::string file = path.string();
  CARE_TRY(root, open_yaml(path));
  CARE_CHECK(only_keys(root, file,
                       {"id", "title", "purpose", "situations", "to", "slots", "subject", "body", "note", "print",
                        "source", "as_of", "confidence"}));
  Draft draft;
  draft.where = at(file, root);
  CARE_TRY(id, text_of(root, "id", file));
  draft.id = id;
  if (id != path.stem().string())
    return fail(ErrorCode::bad_data, fmt::format("the id '{}' is not the file's name", id), at(file, root["id"]));
  CARE_TRY(title, text_at(root, "title", file));
  draft.title = title;
  CARE_TRY(purpose, text_at(root, "purpose", file));
  draft.purpose = purpose;
  CARE_TRY(note, text_if(root, "note", file));
  draft.note = note;
  CARE_TRY(situations, texts_of(root, "situations", file));
  draft.situations = situations;
  CARE_TRY(to, text_or(root, "to", "", file));
  draft.to = to;
  CARE_TRY(slots, list_at(root, "slots", file));
  for (const auto& node : slots) {
    CARE_CHECK(only_keys(node, file, {"name", "from", "ask", "third_person"}));
    Draft::Slot slot;
    CARE_TRY(slot_name, text_of(node, "name", file));
    slot.name = slot_name;
    CARE_TRY(from, text_or(node, "from", "", file));
    slot.from = from;
    CARE_TRY(ask, text_at(node, "ask", file));
    slot.ask = ask;
    CARE_TRY(third, flag_or(node, "third_person", false, file));
    slot.third_person = third;
    for (const Draft::Slot& other : draft.slots)
      if (other.name == slot.name)
        return fail(ErrorCode::bad_data, fmt::format("the slot '{}' is given twice", slot.name), at(file, node));
    draft.slots.push_back(std::move(slot));
  }
  if (const YAML::Node subject = root["subject"]; subject && !subject.IsNull()) {
    CARE_TRY(words, letter_at(root, "subject", file));
    draft.subject = words;
  }
  CARE_TRY(body, letter_at(root, "body", file));
  draft.body = body;
  CARE_TRY(print, flag_or(root, "print", false, file));
  draft.print = print;
  return add_new(care.drafts, std::move(draft), root, file);
}

Result<void> read_answers(const std::filesystem::path& path, Care& care) {
  const std::string file = path.string();
  CARE_TRY(root, open_yaml(path));
  CARE_CHECK(only_keys(root, file, {"meta", "actions", "typed_items", "questions"}));
  CARE_CHECK(choices_at(root, "actions", file, care.actions));
  CARE_CHECK(choices_at(root, "typed_items", file, care.typed_items));
  CARE_TRY(list, list_at(root, "questions", file));
  for (const auto& node : list) {
    CARE_CHECK(only_keys(node, file, {"id", "when"}));
    CARE_TRY(id, text_of(node, "id", file));
    CARE_TRY(when, when_in(node["when"], file));
    if (id != "situations" && id != "done" && id != "typed" && !is_answer_field(id))
      return fail(ErrorCode::bad_data, fmt::format("'{}' is nothing that a person is asked", id), at(file, node));
    CARE_CHECK(add_new(care.questions, Question{id, when}, node, file));
  }
  return {};
}

Result<void> read_rungs(const std::filesystem::path& path, Care& care) {
  const std::string file = path.string();
  CARE_TRY(root, open_yaml(path));
  CARE_CHECK(only_keys(root, file, {"meta", "rungs"}));
  CARE_TRY(list, list_at(root, "rungs", file));
  for (const auto& node : list) {
    CARE_CHECK(only_keys(node, file, {"id", "text", "cost"}));
    CARE_TRY(id, text_of(node, "id", file));
    CARE_TRY(text, text_at(node, "text", file));
    CARE_TRY(cost, text_at(node, "cost", file));
    CARE_CHECK(add_new(care.rungs, Rung{id, text, cost}, node, file));
  }
  return {};
}

Result<void> read_kinds(const std::filesystem::path& path, Care& care) {
  const std::string file = path.string();
  CARE_TRY(root, open_yaml(path));
  CARE_CHECK(only_keys(root, file, {"meta", "kinds"}));
  const YAML::Node kinds = root["kinds"];
  if (!kinds || !kinds.IsMap()) return fail(ErrorCode::bad_data, "'kinds' is missing", at(file, root));
  for (const auto& entry : kinds) {
    if (!entry.second.IsScalar())
      return fail(ErrorCode::bad_data, "expected 'kind: situation'", at(file, entry.second));
    care.situation_of_kind[entry.first.Scalar()] = entry.second.Scalar();
  }
  return {};
}

Result<void> read_words(const std::filesystem::path& path, Care& care) {
  const std::string file = path.string();
  CARE_TRY(root, open_yaml(path));
  for (const auto& entry : root) {
    if (entry.first.Scalar() == "meta") continue;
    if (!entry.second.IsMap()) return fail(ErrorCode::bad_data, "expected words below this key", at(file, entry.first));
    if (entry.second["ja"]) {
      CARE_TRY(text, text_in(entry.second, file));
      care.words[entry.first.Scalar()] = text;
    } else {
      CARE_CHECK(words_in(entry.second, entry.first.Scalar() + ".", file, care));
    }
  }
  return {};
}

}  // namespace sekisho::care
