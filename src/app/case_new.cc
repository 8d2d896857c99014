// sekisho case new: opens a case; sekisho case keep: until when it is kept.
#include <cstdio>

#include "app/case.h"
#include "app/json.h"
#include "vault/cases.h"

namespace sekisho::app {
namespace {

namespace fs = std::filesystem;

Result<void> make_folder(const fs::path& cases) {
  std::error_code error;
  if (fs::is_directory(cases, error)) return {};
  fs::create_directories(cases, error);
  if (error) {
    errno = error.value();
    return tl::unexpected(vault::write_error(cases));
  }
  fs::permissions(cases, fs::perms::owner_all, error);
  return {};
}

Result<std::vector<vault::Entry>> first_entries(const CaseRun& run) {
  std::vector<vault::Entry> out;
  const auto add = [&](const char* field, const std::string& value) -> Result<void> {
    if (value.empty()) return {};
    auto entry = new_entry(run, vault::Kind::detail);
    if (!entry) return tl::unexpected(entry.error());
    entry->about = field;
    entry->text = one_line(value);
    out.push_back(std::move(*entry));
    return {};
  };
  if (auto ok = add("title", run.options.title); !ok) return tl::unexpected(ok.error());
  if (auto ok = add("person", run.options.person); !ok) return tl::unexpected(ok.error());
  return out;
}

bool keepable(const std::string& day) { return day == "none" || vault::is_day(day); }

}  // namespace

int case_new(const CaseRun& run) {
  if (!run.words.empty()) return complain(run, wrong(run, "too_many", {{"word", shown(run.words.front())}}));
  vault::NewCase wanted;
  wanted.time = time_now();
  wanted.opened = wanted.time.substr(0, 10);
  wanted.id = run.options.id.empty() ? vault::new_case_id(wanted.opened) : run.options.id;
  if (!vault::is_case_id(wanted.id)) return complain(run, wrong(run, "id", {{"id", shown(wanted.id)}}));
  if (!run.options.keep_until.empty()) wanted.keep_until = run.options.keep_until;
  if (!keepable(wanted.keep_until)) return complain(run, wrong(run, "day", {{"value", shown(wanted.keep_until)}}));
  const auto author = new_entry(run, vault::Kind::note);
  if (!author) return complain(run, author.error());
  wanted.author = author->author;
  auto first = first_entries(run);
  if (!first) return complain(run, first.error());
  const auto brought = brought_from(run);  // before the passphrase: a wrong file is said first
  if (!brought) return complain(run, brought.error());
  if (auto ok = make_folder(run.cases); !ok) return complain(run, ok.error());
  vault::finish_erasing(vault::real_files(), run.cases);
  const auto passphrase = ask_new_passphrase(run);
  if (!passphrase) return complain(run, passphrase.error());
  if (auto ok = vault::Vault::create(vault::real_files(), run.cases, wanted, *passphrase, std::move(*first)); !ok)
    return complain(run, ok.error());
  std::string out = run.say("opened", {{"id", wanted.id}}) + '\n';
  if (!brought->empty()) {
    auto vault = vault::Vault::open(vault::real_files(), run.cases / wanted.id, *passphrase, vault::Access::write,
                                    vault::IfBusy::wait);
    if (!vault) return complain(run, vault.error());
    const auto added = bring(run, *vault, *brought);
    if (!added) return complain(run, added.error());
    out += *added;
  }
  if (run.json) return print(run, to_json({{"schema", "sekisho.case.new/1"}, {"id", wanted.id}}) + '\n');
  return print(run, out + '\n' + run.say("next.new", {{"id", wanted.id}}) + '\n');
}

int case_keep(const CaseRun& run) {
  const std::string day = run.words.empty() ? run.options.keep_until : run.words.front();
  if (!keepable(day)) return complain(run, wrong(run, "day", {{"value", shown(day)}}));
  auto vault = open_case(run, vault::Access::write);
  if (!vault) return complain(run, vault.error());
  auto entry = new_entry(run, vault::Kind::keep_until);
  if (!entry) return complain(run, entry.error());
  if (auto ok = vault->keep_until(std::move(*entry), day); !ok) return complain(run, ok.error());
  return print(run, run.say(day == "none" ? "kept_forever" : "kept_until", {{"day", day}}) + '\n');
}

}  // namespace sekisho::app
