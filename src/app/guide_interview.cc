// The interview of `sekisho guide` on a terminal: one question at a time, numbers to pick, back and "I do not know"
// always possible, every answer kept at once so that it can be resumed. Ends with the plan. Also the check-in: did it
// stop?
#include <algorithm>
#include <array>
#include <cstdio>
#include <iostream>

#include <fmt/format.h>

#include "app/guide.h"
#include "base/limits.h"
#include "care/interview.h"
#include "care/plan.h"

namespace sekisho::app {
namespace {

constexpr std::string_view back_key = "b", unknown_key = "?", quit_key = "q";
/// Check-ins after an hour, a day, two weeks: in days, because the clock of a plan is the day.
constexpr std::array<int, 3> check_days{0, 1, 14};

/// nullopt at the end of the input.
std::optional<std::string> typed_line() {
  std::fputs("> ", stdout);
  std::fflush(stdout);
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  line.resize(std::min(line.size(), limits::interview_bytes));
  const std::size_t end = line.find_last_not_of(" \t\r");
  line.resize(end == std::string::npos ? 0 : end + 1);
  return line;
}

void show(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

std::string question_text(const GuideRun& run, const GuidePage& page, const std::string& id) {
  std::string out = '\n' + page.paint().strong(page.say("interview.ask." + id)) + '\n';
  const auto options = care::options(run.care, id, page.speech());
  for (std::size_t i = 0; i < options.size(); ++i) out += page.numbered(i + 1, options[i].text);
  switch (care::answering(id)) {
    case care::Answering::several:
      return out + page.paint().faint(page.say("interview.several")) + '\n';
    case care::Answering::one:
      return out + page.paint().faint(page.say("interview.one")) + '\n';
    case care::Answering::day:
      return out + page.paint().faint(page.say("interview.a_date")) + '\n';
    case care::Answering::place:
      return out + page.paint().faint(page.say("interview.prefecture_hint")) + '\n';
    case care::Answering::words:
      break;
  }
  return out + page.paint().faint(page.say("interview.words")) + '\n';
}

/// What came of one question.
enum class Step : std::uint8_t { next, back, again, quit };

Step put(const GuideRun& run, const GuidePage& page, const std::string& id, GuideState& state) {
  show(question_text(run, page, id));
  for (;;) {
    const auto line = typed_line();
    if (!line || *line == quit_key) return Step::quit;
    if (*line == back_key) return Step::back;
    if (*line == unknown_key) {
      // Without any situation there is no plan: this one cannot be skipped.
      if (id == "situations") {
        show(page.paragraph(page.say("describe.nothing")));
        continue;
      }
      state.answers = care::unanswered(state.answers, id);
      return Step::next;
    }
    if (const auto read = care::answered(run.care, state.answers, id, *line, run.today)) {
      state.answers = *read;
      return Step::next;
    }
    show(page.paragraph(page.say("interview.not_understood")));
  }
}

}  // namespace

int ask_and_plan(const GuideRun& run, GuideState state, const GuideStore& store) {
  if (run.options.speech || state.asked.empty()) state.answers.speech = run.speech;
  const GuidePage page = run.page(state.answers.speech);
  show(page.paragraph(page.say(state.asked.empty() ? "interview.welcome" : "interview.resumed")));
  while (const care::Question* question = care::next_question(run.care, state.answers, state.asked, run.today)) {
    const Step step = put(run, page, question->id, state);
    if (step == Step::quit) {
      if (auto ok = store.save(state); !ok) return complain(run.session, ok.error());
      show('\n' + page.paragraph(page.say("interview.stopped")));
      return output_arrived() ? 0 : exit_code::internal;
    }
    if (step == Step::back) {
      if (!state.asked.empty()) state.asked.pop_back();
    } else {
      state.asked.push_back(question->id);
    }
    if (auto ok = store.save(state); !ok) return complain(run.session, ok.error());
  }
  if (!state.since) state.since = run.today;
  if (auto ok = store.save(state); !ok) return complain(run.session, ok.error());
  if (auto ok = care::check_answers(run.care, state.answers); !ok) return complain(run.session, ok.error());
  show('\n' + page.plan(care::make_plan(run.care, state.answers, run.today)));
  return output_arrived() ? 0 : exit_code::internal;
}

int check_in(const GuideRun& run, GuideState state, const GuideStore& store) {
  const GuidePage page = run.page(state.answers.speech);
  show(page.paragraph(page.say("check_in.asked")));
  const auto line = typed_line();
  const auto answer = line ? care::find_yes_no(*line) : std::nullopt;
  if (!answer) {
    show(page.paragraph(page.say(line ? "interview.not_understood" : "interview.stopped")));
    return output_arrived() ? 0 : exit_code::internal;
  }
  ++state.checks_made;
  if (*answer) {
    show(page.paragraph(page.say("check_in.stopped")));
  } else if (state.rungs_tried < run.care.rungs.size()) {
    const care::Rung& rung = run.care.rungs[state.rungs_tried++];
    show(page.heading("check_in.next_rung") + page.bullet(page.in(rung.text)) +
         page.detail("check_in.cost", page.in(rung.cost)));
  } else {
    show(page.paragraph(page.say("check_in.no_more")));
  }
  const std::size_t check = std::min<std::size_t>(state.checks_made, check_days.size() - 1);
  const care::Day due = run.today + std::chrono::days(check_days[check]);
  show('\n' + page.paragraph(page.say("check_in.due") + ": " + care::iso(due)));
  if (auto ok = store.save(state); !ok) return complain(run.session, ok.error());
  if (auto ok = store.log(run.today, *answer ? page.say("check_in.stopped") : page.say("check_in.next_rung")); !ok)
    return complain(run.session, ok.error());
  return output_arrived() ? 0 : exit_code::internal;
}

}  // namespace sekisho::app
