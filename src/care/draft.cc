#include "care/draft.h"

#include "text/utf8.h"

namespace sekisho::care {
namespace {

class Filler {
 public:
  Filler(const Care& care, const Draft& draft, const Answers& answers, const std::map<std::string, std::string>& values,
         ThirdPersons third_persons, Day today)
      : care_(care), draft_(draft), answers_(answers), values_(values), third_persons_(third_persons), today_(today) {}

  std::string fill(std::string_view text, Register speech) {
    return filled(text, [&](std::string_view name) { return slot(name, speech); });
  }
  bool masked_something() const { return masked_; }

 private:
  std::string slot(std::string_view name, Register speech) {
    for (const Draft::Slot& slot : draft_.slots) {
      if (slot.name != name) continue;
      const auto given = values_.find(slot.name);
      std::string value = given != values_.end() ? given->second : answer(slot.from, speech);
      if (value.empty())
        return filled(care_.say("draft.blank", speech), [&](std::string_view) { return slot.ask.in(speech); });
      if (slot.third_person && third_persons_ == ThirdPersons::masked) {
        masked_ = true;
        value = masked(value);
      }
      return value;
    }
    return {};
  }

  template <class Find>
  std::string names(const std::vector<std::string>& ids, Register speech, Find find) const {
    std::string out;
    for (const std::string& id : ids) {
      const auto* item = find(id);
      if (item == nullptr) continue;
      if (!out.empty()) out += speech == Register::en ? ", " : "、";
      out += *item;
    }
    return out;
  }

  std::string answer(const std::string& from, Register speech) const {
    if (from.empty()) return {};
    if (from == "today") return in_words(today_, Day{}, care_.holidays.words, speech);
    if (is_date_field(from)) {
      const auto& day = answers_.date(from);
      return day ? in_words(*day, Day{}, care_.holidays.words, speech) : std::string();
    }
    const auto text_of = [&](const auto* item) { return item == nullptr ? nullptr : &item->text.in(speech); };
    const auto name_of = [&](const auto* item) { return item == nullptr ? nullptr : &item->name.in(speech); };
    if (from == "situations")
      return names(answers_.situations, speech, [&](const std::string& id) { return name_of(care_.situation(id)); });
    if (from == "done")
      return names(answers_.done, speech, [&](const std::string& id) { return text_of(care_.action(id)); });
    if (from == "typed")
      return names(answers_.typed, speech, [&](const std::string& id) { return text_of(care_.typed_item(id)); });
    if (from == "prefecture")
      return names({answers_.prefecture}, speech, [&](const std::string& id) { return name_of(care_.prefecture(id)); });
    if (from == "carrier")
      return names({answers_.carrier}, speech, [&](const std::string& id) { return name_of(care_.carrier(id)); });
    return from == "lure" ? answers_.lure : std::string();
  }

  const Care& care_;
  const Draft& draft_;
  const Answers& answers_;
  const std::map<std::string, std::string>& values_;
  const ThirdPersons third_persons_;
  const Day today_;
  bool masked_ = false;
};

}  // namespace

std::string masked(std::string_view value) {
  std::string out;
  for (std::size_t at = 0; at < value.size();) {
    const text::CodePoint letter = text::code_point_at(value, at);
    if (at == 0)
      out += value.substr(0, letter.size);
    else
      out += letter.value == U' ' || letter.value == U'\u3000' ? std::string(value.substr(at, letter.size)) : "●";
    at += letter.size;
  }
  return out;
}

DraftText fill_draft(const Care& care, const Draft& draft, const Answers& answers,
                     const std::map<std::string, std::string>& values, ThirdPersons third_persons, Day today) {
  const Register speech = answers.speech;
  Filler filler(care, draft, answers, values, third_persons, today);
  DraftText out;
  out.title = spoken(draft.title.in(speech));
  out.note = spoken(draft.note.in(speech));
  if (const Contact* desk = care.contact(draft.to)) out.to = spoken(desk->name.in(speech));
  out.subject = filler.fill(draft.subject.ja, Register::ja);
  out.body = filler.fill(draft.body.ja, Register::ja);
  if (speech == Register::en) out.translation = filler.fill(draft.body.en, Register::en);
  out.masked = filler.masked_something();
  return out;
}

}  // namespace sekisho::care
