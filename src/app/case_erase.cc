// sekisho case erase: one entry's bytes, a case, or all cases of one person.
#include <charconv>
#include <cstdio>

#include <unistd.h>

#include "app/case.h"
#include "app/case_people.h"
#include "vault/cases.h"

namespace sekisho::app {
namespace {

/// --yes, or the id typed at a terminal: erasing is the one thing that cannot be undone.
bool is_meant(const CaseRun& run, const std::string& id) {
  if (run.options.yes) return true;
  if (::isatty(STDIN_FILENO) != 1) return false;
  std::fputs((run.say("erase.ask", {{"id", id}}) + ": ").c_str(), stderr);
  std::string typed;
  for (int c = std::getchar(); c != EOF && c != '\n' && typed.size() <= id.size(); c = std::getchar())
    typed += static_cast<char>(c);
  return typed == id;
}

int erase_entry(const CaseRun& run) {
  std::uint64_t number = 0;
  const std::string& typed = run.options.entry;
  const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
  if (error != std::errc() || end != typed.data() + typed.size())
    return complain(run, wrong(run, "number", {{"value", shown(typed)}}));
  if (!is_meant(run, typed)) return complain(run, wrong(run, "not_meant"));
  auto vault = open_case(run, vault::Access::write);
  if (!vault) return complain(run, vault.error());
  auto entry = new_entry(run, vault::Kind::erased);
  if (!entry) return complain(run, entry.error());
  entry->text = one_line(run.options.note);
  if (auto ok = vault->erase_item(std::move(*entry), number); !ok) return complain(run, ok.error());
  return print(run, run.say("erase.entry_done", {{"entry", typed}}) + '\n');
}

int erase_person(const CaseRun& run) {
  const auto theirs = cases_of_person(run);
  if (!theirs) return complain(run, theirs.error());
  std::string out;
  for (const auto& folder : theirs->folders) {
    const std::string id = folder.filename().string();
    if (!is_meant(run, id)) return complain(run, wrong(run, "not_meant"));
    if (auto ok = vault::erase_case(vault::real_files(), folder); !ok) return complain(run, ok.error());
    out += run.say("erase.done", {{"id", id}}) + '\n';
  }
  return print(run, out + not_looked_at(run, *theirs) + run.say("erase.elsewhere") + '\n');
}

}  // namespace

int case_erase(const CaseRun& run) {
  if (!run.options.entry.empty()) return erase_entry(run);
  if (!run.options.person.empty()) return erase_person(run);
  if (!run.words.empty()) return complain(run, wrong(run, "too_many", {{"word", shown(run.words.front())}}));
  // A case is never erased because it happens to be the only one.
  if (run.case_id.empty()) return complain(run, wrong(run, "erase_which"));
  const auto folder = folder_of(run);
  if (!folder) return complain(run, folder.error());
  const std::string id = folder->filename().string();
  if (!is_meant(run, id)) return complain(run, wrong(run, "not_meant"));
  if (auto ok = vault::erase_case(vault::real_files(), *folder); !ok) return complain(run, ok.error());
  return print(run, run.say("erase.done", {{"id", id}}) + '\n' + run.say("erase.elsewhere") + '\n');
}

}  // namespace sekisho::app
