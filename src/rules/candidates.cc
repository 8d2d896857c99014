#include "rules/candidates.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/limits.h"
#include "rules/siblings.h"
#include "rules/survey.h"

namespace sekisho::rules {
namespace {

/// Of entries that catch the same, which stays: whole domains, the shorter the better for tomorrow, before pieces,
/// before single addresses.
enum Preference : std::uint32_t { whole_domain = 0, below_domain = 100, at_host = 200, piece = 300, address = 400 };

class Collector {
 public:
  Collector(const Evidence& evidence, const Survey& survey, const Ground& ground, const Dialect& dialect, Reach reach)
      : evidence_(evidence), survey_(survey), ground_(ground), dialect_(dialect), reach_(reach) {
    host_element_.resize(evidence.hosts().size());
    for (const HostId host : survey.campaign_hosts) {
      host_element_[host] = element(0);
      for (const SenderId sender : survey.campaign_at[host]) {
        if (survey.mails[sender] < returns_needed)
          result_.problem.weights[host_element_[host]] += survey.mails[sender];
        else
          sender_element_[sender] = element(survey.mails[sender]);
      }
    }
  }

  Candidates collect() {
    for (const auto& [name, node] : sorted_nodes()) add_node(name, *node);
    if (dialect_.offers(Mode::exact))
      for (const auto& [sender, element] : sender_element_)
        add({Mode::exact, evidence_.senders()[sender]}, {element}, {}, address);
    for (const Piece& found : sibling_pieces(evidence_, survey_, ground_, dialect_))
      add(found.entry, elements_of(found.hosts), {}, piece);
    result_.problem.most_options = dialect_.max_reject.entries.value_or(limits_entries);
    result_.problem.most_exceptions = dialect_.max_allow.entries.value_or(limits_entries);
    if (!dialect_.allow_surely_wins()) result_.problem.most_exceptions = 0;
    return std::move(result_);
  }

 private:
  static constexpr std::size_t limits_entries = limits::rule_entries;
  using Node = Survey::Node;

  std::uint32_t element(std::uint64_t weight) {
    result_.problem.weights.push_back(weight);
    return static_cast<std::uint32_t>(result_.problem.weights.size() - 1);
  }

  std::vector<std::pair<std::string_view, const Node*>> sorted_nodes() const {
    std::vector<std::pair<std::string_view, const Node*>> nodes;
    for (const auto& [name, node] : survey_.nodes) nodes.emplace_back(name, &node);
    std::sort(nodes.begin(), nodes.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    return nodes;
  }

  std::vector<std::uint32_t> elements_of(const std::vector<HostId>& hosts) const {
    std::vector<std::uint32_t> elements;
    for (const HostId host : hosts) {
      elements.push_back(host_element_[host]);
      for (const SenderId sender : survey_.campaign_at[host])
        if (const auto it = sender_element_.find(sender); it != sender_element_.end()) elements.push_back(it->second);
    }
    std::sort(elements.begin(), elements.end());
    return elements;
  }

  void add(Entry entry, std::vector<std::uint32_t> covers, const std::vector<Entry>& allows, std::uint32_t preference) {
    if (covers.empty()) return;
    CoverOption option{std::move(covers), {}, preference};
    for (const Entry& allow : allows) {
      const auto [it, is_new] = allow_ids_.emplace(allow, static_cast<std::uint32_t>(result_.allows.size()));
      if (is_new) result_.allows.push_back(allow);
      option.exceptions.push_back(it->second);
    }
    std::sort(option.exceptions.begin(), option.exceptions.end());
    option.exceptions.erase(std::unique(option.exceptions.begin(), option.exceptions.end()), option.exceptions.end());
    result_.problem.options.push_back(std::move(option));
    result_.entries.push_back(std::move(entry));
  }

  const std::string& host_name(HostId host) const { return evidence_.hosts()[host].name; }

  /// `hosts` without, or with nothing but, the one that is `name` itself.
  std::vector<HostId> below(const std::vector<HostId>& hosts, std::string_view name) const {
    std::vector<HostId> rest;
    for (const HostId host : hosts)
      if (host_name(host) != name) rest.push_back(host);
    return rest;
  }
  std::vector<HostId> at(const std::vector<HostId>& hosts, std::string_view name) const {
    for (const HostId host : hosts)
      if (host_name(host) == name) return {host};
    return {};
  }

  void add_node(std::string_view name, const Node& node) {
    if (reach_ == Reach::careful && ground_.shared(name) != Shared::no) return;
    const auto depth = static_cast<std::uint32_t>(std::count(name.begin(), name.end(), '.'));
    const std::string value(name);
    if (dialect_.offers(Mode::domain)) {
      const auto covered = dialect_.subdomains == Known::yes ? node.campaign_hosts : at(node.campaign_hosts, name);
      const auto touched = dialect_.subdomains == Known::no ? at(node.wanted_hosts, name) : node.wanted_hosts;
      add_if_permitted({Mode::domain, value}, name, covered, touched, whole_domain + depth);
    }
    // Where nothing better is offered, "contains" with the sign before the name is the next best.
    const bool only_contains = !dialect_.offers(Mode::suffix) && !dialect_.offers(Mode::domain) &&
                               dialect_.offers(Mode::contains) && !dialect_.contains_sees_local_part_only;
    if (dialect_.offers(Mode::suffix) || only_contains) {
      const Mode mode = only_contains ? Mode::contains : Mode::suffix;
      add_if_permitted({mode, '.' + value}, name, below(node.campaign_hosts, name), below(node.wanted_hosts, name),
                       below_domain + depth);
      add_if_permitted({mode, '@' + value}, name, at(node.campaign_hosts, name), at(node.wanted_hosts, name),
                       at_host + depth);
    }
  }

  void add_if_permitted(Entry entry, std::string_view name, const std::vector<HostId>& covered,
                        const std::vector<HostId>& touched, std::uint32_t preference) {
    if (covered.empty()) return;
    if (touched.empty()) {
      if (is_used_by_wanted(covered.front()) && mails_at(covered) < tenant_mails) return;
      add(std::move(entry), elements_of(covered), {}, preference);
      return;
    }
    const std::vector<HostId> tenants = below(covered, name);
    const auto rented =
        std::count_if(tenants.begin(), tenants.end(), [&](HostId host) { return mails_at({host}) >= tenant_mails; });
    const bool rents_names = static_cast<std::size_t>(rented) >= tenants_needed &&
                             std::none_of(touched.begin(), touched.end(), [&](HostId host) {
                               return host_name(host) == name || survey_.is_campaign_host(host);
                             });
    if (reach_ == Reach::careful && !rents_names) return;
    if (const auto allows = exceptions_for(touched, name))
      add(std::move(entry), elements_of(covered), *allows, preference);
  }

  /// Wanted senders write from the same registrable domain, or below it.
  bool is_used_by_wanted(HostId host) const {
    const auto it = survey_.nodes.find(evidence_.hosts()[host].registrable);
    return it != survey_.nodes.end() && !it->second.wanted_hosts.empty();
  }
  std::uint64_t mails_at(const std::vector<HostId>& hosts) const {
    std::uint64_t sum = 0;
    for (const HostId host : hosts)
      for (const SenderId sender : survey_.campaign_at[host]) sum += survey_.mails[sender];
    return sum;
  }

  /// The allow entries that spare every wanted sender at `touched` and no campaign mail; nullopt when there are none.
  std::optional<std::vector<Entry>> exceptions_for(const std::vector<HostId>& touched, std::string_view refused) const {
    std::vector<Entry> allows;
    for (const HostId host : touched) {
      if (!survey_.is_campaign_host(host) && host_name(host) != refused) {
        if (const auto entry = host_exception(host, refused)) {
          allows.push_back(*entry);
          continue;
        }
      }
      for (const SenderId sender : survey_.wanted_at[host]) {
        const std::string& who = evidence_.senders()[sender];
        if (who.starts_with(Evidence::anybody) || !dialect_.allows(Mode::exact)) return std::nullopt;
        allows.push_back({Mode::exact, who});
      }
    }
    return allows;
  }

  /// The shortest name below `refused` and at or above `host` where no campaign writes from.
  std::optional<Entry> host_exception(HostId id, std::string_view refused) const {
    const Host& host = evidence_.hosts()[id];
    if (dialect_.allows(Mode::domain)) {
      for (const std::string_view name : names_above(host.name, host.registrable)) {
        if (name.size() <= refused.size() || survey_.nodes.contains(name)) continue;
        if (dialect_.subdomains == Known::yes || name == host.name) return Entry{Mode::domain, std::string(name)};
      }
    }
    if (dialect_.allows(Mode::suffix)) return Entry{Mode::suffix, '@' + host.name};
    return std::nullopt;
  }

  const Evidence& evidence_;
  const Survey& survey_;
  const Ground& ground_;
  const Dialect& dialect_;
  const Reach reach_;
  Candidates result_;
  std::vector<std::uint32_t> host_element_;
  std::map<SenderId, std::uint32_t> sender_element_;
  std::map<Entry, std::uint32_t> allow_ids_;
};

}  // namespace

Candidates find_candidates(const Evidence& evidence, std::span<const Sighting> sightings, const Ground& ground,
                           const Dialect& dialect, Reach reach) {
  const Survey survey(evidence, sightings);
  return Collector(evidence, survey, ground, dialect, reach).collect();
}

}  // namespace sekisho::rules
