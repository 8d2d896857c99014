#include "app/case_people.h"

#include <algorithm>

#include "vault/cases.h"

namespace sekisho::app {

Result<TheirCases> cases_of_person(const CaseRun& run) {
  const std::string person = one_line(run.options.person);
  const auto all = vault::list_cases(run.cases);
  if (!all) return tl::unexpected(all.error());
  auto passphrase = ask_passphrase(run, "ask_passphrase");
  if (!passphrase) return tl::unexpected(passphrase.error());
  TheirCases out{{}, 0, std::move(*passphrase)};
  for (const vault::CaseOnDisk& one : *all) {
    const std::filesystem::path folder = run.cases / one.id;
    const auto vault =
        vault::Vault::open(vault::real_files(), folder, out.passphrase, vault::Access::read, vault::IfBusy::wait);
    if (!vault) {
      ++out.closed;
      continue;
    }
    const auto& entries = vault->content().entries;
    if (std::any_of(entries.begin(), entries.end(), [&](const vault::Entry& entry) {
          return entry.kind == vault::Kind::detail && entry.about == "person" && entry.text == person;
        }))
      out.folders.push_back(folder);
  }
  if (out.folders.empty()) return tl::unexpected(wrong(run, "nobody", {{"closed", std::to_string(out.closed)}}));
  return out;
}

std::string not_looked_at(const CaseRun& run, const TheirCases& theirs) {
  return theirs.closed == 0 ? std::string() : run.say("closed_cases", {{"n", std::to_string(theirs.closed)}}) + '\n';
}

}  // namespace sekisho::app
