#include "campaign/rhythm.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace sekisho::campaign {
namespace {

constexpr std::int64_t day = 86'400, hour = 3'600;
constexpr std::size_t mails_for_quiet_hours = 48;
constexpr int shortest_quiet_hours = 3;

/// The longest run of hours, around midnight too, in which nothing comes.
std::optional<std::array<int, 2>> quiet_hours(const std::array<std::uint32_t, 24>& by_hour, std::size_t mails) {
  if (mails < mails_for_quiet_hours) return std::nullopt;
  int best = 0, from = 0;
  for (int start = 0; start < 24; ++start) {
    int length = 0;
    while (length < 24 && by_hour[static_cast<std::size_t>((start + length) % 24)] == 0) ++length;
    if (length > best) {
      best = length;
      from = start;
    }
  }
  if (best < shortest_quiet_hours) return std::nullopt;
  return std::array{from, (from + best) % 24};
}

}  // namespace

Rhythm rhythm_of(std::span<const std::int64_t> times, std::int64_t until, std::int32_t zone_minutes) {
  Rhythm rhythm;
  // Pasted mails may have no time at all.
  while (!times.empty() && times.front() == 0) times = times.subspan(1);
  for (const std::int64_t time : times) {
    const std::int64_t local = time + std::int64_t{zone_minutes} * 60;
    ++rhythm.by_hour[static_cast<std::size_t>(((local % day + day) % day) / hour)];
  }
  if (times.size() < 3) return rhythm;
  std::vector<std::int64_t> gaps;
  gaps.reserve(times.size());
  for (std::size_t i = 1; i < times.size(); ++i) gaps.push_back(times[i] - times[i - 1]);
  std::sort(gaps.begin(), gaps.end());
  rhythm.median_gap = gaps[gaps.size() / 2];
  rhythm.p10_gap = gaps[gaps.size() / 10];
  rhythm.p90_gap = gaps[gaps.size() * 9 / 10];
  const auto near = [&](std::int64_t gap) { return std::abs(gap - rhythm.median_gap) * 4 <= rhythm.median_gap; };
  rhythm.regularity =
      static_cast<double>(std::count_if(gaps.begin(), gaps.end(), near)) / static_cast<double>(gaps.size());
  rhythm.quiet = quiet_hours(rhythm.by_hour, times.size());
  // Silent for longer than it ever was but for its one longest pause: over.
  const std::int64_t longest = gaps.back();
  rhythm.live = until - times.back() <= std::max<std::int64_t>({2 * rhythm.p90_gap, longest, hour});
  if (rhythm.live) {
    rhythm.next_from = times.back() + rhythm.p10_gap;
    rhythm.next_to = times.back() + std::max(rhythm.p90_gap, rhythm.median_gap);
  }
  return rhythm;
}

}  // namespace sekisho::campaign
