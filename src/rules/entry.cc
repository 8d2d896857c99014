#include "rules/entry.h"

#include <algorithm>
#include <array>

namespace sekisho::rules {
namespace {

constexpr std::array<std::string_view, mode_count> names{"exact", "prefix", "suffix", "contains", "domain"};

bool domain_matches(std::string_view host, std::string_view domain, const Reading& reading) {
  if (host == domain) return !host.empty();
  return reading.domain_covers_subdomains && !domain.empty() && host.size() > domain.size() && host.ends_with(domain) &&
         host[host.size() - domain.size() - 1] == '.';
}

/// What "contains" is compared with.
std::string_view searched(std::string_view address, const Reading& reading) {
  if (!reading.contains_sees_local_part_only) return address;
  const std::size_t at = address.rfind('@');
  return at == std::string_view::npos ? address : address.substr(0, at);
}

}  // namespace

std::string_view name(Mode mode) { return names[static_cast<std::size_t>(mode)]; }

std::optional<Mode> find_mode(std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return static_cast<Mode>(i);
  return std::nullopt;
}

std::string_view host_of(std::string_view address) {
  const std::size_t at = address.rfind('@');
  return at == std::string_view::npos ? std::string_view{} : address.substr(at + 1);
}

std::string lowered(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n\f\v";
  const std::size_t begin = std::min(text.find_first_not_of(blank), text.size());
  text.remove_prefix(begin);
  text = text.substr(0, text.find_last_not_of(blank) + 1);
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return out;
}

bool matches(const Entry& entry, std::string_view address, const Reading& reading) {
  if (entry.value.empty()) return false;
  switch (entry.mode) {
    case Mode::exact:
      return address == entry.value;
    case Mode::prefix:
      return address.starts_with(entry.value);
    case Mode::suffix:
      return address.ends_with(entry.value);
    case Mode::contains:
      return searched(address, reading).find(entry.value) != std::string_view::npos;
    case Mode::domain:
      break;
  }
  return domain_matches(host_of(address), entry.value, reading);
}

bool refused(const Lists& lists, std::string_view address, const Reading& reading) {
  const auto caught = [&](const std::vector<Entry>& entries) {
    return std::any_of(entries.begin(), entries.end(), [&](const Entry& e) { return matches(e, address, reading); });
  };
  return caught(lists.reject) && !(reading.allow_beats_reject && caught(lists.allow));
}

std::optional<std::size_t> Matcher::Table::find(std::string_view value) const {
  const auto it = std::lower_bound(sorted.begin(), sorted.end(), value,
                                   [](const auto& entry, std::string_view wanted) { return entry.first < wanted; });
  return it != sorted.end() && it->first == value ? std::optional(it->second) : std::nullopt;
}

Matcher::Matcher(const std::vector<Entry>& entries, const Reading& reading) : reading_(reading) {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Entry& entry = entries[i];
    if (entry.value.empty()) continue;
    if (entry.mode == Mode::contains) {
      contains_.emplace_back(entry.value, i);
      continue;
    }
    Table& table = entry.mode == Mode::exact    ? exact_
                   : entry.mode == Mode::prefix ? prefix_
                   : entry.mode == Mode::suffix ? suffix_
                                                : domain_;
    table.sorted.emplace_back(entry.value, i);
    table.lengths.push_back(entry.value.size());
  }
  for (Table* table : {&exact_, &prefix_, &suffix_, &domain_}) {
    std::sort(table->sorted.begin(), table->sorted.end());
    std::sort(table->lengths.begin(), table->lengths.end());
    table->lengths.erase(std::unique(table->lengths.begin(), table->lengths.end()), table->lengths.end());
  }
}

std::optional<std::size_t> Matcher::first(std::string_view address) const {
  std::optional<std::size_t> best;
  const auto take = [&](std::optional<std::size_t> index) {
    if (index && (!best || *index < *best)) best = index;
  };
  take(exact_.find(address));
  for (const std::size_t length : prefix_.lengths)
    if (length <= address.size()) take(prefix_.find(address.substr(0, length)));
  for (const std::size_t length : suffix_.lengths)
    if (length <= address.size()) take(suffix_.find(address.substr(address.size() - length)));
  std::string_view host = host_of(address);
  while (!domain_.sorted.empty() && !host.empty()) {
    take(domain_.find(host));
    const std::size_t dot = host.find('.');
    if (!reading_.domain_covers_subdomains || dot == std::string_view::npos) break;
    host.remove_prefix(dot + 1);
  }
  for (const auto& [value, index] : contains_)
    if (searched(address, reading_).find(value) != std::string_view::npos) take(index);
  return best;
}

}  // namespace sekisho::rules
