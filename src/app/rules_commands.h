// The ways of `sekisho rules`, one file each; rules.cc chooses among them. Each returns the exit code of the program.
#pragma once

#include <string>
#include <vector>

#include "app/commands.h"
#include "app/scan_report.h"
#include "rules/dialect.h"
#include "rules/list.h"

namespace sekisho::app {

/// A place by the name of --carrier, or `otherwise`; an unknown name is complained about, with the nearest.
Result<const rules::Dialect*> place_of(const RulesOptions& options, const rules::Dialects& dialects,
                                       std::string_view otherwise);

/// A scan report in a file, or on standard input for "-".
Result<ScanReport> report_from(const std::string& path);

/// What --format asks for.
enum class RulesFormat : std::uint8_t { text, json, sieve, postfix, postfix_access, gmail, generic };
Result<RulesFormat> rules_format(const Session& session);

int run_rules_from(const Session& session, const rules::Dialects& dialects);
int run_rules_list(const Session& session, const rules::Dialects& dialects);

/// The list kept by hand: --list, else rules.txt in the state folder.
Result<std::string> list_path(const Session& session);

/// A list in a format that is neither text nor JSON; rules that it cannot say are named on standard error.
int print_export(const Session& session, const rules::RuleList& list, RulesFormat format);

}  // namespace sekisho::app
