// sekisho case export: a case as plain files, as a folder or a zip, that anybody can check without us.
#include <cstdio>
#include <ctime>

#include <fmt/format.h>

#include "app/case.h"
#include "app/case_file.h"
#include "app/case_people.h"
#include "casefile/to_paper.h"
#include "engine/render_pdf.h"
#include "vault/cases.h"
#include "vault/export.h"
#include "vault/receipt.h"

namespace sekisho::app {
namespace {

namespace fs = std::filesystem;

/// How to check it, in both languages: who opens it need not speak ours.
std::string how_to_verify(const CaseRun& run, const vault::Vault& vault) {
  const vault::Case& content = vault.content();
  const std::string pem = vault::public_key_pem(vault.keys().public_key());
  std::string stamps;
  for (const vault::Entry& entry : content.entries)
    if (entry.kind == vault::Kind::stamp && !content.is_erased(entry.number)) {
      std::size_t covers = 0;
      std::sscanf(entry.about.c_str(), "%zu", &covers);
      if (covers >= 1 && covers <= vault.digests().size())
        stamps += fmt::format("  openssl ts -verify -in {} -digest {} -CAfile CA.pem\n", vault::export_name(entry),
                              vault.digests()[covers - 1]);
    }
  std::string out;
  for (const char* lang : {"ja", "en"}) {
    const Voice voice(run.session.engine.knowledge(), lang);
    out += voice.say("case.verify_txt", {{"id", content.id},
                                         {"receipt", vault::write_receipt(content.entries.size(), content.digest)},
                                         {"digest", content.digest},
                                         {"key", vault::hex(vault::sha256(pem))}});
    if (!stamps.empty()) out += '\n' + voice.say("case.verify_txt_stamps") + '\n' + stamps;
    out += '\n';
  }
  return out;
}

/// The case file as a PDF.
Result<std::string> pdf_of(const CaseRun& run, const casefile::CaseFile& file, casefile::Form form) {
  auto pdf = engine::render_pdf(casefile::to_paper(file, form, run.session.engine.knowledge()),
                                engine::pdf_program_beside_this());
  if (!pdf) return tl::unexpected(pdf.error());
  for (const std::string& left_out : pdf->left_out)
    std::fputs((run.say("left_out", {{"what", shown(left_out)}}) + '\n').c_str(), stderr);
  return std::move(pdf->bytes);
}

/// The three forms. Without `sekisho-pdf` the originals still go out, and it is said.
Result<void> add_pages(const CaseRun& run, const vault::Vault& vault, std::vector<vault::ExtraFile>& extra) {
  const auto file = case_file_of(run, vault);
  if (!file) return tl::unexpected(file.error());
  constexpr std::pair<casefile::Form, const char*> forms[] = {{casefile::Form::full, "case-file.pdf"},
                                                              {casefile::Form::shareable, "case-file-to-share.pdf"},
                                                              {casefile::Form::hand_over, "hand-over.pdf"}};
  for (const auto& [form, name] : forms) {
    auto pdf = pdf_of(run, *file, form);
    if (!pdf) {
      std::fputs(run.voice().complaint(pdf.error()).c_str(), stderr);
      std::fputs((run.say("without_pages") + '\n').c_str(), stderr);
      return {};
    }
    extra.push_back({name, std::move(*pdf)});
  }
  return {};
}

/// One PDF by itself.
Result<void> export_pdf(const CaseRun& run, const vault::Vault& vault, const fs::path& place) {
  std::error_code error;
  if (fs::exists(fs::symlink_status(place, error)))
    return fail(ErrorCode::usage, Said{"case.export_exists", {}}, "something of this name is there already",
                place.string());
  const auto file = case_file_of(run, vault);
  if (!file) return tl::unexpected(file.error());
  const auto form = run.options.shareable   ? casefile::Form::shareable
                    : run.options.hand_over ? casefile::Form::hand_over
                                            : casefile::Form::full;
  const auto pdf = pdf_of(run, *file, form);
  if (!pdf) return tl::unexpected(pdf.error());
  auto out = vault::NewFile::begin(vault::real_files(), place.has_parent_path() ? place.parent_path() : fs::path("."),
                                   place.filename().string());
  if (!out) return tl::unexpected(out.error());
  if (auto ok = out->append(*pdf); !ok) return ok;
  return out->commit(place.filename().string());
}

Result<void> export_one(const CaseRun& run, const vault::Vault& vault, const fs::path& place) {
  if (!vault.findings().empty())
    return fail(ErrorCode::bad_data, Said{"case.damaged", {}}, "the case is not as it was left", {});
  if (place.extension() == ".pdf") return export_pdf(run, vault, place);
  auto writer =
      place.extension() == ".zip" ? vault::export_to_zip(place, std::time(nullptr)) : vault::export_to_folder(place);
  if (!writer) return tl::unexpected(writer.error());
  std::vector<vault::ExtraFile> extra{{"VERIFY.txt", how_to_verify(run, vault)}};
  if (auto ok = add_pages(run, vault, extra); !ok) return ok;
  if (auto ok = vault::write_export(vault, extra, **writer); !ok) return ok;
  return (*writer)->finish();
}

/// Whom it goes to is a line of the log, and so of the export.
Result<void> note_hand_over(const CaseRun& run, vault::Vault& vault) {
  auto entry = new_entry(run, vault::Kind::handed);
  if (!entry) return tl::unexpected(entry.error());
  entry->about = one_line(run.options.to);
  entry->text = one_line(run.options.note);
  if (auto ok = vault.add({std::move(*entry)}); !ok) return tl::unexpected(ok.error());
  return {};
}

int export_person(const CaseRun& run, const fs::path& place) {
  const auto theirs = cases_of_person(run);
  if (!theirs) return complain(run, theirs.error());
  if (vault::real_files().make_folder(place.c_str()) != 0) return complain(run, vault::write_error(place));
  std::string out;
  for (const fs::path& folder : theirs->folders) {
    const auto vault =
        vault::Vault::open(vault::real_files(), folder, theirs->passphrase, vault::Access::read, vault::IfBusy::wait);
    if (!vault) return complain(run, vault.error());
    const fs::path to = place / folder.filename();
    if (auto ok = export_one(run, *vault, to); !ok) return complain(run, ok.error());
    out += run.say("exported", {{"file", shown(to.string())}}) + '\n';
  }
  return print(run, out + not_looked_at(run, *theirs) + '\n' + run.say("next.export") + '\n');
}

}  // namespace

int case_export(const CaseRun& run) {
  const std::string place = run.words.empty() ? run.options.output : run.words.front();
  if (place.empty()) return complain(run, wrong(run, "export_where"));
  if (run.words.size() > 1) return complain(run, wrong(run, "too_many", {{"word", shown(run.words[1])}}));
  if (!run.options.person.empty()) return export_person(run, place);
  if ((run.options.shareable || run.options.hand_over) && fs::path(place).extension() != ".pdf")
    return complain(run, wrong(run, "form_needs_pdf"));
  const bool handed = !run.options.to.empty();
  auto vault = open_case(run, handed ? vault::Access::write : vault::Access::read);
  if (!vault) return complain(run, vault.error());
  if (handed)
    if (auto ok = note_hand_over(run, *vault); !ok) return complain(run, ok.error());
  if (auto ok = export_one(run, *vault, place); !ok) return complain(run, ok.error());
  return print(run, run.say("exported", {{"file", shown(place)}}) + "\n\n" + run.say("next.export") + '\n');
}

}  // namespace sekisho::app
