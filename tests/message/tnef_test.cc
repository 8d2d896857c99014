#include "message/tnef.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "message/message.h"

namespace sekisho::message {
namespace {

using namespace std::string_view_literals;

std::string number(std::uint32_t value, int bytes = 4) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
  return out;
}
std::string attribute(std::uint32_t id, std::string_view data) {
  return "\x02" + number(id) + number(static_cast<std::uint32_t>(data.size())) + std::string(data) + number(0, 2);
}
const std::string start = number(0x223E9F78) + number(1, 2);
const std::string next_file = attribute(0x00069002, std::string(14, '\0'));
std::string title(std::string_view name) { return attribute(0x00018010, std::string(name) + '\0'); }
std::string data(std::string_view content) { return attribute(0x0006800F, content); }
std::string file(std::string_view name, std::string_view content) { return next_file + title(name) + data(content); }

std::string padded(std::string value) {
  value.resize((value.size() + 3) / 4 * 4, '\0');
  return value;
}
/// A property of any length with one value.
std::string property(std::uint16_t type, std::uint16_t id, const std::string& value) {
  return number(type, 2) + number(id, 2) + number(1) + number(static_cast<std::uint32_t>(value.size())) + padded(value);
}
std::string properties(const std::vector<std::string>& all) {
  std::string out = number(static_cast<std::uint32_t>(all.size()));
  for (const std::string& one : all) out += one;
  return attribute(0x00069005, out);
}
std::string utf16(std::u16string_view text) {
  std::string out;
  for (const char16_t c : text) out += {static_cast<char>(c & 0xFF), static_cast<char>(c >> 8)};
  return out;
}

std::vector<std::string> names(const TnefListing& listing) {
  std::vector<std::string> out;
  for (const TnefFile& one : listing.files) out.push_back(one.name);
  return out;
}
using Names = std::vector<std::string>;

TEST(Tnef, FilesAreListedWithTheirContent) {
  const std::string bytes = start + file("A.TXT", "hello") + file("B.EXE", "MZ\x90");  // the contents are views into it
  const TnefListing listing = list_tnef(bytes);
  EXPECT_FALSE(listing.damaged);
  EXPECT_EQ(names(listing), (Names{"A.TXT", "B.EXE"}));
  EXPECT_EQ(listing.files[0].content, "hello");
  EXPECT_EQ(listing.files[1].content, "MZ\x90");
}

TEST(Tnef, TheLongNameIsTheName) {
  const std::string number_property = number(0x0003, 2) + number(0x3705, 2) + number(1);
  const std::string named = number(0x0003, 2) + number(0x8001, 2) + std::string(16, 'g') + number(1) + number(6) +
                            padded(utf16(u"abc")) + number(7);
  for (const std::string& before : {number_property, named}) {
    const std::string name = property(0x001F, 0x3707, utf16(u"請求書.pdf.exe") + std::string(2, '\0'));
    const TnefListing listing = list_tnef(start + file("_____~1.EXE", "MZ") + properties({before, name}));
    EXPECT_FALSE(listing.damaged);
    EXPECT_EQ(names(listing), (Names{"請求書.pdf.exe"}));
  }
  const std::string cp932 = attribute(0x00069007, number(932) + number(0));
  EXPECT_EQ(names(list_tnef(start + cp932 + file("\x90\xbf\x8b\x81.pdf", "x"))), Names{"請求.pdf"});
}

TEST(Tnef, WhatIsCutOffIsDamagedAndWhatCameBeforeIsKept) {
  const std::string whole = start + file("a.txt", "hello") + file("b.txt", "world");
  for (std::size_t size = 0; size + 2 < whole.size(); ++size) {
    const TnefListing listing = list_tnef(std::string_view(whole).substr(0, size));
    EXPECT_LE(listing.files.size(), 2u);
    if (size > start.size() + file("a.txt", "hello").size()) {
      EXPECT_EQ(listing.files[0].content, "hello");
    }
  }
  EXPECT_TRUE(list_tnef("not TNEF").damaged);
  EXPECT_TRUE(list_tnef(start + "\x02" + number(0x0006800F) + number(0xFFFFFFFF) + "x").damaged);
  EXPECT_TRUE(list_tnef(start + properties({number(0x001E, 2) + number(0x3707, 2) + number(0xFFFFFFFF)})).damaged);
}

TEST(Tnef, FilesAtBelowAndAboveTheLimit) {
  for (const std::size_t count : {limits::archive_entries - 1, limits::archive_entries, limits::archive_entries + 1}) {
    std::string bytes = start;
    for (std::size_t i = 0; i < count; ++i) bytes += file("a", "x");
    const TnefListing listing = list_tnef(bytes);
    EXPECT_EQ(listing.files.size(), std::min(count, limits::archive_entries));
    EXPECT_EQ(listing.truncated, count > limits::archive_entries);
  }
}

std::string mail_with(const std::string& bytes) {
  std::string hex;
  for (const char c : bytes) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto b = static_cast<unsigned char>(c);
    hex += {'=', digits[b >> 4], digits[b & 15]};
    if (hex.size() % 75 == 0) hex += "=\n";
  }
  return "From: a@sender.example\nSubject: x\nContent-Type: application/ms-tnef; name=winmail.dat\n"
         "Content-Transfer-Encoding: quoted-printable\n\n" +
         hex + "\n";
}

TEST(Tnef, AMailShowsWhatItsWinmailDatHolds) {
  const Message m =
      parse_mail(mail_with(start + file("invoice.pdf", "MZ\x90\0\3"sv) + file("note.txt", "hello there")));
  ASSERT_EQ(m.attachments.size(), 1u);
  const Attachment& outer = m.attachments[0];
  EXPECT_EQ(outer.kind, FileKind::tnef);
  EXPECT_EQ(outer.entries, (Names{"invoice.pdf", "note.txt"}));
  EXPECT_EQ(outer.entry_kinds, (std::vector<FileKind>{FileKind::executable, FileKind::text}));
  EXPECT_TRUE(m.within_budget);
}

TEST(Tnef, AMessageInsideIsOpenedToItsDepthAndNoFurther) {
  std::string inner = start + file("deep.exe", "MZ\x90");
  std::string path = "deep.exe";
  for (std::size_t depth = 1; depth <= limits::archive_depth + 1; ++depth) {
    const Message m = parse_mail(mail_with(inner));
    ASSERT_EQ(m.attachments.size(), 1u);
    const auto& entries = m.attachments[0].entries;
    const bool seen = std::find(entries.begin(), entries.end(), path) != entries.end();
    EXPECT_EQ(seen, depth <= limits::archive_depth) << depth;
    EXPECT_EQ(m.has(Defect::archive_too_deep), depth > limits::archive_depth);
    inner = start + next_file +
            properties({property(0x001E, 0x3001, "m"), property(0x000D, 0x3701, std::string(16, 'i') + inner)});
    path = "m/" + path;
  }
}

TEST(Tnef, ADamagedOneIsNamed) {
  const Message m = parse_mail(mail_with(start + file("a.txt", "hello").substr(0, 40)));
  EXPECT_TRUE(m.has(Defect::archive_unreadable));
  ASSERT_EQ(m.attachments.size(), 1u);
}

}  // namespace
}  // namespace sekisho::message
