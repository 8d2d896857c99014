// What must hold of knowledge/care as a whole: every name exists, every slot can be filled, and with Check::whole that
// nothing was written for nobody.
#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "care/answers.h"
#include "care/plan.h"
#include "knowledge/source.h"

namespace sekisho::care {
namespace {

constexpr std::array<std::string_view, 7> slots{"deadline",     "prefecture", "police",  "carrier",
                                                "carrier_taps", "when",       "typed_on"};
constexpr std::array<std::string_view, 2> more_date_slots{"mails_began", "received_paper"};

/// Desks of the answers: a step may name them without a number.
bool is_slot(std::string_view name) {
  return std::find(slots.begin(), slots.end(), name) != slots.end() ||
         std::find(more_date_slots.begin(), more_date_slots.end(), name) != more_date_slots.end();
}

/// A telephone number typed into a sentence would escape the rule of which numbers may be shown: a 0 and eight digits
/// more, with hyphens, brackets or spaces between them. Dates and sums begin with no 0.
bool looks_like_a_number(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '0' || (i > 0 && (digit(text[i - 1]) || text[i - 1] == ','))) continue;
    std::size_t digits = 0;
    for (std::size_t j = i;
         j < text.size() && (digit(text[j]) || std::string_view("-() ").find(text[j]) != std::string_view::npos); ++j)
      digits += digit(text[j]) ? 1 : 0;
    if (digits >= 9) return true;
  }
  return false;
}

class Checker {
 public:
  explicit Checker(const Care& care) : care_(care) {
    for (const Choice& choice : care.actions) actions_.push_back(choice.id);
    for (const Choice& choice : care.typed_items) typed_.push_back(choice.id);
    collect(care.situations, situations_);
    collect(care.steps, steps_);
    collect(care.lines, lines_);
    collect(care.contacts, contacts_);
    collect(care.carriers, carriers_);
  }

  Result<void> names() const {
    for (const Step& step : care_.steps)
      if (auto ok = step_names(step); !ok) return ok;
    for (const Line& line : care_.lines)
      if (auto ok = line_names(line); !ok) return ok;
    for (const Situation& situation : care_.situations)
      if (auto ok = situation_names(situation); !ok) return ok;
    for (const ContactUse& use : care_.everywhere_contacts)
      if (auto ok = contact_use(use); !ok) return ok;
    for (const Contact& contact : care_.contacts)
      for (const Text* text : {&contact.name, &contact.hours, &contact.takes, &contact.does_not_take, &contact.say})
        if (auto ok = good_text(*text, contact.where); !ok) return ok;
    for (const Carrier& carrier : care_.carriers)
      if (!carrier.uses_settings_of.empty())
        if (auto ok = known("carrier", {carrier.uses_settings_of}, carriers_, "carriers.yaml"); !ok) return ok;
    for (const Draft& draft : care_.drafts)
      if (auto ok = draft_names(draft); !ok) return ok;
    for (const Choice& choice : care_.typed_items)
      if (!choice.implies.empty())
        if (auto ok = known("action", {choice.implies}, actions_, "answers.yaml"); !ok) return ok;
    for (const auto& [kind, situation] : care_.situation_of_kind)
      if (auto ok = known("situation", {situation}, situations_, "kinds.yaml"); !ok) return ok;
    for (const Question& question : care_.questions)
      if (auto ok = good_when(question.when, "answers.yaml"); !ok) return ok;
    return describe_names();
  }

  Result<void> nothing_for_nobody() const {
    for (const Situation& situation : care_.situations)
      if (auto ok = filled_situation(situation); !ok) return ok;
    std::set<std::string> used_steps, used_lines, used_contacts;
    for (const Situation& situation : care_.situations) {
      for (const Use& use : situation.steps) used_steps.insert(use.id);
      for (const auto& uses : situation.lines)
        for (const Use& use : uses) used_lines.insert(use.id);
      for (const ContactUse& use : situation.contacts) used_contacts.insert(use.id);
    }
    for (const ContactUse& use : care_.everywhere_contacts) used_contacts.insert(use.id);
    for (const Draft& draft : care_.drafts) used_contacts.insert(draft.to);
    for (const Line& line : care_.lines) used_contacts.insert(line.confirm_at);
    for (const Step& step : care_.steps) {
      used_contacts.insert(step.contacts.begin(), step.contacts.end());
      used_contacts.insert(step.confirm_at);
      if (!step.everywhere && used_steps.count(step.id) == 0) return unused("step", step.id, step.where);
      if (auto ok = reachable(step); !ok) return ok;
    }
    for (const Line& line : care_.lines)
      if (!line.everywhere && used_lines.count(line.id) == 0) return unused("line", line.id, line.where);
    for (const Contact& contact : care_.contacts)
      if (!contact.listed_only && used_contacts.count(contact.id) == 0)
        return fail(ErrorCode::bad_data, fmt::format("no plan names the contact '{}'", contact.id), contact.where,
                    "name it, or say listed_only: true");
    return {};
  }

 private:
  template <class Items>
  static void collect(const Items& items, std::vector<std::string>& ids) {
    for (const auto& item : items) ids.push_back(item.id);
  }

  static Result<void> unused(std::string_view what, const std::string& id, const std::string& where) {
    return fail(ErrorCode::bad_data, fmt::format("no situation uses the {} '{}'", what, id), where,
                "use it, or take it out");
  }

  static Result<void> known(std::string_view what, const std::vector<std::string>& given,
                            const std::vector<std::string>& names, const std::string& where) {
    for (const std::string& id : given) {
      if (std::find(names.begin(), names.end(), id) != names.end()) continue;
      const std::string near = knowledge::nearest(id, names);
      return fail(ErrorCode::bad_data, fmt::format("unknown {} '{}'", what, id), where,
                  near.empty() ? std::string() : fmt::format("did you mean '{}'?", near));
    }
    return {};
  }

  static Result<void> good_text(const Text& text, const std::string& where, bool deadline = false) {
    for (const Register speech : {Register::ja, Register::ja_plain, Register::en}) {
      const std::string& words = text.in(speech);
      const std::string wrong =
          wrong_braces(words, speech == Register::ja_plain ? Furigana::allowed : Furigana::refused,
                       [&](std::string_view slot) { return is_slot(slot) && (deadline || slot != "deadline"); });
      if (!wrong.empty()) return fail(ErrorCode::bad_data, fmt::format("{}: {}", name(speech), wrong), where);
      if (looks_like_a_number(words))
        return fail(ErrorCode::bad_data, fmt::format("{}: something like a telephone number", name(speech)), where,
                    "name the contact instead: the program knows which numbers may be shown");
    }
    return {};
  }

  Result<void> good_when(const When& when, const std::string& where) const {
    for (const Clause& clause : when) {
      if (auto ok = known("situation", clause.situation, situations_, where); !ok) return ok;
      if (auto ok = known("situation", clause.not_situation, situations_, where); !ok) return ok;
      if (auto ok = known("action", clause.done, actions_, where); !ok) return ok;
      if (auto ok = known("action", clause.not_done, actions_, where); !ok) return ok;
      if (auto ok = known("typed item", clause.typed, typed_, where); !ok) return ok;
      if (auto ok = known("typed item", clause.not_typed, typed_, where); !ok) return ok;
      if (auto ok = known("carrier", clause.carrier, carriers_, where); !ok) return ok;
      for (const auto* fields : {&clause.has, &clause.lacks})
        for (const std::string& field : *fields)
          if (!is_answer_field(field))
            return fail(ErrorCode::bad_data, fmt::format("'{}' is nothing that a person is asked", field), where);
      if (clause.days_since && !is_date_field(clause.days_since->of))
        return fail(ErrorCode::bad_data, fmt::format("'{}' is no date of the answers", clause.days_since->of), where);
    }
    return {};
  }

  /// A slot needs an answer to fill it in every clause under which the text is shown.
  static Result<void> slots_filled(const Text& text, const When& when, const std::string& where) {
    for (const std::string_view slot : {"when", "typed_on", "mails_began", "received_paper"}) {
      if (!has_slot(text.ja, slot) && !has_slot(text.plain, slot) && !has_slot(text.en, slot)) continue;
      const bool sure = !when.empty() && std::all_of(when.begin(), when.end(), [&](const Clause& clause) {
        return std::find(clause.has.begin(), clause.has.end(), slot) != clause.has.end() ||
               (clause.days_since && clause.days_since->of == slot);
      });
      if (!sure)
        return fail(ErrorCode::bad_data, fmt::format("the slot {{{}}} may have nothing to fill it", slot), where,
                    fmt::format("add 'has: [{}]' to 'when'", slot));
    }
    return {};
  }

  Result<void> step_names(const Step& step) const {
    if (auto ok = good_when(step.when, step.where); !ok) return ok;
    if (auto ok = known("step", step.replaces, steps_, step.where); !ok) return ok;
    if (auto ok = known("contact", step.contacts, contacts_, step.where); !ok) return ok;
    if (!step.confirm_at.empty())
      if (auto ok = known("contact", {step.confirm_at}, contacts_, step.where); !ok) return ok;
    for (const Text* text : {&step.text, &step.why}) {
      if (auto ok = good_text(*text, step.where); !ok) return ok;
      if (auto ok = slots_filled(*text, step.when, step.where); !ok) return ok;
    }
    if (!step.deadline) return {};
    if (auto ok = good_text(step.deadline->text, step.where, true); !ok) return ok;
    return good_text(step.deadline->unknown, step.where);
  }

  Result<void> line_names(const Line& line) const {
    if (auto ok = good_when(line.when, line.where); !ok) return ok;
    if (!line.confirm_at.empty())
      if (auto ok = known("contact", {line.confirm_at}, contacts_, line.where); !ok) return ok;
    if (auto ok = good_text(line.text, line.where); !ok) return ok;
    return slots_filled(line.text, line.when, line.where);
  }

  Result<void> contact_use(const ContactUse& use) const {
    if (auto ok = known("contact", {use.id}, contacts_, use.where); !ok) return ok;
    if (auto ok = good_text(use.say, use.where); !ok) return ok;
    return good_when(use.when, use.where);
  }

  Result<void> situation_names(const Situation& situation) const {
    if (auto ok = good_text(situation.name, situation.where); !ok) return ok;
    if (auto ok = good_text(situation.reassure, situation.where); !ok) return ok;
    for (const Use& use : situation.steps) {
      if (auto ok = known("step", {use.id}, steps_, use.where); !ok) return ok;
      if (use.when)
        if (auto ok = good_when(*use.when, use.where); !ok) return ok;
    }
    for (std::size_t kind = 0; kind < line_kinds; ++kind)
      for (const Use& use : situation.lines[kind]) {
        if (auto ok = known("line", {use.id}, lines_, use.where); !ok) return ok;
        if (static_cast<std::size_t>(care_.line(use.id)->kind) != kind)
          return fail(ErrorCode::bad_data, fmt::format("'{}' is of another list", use.id), use.where);
      }
    for (const ContactUse& use : situation.contacts)
      if (auto ok = contact_use(use); !ok) return ok;
    for (const NextCheck& next : situation.next_checks) {
      if (auto ok = good_text(next.ask, situation.where); !ok) return ok;
      if (auto ok = good_when(next.when, situation.where); !ok) return ok;
    }
    return {};
  }

  Result<void> draft_names(const Draft& draft) const {
    if (auto ok = known("situation", draft.situations, situations_, draft.where); !ok) return ok;
    if (!draft.to.empty())
      if (auto ok = known("contact", {draft.to}, contacts_, draft.where); !ok) return ok;
    const auto slot = [&](std::string_view name) {
      return std::any_of(draft.slots.begin(), draft.slots.end(), [&](const auto& s) { return s.name == name; });
    };
    for (const std::string* text : {&draft.subject.ja, &draft.subject.en, &draft.body.ja, &draft.body.en})
      if (const std::string wrong = wrong_braces(*text, Furigana::refused, slot); !wrong.empty())
        return fail(ErrorCode::bad_data, wrong, draft.where);
    for (const Draft::Slot& entry : draft.slots) {
      static const std::vector<std::string> sources{"situations", "done",        "typed",         "when",
                                                    "typed_on",   "mails_began", "prefecture",    "carrier",
                                                    "lure",       "today",       "received_paper"};
      if (!entry.from.empty())
        if (auto ok = known("answer", {entry.from}, sources, draft.where); !ok) return ok;
      if (!has_slot(draft.body.ja, entry.name) && !has_slot(draft.subject.ja, entry.name))
        return fail(ErrorCode::bad_data, fmt::format("the slot '{}' stands nowhere", entry.name), draft.where);
    }
    return {};
  }

  Result<void> describe_names() const {
    const auto ids = [](const std::vector<Telling>& tellings) {
      std::vector<std::string> names;
      for (const Telling& telling : tellings) names.push_back(telling.id);
      return names;
    };
    const std::string where = "describe.yaml";
    if (auto ok = known("situation", ids(care_.describe.situations), situations_, where); !ok) return ok;
    if (auto ok = known("action", ids(care_.describe.done), actions_, where); !ok) return ok;
    if (auto ok = known("typed item", ids(care_.describe.typed), typed_, where); !ok) return ok;
    for (const auto& ask : care_.describe.asks)
      if (auto ok = known("situation", ask.when_close, situations_, where); !ok) return ok;
    return {};
  }

  Result<void> filled_situation(const Situation& situation) const {
    if (situation.steps.empty()) return fail(ErrorCode::bad_data, "'steps' is empty", situation.where);
    if (situation.contacts.empty()) return fail(ErrorCode::bad_data, "'contacts' is empty", situation.where);
    for (std::size_t kind = 0; kind < line_kinds; ++kind)
      if (situation.lines[kind].empty())
        return fail(ErrorCode::bad_data, fmt::format("'{}' is empty", name(static_cast<LineKind>(kind))),
                    situation.where, "say in words when there is nothing");
    return {};
  }

  /// Builds, for each clause of the step, the answers that it asks for, and looks whether some plan shows the step.
  Result<void> reachable(const Step& step) const {
    const Day today = std::chrono::year(2026) / 6 / 15;
    for (const Situation& situation : care_.situations) {
      const auto use =
          std::find_if(situation.steps.begin(), situation.steps.end(), [&](const Use& u) { return u.id == step.id; });
      if (use == situation.steps.end() && !step.everywhere) continue;
      const When& when = use != situation.steps.end() && use->when ? *use->when : step.when;
      for (const Clause& clause : when.empty() ? When{Clause{}} : when) {
        const Plan plan = make_plan(care_, witness(clause, situation, today), today);
        for (const PlannedStep& planned : plan.steps)
          if (planned.id == step.id) return {};
      }
    }
    return fail(ErrorCode::bad_data, fmt::format("no answers reach the step '{}'", step.id), step.where,
                "look at its 'when' and at what replaces it");
  }

  Answers witness(const Clause& clause, const Situation& situation, Day today) const {
    Answers answers;
    answers.situations = {situation.id};
    if (!clause.situation.empty() && clause.situation.front() != situation.id)
      answers.situations.push_back(clause.situation.front());
    if (!clause.done.empty()) answers.done = {clause.done.front()};
    // `received` may be excluded; then any other action will do.
    for (const std::string& action : actions_)
      if (answers.done.empty() &&
          std::find(clause.not_done.begin(), clause.not_done.end(), action) == clause.not_done.end())
        answers.done = {action};
    if (!clause.typed.empty()) answers.typed = {clause.typed.front()};
    for (const std::string& field : clause.has) {
      if (is_date_field(field)) answers.date(field) = today;
      if (field == "prefecture" && !care_.prefectures.empty()) answers.prefecture = care_.prefectures.front().id;
      if (field == "carrier" && !care_.carriers.empty()) answers.carrier = care_.carriers.front().id;
      if (field == "told_someone") answers.told_someone = "x";
      if (field == "lure") answers.lure = "x";
    }
    if (!clause.carrier.empty()) answers.carrier = clause.carrier.front();
    if (clause.days_since) answers.date(clause.days_since->of) = today - std::chrono::days(clause.days_since->at_least);
    return answers;
  }

  const Care& care_;
  std::vector<std::string> actions_, typed_, situations_, steps_, lines_, contacts_, carriers_;
};

}  // namespace

Result<void> check(const Care& care, Check what) {
  const Checker checker(care);
  if (auto ok = checker.names(); !ok) return ok;
  return what == Check::whole ? checker.nothing_for_nobody() : Result<void>{};
}

}  // namespace sekisho::care
