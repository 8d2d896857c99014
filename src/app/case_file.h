// A case as it was kept → what a case file says (casefile/case_file.h). Called by `case export`; one file each for what
// the log says, the mails, the scan and the plan. What an item holds that cannot be read is left out, never guessed.
#pragma once

#include <optional>
#include <string>

#include "app/case.h"
#include "casefile/case_file.h"

namespace sekisho::app {

/// Error bad_data when an item was changed: a case file is not made of a case that is not as it was left.
Result<casefile::CaseFile> case_file_of(const CaseRun& run, const vault::Vault& vault);

/// A day or an RFC 3339 time of an entry, or of a scan; nullopt when it is neither. A day is its noon in the zone.
std::optional<casefile::Moment> moment(std::string_view text, std::int32_t zone_minutes);

/// The bytes of an item; nullopt when it is larger than `most`.
Result<std::optional<std::string>> item_of(const vault::Vault& vault, const vault::Entry& entry, std::size_t most);

/// What a mail of the case says of itself, and what its judgement is.
void add_mail(const CaseRun& run, const std::string& bytes, casefile::Evidence& evidence);
/// Campaigns and exposure of a scan's JSON.
void add_scan(const CaseRun& run, const std::string& json, casefile::CaseFile& file);
/// Situations, steps with their ticks, desks and warnings of a plan.
void add_plan(const CaseRun& run, const vault::Vault& vault, casefile::CaseFile& file);

}  // namespace sekisho::app
