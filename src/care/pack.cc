// The flat file care.bin. Each kind of value lists its fields once, in `fields`; writing and reading walk the same
// list, so they cannot drift apart.
#include <type_traits>

#include "care/care.h"
#include "knowledge/flat.h"

namespace sekisho::care {
namespace {

/// Changes with the layout, so that a file of another build is refused.
constexpr std::string_view layout = "sekisho care 1";

class Writer {
 public:
  template <class... Values>
  void operator()(const Values&... values) {
    (one(values), ...);
  }
  std::string take() { return out_.take(); }

  void one(const std::string& text) { out_.text(text); }
  void one(bool value) { out_.number(value ? 1 : 0); }
  void one(std::uint32_t value) { out_.number(value); }
  void one(double value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    out_.text({bytes, sizeof bytes});
  }
  template <class Value>
  void one(const std::vector<Value>& values) {
    out_.number(static_cast<std::uint32_t>(values.size()));
    for (const Value& value : values) one(value);
  }
  template <class Value, std::size_t N>
  void one(const Value (&values)[N]) {
    for (const Value& value : values) one(value);
  }
  template <class Value>
  void one(const std::optional<Value>& value) {
    out_.number(value ? 1 : 0);
    if (value) one(*value);
  }
  template <class Value>
  void one(const std::map<std::string, Value>& values) {
    out_.number(static_cast<std::uint32_t>(values.size()));
    for (const auto& [key, value] : values) {
      one(key);
      one(value);
    }
  }
  template <class Value>
  void one(const Value& value) {
    if constexpr (std::is_enum_v<Value>)
      out_.number(static_cast<std::uint32_t>(value));
    else
      fields(*this, const_cast<Value&>(value));
  }

 private:
  knowledge::FlatWriter out_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : in_(bytes) {}
  template <class... Values>
  void operator()(Values&... values) {
    (one(values), ...);
  }
  bool well() const { return in_.ok() && in_.at_end(); }

  void one(std::string& text) { text = in_.text(); }
  void one(bool& value) { value = in_.number() != 0; }
  void one(std::uint32_t& value) { value = in_.number(); }
  void one(double& value) {
    const std::string_view bytes = in_.view();
    if (bytes.size() == sizeof value) std::memcpy(&value, bytes.data(), sizeof value);
  }
  template <class Value>
  void one(std::vector<Value>& values) {
    values.resize(in_.count());
    for (Value& value : values) one(value);
  }
  template <class Value, std::size_t N>
  void one(Value (&values)[N]) {
    for (Value& value : values) one(value);
  }
  template <class Value>
  void one(std::optional<Value>& value) {
    if (in_.number() != 0) one(value.emplace());
  }
  template <class Value>
  void one(std::map<std::string, Value>& values) {
    for (std::uint32_t left = in_.count(); left > 0; --left) {
      std::string key = in_.text();
      one(values[std::move(key)]);
    }
  }
  template <class Value>
  void one(Value& value) {
    if constexpr (std::is_enum_v<Value>)
      value = static_cast<Value>(in_.number());
    else
      fields(*this, value);
  }

 private:
  knowledge::FlatReader in_;
};

template <class A>
void fields(A& to, Text& v) {
  to(v.ja, v.plain, v.en);
}
template <class A>
void fields(A& to, Origin& v) {
  to(v.name, v.url, v.as_of);
}
template <class A>
void fields(A& to, Clause::DaysSince& v) {
  to(v.of, v.at_least, v.at_most);
}
template <class A>
void fields(A& to, Clause& v) {
  to(v.situation, v.not_situation, v.done, v.not_done, v.typed, v.not_typed, v.has, v.lacks, v.carrier, v.days_since);
}
template <class A>
void fields(A& to, Deadline& v) {
  to(v.base, v.days, v.count, v.kind, v.text, v.unknown);
}
template <class A>
void fields(A& to, Step& v) {
  to(v.id, v.phase, v.rank, v.everywhere, v.when, v.replaces, v.text, v.why, v.deadline, v.contacts, v.confidence,
     v.confirm_at);
}
template <class A>
void fields(A& to, Line& v) {
  to(v.id, v.kind, v.rank, v.everywhere, v.when, v.text, v.confidence, v.confirm_at);
}
template <class A>
void fields(A& to, Use& v) {
  to(v.id, v.phase, v.rank, v.when);
}
template <class A>
void fields(A& to, ContactUse& v) {
  to(v.id, v.say, v.when);
}
template <class A>
void fields(A& to, NextCheck& v) {
  to(v.hours, v.ask, v.when);
}
template <class A>
void fields(A& to, Situation& v) {
  to(v.id, v.name, v.reassure, v.steps, v.lines, v.contacts, v.next_checks, v.confidence, v.origin);
}
template <class A>
void fields(A& to, Contact& v) {
  to(v.id, v.group, v.name, v.hours, v.takes, v.does_not_take, v.say, v.phone, v.web, v.report_address, v.show_phone,
     v.own, v.listed_only, v.confidence, v.origin);
}
template <class A>
void fields(A& to, Phone& v) {
  to(v.number, v.as_of, v.show, v.confidence);
}
template <class A>
void fields(A& to, Prefecture& v) {
  to(v.id, v.code, v.name, v.police, v.hq, v.consult, v.cyber, v.web, v.origin);
}
template <class A>
void fields(A& to, Carrier::Fact& v) {
  to(v.id, v.as_of, v.label, v.value, v.confidence);
}
template <class A>
void fields(A& to, Carrier& v) {
  to(v.id, v.name, v.taps, v.tip, v.domains, v.uses_settings_of, v.settings_url, v.facts, v.confidence, v.origin);
}
template <class A>
void fields(A& to, Draft::Slot& v) {
  to(v.name, v.from, v.ask, v.third_person);
}
template <class A>
void fields(A& to, Draft& v) {
  to(v.id, v.to, v.title, v.purpose, v.note, v.situations, v.slots, v.subject, v.body, v.print);
}
template <class A>
void fields(A& to, Cue& v) {
  to(v.all, v.weight, v.scope, v.negated);
}
template <class A>
void fields(A& to, Telling& v) {
  to(v.id, v.cues, v.examples);
}
template <class A>
void fields(A& to, Describe::Ask& v) {
  to(v.when_close, v.ask);
}
template <class A>
void fields(A& to, Describe& v) {
  to(v.situations, v.done, v.typed, v.asks, v.asks_if_empty, v.others, v.negations, v.not_negations, v.clause_ends);
}
template <class A>
void fields(A& to, Choice& v) {
  to(v.id, v.implies, v.text);
}
template <class A>
void fields(A& to, Question& v) {
  to(v.id, v.when);
}
template <class A>
void fields(A& to, Rung& v) {
  to(v.id, v.text, v.cost);
}
template <class A>
void fields(A& to, HolidayRules::Fixed& v) {
  to(v.id, v.name, v.month, v.day, v.from, v.to);
}
template <class A>
void fields(A& to, HolidayRules::HappyMonday& v) {
  to(v.id, v.name, v.month, v.week, v.from, v.to);
}
template <class A>
void fields(A& to, HolidayRules::Equinox& v) {
  to(v.year, v.spring, v.autumn);
}
template <class A>
void fields(A& to, HolidayRules::Exception& v) {
  to(v.year, v.month, v.day, v.id);
}
template <class A>
void fields(A& to, HolidayRules::Rest& v) {
  to(v.from_month, v.from_day, v.to_month, v.to_day);
}
template <class A>
void fields(A& to, CalendarWords& v) {
  to(v.weekdays, v.months, v.day, v.day_with_year);
}
template <class A>
void fields(A& to, HolidayRules& v) {
  to(v.fixed, v.happy_mondays, v.spring_equinox, v.autumn_equinox, v.substitute, v.between, v.equinoxes, v.confirmed_to,
     v.exceptions, v.courts_rest, v.words, v.source, v.as_of);
}
template <class A>
void fields(A& to, Care& v) {
  to(v.actions, v.typed_items, v.questions, v.situations, v.steps, v.lines, v.everywhere_contacts, v.everywhere_checks,
     v.contacts, v.prefectures, v.carriers, v.drafts, v.rungs, v.holidays, v.describe, v.situation_of_kind, v.words);
}

}  // namespace

std::string pack(const Care& care) {
  Writer out;
  out.one(std::string(layout));
  out.one(care);
  return out.take();
}

Result<Care> unpack(std::string_view bytes) {
  Reader in(bytes);
  std::string found;
  Care care;
  in.one(found);
  if (found != layout) return fail(ErrorCode::internal, "care.bin was made by another build", {}, "build again");
  in.one(care);
  if (!in.well()) return fail(ErrorCode::internal, "care.bin is damaged", {}, "build again");
  return care;
}

}  // namespace sekisho::care
