#include "care/answers.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace sekisho::care {
namespace {

template <class Items>
std::vector<std::string> ids_of(const Items& items) {
  std::vector<std::string> ids;
  for (const auto& item : items) ids.push_back(item.id);
  return ids;
}

Result<void> known(std::string_view what, const std::vector<std::string>& given,
                   const std::vector<std::string>& names) {
  for (const std::string& id : given) {
    if (std::find(names.begin(), names.end(), id) != names.end()) continue;
    const std::string near = knowledge::nearest(id, names);
    return fail(
        ErrorCode::usage, fmt::format("unknown {} '{}'", what, id), {},
        near.empty() ? fmt::format("one of: {}", fmt::join(names, ", ")) : fmt::format("did you mean '{}'?", near));
  }
  return {};
}

bool contains(const std::vector<std::string>& list, const std::string& id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}
bool any_of(const std::vector<std::string>& wanted, const std::vector<std::string>& given) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& id) { return contains(given, id); });
}

bool holds(const Clause& clause, const Answers& answers, Day today) {
  const auto one = [](const std::vector<std::string>& wanted, const std::vector<std::string>& given) {
    return wanted.empty() || any_of(wanted, given);
  };
  const auto field = [&](const std::string& name) { return answers.has(name); };
  if (!one(clause.situation, answers.situations) || any_of(clause.not_situation, answers.situations)) return false;
  if (!one(clause.done, answers.done) || any_of(clause.not_done, answers.done)) return false;
  if (!one(clause.typed, answers.typed) || any_of(clause.not_typed, answers.typed)) return false;
  if (!std::all_of(clause.has.begin(), clause.has.end(), field)) return false;
  if (std::any_of(clause.lacks.begin(), clause.lacks.end(), field)) return false;
  if (!clause.carrier.empty() && !contains(clause.carrier, answers.carrier)) return false;
  if (clause.days_since) {
    const auto& base = answers.date(clause.days_since->of);
    if (!base) return false;
    const auto days = (today - *base).count();
    if (days < static_cast<long>(clause.days_since->at_least) || days > static_cast<long>(clause.days_since->at_most))
      return false;
  }
  return true;
}

/// `given` in the order of `choices`, once each.
std::vector<std::string> in_order(const std::vector<Choice>& choices, const std::vector<std::string>& given) {
  std::vector<std::string> out;
  for (const Choice& choice : choices)
    if (contains(given, choice.id)) out.push_back(choice.id);
  return out;
}

}  // namespace

const std::optional<Day>& Answers::date(std::string_view field) const {
  return field == "typed_on"         ? typed_on
         : field == "mails_began"    ? mails_began
         : field == "received_paper" ? received_paper
                                     : when;
}
std::optional<Day>& Answers::date(std::string_view field) {
  return const_cast<std::optional<Day>&>(std::as_const(*this).date(field));
}

bool Answers::has(std::string_view field) const {
  if (is_date_field(field)) return date(field).has_value();
  if (field == "prefecture") return !prefecture.empty();
  if (field == "carrier") return !carrier.empty();
  if (field == "told_someone") return !told_someone.empty();
  return field == "lure" && !lure.empty();
}

Result<void> check_answers(const Care& care, const Answers& answers) {
  if (answers.situations.empty())
    return fail(ErrorCode::usage, "no situation was given", {},
                fmt::format("one or more of: {}", fmt::join(ids_of(care.situations), ", ")));
  if (auto ok = known("situation", answers.situations, ids_of(care.situations)); !ok) return ok;
  if (auto ok = known("action", answers.done, ids_of(care.actions)); !ok) return ok;
  if (auto ok = known("typed item", answers.typed, ids_of(care.typed_items)); !ok) return ok;
  if (!answers.prefecture.empty())
    if (auto ok = known("prefecture", {answers.prefecture}, ids_of(care.prefectures)); !ok) return ok;
  if (!answers.carrier.empty())
    if (auto ok = known("carrier", {answers.carrier}, ids_of(care.carriers)); !ok) return ok;
  return {};
}

Answers completed(const Care& care, Answers answers) {
  for (const std::string& id : answers.typed)
    if (const Choice* item = care.typed_item(id); item != nullptr && !item->implies.empty())
      answers.done.push_back(item->implies);
  answers.done = in_order(care.actions, answers.done);
  if (answers.done.empty() && !care.actions.empty()) answers.done.push_back(care.actions.front().id);
  answers.typed = in_order(care.typed_items, answers.typed);
  std::vector<std::string> once;
  for (std::string& id : answers.situations)
    if (!contains(once, id)) once.push_back(std::move(id));
  answers.situations = std::move(once);
  return answers;
}

bool holds(const When& when, const Answers& answers, Day today) {
  return when.empty() ||
         std::any_of(when.begin(), when.end(), [&](const Clause& clause) { return holds(clause, answers, today); });
}

}  // namespace sekisho::care
