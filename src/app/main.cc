// sekisho: options, settings, engine, one command, exit code.
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "app/commands.h"
#include "app/filter.h"

namespace {

using namespace sekisho;
using namespace sekisho::app;

std::string_view help_key(Command command) {
  switch (command) {
    case Command::check:
      return "app.help.check";
    case Command::scan:
      return "scan.help.scan";
    case Command::index:
      return "scan.help.index";
    case Command::me:
      return "me.help.me";
    case Command::explain:
      return "app.help.explain";
    case Command::examples:
      return "app.help.examples";
    case Command::rules:
      return "rules.help.rules";
    case Command::filter:
      return "rules.help.filter";
    case Command::evaluate:
      return "evaluate.help.evaluate";
    case Command::train:
      return "train.help.train";
    case Command::doctor:
      return "app.help.doctor";
    case Command::completion:
      return "app.help.completion";
    case Command::guide:
      return "guide.help.guide";
    case Command::contacts:
      return "guide.help.contacts";
    case Command::carriers:
      return "guide.help.carriers";
    case Command::serve:
      return "serve.help.serve";
    case Command::case_file:
      return "case.help.case";
    case Command::none:
      break;
  }
  return "app.help.sekisho";
}

/// The language of a run whose command line or settings may be wrong.
std::string language(int argc, const char* const* argv, const Result<engine::Settings>& settings) {
  if (settings) return settings->lang.value;
  engine::Settings without_file;
  if (const auto asked = language_asked_for(argc, argv)) without_file.lang.value = *asked;
  engine::choose_language(without_file, environment_variable);
  return without_file.lang.value;
}

engine::ModelChoice model_of(const engine::Settings& settings) {
  using Kind = engine::ModelChoice::Kind;
  const auto& path = settings.model.value;
  if (path.empty()) return {};
  return path == engine::no_model ? engine::ModelChoice{Kind::none, {}} : engine::ModelChoice{Kind::file, path};
}

int run(int argc, const char* const* argv) {
  const auto options = read_options(argc, argv);
  const auto settings = options ? settings_for(*options, environment_variable) : tl::unexpected(options.error());
  const auto plain = engine::Engine::start();
  if (!plain) {
    std::fprintf(stderr, "sekisho: %s\n", to_line(plain.error()).c_str());
    return exit_code::internal;
  }
  const Voice voice((*plain)->knowledge(), language(argc, argv, settings));
  if (!options) return complain(voice, options.error());
  if (options->version) {
    std::printf("sekisho %s\n", std::string(engine::program_version()).c_str());
    return 0;
  }
  if (options->help || options->command == Command::none) {
    std::fputs(voice.say(help_key(options->command)).c_str(), options->help ? stdout : stderr);
    return options->help ? 0 : exit_code::usage;
  }
  if (options->command == Command::completion) return run_completion(*options);
  if (options->command == Command::doctor) return run_doctor(*options, settings, **plain, voice);
  if (!settings) return complain(voice, settings.error());

  auto cache = automaton_cache(*settings, voice);
  const engine::ModelChoice model = model_of(*settings);
  const bool as_built = settings->knowledge.value.empty() && model.kind == engine::ModelChoice::Kind::embedded;
  const auto engine = as_built ? plain : engine::Engine::start(settings->knowledge.value, cache.store(), model);
  if (!engine) return complain(voice, engine.error());
  const Voice own_voice((*engine)->knowledge(), voice.lang());
  const Session session{*options, *settings, **engine, own_voice};
  switch (options->command) {
    case Command::scan:
      return run_scan(session);
    case Command::index:
      return run_index(session);
    case Command::me:
      return run_me(session);
    case Command::explain:
      return run_explain(session);
    case Command::examples:
      return run_examples(session);
    case Command::guide:
      return run_guide(session);
    case Command::contacts:
      return run_contacts(session);
    case Command::carriers:
      return run_carriers(session);
    case Command::rules:
      return run_rules(session);
    case Command::filter:
      return run_filter(session);
    case Command::evaluate:
      return run_evaluate(session);
    case Command::serve:
      return run_serve(session, *engine);
    case Command::train:
      return run_train(session);
    case Command::case_file:
      return run_case(session);
    default:
      return run_check(session);
  }
}

/// The filter's exit code is a decision about a mail: whatever is wrong before it reads the mail, the mail is accepted.
int run_safely(int argc, const char* const* argv) {
  const bool filters = argc > 1 && std::string_view(argv[1]) == "filter";
  int code = exit_code::internal;
  try {
    code = run(argc, argv);
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "sekisho: %s\n", exception.what());
  }
  return filters && code != filter_accept && code != filter_reject ? accept_unread(argc, argv) : code;
}

/// The words of a case (a note, a file's name) vanish from the list of processes: they are copied, and wiped where
/// everybody can see them.
std::vector<std::string> taken_arguments(int argc, char** argv) {
  std::vector<std::string> words(argv, argv + argc);
  bool of_a_case = false;
  for (int i = 1; i < argc; ++i) {
    if (of_a_case) std::fill(argv[i], argv[i] + words[static_cast<std::size_t>(i)].size(), '\0');
    of_a_case = of_a_case || words[static_cast<std::size_t>(i)] == "case";
  }
  return words;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words = taken_arguments(argc, argv);
  std::vector<const char*> arguments;
  for (const std::string& word : words) arguments.push_back(word.c_str());
  arguments.push_back(nullptr);
  return run_safely(argc, arguments.data());
}
