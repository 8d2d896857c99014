// A list in the languages of the tools that filter mail: Sieve (RFC 5228), Postfix tables, Gmail's filter file. What a
// format cannot say is left out and named; what is written means the same as rules/decide.h says, message by message
// (tests/rules/ and tests/scripts/test_exports.py ask the tools themselves). Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/list.h"

namespace sekisho::rules {

struct Exported {
  std::string text;
  std::vector<std::size_t> left_out;  ///< rules that the format cannot express, by index
};

/// Refused mail is put into `folder`, so that nothing is lost. Needs the extensions fileinto and, for links,
/// body and regex.
Exported to_sieve(const RuleList& list, std::string_view folder);

/// For smtpd_sender_access: exact, domain and suffixes held by '@' or '.'. It sees the envelope sender.
Exported to_postfix_access(const RuleList& list);

/// For header_checks with type regexp: all rules about senders; it sees the From line as written. A reject wins or an
/// allow by the order of the lines: the allow rules come first.
Exported to_postfix_header_checks(const RuleList& list);

/// Gmail's filter file: the mail skips the inbox and gets `label`; nothing is deleted. Exact, domain, and suffixes held
/// by '@'.
Exported to_gmail(const RuleList& list, std::string_view label);

}  // namespace sekisho::rules
