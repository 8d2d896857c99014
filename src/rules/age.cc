#include "rules/age.h"

#include <algorithm>
#include <array>

namespace sekisho::rules {
namespace {

constexpr std::array<std::string_view, 5> names{"never", "silent", "doubled", "shadowed", "contradicts"};
constexpr std::int64_t day_seconds = 86'400;

/// The time of the last message that each rule catches, whatever the other rules do; 0 when none.
std::vector<std::int64_t> last_catches(const RuleList& list, const Evidence& evidence, const Reading& reading) {
  std::vector<std::int64_t> last_of_sender(evidence.senders().size(), 0);
  for (const Sighting& sighting : evidence.sightings())
    last_of_sender[sighting.sender] = std::max({last_of_sender[sighting.sender], sighting.time, std::int64_t{1}});
  std::vector<std::int64_t> last(list.rules.size(), 0);
  for (std::size_t i = 0; i < list.rules.size(); ++i) {
    if (!list.rules[i].sender) continue;
    const Matcher matcher({*list.rules[i].sender}, reading);
    for (SenderId sender = 0; sender < last_of_sender.size(); ++sender)
      if (last_of_sender[sender] > last[i] && matcher.any(evidence.senders()[sender])) last[i] = last_of_sender[sender];
  }
  return last;
}

/// Another rule of the same list that makes rule `i` needless.
std::optional<Aged> needless(const RuleList& list, std::size_t i, const Reading& reading) {
  const Rule& rule = list.rules[i];
  for (std::size_t j = 0; j < i; ++j)
    if (list.rules[j].same_as(rule)) return Aged{Aged::What::doubled, i, j, 0};
  if (!rule.sender) return std::nullopt;
  for (std::size_t j = 0; j < list.rules.size(); ++j) {
    const Rule& other = list.rules[j];
    if (j == i || !other.sender || other.allow != rule.allow || other.same_as(rule)) continue;
    if (!covers(*other.sender, *rule.sender, reading)) continue;
    // Two that cover each other: the first one stays.
    if (covers(*rule.sender, *other.sender, reading) && i < j) continue;
    return Aged{Aged::What::shadowed, i, j, 0};
  }
  return std::nullopt;
}

std::optional<Aged> contradicted(const RuleList& list, std::size_t i, const Reading& reading) {
  const Rule& rule = list.rules[i];
  if (rule.allow || !rule.sender) return std::nullopt;
  for (std::size_t j = 0; j < list.rules.size(); ++j) {
    const Rule& other = list.rules[j];
    if (other.allow && other.sender && covers(*other.sender, *rule.sender, reading))
      return Aged{Aged::What::contradicts, i, j, 0};
  }
  return std::nullopt;
}

}  // namespace

std::string_view name(Aged::What what) { return names[static_cast<std::size_t>(what)]; }

bool covers(const Entry& a, const Entry& b, const Reading& reading) {
  if (a == b) return true;
  // An entry stands for every address that holds its value in its place; so another covers it when it matches the value
  // itself, whatever stands around it.
  switch (a.mode) {
    case Mode::exact:
      return false;
    case Mode::contains:
      if (reading.contains_sees_local_part_only)
        return (b.mode == Mode::exact || b.mode == Mode::prefix || b.mode == Mode::contains) &&
               matches(a, b.value, reading);
      return b.value.find(a.value) != std::string::npos;
    case Mode::prefix:
      return (b.mode == Mode::exact || b.mode == Mode::prefix) && b.value.starts_with(a.value);
    case Mode::suffix:
      if (b.mode == Mode::exact || b.mode == Mode::suffix) return b.value.ends_with(a.value);
      // A domain stands for '@' and '.' before its name: only a suffix within the name covers both.
      return b.mode == Mode::domain && b.value.ends_with(a.value);
    case Mode::domain:
      break;
  }
  if (b.mode == Mode::domain) return matches(a, "x@" + b.value, reading);
  const std::size_t sign = b.value.rfind('@');
  if (b.mode == Mode::exact) return matches(a, b.value, reading);
  if (b.mode != Mode::suffix) return false;
  if (sign != std::string::npos) return matches(a, b.value, reading);
  // ".x.lamp.test" lies below lamp.test whatever stands before it.
  return reading.domain_covers_subdomains && (b.value == '.' + a.value || b.value.ends_with('.' + a.value));
}

std::vector<Aged> age(const RuleList& list, const Evidence& evidence, const Reading& reading) {
  std::vector<Aged> aged;
  const bool has_mail = !evidence.sightings().empty();
  const std::int64_t now = has_mail ? evidence.sightings().back().time : 0;
  const std::vector<std::int64_t> last = last_catches(list, evidence, reading);
  for (std::size_t i = 0; i < list.rules.size(); ++i) {
    if (const auto found = needless(list, i, reading)) aged.push_back(*found);
    if (const auto found = contradicted(list, i, reading)) aged.push_back(*found);
    if (!has_mail || !list.rules[i].sender) continue;
    if (last[i] == 0)
      aged.push_back({Aged::What::never, i, std::nullopt, 0});
    else if (now - last[i] > silent_days * day_seconds)
      aged.push_back({Aged::What::silent, i, std::nullopt, last[i]});
  }
  return aged;
}

}  // namespace sekisho::rules
