#include "app/me_options.h"

#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "knowledge/source.h"

namespace sekisho::app {
namespace {

using Action = MeCommand::Action;

constexpr std::array<std::pair<std::string_view, Action>, 6> actions{{{"show", Action::show},
                                                                      {"edit", Action::edit},
                                                                      {"set", Action::set},
                                                                      {"import", Action::import},
                                                                      {"export", Action::export_it},
                                                                      {"erase", Action::erase}}};

tl::unexpected<Error> not_one_of(const std::string& option, const std::string& value,
                                 const std::vector<std::string>& known) {
  const std::string near = knowledge::nearest(value, known);
  return fail(
      ErrorCode::usage,
      Said{"usage.not_one_of", {{"option", option}, {"value", value}, knowledge::suggestion(value, known)}},
      fmt::format("{} cannot be '{}'", option, value), {},
      near.empty() ? fmt::format("one of: {}", fmt::join(known, ", ")) : fmt::format("did you mean '{}'?", near));
}

tl::unexpected<Error> missing(std::string_view what) {
  return fail(ErrorCode::usage,
              Said{"usage.value_missing", {{"option", std::string(what)}, {"help", "sekisho me --help"}}},
              fmt::format("{}: something is missing", what), {}, "sekisho me --help");
}

tl::unexpected<Error> too_many(const std::string& argument) {
  return fail(ErrorCode::usage, Said{"usage.too_many", {{"argument", argument}, {"help", "sekisho me --help"}}},
              fmt::format("'{}' is one argument too many", argument), {}, "sekisho me --help");
}

}  // namespace

void add_me_options(CLI::App& me, MeCommand& options) {
  me.add_option("words", options.typed)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
}

Result<void> fill_in(MeCommand& options) {
  const std::vector<std::string>& typed = options.typed;
  if (typed.empty()) return {};
  std::vector<std::string> names;
  for (const auto& [name, action] : actions) {
    names.emplace_back(name);
    if (name == typed[0]) options.action = action;
  }
  if (options.action == Action::none) return not_one_of("me", typed[0], names);
  options.values.assign(typed.begin() + 1, typed.end());
  switch (options.action) {
    case Action::set:
      if (options.values.empty()) return missing("me set");
      options.field = find_field(options.values.front());
      if (!options.field) return not_one_of("me set", options.values.front(), field_names());
      options.values.erase(options.values.begin());
      return {};
    case Action::import:
      if (options.values.empty()) return missing("me import");
      if (options.values.size() > 1) return too_many(options.values[1]);
      return {};
    default:
      if (!options.values.empty()) return too_many(options.values.front());
      return {};
  }
}

}  // namespace sekisho::app
