// A mailbox and what a scan says of it → rules::Evidence. Reads the mailbox once for the senders, and once more, whole,
// only when rules on content are asked for.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "app/commands.h"
#include "app/mail_traits.h"
#include "app/scan_report.h"
#include "engine/scan.h"
#include "rules/content.h"
#include "rules/evidence.h"

namespace sekisho::app {

struct Gathered {
  rules::Evidence evidence;
  std::uint64_t messages = 0;
  /// Messages that the scan could not place, from domains that write almost nothing but campaign mail: not counted as
  /// wanted, and said so.
  std::uint64_t doubtful = 0;
};

/// Calls `on_mail` with every message, in order; shows how far it is on a terminal, and complains of what cannot be
/// read. How many messages there were.
using OnMail = std::function<void(const MessagePlace& place, MailTraits&& mail)>;
std::uint64_t each_mail(const Session& session, const std::vector<std::string>& paths, HowMuch how_much,
                        const OnMail& on_mail);

/// The senders of a scan that has just been made, as they stand in its report.
rules::Evidence evidence_of(const campaign::MailboxReport& report);
/// A scan that has just been made, as if it had been printed and read again: messages by their number.
ScanReport report_of(const engine::Scanned& scanned);

/// Unreadable inputs are complained about on standard error; error unreadable when there is no message at all.
Result<Gathered> gather(const Session& session, const std::vector<std::string>& paths, const ScanReport& report,
                        std::span<const std::string> keep);

/// `spared`: the allow entries that go with rules on content (rules/spare.h).
rules::TraitEvidence gather_traits(const Session& session, const std::vector<std::string>& paths,
                                   const ScanReport& report, const rules::Evidence& evidence,
                                   const rules::Ground& ground, const std::vector<rules::Entry>& spared);

/// --keep: addresses and domains, and files that hold one a line.
Result<std::vector<std::string>> kept_senders(const std::vector<std::string>& keep);

}  // namespace sekisho::app
