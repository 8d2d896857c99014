// Sentences about a scan that the text and the page share. Pure.
#pragma once

#include <string>
#include <vector>

#include "app/scan_page.h"

namespace sekisho::app {

/// The first line: how much was read and what was found.
std::string headline(const engine::Scanned& scanned, const ScanPage& page);
/// "about every 20 minutes, as regular as a machine, quiet from 2:00 to 5:00"; "" when there are too few mails.
std::string rhythm_words(const campaign::Rhythm& rhythm, const ScanPage& page);
/// "3 lead to the same site, example.test". What comes from a mail is as it stands: clean or escape the result.
std::string common_words(const campaign::Common& common, const ScanPage& page);
/// The name of a way of scamming (knowledge/kinds.yaml), "" when unknown.
std::string name_of_kind(const std::string& kind, const ScanPage& page);
/// That of most of a campaign's messages.
std::string kind_words(const campaign::Campaign& campaign, const ScanPage& page);
/// Whether the lure asked for name, address or phone, and the campaign shows them.
bool asked_for_what_they_hold(const campaign::Campaign& campaign);
/// "2 files are no mail and were passed over: a.jpg, b.png". Cleaned for a terminal.
std::string passed_over_words(const engine::Scanned& scanned, const ScanPage& page);
/// What is to be said about items that were not found, or could not be looked for.
std::vector<std::string> exposure_notes(const engine::Scanned& scanned, const ScanPage& page);
/// What to do next.
std::vector<std::string> next_steps(const engine::Scanned& scanned, const ScanPage& page);
/// "a, b, c, 7 more".
std::string few(const std::vector<std::string>& values, std::size_t shown, const ScanPage& page);

}  // namespace sekisho::app
