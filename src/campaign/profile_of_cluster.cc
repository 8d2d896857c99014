#include "campaign/profile_of_cluster.h"

#include <algorithm>

namespace sekisho::campaign {
namespace {

/// What each tie is worth when all mails of the smaller group share it with the other. Set by hand: a site that only
/// they lead to, or a domain of their own, is nearly proof; a net is rented to many; a path is a habit of one kit; a
/// list of victims, and a template, are sold to several gangs.
constexpr std::array<double, tie_kinds> worth{2.7, 1.7, 3.4, 1.6, 1.2, 1.6, 1.5, 0.9, 0.8};
/// Gained when habits agree and lost when they differ.
struct HabitWorth {
  double agree, differ;
};
constexpr std::array<HabitWorth, habit_kinds> habit_worth{
    {{0.5, 1.2}, {0.5, 1.2}, {0.3, 0.8}, {0.3, 0.6}, {0.4, 0.8}, {0.3, 0.8}, {0.3, 0.8}, {0.1, 0.3}}};
/// However different the programs look, one gang may use several.
constexpr double worst_habits = -2.2;

/// Share of the smaller group's mails whose value the other group has too, each weighed by its rarity.
double cover(const Counts& small, const Counts& large, std::uint32_t mails, Tie tie, const Rarity& rarity) {
  if (mails == 0) return 0;
  double covered = 0;
  for (const auto& [value, count] : small.values())
    if (large.of(value) > 0) covered += count * rarity.of(tie, value);
  return std::min(1.0, covered / mails);
}

double agreement(const Counts& a, const Counts& b) {
  double sum = 0;
  for (const auto& [value, count] : a.values()) {
    const std::uint32_t other = b.of(value);
    if (other > 0) sum += std::min(static_cast<double>(count) / a.total(), static_cast<double>(other) / b.total());
  }
  return sum;
}

}  // namespace

void Counts::add(std::uint64_t value, std::uint32_t count) {
  if (value == 0) return;
  const auto at = std::lower_bound(values_.begin(), values_.end(), std::pair(value, std::uint32_t{0}));
  if (at != values_.end() && at->first == value)
    at->second += count;
  else
    values_.insert(at, {value, count});
  total_ += count;
}

void Counts::merge(const Counts& other) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> merged;
  merged.reserve(values_.size() + other.values_.size());
  auto a = values_.begin();
  for (const auto& value : other.values_) {
    while (a != values_.end() && a->first < value.first) merged.push_back(*a++);
    if (a != values_.end() && a->first == value.first)
      merged.emplace_back(value.first, (a++)->second + value.second);
    else
      merged.push_back(value);
  }
  merged.insert(merged.end(), a, values_.end());
  values_ = std::move(merged);
  total_ += other.total_;
}

std::uint32_t Counts::of(std::uint64_t value) const {
  const auto at = std::lower_bound(values_.begin(), values_.end(), std::pair(value, std::uint32_t{0}));
  return at != values_.end() && at->first == value ? at->second : 0;
}

std::uint64_t Counts::most() const {
  std::pair<std::uint64_t, std::uint32_t> best{0, 0};
  for (const auto& value : values_)
    if (value.second > best.second) best = value;
  return best.first;
}

void ClusterProfile::merge(const ClusterProfile& other) {
  first = mails == 0 ? other.first : std::min(first, other.first);
  last = mails == 0 ? other.last : std::max(last, other.last);
  mails += other.mails;
  vouched += other.vouched;
  for (std::size_t i = 0; i < tie_kinds; ++i) ties[i].merge(other.ties[i]);
  for (std::size_t i = 0; i < habit_kinds; ++i) habits[i].merge(other.habits[i]);
  recipients.merge(other.recipients);
}

Likeness likeness(const ClusterProfile& a, const ClusterProfile& b, const Rarity& rarity) {
  const ClusterProfile& small = a.mails <= b.mails ? a : b;
  const ClusterProfile& large = a.mails <= b.mails ? b : a;
  Likeness likeness;
  std::array<double, tie_kinds> covers{};
  for (std::size_t i = 0; i < tie_kinds; ++i)
    covers[i] = cover(small.ties[i], large.ties[i], small.mails, static_cast<Tie>(i), rarity);
  // One domain is one pattern too: said once.
  covers[static_cast<std::size_t>(Tie::name_pattern)] *= 1 - covers[static_cast<std::size_t>(Tie::group)];
  // A proven firm on a site of its own may rent from the criminals' landlord: its net alone says nothing.
  const bool vouched = small.vouched == small.mails || large.vouched == large.mails;
  if (vouched)
    for (const Tie tie : {Tie::net, Tie::net_and_habits}) covers[static_cast<std::size_t>(tie)] = 0;
  // Two lone mails from one rented net prove nothing; a lone mail from a net that a whole group uses does.
  const double group_size = std::min(1.0, large.mails / 4.0);
  for (const Tie tie : {Tie::net, Tie::net_and_habits}) covers[static_cast<std::size_t>(tie)] *= group_size;
  for (std::size_t i = 0; i < tie_kinds; ++i) likeness.hard += worth[i] * covers[i];
  for (std::size_t i = 0; i < habit_kinds; ++i) {
    if (small.habits[i].total() == 0 || large.habits[i].total() == 0) continue;
    const double agrees = agreement(small.habits[i], large.habits[i]);
    likeness.habits += habit_worth[i].agree * agrees - habit_worth[i].differ * (1 - agrees);
  }
  likeness.habits = std::max(likeness.habits, worst_habits);
  return likeness;
}

}  // namespace sekisho::campaign
