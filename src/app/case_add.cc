// sekisho case add: evidence, and what other commands said, into a case.
#include <algorithm>
#include <array>
#include <cstdio>

#include "app/case.h"
#include "app/json.h"

namespace sekisho::app {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 8> evidence_kinds{"mail", "screenshot", "pdf",       "slip",
                                                         "chat", "letter",     "recording", "other"};

/// What a file most likely is, by its ending; who knows better says --as.
std::string kind_by_name(const std::string& name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 16> endings{{{".eml", "mail"},
                                                                                   {".mbox", "mail"},
                                                                                   {".msg", "mail"},
                                                                                   {".png", "screenshot"},
                                                                                   {".jpg", "screenshot"},
                                                                                   {".jpeg", "screenshot"},
                                                                                   {".heic", "screenshot"},
                                                                                   {".webp", "screenshot"},
                                                                                   {".gif", "screenshot"},
                                                                                   {".pdf", "pdf"},
                                                                                   {".txt", "chat"},
                                                                                   {".json", "chat"},
                                                                                   {".mp3", "recording"},
                                                                                   {".m4a", "recording"},
                                                                                   {".wav", "recording"},
                                                                                   {".amr", "recording"}}};
  std::string low = name;
  std::transform(low.begin(), low.end(), low.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  for (const auto& [ending, kind] : endings)
    if (low.ends_with(ending)) return std::string(kind);
  return "other";
}

struct File {
  std::string path;
  vault::Entry entry;
  vault::Source source;
};

/// All are opened before the passphrase is asked: a name typed wrong is said first, and nothing is half added.
Result<std::vector<File>> files_of(const CaseRun& run) {
  std::vector<File> out;
  for (const std::string& path : run.words) {
    auto source = source_of(path);
    if (!source) return tl::unexpected(source.error());
    auto entry = new_entry(run, vault::Kind::item);
    if (!entry) return tl::unexpected(entry.error());
    const std::string name = path == "-" ? "standard-input" : one_line(fs::path(path).filename().string());
    entry->about = run.options.as.empty() ? kind_by_name(name) : run.options.as;
    entry->text = one_line(run.options.note);
    entry->item = vault::Item{{}, 0, name.empty() ? "item" : name};
    out.push_back({path, std::move(*entry), std::move(*source)});
  }
  return out;
}

std::string json_of(const vault::Vault::Added& added) {
  return to_json({{"schema", "sekisho.case.added/1"},
                  {"entry", added.entry.number},
                  {"sha256", added.entry.item ? added.entry.item->sha256 : ""},
                  {"bytes", added.entry.item ? added.entry.item->bytes : 0},
                  {"name", added.entry.item ? added.entry.item->name : ""},
                  {"duplicate", added.duplicate}}) +
         '\n';
}

}  // namespace

std::string added_line(const CaseRun& run, const vault::Vault::Added& added) {
  if (run.json) return json_of(added);
  const std::string number = std::to_string(added.entry.number);
  const std::string name = added.entry.item ? shown(added.entry.item->name) : std::string();
  if (added.duplicate) return run.say("duplicate", {{"entry", number}, {"name", name}}) + '\n';
  return run.say("added", {{"entry", number},
                           {"name", name},
                           {"digest", added.entry.item ? added.entry.item->sha256.substr(0, 16) : ""}}) +
         '\n';
}

Result<std::string> bring(const CaseRun& run, vault::Vault& vault, const std::vector<Brought>& all) {
  std::string out;
  for (const Brought& one : all) {
    if (!one.entry.item) {
      const auto added = vault.add({one.entry});
      if (!added) return tl::unexpected(added.error());
      out += added_line(run, {added->front(), false});
      continue;
    }
    std::size_t at = 0;
    const auto added = vault.add_item(one.entry, [&](char* to, std::size_t room) -> Result<std::size_t> {
      const std::size_t count = one.bytes.copy(to, room, at);
      at += count;
      return count;
    });
    if (!added) return tl::unexpected(added.error());
    out += added_line(run, *added);
  }
  return out;
}

int case_add(const CaseRun& run) {
  if (!run.options.as.empty() &&
      std::find(evidence_kinds.begin(), evidence_kinds.end(), run.options.as) == evidence_kinds.end())
    return complain(run, wrong(run, "as_evidence", {{"value", shown(run.options.as)}}));
  auto files = files_of(run);
  if (!files) return complain(run, files.error());
  const auto brought = brought_from(run);
  if (!brought) return complain(run, brought.error());
  if (files->empty() && brought->empty()) return complain(run, wrong(run, "nothing_to_add"));
  auto vault = open_case(run, vault::Access::write);
  if (!vault) return complain(run, vault.error());
  // Each line is printed when its file is on the disk, not before.
  for (File& file : *files) {
    const auto added = vault->add_item(std::move(file.entry), file.source);
    if (!added) return complain(run, added.error());
    if (const int code = print(run, added_line(run, *added)); code != 0) return code;
  }
  const auto more = bring(run, *vault, *brought);
  if (!more) return complain(run, more.error());
  return print(run, run.json ? *more : *more + '\n' + run.say("next.add") + '\n');
}

}  // namespace sekisho::app
