// Everything in knowledge/care as values: situations, steps, desks, carriers, drafts, the words people tell with.
// docs/formats/care.md says what each means. Read from YAML by the build (tools/compile_care.cc), packed into one flat
// file inside the program, and unpacked by the commands that stand by people; a site's folder is laid over it. Plain
// values; immutable once checked; safe to share between threads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "care/dates.h"
#include "care/registers.h"
#include "knowledge/source.h"

namespace sekisho::care {

using knowledge::Confidence;

struct Origin {
  std::string name, url, as_of;  ///< url may be empty; as_of an ISO date, a year, or other words
};

/// One clause of a `when`: every line must hold. Empty lists ask nothing.
struct Clause {
  std::vector<std::string> situation, not_situation, done, not_done, typed, not_typed, has, lacks, carrier;
  struct DaysSince {
    std::string of;
    std::uint32_t at_least = 0, at_most = 0xFFFF'FFFF;
  };
  std::optional<DaysSince> days_since;
};
/// One clause must hold; empty: always.
using When = std::vector<Clause>;

/// The order in which a plan shows its steps.
enum class Phase : std::uint8_t {
  danger,
  calm,
  money,
  device,
  accounts,
  paper,
  tell,
  evidence,
  mails,
  police,
  desks,
  watch
};

struct Deadline {
  enum class Count : std::uint8_t { law, calendar, business };
  enum class Kind : std::uint8_t { must_arrive, do_by, usual, at_once };
  std::vector<std::string> base;  ///< names of dates of the answers, or "today"; empty when at_once
  std::uint32_t days = 0;
  Count count = Count::calendar;
  Kind kind = Kind::do_by;
  Text text, unknown;
};

struct Step {
  std::string id;
  Phase phase = Phase::watch;
  std::uint32_t rank = 50;
  bool everywhere = false;
  When when;
  std::vector<std::string> replaces;
  Text text, why;
  std::optional<Deadline> deadline;
  std::vector<std::string> contacts;
  std::optional<Confidence> confidence;  ///< nothing: the situation's
  std::string confirm_at;
  std::string where;  ///< file:line, while building
};

/// What is listed beside the steps.
enum class LineKind : std::uint8_t { never, expect, do_not_ignore, evidence, prevent, causes };
inline constexpr std::size_t line_kinds = 6;
std::string_view name(LineKind kind);

struct Line {
  std::string id;
  LineKind kind = LineKind::never;
  std::uint32_t rank = 50;
  bool everywhere = false;
  When when;
  Text text;
  std::optional<Confidence> confidence;
  std::string confirm_at;
  std::string where;
};

/// A step or a line as a situation takes it, with what the situation says otherwise.
struct Use {
  std::string id;
  std::optional<Phase> phase;
  std::optional<std::uint32_t> rank;
  std::optional<When> when;
  std::string where;
};

struct ContactUse {
  std::string id;
  Text say;  ///< empty: the contact's own
  When when;
  std::string where;
};

struct NextCheck {
  std::uint32_t hours = 24;
  Text ask;
  When when;
};

struct Situation {
  std::string id;
  Text name, reassure;
  std::vector<Use> steps;
  std::vector<Use> lines[line_kinds];
  std::vector<ContactUse> contacts;
  std::vector<NextCheck> next_checks;
  Confidence confidence = Confidence::memory;
  Origin origin;
  std::string where;
};

struct Contact {
  std::string id, group;
  Text name, hours, takes, does_not_take, say;
  std::string phone, web, report_address;
  bool show_phone = false, own = false, listed_only = false;
  Confidence confidence = Confidence::memory;
  Origin origin;
  std::string where;
};

struct Phone {
  std::string number, as_of;
  bool show = false;
  Confidence confidence = Confidence::memory;
};

struct Prefecture {
  std::string id, code;
  Text name, police;
  std::optional<Phone> hq, consult, cyber;
  std::string web;
  Origin origin;
};

struct Carrier {
  std::string id;
  Text name, taps, tip;
  std::vector<std::string> domains;
  std::string uses_settings_of, settings_url;
  struct Fact {
    std::string id, as_of;
    Text label, value;
    Confidence confidence = Confidence::memory;
  };
  std::vector<Fact> facts;
  Confidence confidence = Confidence::memory;
  Origin origin;
};

struct Draft {
  std::string id, to;
  Text title, purpose, note;
  std::vector<std::string> situations;
  struct Slot {
    std::string name, from;
    Text ask;
    bool third_person = false;
  };
  std::vector<Slot> slots;
  Text subject, body;  ///< ja and en; plain is empty
  bool print = false;
  std::string where;
};

/// Words that point at something in a person's telling.
struct Cue {
  enum class Scope : std::uint8_t { sentence, text };
  enum class Negated : std::uint8_t { either, no, yes };
  std::vector<std::vector<std::string>> all;  ///< folded; one word of each group
  double weight = 1;
  Scope scope = Scope::sentence;
  Negated negated = Negated::either;
};

struct Telling {
  std::string id;  ///< of a situation, an action or a typed item
  std::vector<Cue> cues;
  std::vector<std::string> examples;
};

struct Describe {
  std::vector<Telling> situations, done, typed;
  struct Ask {
    std::vector<std::string> when_close;
    Text ask;
  };
  std::vector<Ask> asks;
  std::vector<Text> asks_if_empty;
  std::vector<std::string> others;  ///< tellings of other matters: what is most like one of them fits no situation
  std::vector<std::string> negations, not_negations, clause_ends;  ///< folded
};

/// What a person may answer: ids and the words for them.
struct Choice {
  std::string id, implies;  ///< a typed item implies an action
  Text text;
};

/// A question of the interview: the field of the answers that it fills, and under which answers it is asked.
struct Question {
  std::string id;
  When when;
};

/// The next thing to try when mails have not stopped, and what it costs.
struct Rung {
  std::string id;
  Text text, cost;
};

struct Care {
  std::vector<Choice> actions, typed_items;
  std::vector<Question> questions;
  std::vector<Situation> situations;
  std::vector<Step> steps;
  std::vector<Line> lines;
  std::vector<ContactUse> everywhere_contacts;
  std::vector<NextCheck> everywhere_checks;
  std::vector<Contact> contacts;
  std::vector<Prefecture> prefectures;
  std::vector<Carrier> carriers;
  std::vector<Draft> drafts;
  std::vector<Rung> rungs;
  HolidayRules holidays;
  Describe describe;
  std::map<std::string, std::string> situation_of_kind;  ///< kind of scam → situation
  std::map<std::string, Text> words;

  const Situation* situation(std::string_view id) const;
  const Step* step(std::string_view id) const;
  const Line* line(std::string_view id) const;
  const Contact* contact(std::string_view id) const;
  const Prefecture* prefecture(std::string_view id) const;
  const Carrier* carrier(std::string_view id) const;
  const Draft* draft(std::string_view id) const;
  const Choice* action(std::string_view id) const;
  const Choice* typed_item(std::string_view id) const;
  /// A sentence of knowledge/care/words.yaml; the key itself when it is missing (the build refuses that).
  std::string say(std::string_view key, Register speech) const;
};

/// What a plan may ask dates and answers for in `has`, `base` and slots.
bool is_answer_field(std::string_view name);
bool is_date_field(std::string_view name);

/// Reads the folder knowledge/care. Error bad_data with file:line. Not yet checked as a whole.
Result<Care> read_care(const std::filesystem::path& folder);
/// A site's folder of the same layout over `base`: same id replaces, new id adds; checked for unknown names.
Result<Care> overlay(Care base, const std::filesystem::path& folder);

/// Every name that is used exists, every slot can be filled. With `whole`, also what only the full set must have: all
/// situations filled, no contact, step or line that no answers reach.
enum class Check : std::uint8_t { names, whole };
Result<void> check(const Care& care, Check what);

std::string pack(const Care& care);
Result<Care> unpack(std::string_view bytes);

}  // namespace sekisho::care
