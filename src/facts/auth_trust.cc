#include "facts/auth_trust.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/limits.h"
#include "facts/lists.h"
#include "facts/tools.h"
#include "text/domain.h"

namespace sekisho::facts {
namespace {

using message::AuthResults;
using message::Hop;
using message::Message;

bool same_word(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower_ascii(x) == lower_ascii(y); });
}

/// The receiver: an organisational domain and the other domains that work for it.
class Receiver {
 public:
  Receiver(const knowledge::Snapshot& knowledge, std::string_view host)
      : knowledge_(knowledge), domain_(organisation(host)) {
    for (const auto& list : knowledge.name_lists())
      if (list.name.starts_with(lists::receiver_prefix) && knowledge.in_list(list.name, host)) group_ = list.name;
  }
  bool owns(std::string_view raw_host) const {
    const std::string host = lower_ascii(raw_host);
    if (host.empty()) return false;
    if (!group_.empty() && knowledge_.in_list(group_, host)) return true;
    return organisation(host) == domain_;
  }
  bool is_listed() const { return !group_.empty(); }
  bool writes_no_name() const { return !group_.empty() && any_member_in(lists::results_without_name); }
  bool writes_below() const { return !group_.empty() && any_member_in(lists::results_below_received); }

 private:
  bool any_member_in(std::string_view list) const { return knowledge_.in_list(list, domain_); }
  const knowledge::Snapshot& knowledge_;
  std::string domain_;
  std::string_view group_;
};

/// Written by the machine itself ("by x with LMTP"), or by one beside it.
bool came_from_nearby(const Hop& hop) {
  if (!hop.from_ip.empty()) return is_private_ip(hop.from_ip);
  return is_local_name(hop.from_rdns.empty() ? hop.from_helo : hop.from_rdns);
}

bool is_inside(const Hop& hop, const Receiver& receiver) {
  if (came_from_nearby(hop)) return true;
  if (receiver.owns(hop.from_rdns)) return true;
  // What the other side merely said (HELO) counts only among the machines of a listed provider that write no look-up.
  return !hop.rdns_known && hop.from_rdns.empty() && receiver.is_listed() && receiver.owns(hop.from_helo);
}

Auth auth_of(std::string_view result) {
  constexpr std::array<std::pair<std::string_view, Auth>, 7> known{{{"pass", Auth::pass},
                                                                    {"fail", Auth::fail},
                                                                    {"hardfail", Auth::fail},
                                                                    {"softfail", Auth::softfail},
                                                                    {"neutral", Auth::neutral},
                                                                    {"policy", Auth::neutral},
                                                                    {"none", Auth::none}}};
  for (const auto& [word, auth] : known)
    if (same_word(result, word)) return auth;
  return Auth::unknown;  // temperror, permerror, bestguesspass: nobody found out
}

std::string domain_part(std::string_view value) {
  if (const std::size_t at = value.rfind('@'); at != std::string_view::npos) value.remove_prefix(at + 1);
  while (!value.empty() && (value.back() == '.' || value.back() == '>')) value.remove_suffix(1);
  return lower_ascii(value);
}

std::string property(const AuthResults::Result& result, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    for (const auto& [key, value] : result.properties)
      if (same_word(key, name)) return domain_part(value);
  return {};
}

void believe(const AuthResults& header, std::string_view from_host, std::string_view from_domain, Trust& trust) {
  trust.trusted = true;
  const auto aligned = [&](const std::string& domain) {
    return !domain.empty() && !from_domain.empty() && organisation(domain) == from_domain;
  };
  for (const auto& result : header.results) {
    const Auth auth = auth_of(result.result);
    if (same_word(result.method, "spf") && trust.spf == Auth::unknown) {
      trust.spf = auth;
      trust.spf_domain = property(result, {"smtp.mailfrom", "smtp.mail", "smtp.helo"});
      trust.spf_aligned = auth == Auth::pass && aligned(trust.spf_domain);
    } else if (same_word(result.method, "dkim")) {
      const std::string domain = property(result, {"header.d", "header.i", "header.from"});
      const bool passes_for_from = auth == Auth::pass && aligned(domain);
      // Of several signatures the one that passes for the From is told, else one that passes, else the first.
      if (trust.dkim == Auth::unknown || (passes_for_from && !trust.dkim_aligned) ||
          (auth == Auth::pass && trust.dkim != Auth::pass)) {
        trust.dkim = auth;
        trust.dkim_domain = domain;
      }
      trust.dkim_aligned = trust.dkim_aligned || passes_for_from;
    } else if (same_word(result.method, "dmarc") && trust.dmarc == Auth::unknown) {
      const std::string about = property(result, {"header.from"});
      if (!about.empty() && !from_host.empty() && about != from_host && organisation(about) != from_domain) continue;
      trust.dmarc = auth;
    }
  }
}

bool is_delivery_header(std::string_view name) {
  constexpr std::array<std::string_view, 9> known{"Return-Path",
                                                  "Delivered-To",
                                                  "X-Original-To",
                                                  "Envelope-To",
                                                  "Received-SPF",
                                                  "Authentication-Results",
                                                  "ARC-Authentication-Results",
                                                  "ARC-Seal",
                                                  "ARC-Message-Signature"};
  return std::any_of(known.begin(), known.end(), [&](std::string_view one) { return same_word(name, one); });
}

}  // namespace

bool is_local_name(std::string_view raw) {
  const std::string host = lower_ascii(raw);
  if (host.empty() || host.find('.') == std::string::npos) return true;
  constexpr std::array<std::string_view, 9> ends{".local", ".localdomain", ".localhost", ".lan",      ".internal",
                                                 ".home",  ".corp",        ".private",   ".home.arpa"};
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return host.ends_with(end); });
}

bool is_private_ip(std::string_view ip) {
  if (ip.starts_with('[')) ip.remove_prefix(1);
  if (ip.ends_with(']')) ip.remove_suffix(1);
  const std::string lowered = lower_ascii(ip);
  ip = lowered;
  if (ip.starts_with("ipv6:")) ip.remove_prefix(5);
  if (ip.starts_with("::ffff:")) ip.remove_prefix(7);
  if (ip.find(':') != std::string_view::npos)
    return ip == "::1" || ip.starts_with("fe8") || ip.starts_with("fe9") || ip.starts_with("fea") ||
           ip.starts_with("feb") || ip.starts_with("fc") || ip.starts_with("fd");
  unsigned first = 0, second = 0;
  const auto head = std::from_chars(ip.data(), ip.data() + ip.size(), first);
  if (head.ec != std::errc() || head.ptr == ip.data() + ip.size() || *head.ptr != '.') return false;
  std::from_chars(head.ptr + 1, ip.data() + ip.size(), second);
  return first == 10 || first == 127 || (first == 172 && second >= 16 && second <= 31) ||
         (first == 192 && second == 168) || (first == 169 && second == 254) ||
         (first == 100 && second >= 64 && second <= 127);
}

Receipt read_receipt(const Message& message, const knowledge::Snapshot& knowledge, std::string_view from_host,
                     std::string_view from_domain) {
  Receipt receipt;
  Trust& trust = receipt.trust;
  const auto is_written = [](const AuthResults& header) { return !header.arc; };
  const bool any = std::any_of(message.auth_results.begin(), message.auth_results.end(), is_written);

  if (message.received.empty()) {
    // People export such mail. What the receiver wrote stands above everything that came with the message.
    std::size_t top = 0;
    while (top < message.headers.size() && is_delivery_header(message.headers[top].name)) ++top;
    for (const AuthResults& header : message.auth_results) {
      if (header.arc) continue;
      if (header.header_index < top)
        believe(header, from_host, from_domain, trust);
      else
        trust.foreign_header = true;
    }
    return receipt;
  }

  // Where the Received headers stand, to compare with where the results stand.
  std::vector<std::size_t> positions;
  for (std::size_t i = 0; i < message.headers.size() && positions.size() < message.received.size(); ++i)
    if (same_word(message.headers[i].name, "Received")) positions.push_back(i);

  std::size_t top = 0;  // skips "by localhost" and the like, while it only passed inside one machine or site
  while (top + 1 < message.received.size() && is_local_name(message.received[top].by) &&
         came_from_nearby(message.received[top]))
    ++top;
  const Receiver receiver(knowledge, lower_ascii(message.received[top].by));
  std::size_t border = top;
  while (is_inside(message.received[border], receiver)) {
    if (border + 1 >= message.received.size()) break;
    const Hop& next = message.received[border + 1];
    if (!receiver.owns(next.by) && !is_local_name(next.by) && !is_private_ip(next.by)) break;
    ++border;
  }
  if (!is_inside(message.received[border], receiver)) receipt.border_hop = border;
  if (!any) return receipt;

  std::size_t end = border < positions.size() ? positions[border] : 0;
  if (receiver.writes_below()) end = border + 1 < positions.size() ? positions[border + 1] : message.headers.size();
  // Filters behind Postfix and Sendmail write right below the Received of the machine that runs them, and RFC 8601 5
  // has that machine take away what came in under its own name: so there the name must be that machine's own, letter by
  // letter, and nothing but trace headers may stand between. A machine that does not clean up can be fooled here; it is
  // said in SECURITY.md.
  const auto right_below = [&](const AuthResults& header) {
    if (border >= positions.size() || !same_word(header.authserv_id, message.received[border].by)) return false;
    if (header.header_index <= positions[border]) return false;
    // A forged way in repeats the receiver's name further down.
    for (std::size_t hop = border + 1; hop < message.received.size(); ++hop)
      if (receiver.owns(message.received[hop].by)) return false;
    for (std::size_t i = positions[border] + 1; i < header.header_index; ++i)
      if (!is_delivery_header(message.headers[i].name)) return false;
    return true;
  };
  // The receiver writes its results at one stop. Below the next Received after them only an impostor would go on.
  std::optional<std::ptrdiff_t> stop;
  for (const AuthResults& header : message.auth_results) {
    if (header.arc) continue;
    const std::ptrdiff_t hops_above =
        std::lower_bound(positions.begin(), positions.end(), header.header_index) - positions.begin();
    const bool named = header.authserv_id.empty() ? receiver.writes_no_name() : receiver.owns(header.authserv_id);
    if (((header.header_index < end && named) || right_below(header)) && (!stop || *stop == hops_above)) {
      stop = hops_above;
      believe(header, from_host, from_domain, trust);
    } else {
      trust.foreign_header = true;
    }
  }
  return receipt;
}

}  // namespace sekisho::facts
