// sekisho guide: what to do now. With --answers, --from-check or --describe it answers at once; on a terminal it asks,
// one question at a time (guide_interview.cc).
#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

#include "app/care_data.h"
#include "app/guide.h"
#include "app/guide_text.h"
#include "app/json.h"

namespace sekisho::app {
namespace {

int complain(const Session& session, const Error& error) {
  std::fputs(session.voice.complaint(error).c_str(), stderr);
  return exit_code_of(error.code);
}

int print(const std::string& out) {
  std::fwrite(out.data(), 1, out.size(), stdout);
  return output_arrived() ? 0 : exit_code::internal;
}

int print_plan(const GuideRun& run, const care::Answers& answers) {
  if (auto ok = care::check_answers(run.care, answers); !ok) return complain(run.session, ok.error());
  const care::Plan plan = care::make_plan(run.care, answers, run.today);
  if (run.json) return print(to_json(to_object(plan)) + '\n');
  return print(run.page(answers.speech).plan(plan));
}

int plan_from_file(const GuideRun& run) {
  const std::string& file = *run.options.answers;
  const auto text = read_small_file(file);
  if (!text) return complain(run.session, text.error());
  auto answers = parse_answers(*text, file, run.speech);
  if (!answers) return complain(run.session, answers.error());
  if (run.options.speech) answers->speech = *run.options.speech;
  return print_plan(run, *answers);
}

int plan_from_check(const GuideRun& run) {
  const std::string& file = *run.options.from_check;
  const auto text = read_small_file(file);
  if (!text) return complain(run.session, text.error());
  const auto answers = answers_from_check(run.care, *text, file, run.speech);
  if (!answers) return complain(run.session, answers.error());
  return print_plan(run, *answers);
}

}  // namespace

GuidePage GuideRun::page(care::Register in) const {
  return GuidePage(care, in, paint_for(session.settings.color.value), terminal_width(STDOUT_FILENO));
}

int run_guide(const Session& session) {
  const auto data = load_care(session.settings);
  if (!data) return complain(session, data.error());
  const GuideOptions& options = session.options.guide;
  const GuideRun run{session,
                     options,
                     *data,
                     register_of(session),
                     today_of(options),
                     session.settings.format.value == engine::Format::json};
  if (options.answers) return plan_from_file(run);
  if (options.from_check) return plan_from_check(run);
  return print(session.voice.say("guide.help.guide"));
}

}  // namespace sekisho::app
