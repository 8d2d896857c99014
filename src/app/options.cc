#include "app/options.h"

#include <array>
#include <charconv>
#include <cstdlib>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "app/one_of.h"
#include "knowledge/source.h"

namespace sekisho::app {
namespace {

constexpr std::array<std::pair<std::string_view, Command>, 17> commands{{{"check", Command::check},
                                                                         {"scan", Command::scan},
                                                                         {"index", Command::index},
                                                                         {"me", Command::me},
                                                                         {"explain", Command::explain},
                                                                         {"examples", Command::examples},
                                                                         {"rules", Command::rules},
                                                                         {"filter", Command::filter},
                                                                         {"evaluate", Command::evaluate},
                                                                         {"train", Command::train},
                                                                         {"doctor", Command::doctor},
                                                                         {"completion", Command::completion},
                                                                         {"guide", Command::guide},
                                                                         {"contacts", Command::contacts},
                                                                         {"carriers", Command::carriers},
                                                                         {"serve", Command::serve},
                                                                         {"case", Command::case_file}}};
constexpr std::array<std::pair<std::string_view, engine::ReadAs>, 4> readings{{{"detect", engine::ReadAs::detect},
                                                                               {"mail", engine::ReadAs::mail},
                                                                               {"pasted", engine::ReadAs::pasted},
                                                                               {"sms", engine::ReadAs::sms}}};
const std::vector<std::string> languages{"ja", "en"}, formats{"text", "json"}, colors{"auto", "always", "never"},
    shells{"bash", "zsh", "fish"};

/// Options as typed, before their words are checked.
struct Typed {
  std::optional<std::string> lang, knowledge, config, model, state, format, color, read_as, jobs;
};

tl::unexpected<Error> refuse(Said said, std::string what, std::string_view wrong, const std::vector<std::string>& known,
                             std::string_view help) {
  const std::string near = knowledge::nearest(wrong, known);
  if (near.empty())
    said.values.emplace_back("help", help);
  else
    said.values.emplace_back("near", near);
  return fail(ErrorCode::usage, std::move(said), std::move(what), {},
              near.empty() ? std::string(help) : fmt::format("did you mean '{}'?", near));
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

Result<void> fill_in(Options& options, const Typed& typed) {
  if (typed.lang) {
    if (auto ok = one_of("--lang", *typed.lang, languages); !ok) return ok;
    options.lang = typed.lang;
  }
  if (typed.format && options.command == Command::scan) {
    if (auto ok = one_of("--format", *typed.format, {"text", "json", "html"}); !ok) return ok;
    options.scan.html = *typed.format == "html";
    options.format = engine::find_format(*typed.format);
  } else if (typed.format) {
    if (auto ok = one_of("--format", *typed.format, formats); !ok) return ok;
    options.format = engine::find_format(*typed.format);
  }
  if (typed.color) {
    if (auto ok = one_of("--color", *typed.color, colors); !ok) return ok;
    options.color = engine::find_color(*typed.color);
  }
  if (typed.knowledge) options.knowledge = *typed.knowledge;
  if (typed.config) options.config = *typed.config;
  if (typed.model) options.model = *typed.model;
  if (typed.state) options.state = *typed.state;
  if (typed.jobs) {
    unsigned number = 0;
    const char* end = typed.jobs->data() + typed.jobs->size();
    const auto [stopped, error] = std::from_chars(typed.jobs->data(), end, number);
    if (error != std::errc() || stopped != end || number > engine::most_jobs)
      return fail(ErrorCode::usage,
                  Said{"usage.jobs", {{"value", *typed.jobs}, {"most", std::to_string(engine::most_jobs)}}},
                  fmt::format("--jobs cannot be '{}'", *typed.jobs), {},
                  fmt::format("a whole number from 0 (one for each processor) to {}", engine::most_jobs));
    options.jobs = number;
  }
  if (typed.read_as) {
    std::vector<std::string> names;
    for (const auto& [name, reading] : readings) {
      names.emplace_back(name);
      if (name == *typed.read_as) options.read_as = reading;
    }
    return one_of("--as", *typed.read_as, names);
  }
  return {};
}

}  // namespace

Result<Options> read_options(int argc, const char* const* argv) {
  Options options;
  Typed typed;
  CLI::App app;
  app.set_help_flag();
  app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  app.require_subcommand(0, 1);
  const auto common = [&](CLI::App& to) {
    to.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    to.set_help_flag();
    to.allow_extras();
    to.add_flag("-h,--help", options.help);
    to.add_option("--lang", typed.lang);
    to.add_option("--config", typed.config);
    to.add_option("--knowledge", typed.knowledge);
    to.add_option("--model", typed.model);
    to.add_option("--state", typed.state);
  };
  common(app);
  app.add_flag("-V,--version", options.version);
  CLI::App* check = app.add_subcommand("check");
  CLI::App* scan = app.add_subcommand("scan");
  CLI::App* index = app.add_subcommand("index");
  CLI::App* me = app.add_subcommand("me");
  CLI::App* explain = app.add_subcommand("explain");
  CLI::App* examples = app.add_subcommand("examples");
  CLI::App* rules = app.add_subcommand("rules");
  CLI::App* filter = app.add_subcommand("filter");
  CLI::App* evaluate = app.add_subcommand("evaluate");
  CLI::App* train = app.add_subcommand("train");
  CLI::App* doctor = app.add_subcommand("doctor");
  CLI::App* completion = app.add_subcommand("completion");
  CLI::App* guide = app.add_subcommand("guide");
  CLI::App* contacts = app.add_subcommand("contacts");
  CLI::App* carriers = app.add_subcommand("carriers");
  CLI::App* serve = app.add_subcommand("serve");
  CLI::App* case_file = app.add_subcommand("case");
  for (CLI::App* command : {check, scan, index, me, explain, examples, rules, filter, evaluate, train, doctor,
                            completion, guide, contacts, carriers, serve, case_file})
    common(*command);
  for (CLI::App* command :
       {check, scan, index, explain, examples, evaluate, train, doctor, guide, contacts, carriers, case_file}) {
    command->add_option("--format", typed.format);
    command->add_option("--color", typed.color);
  }
  check->add_option("path", options.paths)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
  check->add_option("--as", typed.read_as);
  check->add_option("-j,--jobs", typed.jobs);
  check->add_flag("-v,--verbose", options.verbose);
  check->add_flag("--stats", options.stats);
  scan->add_option("path", options.paths)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
  scan->add_option("-j,--jobs", typed.jobs);
  scan->add_flag("--stats", options.stats);
  TypedScanOptions typed_scan;
  add_scan_options(*scan, options.scan, typed_scan);
  add_index_options(*index, options.scan);
  evaluate->add_option("path", options.paths)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
  evaluate->add_option("-j,--jobs", typed.jobs);
  TypedEvaluateOptions typed_evaluate;
  train->add_option("path", options.paths)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
  train->add_option("-j,--jobs", typed.jobs);
  train->add_flag("--stats", options.stats);
  TypedTrainOptions typed_train;
  add_train_options(*train, options.train, typed_train);
  add_evaluate_options(*evaluate, options.evaluate, typed_evaluate);
  add_me_options(*me, options.me);
  explain->add_option("sign", options.sign);
  explain->add_flag("--names", options.names_only);
  examples->add_option("words", options.words)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
  examples->add_flag("--names", options.names_only);
  add_rules_options(*rules, options.rules);
  add_filter_options(*filter, options.filter);
  rules->add_option("--color", typed.color);
  add_serve_options(*serve, options.serve);
  add_case_options(*case_file, options.case_file);
  serve->add_option("--color", typed.color);
  completion->add_option("shell", options.shell);
  for (CLI::App* command : {guide, contacts, carriers}) command->add_flag("--names", options.names_only);
  TypedGuideOptions typed_guide;
  add_guide_options(*guide, options.guide, typed_guide);
  for (CLI::App* command : {contacts, carriers}) add_desk_options(*command, options.guide, typed_guide);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const std::string said = error.what();
    // CLI11 writes "--lang: 1 required TEXT missing".
    const bool missing = dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr && said.find(':') != said.npos;
    return fail(
        ErrorCode::usage,
        missing ? Said{"usage.value_missing", {{"option", said.substr(0, said.find(':'))}, {"help", "sekisho --help"}}}
                : Said{"usage.wrong", {{"said", said}, {"help", "sekisho --help"}}},
        said, {}, "sekisho --help");
  }
  const CLI::App* chosen = app.get_subcommands().empty() ? &app : app.get_subcommands().front();
  const std::string help = chosen == &app ? "sekisho --help" : fmt::format("sekisho {} --help", chosen->get_name());
  for (const auto& [name, command] : commands)
    if (name == chosen->get_name()) options.command = command;
  std::vector<std::string> extras = chosen->remaining();
  std::erase(extras, "--");  // CLI11 counts the mark that ends the options among them
  if (!extras.empty()) {
    const std::string& wrong = extras.front();
    if (wrong.rfind('-', 0) == 0)
      return refuse({"usage.unknown_option", {{"option", wrong}}}, fmt::format("unknown option '{}'", wrong), wrong,
                    option_names(*chosen), help);
    if (chosen != &app)
      return fail(ErrorCode::usage, Said{"usage.too_many", {{"argument", wrong}, {"help", help}}},
                  fmt::format("'{}' is one argument too many", wrong), {}, help);
    std::vector<std::string> names;
    for (const auto& [name, command] : commands) names.emplace_back(name);
    std::error_code ignored;
    // A person who has a mail and no manual types the file alone.
    const std::string hint = std::filesystem::exists(wrong, ignored) ? fmt::format("sekisho check {}", wrong) : help;
    return refuse({"usage.unknown_command", {{"command", wrong}}}, fmt::format("unknown command '{}'", wrong), wrong,
                  names, hint);
  }
  if (auto ok = fill_in(options, typed); !ok) return tl::unexpected(ok.error());
  if (auto ok = fill_in(options.guide, typed_guide); !ok) return tl::unexpected(ok.error());
  if (auto ok = fill_in(options.scan, typed_scan); !ok) return tl::unexpected(ok.error());
  if (auto ok = fill_in(options.evaluate, typed_evaluate); !ok) return tl::unexpected(ok.error());
  if (auto ok = fill_in(options.train, typed_train); !ok) return tl::unexpected(ok.error());
  if (options.command == Command::train && options.train.output.empty() && !options.paths.empty() && !options.help)
    return fail(ErrorCode::usage, Said{"usage.no_output", {{"help", help}}}, "--output is missing", {}, help);
  const bool needs_labels = options.command == Command::evaluate || options.command == Command::train;
  if (needs_labels && options.paths.empty() && !options.help)
    return fail(ErrorCode::usage, Said{"usage.no_labelled", {{"help", help}}}, "labelled mail is missing", {}, help);
  if (auto ok = fill_in(options.me); !ok && !options.help) return tl::unexpected(ok.error());
  if (options.command == Command::scan && options.paths.empty() && !options.help)
    return fail(ErrorCode::usage, Said{"usage.no_mailbox", {{"help", help}}}, "the name of a mailbox is missing", {},
                help);
  if (options.command == Command::completion && !options.help) {
    if (options.shell.empty())
      return fail(ErrorCode::usage, Said{"usage.no_shell", {{"known", fmt::format("{}", fmt::join(shells, ", "))}}},
                  "the name of a shell is missing", {}, fmt::format("one of: {}", fmt::join(shells, ", ")));
    if (auto ok = one_of("shell", options.shell, shells); !ok) return tl::unexpected(ok.error());
  }
  return options;
}

std::optional<std::string> language_asked_for(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    std::string_view value;
    if (argument == "--lang" && i + 1 < argc)
      value = argv[i + 1];
    else if (argument.rfind("--lang=", 0) == 0)
      value = argument.substr(7);
    if (value == "ja" || value == "en") return std::string(value);
  }
  return std::nullopt;
}

Result<engine::Settings> settings_for(const Options& options, const engine::Environment& environment) {
  auto settings = engine::read_settings(options.config, environment);
  if (!settings) return settings;
  if (options.lang) settings->lang = {*options.lang, "--lang"};
  if (options.format) settings->format = {*options.format, "--format"};
  if (options.color) settings->color = {*options.color, "--color"};
  if (options.jobs) settings->jobs = {*options.jobs, "--jobs"};
  if (options.knowledge) settings->knowledge = {*options.knowledge, "--knowledge"};
  if (options.model) settings->model = {*options.model, "--model"};
  if (options.state) settings->state = {*options.state, "--state"};
  engine::choose_language(*settings, environment);
  engine::choose_state(*settings, environment);
  return settings;
}

std::optional<std::string> environment_variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace sekisho::app
