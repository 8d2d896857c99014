#include "facts/fact.h"

#include <algorithm>
#include <array>

namespace sekisho::facts {
namespace {

struct Entry {
  std::string_view name, documentation;
};

// Sorted by name: the generator sorts, and FactId counts in the same order.
constexpr auto registry = std::to_array<Entry>({
#define FACT(name, documentation) {name, documentation},
#include "facts/registry.inc"
#undef FACT
});
static_assert(registry.size() == fact_count);

}  // namespace

Facts::Range Facts::of(FactId id) const {
  const auto range = std::equal_range(all.begin(), all.end(), id, [](const auto& a, const auto& b) {
    const auto key = [](const auto& x) {
      if constexpr (std::is_same_v<std::decay_t<decltype(x)>, Fact>)
        return x.id;
      else
        return x;
    };
    return key(a) < key(b);
  });
  const Fact* base = all.data();
  return {base + (range.first - all.begin()), base + (range.second - all.begin())};
}

std::string_view name(FactId id) { return registry[static_cast<std::size_t>(id)].name; }
std::string_view documentation(FactId id) { return registry[static_cast<std::size_t>(id)].documentation; }

const std::vector<std::string>& all_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> out;
    for (const Entry& entry : registry) out.emplace_back(entry.name);
    return out;
  }();
  return names;
}

std::optional<FactId> find_fact(std::string_view wanted) {
  const auto found = std::lower_bound(registry.begin(), registry.end(), wanted,
                                      [](const Entry& entry, std::string_view name) { return entry.name < name; });
  if (found == registry.end() || found->name != wanted) return std::nullopt;
  return static_cast<FactId>(found - registry.begin());
}

}  // namespace sekisho::facts
