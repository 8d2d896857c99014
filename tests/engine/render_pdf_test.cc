// The other program's good and bad days, seen from the one that starts it.
#include "engine/render_pdf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace sekisho::engine {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

class RenderPdf : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("render_pdf_" + std::to_string(::getpid()) + "_" + std::to_string(number_++));
    std::filesystem::create_directories(folder_);
    paper_.title = "控え";
    paper_.made = "2026-11-23T12:00:00+09:00";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  /// A program that does what the shell script says.
  std::filesystem::path program(const std::string& script) const {
    const std::filesystem::path file = folder_ / "sekisho-pdf";
    std::ofstream(file) << "#!/bin/sh\nPATH=/usr/bin:/bin\n" << script << "\n";
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    return file;
  }
  std::filesystem::path folder_;
  paper::Paper paper_;
  static inline int number_ = 0;
};

TEST_F(RenderPdf, ThePaperGoesInAndThePdfComesOut) {
  const auto made = render_pdf(paper_, std::filesystem::path(SEKISHO_BINARY_DIR) / "sekisho-pdf");
  ASSERT_TRUE(made) << to_line(made.error());
  EXPECT_EQ(made->bytes.substr(0, 5), "%PDF-");
  EXPECT_TRUE(made->left_out.empty());
}

TEST_F(RenderPdf, WhatWasLeftOutIsPassedOn) {
  paper_.blocks = {paper::Picture{"", "no picture"}};
  const auto made = render_pdf(paper_, std::filesystem::path(SEKISHO_BINARY_DIR) / "sekisho-pdf");
  ASSERT_TRUE(made) << to_line(made.error());
  EXPECT_THAT(made->left_out, ::testing::ElementsAre("blocks[0].png: this is not a PNG picture"));
}

TEST_F(RenderPdf, AMissingProgramIsSaidWithItsPlace) {
  const auto made = render_pdf(paper_, folder_ / "none");
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().said.id, "output.pdf_missing");
  EXPECT_THAT(made.error().where, HasSubstr("none"));
}

TEST_F(RenderPdf, ItGetsTheWholePaperAndNoEnvironment) {
  ::setenv("SEKISHO_SECRET", "x", 1);
  const auto made = render_pdf(paper_, program("cat; printf '%s' \"$SEKISHO_SECRET\"; pwd"));
  ::unsetenv("SEKISHO_SECRET");
  ASSERT_TRUE(made) << to_line(made.error());
  EXPECT_EQ(made->bytes, paper::write_paper(paper_) + "/\n");
}

TEST_F(RenderPdf, ARefusalIsPassedOnInItsWords) {
  const auto made = render_pdf(paper_, program("cat >/dev/null; echo 'sekisho-pdf: blocks[1]: too long' >&2; exit 65"));
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::bad_data);
  EXPECT_EQ(made.error().said.values.at(0).second, "blocks[1]: too long");
}

TEST_F(RenderPdf, OneThatDiesWithoutReadingIsNoSignalToUs) {
  for (int i = 0; i < 100; ++i) paper_.blocks.emplace_back(paper::Paragraph{std::string(10'000, 'a'), {}});
  const auto made = render_pdf(paper_, program("kill -9 $$"));
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().what, HasSubstr("signal 9"));
}

TEST_F(RenderPdf, OneThatNeverEndsIsStopped) {
  const auto before = std::chrono::steady_clock::now();
  const auto made = render_pdf(paper_, program("exec sleep 60"), 300ms);
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().what, HasSubstr("too long"));
  EXPECT_LT(std::chrono::steady_clock::now() - before, 20s);
}

TEST_F(RenderPdf, OneThatWritesWithoutEndIsStopped) {
  const auto made = render_pdf(paper_, program("cat >/dev/null; exec cat /dev/zero"));
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().what, HasSubstr("too much"));
}

TEST_F(RenderPdf, TalkOnStandardErrorDoesNotBlockIt) {
  const auto made =
      render_pdf(paper_, program("cat >/dev/null; head -c 1000000 /dev/zero | tr '\\0' 'x' >&2; printf ok"));
  ASSERT_TRUE(made) << to_line(made.error());
  EXPECT_EQ(made->bytes, "ok");
}

}  // namespace
}  // namespace sekisho::engine
