// Nothing can be changed, removed, swapped or cut off without being found. The affordable part runs always; with
// SEKISHO_WHOLE=1 a case of 200 items, every byte of its log and head, and 102 places of each item.
#include <gtest/gtest.h>

#include "a_case.h"
#include "vault/cases.h"

namespace sekisho::vault {
namespace {

class Tampering : public ACase {
 protected:
  void SetUp() override {
    ACase::SetUp();
    items = whole_run() ? 200 : 6;
    places = whole_run() ? 100 : 10;
    folder = make();
    auto vault = open(folder, Access::write);
    ASSERT_TRUE(vault);
    for (unsigned i = 0; i < items; ++i) {
      // Some longer than one piece of the file.
      const std::size_t length = i % 50 == 3 ? 70'000 : 200 + 37 * i;
      ASSERT_TRUE(vault->add_item(evidence("mail-" + std::to_string(i) + ".eml"), from(some_bytes(i + 1, length))));
      paths.push_back(vault->item_path(*vault->content().entries.back().item));
    }
    ASSERT_TRUE(vault->add({entry(Kind::note, "終わり")}));
    ASSERT_TRUE(is_intact(folder));
  }

  /// How often a change of `path` to each of `versions` is not found.
  void expect_found(const std::filesystem::path& path, const std::string& changed, const std::string& what) {
    const std::string before = slurp(path);
    ASSERT_NE(before, changed) << what;
    spill(path, changed);
    EXPECT_FALSE(is_intact(folder)) << what;
    spill(path, before);
    ++tried;
  }

  /// The pieces of a log behind its title: each with tag and length.
  static std::vector<std::string> frames(const std::string& log, std::string& title) {
    std::size_t at = log.find('\n') + 1;
    title = log.substr(0, at);
    std::vector<std::string> out;
    while (at < log.size()) {
      std::size_t length = 0;
      for (std::size_t i = 0; i < 4; ++i) length |= std::size_t{static_cast<unsigned char>(log[at + 1 + i])} << (8 * i);
      out.push_back(log.substr(at, 5 + length));
      at += 5 + length;
    }
    return out;
  }
  static std::string joined(const std::string& title, const std::vector<std::string>& pieces) {
    std::string out = title;
    for (const std::string& piece : pieces) out += piece;
    return out;
  }

  unsigned items = 0, places = 0, tried = 0;
  std::filesystem::path folder;
  std::vector<std::filesystem::path> paths;
};

TEST_F(Tampering, EveryByteOfHeadAndLog) {
  std::mt19937 random(1);
  for (const char* name : {"case", "log"}) {
    const std::string bytes = slurp(folder / name);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ (1 + random() % 255));
      expect_found(folder / name, changed, std::string(name) + " byte " + std::to_string(at));
    }
  }
  RecordProperty("tried", static_cast<int>(tried));
}

TEST_F(Tampering, RandomBytesAndBothEndsOfEachItem) {
  std::mt19937 random(2);
  const auto vault = open(folder, Access::read);
  ASSERT_TRUE(vault);
  for (const auto& path : paths) {
    const std::string bytes = slurp(path);
    for (unsigned place = 0; place < places + 2; ++place) {
      const std::size_t at = place == 0 ? 0 : place == 1 ? bytes.size() - 1 : random() % bytes.size();
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ (1 + random() % 255));
      spill(path, changed);
      const auto found = check(*vault).findings;
      ASSERT_EQ(found.size(), 1U) << path << " byte " << at;
      EXPECT_EQ(found.front().what, Finding::What::item_changed);
      ++tried;
    }
    spill(path, bytes);
  }
  RecordProperty("tried", static_cast<int>(tried));
}

TEST_F(Tampering, EveryRemoval) {
  std::vector<std::filesystem::path> all = paths;
  all.push_back(folder / "case");
  all.push_back(folder / "log");
  for (const auto& path : all) {
    std::filesystem::rename(path, root / "away");
    EXPECT_FALSE(is_intact(folder)) << path;
    std::filesystem::rename(root / "away", path);
  }
  std::string title;
  const std::string log = slurp(folder / "log");
  const auto pieces = frames(log, title);
  ASSERT_EQ(pieces.size(), items + 4);
  for (std::size_t out = 0; out < pieces.size(); ++out) {
    auto fewer = pieces;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(out));
    expect_found(folder / "log", joined(title, fewer), "without piece " + std::to_string(out));
  }
}

TEST_F(Tampering, EverySwapAndRepetition) {
  std::string title;
  const std::string log = slurp(folder / "log");
  const auto pieces = frames(log, title);
  for (std::size_t a = 0; a < pieces.size(); ++a) {
    for (std::size_t b = a + 1; b < pieces.size(); ++b) {
      if (b > a + 3 && b % 17 != 0 && !whole_run()) continue;
      auto swapped = pieces;
      std::swap(swapped[a], swapped[b]);
      expect_found(folder / "log", joined(title, swapped), "swapped " + std::to_string(a) + " " + std::to_string(b));
    }
    auto twice = pieces;
    twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(a), pieces[a]);
    expect_found(folder / "log", joined(title, twice), "twice " + std::to_string(a));
  }
  for (std::size_t i = 1; i < paths.size(); ++i) {
    const std::string a = slurp(paths[i - 1]), b = slurp(paths[i]);
    spill(paths[i - 1], b);
    spill(paths[i], a);
    const auto vault = open(folder, Access::read);
    ASSERT_TRUE(vault);
    EXPECT_EQ(check(*vault).findings.size(), 2U) << i;
    spill(paths[i - 1], a);
    spill(paths[i], b);
  }
}

TEST_F(Tampering, EveryTruncationAndAnythingBehindTheEnd) {
  for (const char* name : {"case", "log"}) {
    const std::string bytes = slurp(folder / name);
    for (std::size_t length = 0; length < bytes.size(); ++length)
      expect_found(folder / name, bytes.substr(0, length), std::string(name) + " cut to " + std::to_string(length));
    expect_found(folder / name, bytes + '\n', std::string(name) + " with a line feed");
    expect_found(folder / name, bytes + bytes, std::string(name) + " twice");
  }
  for (const auto& path : paths) {
    const std::string bytes = slurp(path);
    for (const std::size_t cut : {std::size_t{1}, std::size_t{17}, bytes.size() / 2, bytes.size()})
      expect_found(path, bytes.substr(0, bytes.size() - cut), "item cut by " + std::to_string(cut));
    expect_found(path, bytes + 'x', "item with more");
  }
}

TEST_F(Tampering, PartsOfAnotherCaseOfTheSamePerson) {
  const auto other = make("another");
  {
    auto vault = open(other, Access::write);
    ASSERT_TRUE(vault);
    ASSERT_TRUE(vault->add_item(evidence("mail-0.eml"), from(some_bytes(1, 200))));
  }
  expect_found(folder / "log", slurp(other / "log"), "the log of another case");
  expect_found(folder / "case", slurp(other / "case"), "the head of another case");
  std::filesystem::copy_file(*std::filesystem::directory_iterator(other / "items"), folder / "items/0123");
  EXPECT_FALSE(is_intact(folder));
}

TEST_F(Tampering, WhatIsWrongIsNamed) {
  std::string title;
  const std::string log = slurp(folder / "log");
  auto pieces = frames(log, title);
  pieces[4].back() = static_cast<char>(pieces[4].back() ^ 1);
  spill(folder / "log", joined(title, pieces));
  {
    const auto vault = open(folder, Access::read);
    ASSERT_TRUE(vault) << "what can be read is read";
    ASSERT_FALSE(vault->findings().empty());
    EXPECT_EQ(vault->findings().front().what, Finding::What::entry_changed);
    EXPECT_EQ(vault->findings().front().entry, 5U);
    EXPECT_EQ(vault->content().entries.size(), items + 2);
  }
  const auto writing = open(folder, Access::write);
  ASSERT_FALSE(writing) << "nothing is added to a damaged case";
  EXPECT_EQ(writing.error().said.id, "case.damaged");
  spill(folder / "log", log);
  std::filesystem::remove(paths[1]);
  const auto vault = open(folder, Access::read);
  ASSERT_TRUE(vault);
  const auto found = check(*vault).findings;
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].what, Finding::What::item_missing);
  EXPECT_EQ(found[0].value, "mail-1.eml");
}

TEST_F(Tampering, AnEarlierCompleteStateIsFoundOnlyByAReceipt) {
  const std::string earlier = slurp(folder / "log");
  std::string receipt;
  {
    auto vault = open(folder, Access::write);
    ASSERT_TRUE(vault);
    ASSERT_TRUE(vault->add({entry(Kind::note, "あとで消された一行")}));
    receipt = write_receipt(vault->content().entries.size(), vault->content().digest);
  }
  Against against;
  against.receipt = find_receipt(receipt);
  ASSERT_TRUE(against.receipt);
  {
    const auto vault = open(folder, Access::read);
    ASSERT_TRUE(vault);
    EXPECT_TRUE(check(*vault, against).receipt_holds);
  }
  spill(folder / "log", earlier);
  EXPECT_TRUE(is_intact(folder)) << "by itself it is a whole case";
  const auto vault = open(folder, Access::read);
  ASSERT_TRUE(vault);
  const Verification with_receipt = check(*vault, against);
  ASSERT_EQ(with_receipt.findings.size(), 1U);
  EXPECT_EQ(with_receipt.findings[0].what, Finding::What::receipt_differs);
}

TEST_F(Tampering, AnItemThatNoEntryNamesIsSaid) {
  const std::string earlier = slurp(folder / "log");
  {
    auto vault = open(folder, Access::write);
    ASSERT_TRUE(vault);
    ASSERT_TRUE(vault->add_item(evidence("later.eml"), from("later")));
  }
  spill(folder / "log", earlier);
  ASSERT_TRUE(open(folder, Access::write)) << "and it is not cleared away";
  const auto vault = open(folder, Access::read);
  ASSERT_TRUE(vault);
  const auto said = check(*vault).notices;
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0].what, Notice::What::unclaimed_item);
}

TEST_F(Tampering, AFileThatIsNotOfTheCaseIsNamed) {
  spill(folder / "items/photo.jpg", "from elsewhere");
  spill(folder / "more", "from elsewhere");
  const auto vault = open(folder, Access::read);
  ASSERT_TRUE(vault);
  EXPECT_EQ(check(*vault).findings.size(), 2U);
}

}  // namespace
}  // namespace sekisho::vault
