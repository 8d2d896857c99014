// The cases of one person, for exporting and erasing everything about them: names lie sealed in the cases, so each case
// that the passphrase opens is opened and asked.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/case.h"

namespace sekisho::app {

struct TheirCases {
  std::vector<std::filesystem::path> folders;
  std::size_t closed = 0;  ///< cases that the passphrase does not open: nobody can say whose they are
  vault::Passphrase passphrase;
};

/// Those with --person as one of its names. Error usage when there is none.
Result<TheirCases> cases_of_person(const CaseRun& run);

/// The sentence about `closed`, with a line feed; empty when all were looked at.
std::string not_looked_at(const CaseRun& run, const TheirCases& theirs);

}  // namespace sekisho::app
