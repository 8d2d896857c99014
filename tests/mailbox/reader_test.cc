#include "mailbox/reader.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "base/limits.h"

namespace sekisho::mailbox {
namespace {

namespace fs = std::filesystem;

class Reader : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "sekisho-reader-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& content) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << content;
    return (folder_ / name).string();
  }
  struct Seen {
    std::string input, bytes;
    std::uint64_t index, offset;
  };
  std::vector<Seen> read(const std::vector<std::string>& paths) {
    std::vector<Seen> seen;
    unreadable_.clear();
    read_all(
        paths,
        [&](const Item& item) {
          seen.push_back({item.input, std::string(item.bytes), item.index, item.offset});
          return true;
        },
        [&](const Unreadable& file) { unreadable_.push_back(to_line(file.error)); });
    return seen;
  }
  std::string relative(const Seen& seen) const { return fs::path(seen.input).lexically_relative(folder_).string(); }

  fs::path folder_;
  std::vector<std::string> unreadable_;
};

TEST_F(Reader, OneFileIsOneMessage) {
  const std::string path = write("a.eml", "Subject: x\n\nbody\n");
  const auto seen = read({path});
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].input, path);
  EXPECT_EQ(seen[0].bytes, "Subject: x\n\nbody\n");
}

TEST_F(Reader, AnMboxIsSplitAndItsQuotingUndone) {
  const std::string first =
      "From a@x.example Mon Jan  5 12:34:56 2026\nSubject: 1\n\n>From here\n>>From there\n> quoted\n\n";
  const std::string path = write(
      "box", first + "From b@x.example Mon Jan  5 12:34:57 2026\r\nSubject: 2\r\n\r\nFrom prose, not a separator\r\n");
  const auto seen = read({path});
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[0].bytes, "Subject: 1\n\nFrom here\n>From there\n> quoted\n");
  EXPECT_EQ(seen[0].index, 0u);
  EXPECT_EQ(seen[0].offset, 0u);
  EXPECT_EQ(seen[1].bytes, "Subject: 2\r\n\r\nFrom prose, not a separator\r\n");
  EXPECT_EQ(seen[1].index, 1u);
  EXPECT_EQ(seen[1].offset, first.size());
}

TEST_F(Reader, ASeparatorNeedsABlankLineBeforeIt) {
  const auto seen =
      read({write("box", "From a@x.example Mon Jan  5 12:34:56 2026\nSubject: 1\n\ntext\nFrom 12:34 on we wait\n")});
  ASSERT_EQ(seen.size(), 1u);
}

TEST_F(Reader, AnMboxOfMegabytesGivesEveryMessage) {
  std::string box;
  for (int i = 0; i < 300; ++i)
    box += "From a@x.example Mon Jan  5 12:34:56 2026\nSubject: " + std::to_string(i) + "\n\n" +
           std::string(10'000, 'x') + "\n\n";
  const auto seen = read({write("box", box)});
  ASSERT_EQ(seen.size(), 300u);
  EXPECT_EQ(seen[299].bytes, "Subject: 299\n\n" + std::string(10'000, 'x') + "\n");
  EXPECT_EQ(box.substr(seen[150].offset, 5), "From ");
}

TEST_F(Reader, AVeryLongLineIsKeptWhole) {
  const std::string body(1'000'000, 'y');
  const auto seen = read({write("box", "From a@x.example Mon Jan  5 12:34:56 2026\nSubject: 1\n\n" + body +
                                           "\n\nFrom a@x.example Mon Jan  5 12:34:56 2026\n\nb\n")});
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[0].bytes, "Subject: 1\n\n" + body + "\n");
}

TEST_F(Reader, FoldersAreReadByNameWithoutHiddenAndOddFiles) {
  write("in/b.eml", "b");
  write("in/a/z.eml", "z");
  write("in/.hidden", "h");
  write("in/c.eml", "c");
  ASSERT_EQ(mkfifo((folder_ / "in/pipe").c_str(), 0600), 0);
  fs::create_symlink(folder_ / "in/b.eml", folder_ / "in/link.eml");
  const auto seen = read({(folder_ / "in").string()});
  ASSERT_EQ(seen.size(), 3u);
  EXPECT_EQ(relative(seen[0]), "in/a/z.eml");
  EXPECT_EQ(relative(seen[1]), "in/b.eml");
  EXPECT_EQ(relative(seen[2]), "in/c.eml");
  EXPECT_TRUE(unreadable_.empty());
}

TEST_F(Reader, AFolderGivesMailAndNotWhatStandsBesideIt) {
  const std::string one = write("box/a.EML", "Subject: a\n\na\n");
  write("box/README.md", "# about these mails\n");
  write("box/labels.tsv", "file\tlabel\n");
  const std::string two = write("box/00012.7c53aa", "Subject: b\n\nb\n");
  const auto items = read({(std::filesystem::path(one).parent_path()).string()});
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(read({(std::filesystem::path(two).parent_path() / "README.md").string()}).size(), 1u) << "named itself, it is read";
}

TEST_F(Reader, AMaildirGivesCurAndNewAndItsSubfolders) {
  write("md/cur/1:2,S", "one");
  write("md/new/2", "two");
  write("md/tmp/3", "half");
  write("md/dovecot.index", "no mail");
  write("md/.Sent/cur/4", "four");
  write("md/.Sent/new/5", "five");
  const auto seen = read({(folder_ / "md").string()});
  std::vector<std::string> names;
  for (const Seen& one : seen) names.push_back(relative(one));
  EXPECT_EQ(names, (std::vector<std::string>{"md/.Sent/cur/4", "md/.Sent/new/5", "md/cur/1:2,S", "md/new/2"}));
}

TEST_F(Reader, WhatCannotBeReadIsSaidAndTheRestIsRead) {
  ASSERT_EQ(mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  const auto seen = read({(folder_ / "missing").string(), (folder_ / "pipe").string(), write("a.eml", "x")});
  EXPECT_EQ(seen.size(), 1u);
  ASSERT_EQ(unreadable_.size(), 2u);
  EXPECT_NE(unreadable_[0].find("missing"), std::string::npos);
  EXPECT_NE(unreadable_[1].find("pipe"), std::string::npos);
}

TEST_F(Reader, SizeIsLimited) {
  for (const int extra : {-1, 0, 1}) {
    const std::string path =
        write("big.eml", std::string(limits::message_bytes + static_cast<std::size_t>(extra + 1) - 1, 'x'));
    EXPECT_EQ(read({path}).size(), extra <= 0 ? 1u : 0u) << extra;
    EXPECT_EQ(unreadable_.size(), extra <= 0 ? 0u : 1u) << extra;
  }
}

TEST_F(Reader, OneGiantInAnMboxIsRefusedAndTheOthersAreRead) {
  const std::string separator = "From a@x.example Mon Jan  5 12:34:56 2026\n";
  const auto seen = read({write("box", separator + "\na\n\n" + separator + "\n" +
                                           std::string(limits::message_bytes, 'x') + "\n\n" + separator + "\nc\n")});
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[1].index, 2u);
  EXPECT_EQ(seen[1].bytes, "\nc\n");
  EXPECT_EQ(unreadable_.size(), 1u);
}

TEST_F(Reader, ReadingStopsWhenTheCallerHasEnough) {
  write("in/a", "a");
  write("in/b", "b");
  int seen = 0;
  read_all(
      {(folder_ / "in").string()}, [&](const Item&) { return ++seen < 1; }, [](const Unreadable&) {});
  EXPECT_EQ(seen, 1);
}

TEST_F(Reader, ExtentCountsWithoutReading) {
  write("in/a", "12345");
  write("in/b", "123");
  write("in/.c", "1");
  const Extent extent = measure({(folder_ / "in").string()});
  EXPECT_EQ(extent.files, 2u);
  EXPECT_EQ(extent.bytes, 8u);
}

TEST_F(Reader, AnEmptyFileIsHandedOutToBeRefusedAbove) { EXPECT_EQ(read({write("empty.eml", "")}).size(), 1u); }

TEST_F(Reader, AnMboxIsReadOnFromWhereItWasLeft) {
  const std::string separator = "From a@x.example Mon Jan  5 12:34:56 2026\n";
  const std::string first = separator + "Subject: 1\n\none\n\n";
  const std::string path = write("box", first + separator + "Subject: 2\n\ntwo\n");
  std::vector<Item> items;
  const auto keep = [&](const Item& item) {
    items.push_back(item);
    items.back().bytes = {};
    return true;
  };
  const auto fault = [](const Unreadable&) { FAIL(); };
  ASSERT_TRUE(read_file(path, {}, keep, fault));
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].end, first.size());
  EXPECT_EQ(items[1].end, fs::file_size(path));
  items.clear();
  ASSERT_TRUE(read_file(path, {first.size(), 1}, keep, fault));
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].index, 1u);
  EXPECT_EQ(items[0].offset, first.size());
  items.clear();
  ASSERT_TRUE(read_file(path, {fs::file_size(path), 2}, keep, fault));
  EXPECT_TRUE(items.empty()) << "nothing new is no message";
}

TEST_F(Reader, PackedFilesAreToldByTheirFirstBytes) {
  using namespace std::string_view_literals;
  EXPECT_TRUE(is_packed("PK\x03\x04rest"));
  EXPECT_TRUE(is_packed("\x1f\x8b\x08"));
  EXPECT_FALSE(is_packed("From a@x"));
  EXPECT_FALSE(is_packed(""));
}

TEST_F(Reader, ADamagedArchiveIsSaidAndNotFatal) {
  const auto seen = read({write("a.zip", "PK\x03\x04 and no more"), write("b.eml", "Subject: b\n\nb\n")});
  EXPECT_EQ(seen.size(), 1u);
  EXPECT_EQ(unreadable_.size(), 1u);
}

}  // namespace
}  // namespace sekisho::mailbox
