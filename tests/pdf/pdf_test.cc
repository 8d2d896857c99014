// Pages, made in this process: what the program does behind its locked doors.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "pdf/picture.h"
#include "pdf/render.h"
#include "pdf/visible.h"

// fontconfig keeps patterns behind encoded offsets, Cairo pools until the end: the leak checker cannot follow them.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig\nleak:libcairo\n"; }

namespace sekisho::pdf {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

bool anything(char32_t) { return true; }

TEST(Visible, WhatHidesOrTurnsTextAroundIsWrittenOut) {
  EXPECT_EQ(visible("a\u202Egnp.exe", anything), "a‹U+202E›gnp.exe");
  EXPECT_EQ(visible("zero\u200Bwidth", anything), "zero‹U+200B›width");
  EXPECT_EQ(visible("bell\x07", anything), "bell‹U+0007›");
  EXPECT_EQ(visible("\u3164", anything), "‹U+3164›");
  EXPECT_EQ(visible("a\u2028b", anything), "a‹U+2028›b");
  EXPECT_EQ(visible(std::string_view("a\0b", 3), anything), "a‹U+0000›b");
}

TEST(Visible, OrdinaryTextStaysAsItIs) {
  EXPECT_EQ(visible("関所 Sekisho ①\nがぎぐ か\u3099", anything), "関所 Sekisho ①\nがぎぐ か\u3099");
  EXPECT_EQ(visible("葛\U000E0100飾", anything), "葛\U000E0100飾");
  EXPECT_EQ(visible("a\tb\r\nc", anything), "a b\nc");
}

TEST(Visible, ASignWithoutAGlyphIsWrittenOut) {
  EXPECT_EQ(visible("x🎁y", [](char32_t c) { return c < 0x10000; }), "x‹U+1F381›y");
}

TEST(Visible, ALongRunIsCountedAndPilesOfMarksEnd) {
  std::string many = "a";
  for (int i = 0; i < 1000; ++i) many += "\u200B";
  EXPECT_EQ(visible(many, anything), "a‹U+200B U+200B U+200B U+200B +996›");
  std::string zalgo = "a";
  for (int i = 0; i < 5; ++i) zalgo += "\u0301";
  EXPECT_EQ(visible(zalgo, anything), "a\u0301\u0301\u0301\u0301‹U+0301›");
  EXPECT_EQ(visible("a\U000E0100", anything), "a‹U+E0100›");
}

TEST(Visible, NeverGrowsMoreThanTwelvefold) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "a\x01";
  EXPECT_LE(visible(text, anything).size(), text.size() * 12);
}

std::string png_header(std::uint32_t width, std::uint32_t height) {
  std::string out("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR", 16);
  for (const std::uint32_t number : {width, height})
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(number >> static_cast<unsigned>(shift));
  return out + std::string("\x08\x02\0\0\0\0\0\0\0", 9);
}

TEST(Picture, OneThatClaimsTooManyPixelsIsRefusedBeforeItIsDecoded) {
  EXPECT_TRUE(size_of_png(png_header(3000, 2000)));
  EXPECT_FALSE(size_of_png(png_header(3000, 2001)));
  EXPECT_FALSE(size_of_png(png_header(0xFFFFFFFF, 0xFFFFFFFF)));
  EXPECT_FALSE(size_of_png(png_header(0, 5)));
  EXPECT_FALSE(size_of_png("GIF89a"));
  EXPECT_FALSE(decode_png(png_header(10, 10)));  // and no data
}

class Pages : public ::testing::Test {
 protected:
  // Once for all tests: the faces are 40 MB.
  static Fonts& fonts() {
    static Result<Fonts> opened = Fonts::open("/usr/share/fonts/opentype/noto");
    if (!opened) throw std::runtime_error(to_line(opened.error()));
    return *opened;
  }
  static paper::Paper paper(std::vector<paper::Block> blocks) {
    paper::Paper out;
    out.title = "控え";
    out.made = "2026-11-23T12:00:00+09:00";
    out.blocks = std::move(blocks);
    return out;
  }
  static std::size_t pages(std::vector<paper::Block> blocks) {
    const auto made = render(paper(std::move(blocks)), fonts());
    return made ? made->pages : 0;
  }
};

TEST_F(Pages, MissingFontsAreNamedWithTheirPackage) {
  const auto opened = Fonts::open("/nonexistent");
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().hint, HasSubstr("fonts-noto-cjk"));
}

TEST_F(Pages, TheSamePaperGivesTheSameBytes) {
  const paper::Paper one = paper({paper::Heading{1, "見出し"}, paper::Paragraph{"本文", {}}});
  const auto a = render(one, fonts()), b = render(one, fonts());
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->pdf, b->pdf);
  EXPECT_THAT(a->pdf, ::testing::StartsWith("%PDF-1.5"));
}

TEST_F(Pages, AnEmptyPaperIsOnePage) { EXPECT_EQ(pages({}), 1u); }

TEST_F(Pages, ABreakBeginsAPageAndTwoMakeNoEmptyOne) {
  EXPECT_EQ(pages({paper::Paragraph{"a", {}}, paper::PageBreak{}, paper::PageBreak{}, paper::Paragraph{"b", {}}}), 2u);
}

TEST_F(Pages, ARowTallerThanAPageIsDividedNotLost) {
  paper::Table table{{{"a", 1, false}, {"b", 9, false}}, {{"1", ""}}};
  for (int i = 0; i < 200; ++i) table.rows[0][1] += "行\n";
  EXPECT_GE(pages({table}), 4u);
  EXPECT_LE(pages({table}), 6u);
}

TEST_F(Pages, AMegabyteInOneParagraphIsSetInGoodTime) {
  std::string text;
  while (text.size() + 9 < limits::paper_one_text_bytes) text += "あいう";
  const std::size_t n = pages({paper::Paragraph{text, {}}});
  EXPECT_GT(n, 100u);
  EXPECT_LT(n, 250u);
}

TEST_F(Pages, MorePagesThanAllowedAreRefused) {
  const std::string lines(limits::paper_pages * 60, '\n');
  const auto made = render(paper({paper::Paragraph{lines, {}}}), fonts());
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().what, HasSubstr("pages"));
}

TEST_F(Pages, ABrokenPictureLeavesAFrameAndIsNamed) {
  const auto made = render(paper({paper::Paragraph{"a", {}}, paper::Picture{"写し", "no picture"}}), fonts());
  ASSERT_TRUE(made);
  ASSERT_THAT(made->left_out, SizeIs(1));
  EXPECT_EQ(made->left_out[0], "blocks[1].png: this is not a PNG picture");
}

}  // namespace
}  // namespace sekisho::pdf
