// sekisho rules add|list|remove|check|test|age: reads the list kept by hand, and chooses.
#include "app/rules_list.h"

#include <cstdio>
#include <filesystem>

#include <fmt/format.h>
#include <boost/json/array.hpp>

#include "app/json.h"
#include "app/scan_report.h"
#include "base/limits.h"

namespace sekisho::app {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

int show_list(const ListRun& run) {
  if (run.format == RulesFormat::json) {
    json::array all;
    for (const rules::Rule& rule : run.list.rules) all.push_back(object_of(rule));
    return print(run.session,
                 to_json(json::object{
                     {"schema", "sekisho.rules_list/1"}, {"file", valid_utf8(run.path)}, {"rules", std::move(all)}}) +
                     '\n',
                 0);
  }
  if (run.format != RulesFormat::text) return print_export(run.session, run.list, run.format);
  if (run.list.rules.empty())
    return print(run.session, run.session.voice.say("rules.list.empty", {{"file", for_terminal(run.path)}}) + '\n', 0);
  std::string out;
  for (const rules::Rule& rule : run.list.rules) out += for_terminal(rules::to_line(rule)) + '\n';
  return print(run.session, out + '\n' + run.session.voice.say("rules.list.next") + '\n', 0);
}

}  // namespace

Error list_usage(std::string what, Said said) {
  return {ErrorCode::usage, std::move(what), {}, "sekisho rules --help", std::move(said)};
}

json::object object_of(const rules::Rule& rule) {
  json::object object{{"list", rule.allow ? "allow" : "reject"},
                      {"match", rule.sender ? rules::name(rule.sender->mode) : rules::name(rule.content->trait)},
                      {"value", valid_utf8(rule.sender ? rule.sender->value : rule.content->value)},
                      {"note", valid_utf8(rule.note)},
                      {"line", rule.line}};
  return object;
}

void complain_about(const rules::Mistake& mistake, const ListRun& run) {
  std::string out = "sekisho: ";
  if (mistake.line > 0) out += fmt::format("{}:{}: ", for_terminal(run.path), mistake.line);
  out += fmt::format("'{}': {}\n", for_terminal(mistake.written),
                     run.session.voice.say(fmt::format("rules.slip.{}", rules::name(mistake.slip))));
  if (mistake.likely)
    out += "  " + run.session.voice.say("rules.slip_meant", {{"rule", for_terminal(rules::to_line(*mistake.likely))}}) +
           '\n';
  std::fputs(out.c_str(), stderr);
}

Result<std::string> list_path(const Session& session) {
  if (session.options.rules.list) return *session.options.rules.list;
  if (session.settings.state.value.empty())
    return fail(ErrorCode::usage, "no folder is known where the list is kept", {}, "--list FILE or --state DIR");
  return (session.settings.state.value / "rules.txt").string();
}

int run_rules_list(const Session& session, const rules::Dialects& dialects) {
  const RulesOptions& options = session.options.rules;
  const std::string& verb = options.words.front();
  const auto format = rules_format(session);
  if (!format) return complain(session, format.error());
  const auto path = list_path(session);
  if (!path) return complain(session, path.error());
  ListRun run{session, dialects, {options.words.begin() + 1, options.words.end()}, *format, *path, {}, {}};
  std::error_code ignored;
  if (fs::exists(run.path, ignored)) {
    auto text = read_whole(run.path, limits::rule_list_bytes);
    if (!text) return complain(session, text.error());
    run.text = std::move(*text);
  } else if (options.list && verb != "add") {
    return complain(session, {ErrorCode::unreadable, "there is no such list", run.path, "sekisho rules add VALUE",
                              Said{"input.no_list", {}}});
  }
  auto list = rules::read_rule_list(run.text, run.path);
  if (!list) return complain(session, list.error());
  run.list = std::move(*list);
  if (verb == "add") return add_rule(run);
  if (verb == "remove") return remove_rule(run);
  for (const rules::Mistake& mistake : run.list.mistakes) complain_about(mistake, run);
  if (verb == "check") return check_list(run);
  if (verb == "test") return test_list(run);
  if (verb == "age") return age_list(run);
  return show_list(run);
}

}  // namespace sekisho::app
