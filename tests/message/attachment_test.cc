#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>
#include <locale.h>

#include <algorithm>

#include "base/limits.h"
#include "message/archive.h"
#include "message/file_kind.h"
#include "message/message.h"

namespace sekisho::message {
namespace {

using namespace std::string_view_literals;

struct Entry {
  std::string name, content;
};
enum class Lock { none, password };

std::string zip(const std::vector<Entry>& entries, Lock lock = Lock::none) {
  std::string out(64 * 1024 * 1024, '\0');
  const locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);  // libarchive writes names in the thread's locale
  const locale_t before = uselocale(utf8);
  std::size_t used = 0;
  archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  archive_write_set_options(writer, "hdrcharset=UTF-8");
  if (lock == Lock::password) {
    archive_write_set_passphrase(writer, "secret");
    archive_write_set_options(writer, "zip:encryption=traditional");
  }
  archive_write_open_memory(writer, out.data(), out.size(), &used);
  for (const Entry& file : entries) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, file.name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(file.content.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    EXPECT_EQ(archive_write_header(writer, entry), ARCHIVE_OK) << archive_error_string(writer);
    archive_write_data(writer, file.content.data(), file.content.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  uselocale(before);
  freelocale(utf8);
  out.resize(used);
  return out;
}

ArchiveListing listed(std::string_view bytes) { return list_archive(bytes, limits::unpacked_bytes); }
bool has(const ArchiveListing& listing, Defect defect) {
  return std::find(listing.defects.begin(), listing.defects.end(), defect) != listing.defects.end();
}

std::string utf16(std::string_view text) {
  std::string out;
  for (const char c : text) out += {c, '\0'};
  return out;
}
constexpr std::string_view ole2 = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv;

TEST(FileKind, ByItsFirstBytesAndNotByItsName) {
  EXPECT_EQ(sniff("MZ\x90\0\3\0\0\0"sv, "invoice.pdf").kind, FileKind::executable);
  EXPECT_EQ(sniff("%PDF-1.4", "a.exe").kind, FileKind::pdf);
  EXPECT_EQ(sniff("\x7f"
                  "ELF\2\1"sv,
                  "")
                .kind,
            FileKind::executable);
  EXPECT_EQ(sniff("\xcf\xfa\xed\xfe\7"sv, "").kind, FileKind::executable);
  EXPECT_EQ(sniff("L\0\0\0\1\x14\2\0"sv, "a.pdf").kind, FileKind::shortcut);
  EXPECT_EQ(sniff("\xff\xd8\xff\xe0"sv, "").kind, FileKind::image);
  EXPECT_EQ(sniff("Rar!\x1a\7\1"sv, "").kind, FileKind::archive);
  EXPECT_EQ(sniff("\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3"sv, "").kind, FileKind::onenote);
  EXPECT_EQ(sniff("\x78\x9f\x3e\x22\1"sv, "winmail.dat").kind, FileKind::tnef);
  EXPECT_EQ(sniff("{\\rtf1", "").kind, FileKind::rtf);
  EXPECT_EQ(sniff("conectix\0"sv, "").kind, FileKind::disk_image);
}
TEST(FileKind, AnIsoHasItsMarkAtThirtyTwoKilobytes) {
  std::string iso(0x8010, '\0');
  iso.replace(0x8001, 5, "CD001");
  EXPECT_EQ(sniff(iso, "a.pdf").kind, FileKind::disk_image);
}
TEST(FileKind, TextIsToldApartByContentThenByName) {
  EXPECT_EQ(sniff("<!-- x --> <!DOCTYPE html><p>", "a.txt").kind, FileKind::html);
  EXPECT_EQ(sniff("<?xml version='1.0'?><svg><script/></svg>", "").kind, FileKind::svg);
  EXPECT_EQ(sniff("#!/bin/sh\n", "").kind, FileKind::script);
  EXPECT_EQ(sniff("alert(1)", "a.JS ").kind, FileKind::script);
  EXPECT_EQ(sniff("alert(1)", "a.pdf.js").kind, FileKind::script);
  EXPECT_EQ(sniff("[InternetShortcut]\nURL=x", "").kind, FileKind::shortcut);
  EXPECT_EQ(sniff("BEGIN:VCALENDAR", "").kind, FileKind::calendar);
  EXPECT_EQ(sniff("<?xml version='1.0'?><plist>", "x.mobileconfig").kind, FileKind::profile);
  EXPECT_EQ(sniff("hello", "a.txt").kind, FileKind::text);
  EXPECT_EQ(sniff("MZ is how this text begins", "a.txt").kind, FileKind::text);
  EXPECT_EQ(sniff("BM is how this text begins", "").kind, FileKind::text);
}
TEST(FileKind, OldOfficeIsOpened) {
  EXPECT_EQ(read_compound(std::string(ole2) + utf16("WordDocument")).kind, FileKind::office_legacy);
  EXPECT_EQ(read_compound(std::string(ole2) + utf16("_VBA_PROJECT")).kind, FileKind::office_macro);
  EXPECT_EQ(read_compound(std::string(ole2) + utf16("__substg1.0_0037001F")).kind, FileKind::message);
  EXPECT_EQ(read_compound(std::string(ole2) + std::string("\x84\x10\x0c\0\0\0\0\0\xc0\0\0\0\0\0\0\x46"sv)).kind,
            FileKind::installer);
  EXPECT_TRUE(read_compound(std::string(ole2) + utf16("EncryptedPackage")).encrypted);
}
TEST(FileKind, EncryptedPdf) {
  EXPECT_TRUE(is_encrypted_pdf("%PDF-1.4\ntrailer << /Encrypt 5 0 R >>"));
  EXPECT_FALSE(is_encrypted_pdf("%PDF-1.4\n<< /EncryptMetadata false >>"));
}

TEST(Archive, EntriesAndTheirTrueKinds) {
  const ArchiveListing a =
      listed(zip({{"請求書.pdf", "MZ\x90" + std::string(20, '\0')}, {"読んで.txt", "text"}, {"run.js", "x"}}));
  EXPECT_EQ(a.entries, (std::vector<std::string>{"請求書.pdf", "読んで.txt", "run.js"}));
  EXPECT_EQ(a.kinds, (std::vector<FileKind>{FileKind::executable, FileKind::text, FileKind::script}));
  EXPECT_FALSE(a.encrypted);
  EXPECT_TRUE(a.defects.empty());
}
TEST(Archive, EncryptedEntriesKeepTheirNames) {
  const ArchiveListing a = listed(zip({{"invoice.exe", "MZ"}}, Lock::password));
  EXPECT_TRUE(a.encrypted);
  EXPECT_TRUE(has(a, Defect::encrypted_archive));
  EXPECT_EQ(a.entries, std::vector<std::string>{"invoice.exe"});
  EXPECT_EQ(a.kinds, std::vector<FileKind>{FileKind::executable});
}
TEST(Archive, OfficeMacrosPackagesAndPrograms) {
  EXPECT_EQ(listed(zip({{"[Content_Types].xml", "<x/>"}, {"word/document.xml", "<x/>"}})).kind, FileKind::office);
  EXPECT_EQ(listed(zip({{"[Content_Types].xml", "<x/>"}, {"word/vbaProject.bin", "x"}})).kind, FileKind::office_macro);
  EXPECT_EQ(listed(zip({{"AndroidManifest.xml", "x"}, {"classes.dex", "x"}})).kind, FileKind::installer);
  EXPECT_EQ(listed(zip({{"META-INF/MANIFEST.MF", "x"}, {"A.class", "x"}})).kind, FileKind::executable);
  EXPECT_EQ(listed(zip({{"a.txt", "x"}})).kind, FileKind::archive);
}
TEST(Archive, DepthIsLimited) {
  std::string bytes = zip({{"deep.txt", "x"}});
  for (std::size_t depth = 2; depth <= limits::archive_depth + 1; ++depth) {
    bytes = zip({{"inner" + std::to_string(depth) + ".zip", bytes}});
    const ArchiveListing a = listed(bytes);
    EXPECT_EQ(has(a, Defect::archive_too_deep), depth > limits::archive_depth) << depth;
    EXPECT_EQ(a.entries.size(), std::min(depth, limits::archive_depth)) << depth;
  }
}
TEST(Archive, InnerEntriesAreNamedByTheirPath) {
  EXPECT_EQ(listed(zip({{"in.zip", zip({{"a.js", "x"}})}})).entries,
            (std::vector<std::string>{"in.zip", "in.zip/a.js"}));
}
TEST(Archive, EntryCountIsLimited) {
  for (const std::size_t count : {limits::archive_entries - 1, limits::archive_entries, limits::archive_entries + 1}) {
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < count; ++i) entries.push_back({"f" + std::to_string(i), "x"});
    const ArchiveListing a = listed(zip(entries));
    EXPECT_EQ(a.entries.size(), std::min(count, limits::archive_entries));
    EXPECT_EQ(has(a, Defect::attachment_truncated), count > limits::archive_entries);
  }
}
TEST(Archive, ABombIsNotUnpacked) {
  // An archive in an archive is unpacked whole, and so are 20 MB of nothing that say they are one.
  std::string bomb = "\x1f\x8b" + std::string(20'000'000, '\0');
  const std::string bytes = zip({{"bomb.gz", bomb}});
  ASSERT_LT(bytes.size() * limits::archive_ratio, bomb.size());
  const ArchiveListing a = listed(bytes);
  EXPECT_TRUE(has(a, Defect::archive_bomb));
  EXPECT_LE(a.unpacked, bytes.size() * limits::archive_ratio + 1024 * 1024);
}
TEST(Archive, TheRatioCountsFromOneMegabyteOn) {
  for (const int extra : {-1, 0, 1}) {  // an old Office file is unpacked whole
    const std::size_t size = limits::archive_small + static_cast<std::size_t>(extra + 1) - 1;
    const std::string file = std::string(ole2) + std::string(size - ole2.size(), '\0');
    EXPECT_EQ(has(listed(zip({{"a.doc", file}})), Defect::archive_bomb), extra > 0) << extra;
  }
}
TEST(Archive, StopsWhereTheTimeIsUp) {
  const std::string bytes = zip({{"a.txt", "a"}, {"b.txt", "b"}, {"c.txt", "c"}});
  for (int questions = 0; questions < 6; ++questions) {
    int asked = 0;
    const ArchiveListing listing =
        list_archive(bytes, limits::unpacked_bytes, Deadline([&] { return ++asked > questions; }));
    EXPECT_TRUE(has(listing, Defect::time_exhausted)) << questions;
    EXPECT_EQ(listing.entries.size(), static_cast<std::size_t>((questions + 1) / 2)) << questions;
    EXPECT_FALSE(has(listing, Defect::archive_unreadable));
  }
  EXPECT_FALSE(has(listed(bytes), Defect::time_exhausted));
}

TEST(Archive, TheBudgetOfTheMessageCounts) {
  const ArchiveListing a = list_archive(zip({{"a.txt", std::string(100'000, 'a')}}), 50'000);
  EXPECT_TRUE(has(a, Defect::attachment_truncated));
  EXPECT_LE(a.unpacked, 50'000u);
}
TEST(Archive, RubbishIsUnreadable) {
  EXPECT_TRUE(has(listed("PK\3\4rubbish"), Defect::archive_unreadable));
  EXPECT_TRUE(has(listed("Rar!\x1a\7\1\0rubbish rubbish rubbish"sv), Defect::archive_unreadable));
  EXPECT_TRUE(has(listed("7z\xbc\xaf\x27\x1crubbish"sv), Defect::archive_unreadable));
}

Message mail_with(std::string_view type, std::string_view name, std::string_view body) {
  return parse_mail("From: a@x.example\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: " +
                    std::string(type) + "; name=\"" + std::string(name) + "\"\nContent-Disposition: attachment\n\n" +
                    std::string(body) + "\n--b--\n");
}

TEST(Attachment, SizeKindAndName) {
  const Message m = mail_with("application/pdf", "=?UTF-8?B?6KuL5rGC?=.pdf", "%PDF-1.4 /Encrypt 1 0 R");
  ASSERT_EQ(m.attachments.size(), 1u);
  EXPECT_EQ(m.attachments[0].name, "請求.pdf");
  EXPECT_EQ(m.attachments[0].kind, FileKind::pdf);
  EXPECT_TRUE(m.attachments[0].encrypted);
  EXPECT_EQ(m.attachments[0].size, 23u);
  EXPECT_FALSE(m.attachments[0].is_inline);
}
TEST(Attachment, ArchivesAreListed) {
  const Message m = mail_with("application/pdf", "a.pdf", zip({{"run.vbs", "x"}}));
  ASSERT_EQ(m.attachments.size(), 1u);
  EXPECT_EQ(m.attachments[0].kind, FileKind::archive);
  EXPECT_EQ(m.attachments[0].entries, std::vector<std::string>{"run.vbs"});
  EXPECT_EQ(m.attachments[0].entry_kinds, std::vector<FileKind>{FileKind::script});
}
TEST(Attachment, WhatIsReadOfOneIsLimited) {
  for (const int extra : {-1, 0, 1}) {
    const std::string pdf =
        "%PDF-1.4" + std::string(limits::attachment_bytes - 8 + static_cast<std::size_t>(extra + 1) - 1, 'x');
    const Message m = mail_with("application/pdf", "a.pdf", pdf);
    EXPECT_EQ(m.has(Defect::attachment_truncated), extra > 0) << extra;
    EXPECT_EQ(m.attachments.at(0).size, pdf.size());
  }
}
TEST(Attachment, InlineImagesAreInline) {
  const Message m = parse_mail("From: a@x.example\nContent-Type: image/png\nContent-ID: <1>\n\n\x89PNG\r\n\x1a\n");
  ASSERT_EQ(m.attachments.size(), 1u);
  EXPECT_TRUE(m.attachments[0].is_inline);
  EXPECT_EQ(m.attachments[0].kind, FileKind::image);
}

}  // namespace
}  // namespace sekisho::message
