// The commands of `sekisho`, one file each. Each returns the exit code of the program. They print; nothing below does.
#pragma once

#include <memory>

#include "app/options.h"
#include "app/outcome.h"
#include "app/terminal.h"
#include "app/voice.h"
#include "engine/automaton_cache.h"

namespace sekisho::app {

/// What every command works with.
struct Session {
  const Options& options;
  const engine::Settings& settings;
  const engine::Engine& engine;
  const Voice& voice;
};

/// The automata of sites' phrases, kept in the state folder; says on a terminal that compiling takes a while. `voice`
/// must outlive it.
engine::AutomatonCache automaton_cache(const engine::Settings& settings, const Voice& voice);

int run_check(const Session& session);
int run_scan(const Session& session);
int run_index(const Session& session);
int run_me(const Session& session);
int run_explain(const Session& session);
int run_examples(const Session& session);
int run_guide(const Session& session);
int run_contacts(const Session& session);
int run_carriers(const Session& session);
int run_rules(const Session& session);
int run_filter(const Session& session);
int run_case(const Session& session);
int run_evaluate(const Session& session);
/// `engine` is the session's own: the server hands it to its workers.
int run_serve(const Session& session, std::shared_ptr<const engine::Engine> engine);
int run_train(const Session& session);
/// `settings` may be an error, and the site's knowledge may be broken: the doctor says so instead of refusing to work.
int run_doctor(const Options& options, const Result<engine::Settings>& settings, const engine::Engine& plain,
               const Voice& voice);
int run_completion(const Options& options);

/// Colour on standard output: as set; "auto" only on a terminal that is not dumb, and not when NO_COLOR is set and not
/// empty (no-color.org).
Paint paint_for(engine::Color color);

/// Says on standard error what was wrong and what to do; the exit code that it leads to.
int complain(const Voice& voice, const Error& error);
inline int complain(const Session& session, const Error& error) { return complain(session.voice, error); }

/// Writes to standard output. `exit_code`, or internal, with a complaint, when it did not arrive.
int print(const Session& session, std::string_view text, int exit_code = 0);

/// Whether a line that says how far we are may be shown: standard error is a terminal, and not a dumb one.
bool shows_progress();

/// Whether everything printed has reached standard output; false on a full disk.
bool output_arrived();

}  // namespace sekisho::app
