// What the files of `sekisho case` share: which case is meant, opening it, what an entry starts from. One thread;
// everything lives as long as run_case. Nothing of a case is printed without for_terminal().
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/commands.h"
#include "vault/vault.h"

namespace sekisho::app {

struct CaseRun {
  const Session& session;
  const CaseOptions& options;
  std::filesystem::path cases;     ///< where cases lie
  std::vector<std::string> words;  ///< after the action, and after the case where it was named there
  std::string case_id;             ///< as named; empty: the only one
  bool json = false;

  const Voice& voice() const { return session.voice; }
  std::string say(std::string_view key) const { return voice().say("case." + std::string(key)); }
  std::string say(std::string_view key, std::initializer_list<std::pair<std::string_view, std::string>> values) const;
};

/// Prints and gives the exit code.
int complain(const CaseRun& run, const Error& error);
int print(const CaseRun& run, const std::string& out);
/// A person's line, safe for a terminal.
std::string shown(std::string_view text);

/// Error usage of this command: "case.<id>" in knowledge/words_case.yaml under "wrong".
Error wrong(const CaseRun& run, std::string_view key,
            std::initializer_list<std::pair<std::string_view, std::string>> values = {});

/// The folder of the case that is meant.
Result<std::filesystem::path> folder_of(const CaseRun& run);
/// Asks for the passphrase and opens it. Says on standard error when it waits for another writer.
Result<vault::Vault> open_case(const CaseRun& run, vault::Access access);
/// The passphrase from --passphrase-file, --passphrase-fd or the terminal, once in a run.
Result<vault::Passphrase> ask_passphrase(const CaseRun& run, std::string_view prompt_key);
/// The same for a new one: says what is lost with it and how strong it is; on a terminal it is asked twice.
Result<vault::Passphrase> ask_new_passphrase(const CaseRun& run);

/// "2026-11-23T18:05:00+09:00" of this machine's clock and zone; the first ten letters are the day.
std::string time_now();
/// A day, or a day and a time, as an entry keeps it; error usage when it is neither.
Result<std::string> moment_of(const CaseRun& run, const std::string& typed);
/// An entry by --author (else the account's name), now, with --when.
Result<vault::Entry> new_entry(const CaseRun& run, vault::Kind kind);
/// One line of at most limits::case_value_bytes: line breaks become blanks, ill-formed UTF-8 U+FFFD.
std::string one_line(std::string_view text);

/// Reads a file in pieces; error unreadable. "-" is standard input.
Result<vault::Source> source_of(const std::string& path);

/// The parts of a plan, a judgement, a scan and drafts that go into a case, from the options' files.
struct Brought {
  vault::Entry entry;
  std::string bytes;  ///< of its item; empty when it has none
};
Result<std::vector<Brought>> brought_from(const CaseRun& run);
/// Adds them and tells what was added.
Result<std::string> bring(const CaseRun& run, vault::Vault& vault, const std::vector<Brought>& all);

/// One line of an entry, for lists: number, time, kind, words.
std::string line_of(const CaseRun& run, const vault::Entry& entry);
std::string added_line(const CaseRun& run, const vault::Vault::Added& added);

int case_new(const CaseRun& run);
int case_add(const CaseRun& run);
int case_note(const CaseRun& run);
int case_log(const CaseRun& run);
int case_list(const CaseRun& run);
int case_show(const CaseRun& run);
int case_verify(const CaseRun& run);
int case_receipt(const CaseRun& run);
int case_stamp(const CaseRun& run);
int case_keep(const CaseRun& run);
int case_export(const CaseRun& run);
int case_erase(const CaseRun& run);
int case_passphrase(const CaseRun& run);

}  // namespace sekisho::app
