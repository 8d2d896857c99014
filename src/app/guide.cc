// sekisho guide: what to do now. With --answers, --from-check or --describe it answers at once; on a terminal it asks,
// one question at a time (guide_interview.cc).
#include <algorithm>
#include <cstdio>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "app/care_data.h"
#include "app/guide.h"
#include "app/guide_text.h"
#include "app/json.h"
#include "app/scan_report.h"
#include "care/describe.h"
#include "care/draft.h"
#include "care/handout.h"

namespace sekisho::app {
namespace {

int print_plan(const GuideRun& run, const care::Answers& answers) {
  if (auto ok = care::check_answers(run.care, answers); !ok) return complain(run.session, ok.error());
  const care::Plan plan = care::make_plan(run.care, answers, run.today);
  if (run.json) return print(run.session, to_json(to_object(plan)) + '\n');
  return print(run.session, run.page(answers.speech).plan(plan));
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

int plan_from_scan(const GuideRun& run) {
  const std::string& file = *run.options.from_scan;
  const auto text = read_whole(file, report_bytes);
  if (!text) return complain(run.session, text.error());
  const auto answers = answers_from_scan(run.care, *text, file, run.speech);
  if (!answers) return complain(run.session, answers.error());
  return print_plan(run, *answers);
}

int describe(const GuideRun& run) {
  const std::string telling = valid_utf8(*run.options.describe);
  const care::Described found = care::Listener(run.care).listen(telling, run.speech);
  if (run.json) return print(run.session, to_json(to_object(found)) + '\n');
  const GuidePage page = run.page(run.speech);
  std::string out;
  if (found.situations.empty()) out += page.paragraph(page.say("describe.nothing"));
  if (!found.situations.empty()) out += page.paint().strong(page.say("describe.found")) + '\n';
  for (const care::Guess& guess : found.situations) {
    const care::Situation* situation = run.care.situation(guess.id);
    if (situation == nullptr) continue;
    out += page.bullet(fmt::format("{} [{}]", page.in(situation->name), guess.id));
    out += page.detail("describe.because", fmt::format("{}", fmt::join(guess.because, " / ")));
  }
  if (!found.ask.empty()) out += page.heading("describe.ask");
  for (const std::string& ask : found.ask) out += page.bullet(ask);
  return print(run.session, out + '\n' + page.paragraph(page.say("describe.next")));
}

/// Kept answers, or none: a draft and a check-in work without them.
Result<GuideState> kept_or_new(const GuideRun& run, const GuideStore& store) {
  auto kept = store.load();
  if (!kept) return tl::unexpected(kept.error());
  GuideState state = *kept ? std::move(**kept) : GuideState{};
  if (run.options.speech || !*kept) state.answers.speech = run.speech;
  return state;
}

/// For completion: situations, or with --drafts the drafts.
int print_names(const GuideRun& run) {
  std::string out;
  if (run.options.drafts)
    for (const care::Draft& draft : run.care.drafts) out += draft.id + '\n';
  else
    for (const care::Situation& situation : run.care.situations) out += situation.id + '\n';
  return print(run.session, out);
}

int list_drafts(const GuideRun& run) {
  const GuidePage page = run.page(run.speech);
  std::string out;
  for (const care::Draft& draft : run.care.drafts) {
    if (run.json)
      out += to_json(to_object(draft, run.speech)) + '\n';
    else
      out += page.bullet(fmt::format("{}: {}", draft.id, page.in(draft.title))) +
             page.paragraph("     " + page.in(draft.purpose));
  }
  if (run.json) return print(run.session, out);
  return print(run.session, page.paint().strong(page.say("draft.list")) + '\n' + out + '\n' +
                                page.paragraph(page.say("draft.next")));
}

/// --answers, else what was kept.
Result<care::Answers> answers_for_draft(const GuideRun& run, const GuideStore& store) {
  if (run.options.answers) {
    const auto text = read_small_file(*run.options.answers);
    if (!text) return tl::unexpected(text.error());
    auto answers = parse_answers(*text, *run.options.answers, run.speech);
    if (answers && run.options.speech) answers->speech = *run.options.speech;
    return answers;
  }
  auto state = kept_or_new(run, store);
  if (!state) return tl::unexpected(state.error());
  return std::move(state->answers);
}

Result<std::map<std::string, std::string>> filled_slots(const care::Draft& draft,
                                                        const std::vector<std::string>& fill) {
  std::map<std::string, std::string> values;
  std::vector<std::string> names;
  for (const auto& slot : draft.slots) names.push_back(slot.name);
  for (const std::string& pair : fill) {
    const std::size_t equals = pair.find('=');
    const std::string name = pair.substr(0, equals);
    if (equals == std::string::npos)
      return fail(ErrorCode::usage, fmt::format("--fill cannot be '{}'", pair), {}, "--fill NAME=VALUE");
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      const std::string near = knowledge::nearest(name, names);
      return fail(
          ErrorCode::usage, fmt::format("the draft '{}' has no gap '{}'", draft.id, name), {},
          near.empty() ? fmt::format("one of: {}", fmt::join(names, ", ")) : fmt::format("did you mean '{}'?", near));
    }
    values[name] = valid_utf8(pair.substr(equals + 1));
  }
  return values;
}

int print_draft(const GuideRun& run, const GuideStore& store) {
  const care::Draft* draft = run.care.draft(*run.options.draft);
  if (draft == nullptr) {
    std::vector<std::string> ids;
    for (const care::Draft& other : run.care.drafts) ids.push_back(other.id);
    const std::string near = knowledge::nearest(*run.options.draft, ids);
    return complain(run.session, Error{ErrorCode::usage,
                                       fmt::format("unknown draft '{}'", *run.options.draft),
                                       {},
                                       near.empty() ? fmt::format("one of: {}", fmt::join(ids, ", "))
                                                    : fmt::format("did you mean '{}'?", near),
                                       {}});
  }
  const auto values = filled_slots(*draft, run.options.fill);
  if (!values) return complain(run.session, values.error());
  auto answers = answers_for_draft(run, store);
  if (!answers) return complain(run.session, answers.error());
  const care::DraftText text =
      care::fill_draft(run.care, *draft, *answers, *values,
                       run.options.unmask ? care::ThirdPersons::shown : care::ThirdPersons::masked, run.today);
  if (run.json) return print(run.session, to_json(to_object(*draft, text)) + '\n');
  if (run.options.paper) return print(run.session, care::printable(text.title, text.body));
  const GuidePage page = run.page(answers->speech);
  std::string out = page.paint().strong(text.title) + '\n';
  if (!text.to.empty()) out += page.paragraph(page.say("draft.to") + ": " + text.to);
  if (!text.subject.empty()) out += page.paragraph(page.say("draft.subject") + ": " + text.subject);
  for (const std::string* body : {&text.body, &text.translation}) {
    if (body->empty()) continue;
    out += '\n';
    for (std::size_t at = 0; at < body->size();) {  // line by line: what is sent is copied, so it is not broken anew
      const std::size_t end = std::min(body->find('\n', at), body->size());
      out += for_terminal(body->substr(at, end - at)) + '\n';
      at = end + 1;
    }
  }
  out += '\n';
  if (!text.note.empty()) out += page.paragraph(text.note);
  if (text.masked) out += page.paragraph(page.say("draft.masked"));
  return print(run.session, out + page.paragraph(page.say("draft.next")));
}

int print_handout(const GuideRun& run) {
  care::Answers answers;
  answers.situations = {*run.options.handout};
  answers.speech = run.speech;
  if (auto ok = care::check_answers(run.care, answers); !ok) return complain(run.session, ok.error());
  return print(run.session, care::handout(run.care, answers, run.today));
}

int forget(const GuideRun& run, const GuideStore& store) {
  const auto any = store.forget();
  if (!any) return complain(run.session, any.error());
  const GuidePage page = run.page(run.speech);
  return print(run.session, page.paragraph(page.say(*any ? "forgotten" : "nothing_to_forget")));
}

int log_line(const GuideRun& run, const GuideStore& store) {
  const GuidePage page = run.page(run.speech);
  const std::vector<std::string> note(run.options.words.begin() + 1, run.options.words.end());
  if (!note.empty()) {
    if (auto ok = store.log(run.today, fmt::format("{}", fmt::join(note, " "))); !ok)
      return complain(run.session, ok.error());
  }
  const auto lines = store.logged();
  if (!lines) return complain(run.session, lines.error());
  if (lines->empty()) return print(run.session, page.paragraph(page.say("log.empty")));
  std::string out = note.empty() ? "" : page.paragraph(page.say("log.kept"));
  out += page.paint().strong(page.say("log.title")) + '\n';
  for (const std::string& line : *lines) out += page.bullet(line);
  return print(run.session, out + '\n' + page.paragraph(page.say("contacts.next")));
}

int converse(const GuideRun& run, const GuideStore& store) {
  if (isatty(STDIN_FILENO) != 1 || isatty(STDOUT_FILENO) != 1)
    return print(run.session, run.session.voice.say("guide.help.guide"));
  auto state = kept_or_new(run, store);
  if (!state) return complain(run.session, state.error());
  return ask_and_plan(run, std::move(*state), store);
}

int run_words(const GuideRun& run, const GuideStore& store) {
  const std::string& word = run.options.words.front();
  if (word == "log") return log_line(run, store);
  if (word == "check-in" && run.options.words.size() == 1) {
    auto state = kept_or_new(run, store);
    return state ? check_in(run, std::move(*state), store) : complain(run.session, state.error());
  }
  const std::string near = knowledge::nearest(word, {"log", "check-in"});
  return complain(run.session, Error{ErrorCode::usage,
                                     fmt::format("'{}' is one argument too many", word),
                                     {},
                                     near.empty() ? "sekisho guide --help" : fmt::format("did you mean '{}'?", near),
                                     {}});
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
  const GuideStore store(session.settings.state.value);
  if (session.options.names_only) return print_names(run);
  if (options.forget) return forget(run, store);
  if (options.drafts) return list_drafts(run);
  if (options.draft) return print_draft(run, store);
  if (options.handout) return print_handout(run);
  if (options.describe) return describe(run);
  if (options.answers) return plan_from_file(run);
  if (options.from_check) return plan_from_check(run);
  if (options.from_scan) return plan_from_scan(run);
  return options.words.empty() ? converse(run, store) : run_words(run, store);
}

}  // namespace sekisho::app
