#include "app/voice.h"

#include <fmt/format.h>

#include "app/terminal.h"

namespace sekisho::app {
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

std::string Voice::complaint(const Error& error) const {
  const std::string key(key_of(error.code));
  // The lower layers speak English; a Japanese reader first gets the sentence that says what it means.
  std::string what = for_terminal(error.what);
  if (japanese()) what = what.empty() ? say("app.error." + key) : say("app.error." + key) + " (" + what + ")";
  std::string out = "sekisho: ";
  if (!error.where.empty()) out += for_terminal(error.where) + ": ";
  out += what + '\n';
  std::string hint = for_terminal(error.hint);
  if (japanese()) {
    const std::string own = say("app.hint." + key);
    hint = hint.empty() ? own : own + " (" + hint + ")";
  }
  if (!hint.empty()) out += "  " + hint + '\n';
  return out;
}

}  // namespace sekisho::app
