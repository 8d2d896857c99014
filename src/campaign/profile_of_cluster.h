// What a group of mails has in common, as counts, and how strongly two groups look like the work of the same hands.
// Evidence adds up and is never one attribute alone. Private to campaign.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "campaign/gathering.h"

namespace sekisho::campaign {

/// Values with how many mails show them, sorted by value.
class Counts {
 public:
  void add(std::uint64_t value, std::uint32_t count = 1);
  void merge(const Counts& other);
  std::uint32_t of(std::uint64_t value) const;
  std::uint32_t total() const { return total_; }
  std::size_t size() const { return values_.size(); }
  const std::vector<std::pair<std::uint64_t, std::uint32_t>>& values() const { return values_; }
  /// The value that most show, 0 for none.
  std::uint64_t most() const;

 private:
  std::vector<std::pair<std::uint64_t, std::uint32_t>> values_;
  std::uint32_t total_ = 0;
};

/// Attributes that can tie mails of different senders together.
enum class Tie : std::uint8_t {
  group,
  name_pattern,
  landing,
  net,
  net_and_habits,
  path,
  local_head,
  own_data,
  wording
};
inline constexpr std::size_t tie_kinds = 9;
enum class Habit : std::uint8_t { mailer, message_id, list, order, boundary, charset, hops, zone };
inline constexpr std::size_t habit_kinds = 8;

struct ClusterProfile {
  std::uint32_t mails = 0;
  std::uint32_t vouched = 0;  ///< of them: proven senders that lead nowhere else, whose text speaks for itself
  std::array<Counts, tie_kinds> ties;
  std::array<Counts, habit_kinds> habits;
  Counts recipients;
  std::int64_t first = 0, last = 0;

  void merge(const ClusterProfile& other);
};

/// How much a shared value says: 1 for one that nobody else has, towards 0 for one that wanted senders have too.
class Rarity {
 public:
  virtual double of(Tie tie, std::uint64_t value) const = 0;

 protected:
  ~Rarity() = default;
};

/// Log-odds-like: positive speaks for the same hands. `hard` is the part from where mail comes from and leads to,
/// without which habits prove nothing.
struct Likeness {
  double hard = 0, habits = 0;
  double sum() const { return hard + habits; }
};
Likeness likeness(const ClusterProfile& a, const ClusterProfile& b, const Rarity& rarity);

/// From which sum on two groups are one, and the least of it that must be hard.
inline constexpr double same_hands = 3.0, least_hard = 0.8;

}  // namespace sekisho::campaign
