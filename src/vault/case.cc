#include "vault/case.h"

#include <array>

namespace sekisho::vault {
namespace {

constexpr std::array<std::string_view, kinds> names{"opened", "detail",     "item",   "note",   "call",    "letter",
                                                    "plan",   "tick",       "draft",  "judged", "scanned", "stopped",
                                                    "stamp",  "keep-until", "handed", "erased"};

}  // namespace

std::string_view name(Kind kind) { return names[static_cast<std::size_t>(kind)]; }

std::optional<Kind> find_kind(std::string_view wanted) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == wanted) return static_cast<Kind>(i);
  return std::nullopt;
}

std::string_view Case::detail(std::string_view field) const {
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
    if (entry->kind == Kind::detail && entry->about == field) return entry->text;
  return {};
}

const Entry* Case::entry(std::uint64_t number) const {
  for (const Entry& one : entries)
    if (one.number == number) return &one;
  return nullptr;
}

bool Case::is_erased(std::uint64_t number) const {
  for (const Entry& one : entries)
    if (one.kind == Kind::erased && one.about == std::to_string(number)) return true;
  return false;
}

}  // namespace sekisho::vault
