// sekisho evaluate: labelled mail in, one honest table out.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <thread>

#include <unistd.h>

#include "app/commands.h"
#include "app/evaluate_report.h"
#include "app/json.h"
#include "app/progress.h"
#include "train/judge.h"

namespace sekisho::app {
namespace {

/// The share of the log-odds that the text model gave.
double wording_of(const verdict::Verdict& verdict, const signs::Deck& deck) {
  double sum = 0;
  for (const verdict::Reason& reason : verdict.reasons)
    if (deck.cards()[reason.card].by_wording) sum += reason.weight;
  return sum;
}

bool is_miss(train::Label label, verdict::Answer answer) {
  if (label == train::Label::spam) return false;
  return answer != (label == train::Label::scam ? verdict::Answer::scam : verdict::Answer::nothing_found);
}

}  // namespace

int run_evaluate(const Session& session) {
  const EvaluateCommand& options = session.options.evaluate;
  const Voice& voice = session.voice;
  const auto labelled = train::read_labelled(session.options.paths);
  if (!labelled) return complain(voice, labelled.error());

  train::Evaluation evaluation;
  std::vector<Miss> misses;
  std::size_t unreadable = 0, judged = 0;
  const bool shown = shows_progress();
  Progress progress(voice, shown, shown ? train::size_of(*labelled) : 0);
  const unsigned jobs = session.settings.jobs.value != 0
                            ? session.settings.jobs.value
                            : std::clamp(std::thread::hardware_concurrency(), 1U, engine::most_jobs);
  train::judge_all(
      session.engine, *labelled, jobs,
      [&](train::Judged one) {
        progress.advance(one.bytes);
        if (!one.report) {
          ++unreadable;
          return;
        }
        ++judged;
        const verdict::Verdict& verdict = one.report->verdict;
        const train::Group& group = labelled->groups[labelled->sources[one.source].group];
        evaluation.add(group, {verdict.log_odds, wording_of(verdict, session.engine.deck()), verdict.answer});
        if (options.misses && is_miss(group.label, verdict.answer))
          misses.push_back({one.name, group.corpus, group.label, verdict.answer, verdict.log_odds});
      },
      [&](const std::string& name, const Error& error) {
        progress.hide();
        ++unreadable;
        Error named = error;
        if (named.where.empty()) named.where = name;
        complain(voice, named);
      });
  progress.hide();
  if (judged == 0)
    return complain(voice, {ErrorCode::unreadable, "holds no labelled message", session.options.paths.front(),
                            "docs/formats/labelled.md", Said{"train.no_message", {}}});

  const EvaluatePage page{evaluation, misses, labelled->absent.size(), unreadable, versions_of(session.engine)};
  const bool json = session.settings.format.value == engine::Format::json;
  std::fputs((json ? evaluate_json(page) : evaluate_text(page, voice)).c_str(), stdout);
  int code = exit_code::nothing_found;
  if (options.picture) {
    std::ofstream out(*options.picture, std::ios::binary);
    out << evaluate_svg(page, voice);
    out.close();
    if (!out)
      code = complain(
          voice,
          {ErrorCode::unreadable, "cannot be written", options.picture->string(), {}, Said{"train.unwritable", {}}});
    else if (!json)
      std::fputs((voice.say("evaluate.picture", {{"file", for_terminal(valid_utf8(options.picture->string()))}}) + '\n')
                     .c_str(),
                 stdout);
  }
  if (!output_arrived()) code = worse(code, exit_code::internal);
  return code;
}

}  // namespace sekisho::app
