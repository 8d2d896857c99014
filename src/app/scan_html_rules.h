// The part of the report page that stops the mail: for each place where rules are typed its entries to copy one by one,
// where to tap, the proof in words, and what changes. Called by scan_html.cc. Pure.
#pragma once

#include <string>
#include <vector>

#include "app/scan_page.h"
#include "rules/dialect.h"
#include "rules/mine.h"

namespace sekisho::app {

/// What can be done at each place; places that behave alike share one proposal.
class PlaceRules {
 public:
  PlaceRules(const campaign::MailboxReport& report, const ScanPage& page, rules::Dialects dialects);

  const std::vector<rules::Dialect>& places() const { return dialects_.all(); }
  const rules::Proposals& at(std::size_t place) const { return proposals_[which_[place]]; }
  /// The place where most is stopped, with the fewest entries among those.
  const rules::Proposals& best() const;

 private:
  rules::Dialects dialects_;
  std::vector<rules::Proposals> proposals_;
  std::vector<std::size_t> which_;
};

/// <section id="stop">…</section>
std::string rules_section(const PlaceRules& places, const ScanPage& page);

}  // namespace sekisho::app
