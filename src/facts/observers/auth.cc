// What the receiver's own server found out about the sender. Nothing here is said on the word of anybody else.
/// fact auth.trusted: a believable Authentication-Results of the receiver stands in the mail
/// fact auth.unknown: no believable result; this never means fail
/// fact auth.spf_pass: SPF passed; value: the domain it passed for
/// fact auth.spf_fail: SPF failed; value: the domain it was tried for
/// fact auth.spf_softfail: SPF ended in softfail; value: the domain it was tried for
/// fact auth.dkim_pass: a DKIM signature passed; value: the signing domain
/// fact auth.dkim_fail: a DKIM signature stands in the mail and does not fit; value: the signing domain
/// fact auth.dkim_none: the mail carries no DKIM signature
/// fact auth.dkim_other_domain: the only DKIM signature that passes is another organisation's, no known mail platform;
///   value: its domain
/// fact auth.dmarc_fail: DMARC failed for the From
/// fact auth.dmarc_pass: DMARC passed for the From
/// fact auth.dmarc_none: the From's domain publishes no DMARC policy
/// fact auth.aligned: DKIM or SPF passed for the From's own organisation
/// fact auth.passes_for_other_domain: SPF or DKIM passed, but only for another organisation than the From's; value:
///   that domain
/// fact auth.foreign_header: an Authentication-Results written by somebody else than the receiver
#include "facts/lists.h"
#include "facts/tools.h"

namespace sekisho::facts {

void observe_auth(const Scene& scene, Notes& notes) {
  const Trust& trust = scene.trust;
  if (trust.foreign_header) notes.add(FactId::auth_foreign_header);
  if (!trust.trusted) {
    notes.add(FactId::auth_unknown);
    return;
  }
  const Place from = whole_part(scene, ReadableKind::header_from);
  notes.add(FactId::auth_trusted);
  switch (trust.spf) {
    case Auth::pass:
      notes.add(FactId::auth_spf_pass, {}, trust.spf_domain);
      break;
    case Auth::fail:
      notes.add(FactId::auth_spf_fail, from, trust.spf_domain);
      break;
    case Auth::softfail:
      notes.add(FactId::auth_spf_softfail, from, trust.spf_domain);
      break;
    case Auth::none:
    case Auth::neutral:
    case Auth::unknown:
      break;
  }
  switch (trust.dkim) {
    case Auth::pass:
      notes.add(FactId::auth_dkim_pass, {}, trust.dkim_domain);
      if (!trust.dkim_aligned && !scene.knowledge.in_list(lists::mail_platforms, trust.dkim_domain))
        notes.add(FactId::auth_dkim_other_domain, from, organisation(trust.dkim_domain));
      break;
    case Auth::fail:
      notes.add(FactId::auth_dkim_fail, from, trust.dkim_domain);
      break;
    case Auth::none:
      notes.add(FactId::auth_dkim_none, from);
      break;
    case Auth::softfail:
    case Auth::neutral:
    case Auth::unknown:
      break;
  }
  switch (trust.dmarc) {
    case Auth::pass:
      notes.add(FactId::auth_dmarc_pass, from);
      break;
    case Auth::fail:
      notes.add(FactId::auth_dmarc_fail, from);
      break;
    case Auth::none:
      notes.add(FactId::auth_dmarc_none);
      break;
    case Auth::softfail:
    case Auth::neutral:
    case Auth::unknown:
      break;
  }
  const bool aligned = trust.dkim_aligned || trust.spf_aligned;
  if (aligned) notes.add(FactId::auth_aligned, from, scene.from_domain);
  if (!aligned && trust.dmarc != Auth::pass && !scene.from_domain.empty()) {
    const std::string& passed = trust.dkim == Auth::pass  ? trust.dkim_domain
                                : trust.spf == Auth::pass ? trust.spf_domain
                                                          : std::string();
    if (!passed.empty()) notes.add(FactId::auth_passes_for_other_domain, from, organisation(passed));
  }
}

}  // namespace sekisho::facts
