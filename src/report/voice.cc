#include "report/voice.h"

#include <algorithm>

#include <fmt/format.h>

#include "report/inert.h"

namespace sekisho::report {
namespace {

std::string_view key_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage:
      return "usage";
    case ErrorCode::not_mail:
      return "not_mail";
    case ErrorCode::unreadable:
      return "unreadable";
    case ErrorCode::bad_data:
      return "bad_data";
    case ErrorCode::internal:
      break;
  }
  return "internal";
}

}  // namespace

std::string Voice::say(std::string_view key,
                       std::initializer_list<std::pair<std::string_view, std::string>> values) const {
  std::string text = say(key);
  for (const auto& [name, value] : values) {
    const std::string slot = fmt::format("{{{}}}", name);
    for (std::size_t at = text.find(slot); at != std::string::npos; at = text.find(slot, at + value.size()))
      text.replace(at, slot.size(), value);
  }
  return text;
}

std::string Voice::pair(std::string_view key, std::string_view value) const {
  return say("app.pair", {{"name", say(key)}, {"value", std::string(value)}});
}

std::string Voice::quoted(std::string_view passage) const {
  return say("app.quoted", {{"passage", std::string(passage)}});
}

std::string Voice::filled(std::string_view key, const Said& said) const {
  std::string text = say(key);
  // One pass from the left: what a value holds is not looked at again.
  for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at)) {
    const std::size_t end = text.find('}', at);
    if (end == std::string::npos) break;
    const std::string_view name = std::string_view(text).substr(at + 1, end - at - 1);
    const auto value =
        std::find_if(said.values.begin(), said.values.end(), [&](const auto& one) { return one.first == name; });
    if (value == said.values.end()) {
      at = end;
      continue;
    }
    const std::string word = value->second.starts_with('@') ? "error_value." + value->second.substr(1) : std::string();
    const std::string put = !word.empty() && knowledge_->has_words(word) ? say(word) : value->second;
    text.replace(at, end + 1 - at, put);
    at += put.size();
  }
  return for_terminal(text);
}

Voice::Worded Voice::worded(const Error& error) const {
  const std::string key = "error." + error.said.id;
  const std::string general(key_of(error.code));
  if (error.said.id.empty() || !knowledge_->has_words(key)) {
    // Rare faults are only said in English; a Japanese reader first gets the sentence that says what it means.
    const std::string what = for_terminal(error.what), hint = for_terminal(error.hint);
    if (!japanese()) return {what, hint};
    const auto with = [&](const std::string& own, const std::string& english) {
      return english.empty() ? own : own + " (" + english + ")";
    };
    return {with(say("app.error." + general), what), with(say("app.hint." + general), hint)};
  }
  Worded out{filled(key, error.said), {}};
  const auto has = [&](std::string_view name) {
    return std::any_of(error.said.values.begin(), error.said.values.end(),
                       [&](const auto& one) { return one.first == name; });
  };
  const std::string family = error.said.id.substr(0, error.said.id.find('.'));
  if (has("near"))
    out.hint = filled("error_hint.near", error.said);
  else if (has("known"))
    out.hint = filled("error_hint.known", error.said);
  else if (knowledge_->has_words("error_hint." + error.said.id))
    out.hint = filled("error_hint." + error.said.id, error.said);
  else if (has("help"))
    out.hint = filled("error_hint.help", error.said);
  else if (knowledge_->has_words("error_hint." + family + ".any"))
    out.hint = filled("error_hint." + family + ".any", error.said);
  else
    out.hint = say("app.hint." + general);
  return out;
}

std::string Voice::complaint(const Error& error) const {
  const auto [what, hint] = worded(error);
  std::string out = "sekisho: ";
  if (!error.where.empty()) out += for_terminal(error.where) + ": ";
  out += what + '\n';
  if (!hint.empty()) out += "  " + hint + '\n';
  return out;
}

std::string Voice::problem(const Error& error) const {
  const auto [what, hint] = worded(error);
  std::string out = error.where.empty() ? what : for_terminal(error.where) + ": " + what;
  if (!hint.empty()) out += " (" + hint + ")";
  return out;
}

}  // namespace sekisho::report
