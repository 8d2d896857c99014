// What is attached, by its true kind: names lie, first bytes seldom do.
/// fact attach.any: the message has attachments; number: how many
/// fact attach.executable: a program is attached, or lies in an attached archive; value: file name's ending
/// fact attach.script: a script is attached, or lies in an attached archive; value: file name's ending
/// fact attach.html: an HTML page is attached
/// fact attach.html_script: an attached HTML page holds a script
/// fact attach.svg_script: an attached SVG image holds a script
/// fact attach.macro: an attached office document holds macros, or its kind may
/// fact attach.archive: an archive is attached; number: files in it
/// fact attach.archive_encrypted: an attached archive asks for a password
/// fact attach.document_encrypted: an attached document asks for a password
/// fact attach.password_in_body: something attached asks for a password, and the text gives one or announces it
/// fact attach.double_extension: a file name ends like a harmless document before its true ending; value: the true
///   ending
/// fact attach.kind_mismatch: the true kind is another than the name or type says; value: the true kind
/// fact attach.disk_image: a disk image is attached, or lies in an attached archive
/// fact attach.shortcut: a shortcut is attached, or lies in an attached archive
/// fact attach.only_image: the attachments are images only; number: how many
/// fact attach.installer: an installer is attached, or lies in an attached archive; value: file name's ending
/// fact attach.calendar: an appointment is attached
/// fact attach.rtl_name: a file name is turned around by a writing-direction character, so that its ending reads as
///   another
/// fact attach.profile: a configuration profile for a telephone is attached
/// fact attach.pdf: a PDF document is attached
#include <array>

#include "facts/lists.h"
#include "facts/tools.h"

namespace sekisho::facts {
namespace {

using message::Attachment;
using message::FileKind;

std::string ending_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot + 1 >= name.size() || name.size() - dot > 16) return {};
  std::string ending = lower_ascii(name.substr(dot + 1));
  while (!ending.empty() && ending.back() == ' ') ending.pop_back();
  return ending;
}

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// File name endings are technical names, fixed by the programs that open them.
constexpr std::array<std::string_view, 28> document_endings{
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "rtf", "txt", "csv",  "jpg", "jpeg", "png",  "gif",
    "bmp", "tif", "tiff", "mp3", "mp4",  "wav", "avi",  "mov", "htm", "html", "zip", "eml",  "heic", "webp"};
constexpr std::array<std::string_view, 15> program_endings{"exe", "scr", "com",    "pif", "cpl",  "dll",  "msi", "apk",
                                                           "jar", "app", "gadget", "xll", "msix", "appx", "ipa"};
constexpr std::array<std::string_view, 16> script_endings{"js",  "jse", "vbs",  "vbe", "wsf", "wsh", "hta", "bat",
                                                          "cmd", "ps1", "psm1", "sh",  "py",  "chm", "reg", "sct"};
constexpr std::array<std::string_view, 8> installer_endings{"msi", "apk", "pkg", "deb", "rpm", "msix", "appx", "dmg"};
constexpr std::array<std::string_view, 6> disk_endings{"iso", "img", "vhd", "vhdx", "udf", "daa"};
constexpr std::array<std::string_view, 4> shortcut_endings{"lnk", "url", "webloc", "desktop"};
constexpr std::array<std::string_view, 9> macro_endings{"docm", "dotm", "xlsm", "xltm", "xlam",
                                                        "pptm", "potm", "ppam", "xlsb"};
constexpr std::array<std::string_view, 4> html_endings{"htm", "html", "shtml", "xhtml"};

/// What `ending` promises, for endings whose files always begin the same way.
FileKind promised(std::string_view ending) {
  constexpr std::array<std::pair<std::string_view, FileKind>, 22> promises{
      {{"pdf", FileKind::pdf},          {"jpg", FileKind::image},         {"jpeg", FileKind::image},
       {"png", FileKind::image},        {"gif", FileKind::image},         {"bmp", FileKind::image},
       {"webp", FileKind::image},       {"docx", FileKind::office},       {"xlsx", FileKind::office},
       {"pptx", FileKind::office},      {"zip", FileKind::archive},       {"rar", FileKind::archive},
       {"7z", FileKind::archive},       {"mp3", FileKind::audio},         {"mp4", FileKind::video},
       {"html", FileKind::html},        {"htm", FileKind::html},          {"svg", FileKind::svg},
       {"ics", FileKind::calendar},     {"doc", FileKind::office_legacy}, {"xls", FileKind::office_legacy},
       {"ppt", FileKind::office_legacy}}};
  for (const auto& [known, kind] : promises)
    if (known == ending) return kind;
  return FileKind::unknown;
}

/// Kinds that programs open alike whatever the name says: an old .doc holding RTF, HTML or a new document is no lie.
bool passes_for(FileKind promised, FileKind real) {
  if (promised == real) return true;
  const auto is_office = [](FileKind kind) {
    return kind == FileKind::office || kind == FileKind::office_macro || kind == FileKind::office_legacy ||
           kind == FileKind::rtf;
  };
  if (is_office(promised))
    return is_office(real) || real == FileKind::html || real == FileKind::text ||
           (promised == FileKind::office && real == FileKind::archive);
  return (promised == FileKind::html && real == FileKind::text) ||
         (promised == FileKind::svg && (real == FileKind::text || real == FileKind::html)) ||
         (promised == FileKind::calendar && real == FileKind::text) ||
         (promised == FileKind::video && real == FileKind::audio) ||
         (promised == FileKind::audio && real == FileKind::video);
}

/// LEFT-TO-RIGHT and RIGHT-TO-LEFT EMBEDDING, OVERRIDE and ISOLATE (UAX #9): E2 80 AA to AE, E2 81 A6 to A9.
bool turns_around(std::string_view name) {
  for (std::size_t i = 0; i + 2 < name.size(); ++i) {
    if (static_cast<unsigned char>(name[i]) != 0xE2) continue;
    const auto second = static_cast<unsigned char>(name[i + 1]), third = static_cast<unsigned char>(name[i + 2]);
    if ((second == 0x80 && third >= 0xAA && third <= 0xAE) || (second == 0x81 && third >= 0xA6 && third <= 0xA9))
      return true;
  }
  return false;
}

Place name_of(const Scene& scene, const std::string& name) {
  for (std::size_t i = 0; i < scene.message.readable.size() && i < no_part; ++i) {
    const auto& part = scene.message.readable[i];
    if (part.kind == ReadableKind::attachment_name && part.text == name)
      return {static_cast<std::uint16_t>(i), span_of(0, part.text.size())};
  }
  return {};
}

/// One file, attached or inside an archive.
void observe_file(Notes& notes, const std::string& name, FileKind kind, Place place) {
  const std::string ending = ending_of(name);
  const bool installs = kind == FileKind::installer || is_one_of<installer_endings.size()>(ending, installer_endings);
  if (installs)
    notes.add(FactId::attach_installer, place, ending);
  else if (kind == FileKind::executable || is_one_of<program_endings.size()>(ending, program_endings))
    notes.add(FactId::attach_executable, place, ending);
  if (kind == FileKind::script || is_one_of<script_endings.size()>(ending, script_endings))
    notes.add(FactId::attach_script, place, ending);
  if (kind == FileKind::disk_image || is_one_of<disk_endings.size()>(ending, disk_endings))
    notes.add(FactId::attach_disk_image, place, ending);
  if (kind == FileKind::shortcut || is_one_of<shortcut_endings.size()>(ending, shortcut_endings))
    notes.add(FactId::attach_shortcut, place, ending);
  if (kind == FileKind::office_macro || is_one_of<macro_endings.size()>(ending, macro_endings))
    notes.add(FactId::attach_macro, place, ending);
  if (ending == "mobileconfig") notes.add(FactId::attach_profile, place, ending);
  if (turns_around(name)) notes.add(FactId::attach_rtl_name, place);
  const bool runs = installs || is_one_of<program_endings.size()>(ending, program_endings) ||
                    is_one_of<script_endings.size()>(ending, script_endings) ||
                    is_one_of<shortcut_endings.size()>(ending, shortcut_endings) ||
                    is_one_of<disk_endings.size()>(ending, disk_endings) ||
                    is_one_of<html_endings.size()>(ending, html_endings);
  if (runs && !ending.empty() && name.size() > ending.size() + 1) {
    const std::string before = ending_of(std::string_view(name).substr(0, name.rfind('.')));
    if (is_one_of<document_endings.size()>(before, document_endings))
      notes.add(FactId::attach_double_extension, place, ending);
  }
  if (const FileKind said = promised(ending);
      said != FileKind::unknown && kind != FileKind::unknown && !passes_for(said, kind))
    notes.add(FactId::attach_kind_mismatch, place, std::string(message::name(kind)));
}

}  // namespace

void observe_attach(const Scene& scene, Notes& notes) {
  std::size_t count = 0, images = 0;
  bool locked = false;
  Place first, locked_place;
  for (const Attachment& file : scene.message.attachments) {
    if (file.is_inline && file.kind == FileKind::image) continue;
    const Place place = name_of(scene, file.name);
    if (++count == 1) first = place;
    if (file.kind == FileKind::image) ++images;
    observe_file(notes, file.name, file.kind, place);
    for (std::size_t i = 0; i < file.entries.size(); ++i)
      observe_file(notes, file.entries[i], i < file.entry_kinds.size() ? file.entry_kinds[i] : FileKind::unknown,
                   place);
    const std::string ending = ending_of(file.name);
    if (file.kind == FileKind::html || is_one_of<html_endings.size()>(ending, html_endings)) {
      notes.add(FactId::attach_html, place);
      if (file.has_script) notes.add(FactId::attach_html_script, place);
    }
    if (file.kind == FileKind::svg && file.has_script) notes.add(FactId::attach_svg_script, place);
    if (file.kind == FileKind::archive)
      notes.add(FactId::attach_archive, place, {}, static_cast<double>(file.entries.size()));
    if (file.kind == FileKind::pdf) notes.add(FactId::attach_pdf, place);
    if (file.kind == FileKind::calendar) notes.add(FactId::attach_calendar, place);
    if (!file.encrypted) continue;
    notes.add(file.kind == FileKind::archive ? FactId::attach_archive_encrypted : FactId::attach_document_encrypted,
              place);
    if (!locked) locked_place = place;
    locked = true;
  }
  if (count == 0) return;
  notes.add(FactId::attach_any, first, {}, static_cast<double>(count));
  if (images == count) notes.add(FactId::attach_only_image, first, {}, static_cast<double>(count));
  if (!locked) return;
  const auto& phrases = scene.knowledge.phrase_lists();
  for (const Hit& hit : scene.hits)
    if (hit.own() && phrases[hit.list].name == lists::password_follows) {
      notes.add(FactId::attach_password_in_body, {hit.part, hit.span});
      return;
    }
}

}  // namespace sekisho::facts
