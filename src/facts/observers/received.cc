// How the message came in: the hop at which the receiver took it from outside (Scene::border_hop).
/// fact received.none: a mail without any Received header
/// fact received.no_rdns: the receiver found no name for the address that handed the mail in; value: that IP address
/// fact received.helo_mismatch: the machine that handed the mail in called itself by another organisation than its
///   looked-up name; value: what it called itself
/// fact received.helo_is_ip_or_local: the machine that handed the mail in called itself by an IP address or a name that
///   no machine on the net has; value: what it called itself
/// fact received.date_skew: the Date header and the receiver's clock differ by an hour or more; number: hours, positive
///   when Date is earlier
/// fact received.private_origin: the first written hop came from a private or loopback address
/// fact received.hops: number: how many Received headers the mail has
/// fact received.own_machine: the machine that handed the mail in belongs to the From's organisation by its looked-up
///   name; value: that organisation's domain
#include <cmath>

#include "facts/auth_trust.h"
#include "facts/lists.h"
#include "facts/tools.h"

namespace sekisho::facts {
namespace {

constexpr double seconds_per_hour = 3600;

bool is_ip_literal(const std::string& helo) {
  return !helo.empty() && (helo.front() == '[' || helo.find(':') != std::string::npos ||
                           (is_digit(helo.back()) && helo.find('.') != std::string::npos));
}

void observe_border(const Scene& scene, Notes& notes, const message::Hop& hop) {
  const Place from = whole_part(scene, ReadableKind::header_from);
  if (hop.rdns_known && hop.from_rdns.empty()) notes.add(FactId::received_no_rdns, from, hop.from_ip);
  if (!hop.from_rdns.empty() && organisation(hop.from_rdns) == scene.from_domain)
    notes.add(FactId::received_own_machine, {}, scene.from_domain);
  if (hop.from_helo.empty()) return;
  const std::string helo = lower_ascii(hop.from_helo);
  if (is_ip_literal(helo) || is_local_name(helo))
    notes.add(FactId::received_helo_is_ip_or_local, from, helo);
  else if (!hop.from_rdns.empty() && organisation(helo) != organisation(hop.from_rdns))
    notes.add(FactId::received_helo_mismatch, from, helo);
}

}  // namespace

void observe_received(const Scene& scene, Notes& notes) {
  const auto& hops = scene.message.received;
  if (scene.message.input != message::InputKind::mail) return;
  if (hops.empty()) {
    notes.add(FactId::received_none);
    return;
  }
  notes.add(FactId::received_hops, {}, {}, static_cast<double>(hops.size()));
  if (scene.border_hop) observe_border(scene, notes, hops[*scene.border_hop]);
  if (hops.size() > 1 && !hops.back().from_ip.empty() && is_private_ip(hops.back().from_ip))
    notes.add(FactId::received_private_origin);
  const message::Hop& clock = hops[scene.border_hop.value_or(0)];
  if (!scene.message.date || !clock.time) return;
  const double hours = static_cast<double>(*clock.time - *scene.message.date) / seconds_per_hour;
  if (std::abs(hours) >= 1)
    notes.add(FactId::received_date_skew, whole_part(scene, ReadableKind::header_date), {}, hours);
}

}  // namespace sekisho::facts
