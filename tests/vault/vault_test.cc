// What a case keeps, and that it gives back exactly that.
#include "vault/vault.h"

#include <gmock/gmock.h>

#include <sys/stat.h>

#include "a_case.h"
#include "base/limits.h"
#include "vault/cases.h"

namespace sekisho::vault {
namespace {

class Vaults : public ACase {
 protected:
  static std::string read(const Vault& vault, std::uint64_t number) {
    std::string out;
    const auto ok = vault.read_item(number, [&](std::string_view piece) -> Result<void> {
      out += piece;
      return {};
    });
    return ok ? out : "error: " + ok.error().what;
  }
};

TEST_F(Vaults, WhatWasAddedIsThereAgainWithTimeAndAuthor) {
  const auto folder = make();
  {
    auto vault = open(folder, Access::write);
    ASSERT_TRUE(vault) << to_line(vault.error());
    ASSERT_TRUE(vault->add({entry(Kind::call, "警察相談に電話した", "警察相談")}));
    ASSERT_TRUE(vault->add_item(evidence("請求.eml"), from("From: a@shop.example\r\n\r\n払ってください")));
  }
  const auto vault = open(folder, Access::read);
  ASSERT_TRUE(vault) << to_line(vault.error());
  const auto& entries = vault->content().entries;
  ASSERT_EQ(entries.size(), 4U);
  EXPECT_EQ(entries[0].kind, Kind::opened);
  EXPECT_EQ(entries[2].text, "警察相談に電話した");
  EXPECT_EQ(entries[2].author, "相談員 見本");
  EXPECT_EQ(entries[2].time, "2026-11-23T18:05:00+09:00");
  EXPECT_EQ(entries[3].item->name, "請求.eml");
  EXPECT_EQ(read(*vault, 4), "From: a@shop.example\r\n\r\n払ってください");
  EXPECT_TRUE(is_intact(folder));
}

TEST_F(Vaults, ItemsOfEveryAwkwardLengthComeBackAsTheyWere) {
  const auto folder = make();
  auto vault = open(folder, Access::write);
  ASSERT_TRUE(vault);
  const std::size_t piece = 64 * 1024;
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{1}, piece - 1, piece, piece + 1, 2 * piece, 3 * piece + 7}) {
    const std::string bytes = some_bytes(static_cast<unsigned>(length) + 1, length);
    const auto added = vault->add_item(evidence("bytes"), from(bytes));
    ASSERT_TRUE(added) << length;
    EXPECT_EQ(read(*vault, added->entry.number), bytes) << length;
    EXPECT_EQ(added->entry.item->sha256, hex(sha256(bytes)));
    EXPECT_EQ(added->entry.item->bytes, bytes.size());
  }
  EXPECT_TRUE(is_intact(folder));
}

TEST_F(Vaults, TheSameBytesTwiceAreKeptOnceAndSaid) {
  const auto folder = make();
  auto vault = open(folder, Access::write);
  ASSERT_TRUE(vault);
  const auto first = vault->add_item(evidence("a.eml"), from("same"));
  const auto second = vault->add_item(evidence("b.eml"), from("same"));
  ASSERT_TRUE(first && second);
  EXPECT_FALSE(first->duplicate);
  EXPECT_TRUE(second->duplicate);
  EXPECT_EQ(second->entry.number, first->entry.number);
  EXPECT_EQ(vault->content().entries.size(), 3U);
  EXPECT_TRUE(is_intact(folder));
}

TEST_F(Vaults, NothingThatWasToldStandsInClearOnTheDisk) {
  const auto folder = make();
  {
    auto vault = open(folder, Access::write);
    ASSERT_TRUE(vault);
    ASSERT_TRUE(vault->add_item(evidence("madoguchi-secret.eml"), from("the secret body of a mail")));
  }
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file()) continue;
    const std::string bytes = slurp(file.path());
    for (const char* words : {"secret", "相談員", "届いた", "three invented"})
      EXPECT_EQ(bytes.find(words), std::string::npos) << file.path();
    EXPECT_EQ(file.path().filename().string().find(hex(sha256("the secret body of a mail"))), std::string::npos);
    struct stat status {};
    ASSERT_EQ(::stat(file.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 077U, 0U) << file.path();
  }
}

TEST_F(Vaults, AWrongPassphraseIsSaidAsThat) {
  const auto folder = make();
  const auto vault =
      Vault::open(real_files(), folder, Passphrase(std::string_view("another")), Access::read, IfBusy::wait);
  ASSERT_FALSE(vault);
  EXPECT_EQ(vault.error().said.id, "case.wrong_passphrase");
}

TEST_F(Vaults, ANewPassphraseReplacesTheOldOne) {
  const auto folder = make();
  const Passphrase next(std::string_view("other words"));
  {
    auto vault = open(folder, Access::write);
    ASSERT_TRUE(vault);
    ASSERT_TRUE(vault->change_passphrase(next));
    ASSERT_TRUE(vault->add({entry(Kind::note, "その後")}));
  }
  EXPECT_FALSE(open(folder, Access::read));
  const auto vault = Vault::open(real_files(), folder, next, Access::read, IfBusy::wait);
  ASSERT_TRUE(vault);
  EXPECT_EQ(vault->content().entries.back().text, "その後");
  EXPECT_TRUE(check(*vault).findings.empty());
}

TEST_F(Vaults, AnIdIsTakenOnlyOnce) {
  make();
  const auto again = Vault::create(real_files(), cases, wanted(), passphrase(), {});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().said.id, "case.taken");
}

TEST_F(Vaults, AnErasedItemIsGoneAndTheLogSaysSo) {
  const auto folder = make();
  auto vault = open(folder, Access::write);
  ASSERT_TRUE(vault);
  ASSERT_TRUE(vault->add_item(evidence("private.jpg"), from("not meant to be here")));
  const auto path = vault->item_path(*vault->content().entries.back().item);
  ASSERT_TRUE(std::filesystem::exists(path));
  ASSERT_TRUE(vault->erase_item(entry(Kind::erased, "間違えて入れた"), 3));
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_TRUE(vault->content().is_erased(3));
  EXPECT_EQ(read(*vault, 3).rfind("error", 0), 0U);
  EXPECT_FALSE(vault->erase_item(entry(Kind::erased, ""), 3));
  EXPECT_TRUE(is_intact(folder));
  // Brought back, it is a new entry.
  const auto again = vault->add_item(evidence("private.jpg"), from("not meant to be here"));
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->duplicate);
  EXPECT_TRUE(is_intact(folder));
}

TEST_F(Vaults, TheDayToKeepItUntilIsSeenWithoutThePassphrase) {
  const auto folder = make();
  {
    auto vault = open(folder, Access::write);
    ASSERT_TRUE(vault);
    ASSERT_TRUE(vault->keep_until(entry(Kind::keep_until, ""), "2027-11-30"));
  }
  const auto all = list_cases(cases);
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 1U);
  EXPECT_EQ(all->front().keep_until, "2027-11-30");
  EXPECT_EQ(all->front().entries, 3U);
  EXPECT_EQ(all->front().opened, "2026-11-23");
  EXPECT_TRUE(is_intact(folder));
}

TEST_F(Vaults, WordsThatWouldBreakALineAreRefused) {
  const auto folder = make();
  auto vault = open(folder, Access::write);
  ASSERT_TRUE(vault);
  EXPECT_FALSE(vault->add({entry(Kind::note, "one\ntext forged 2")}));
  EXPECT_FALSE(vault->add({entry(Kind::note, std::string(limits::case_value_bytes + 1, 'a'))}));
  EXPECT_TRUE(vault->add({entry(Kind::note, std::string(limits::case_value_bytes, 'a'))}));
  EXPECT_TRUE(vault->add({entry(Kind::note, std::string(limits::case_value_bytes - 1, 'a'))}));
  Entry nobody = entry(Kind::note, "who?");
  nobody.author.clear();
  EXPECT_FALSE(vault->add({nobody}));
  EXPECT_TRUE(is_intact(folder));
}

TEST_F(Vaults, ACaseOfTheFirstVersionIsReadAndBroughtToTheNewest) {
  // As a program of that version wrote it; its passphrase is passphrase().
  const auto folder = cases / "version-1";
  std::filesystem::copy(std::filesystem::path(SEKISHO_SOURCE_DIR) / "tests/vault/data/version-1", folder,
                        std::filesystem::copy_options::recursive);
  EXPECT_TRUE(is_intact(folder));
  EXPECT_EQ(slurp(folder / "case").rfind("sekisho case 1\n", 0), 0U) << "reading changes nothing";
  ASSERT_TRUE(open(folder, Access::write));
  EXPECT_EQ(slurp(folder / "case").rfind("sekisho case 2\n", 0), 0U);
  const auto vault = open(folder, Access::read);
  ASSERT_TRUE(vault);
  EXPECT_EQ(vault->content().keep_until, "none");
  ASSERT_EQ(vault->content().entries.size(), 4U);
  EXPECT_EQ(vault->content().entries[1].text, "昔の記録");
  EXPECT_EQ(read(*vault, 4), "From: a@shop.example\r\n\r\n見本です\r\n");
  EXPECT_TRUE(is_intact(folder));
}

TEST_F(Vaults, ACaseOfANewerVersionIsRefusedAndSaidSo) {
  const auto folder = make();
  std::string head = slurp(folder / "case");
  head.replace(head.find(" 2\n"), 3, " 3\n");
  spill(folder / "case", head);
  const auto vault = open(folder, Access::read);
  ASSERT_FALSE(vault);
  EXPECT_EQ(vault.error().said.id, "case.newer");
}

TEST_F(Vaults, ACaseIsFoundByTheBeginningOfItsName) {
  make("20261123-abcd");
  make("20261124-wxyz");
  EXPECT_EQ(find_case(cases, "20261124")->filename(), "20261124-wxyz");
  EXPECT_EQ(find_case(cases, "202611").error().said.id, "case.which");
  EXPECT_EQ(find_case(cases, "").error().said.id, "case.which");
  EXPECT_EQ(find_case(cases, "x").error().said.id, "case.unknown");
  EXPECT_EQ(find_case(root / "nowhere", "").error().said.id, "case.none");
}

TEST_F(Vaults, AnErasedCaseLeavesNothing) {
  const auto folder = make();
  make("another");
  {
    auto vault = open(folder, Access::write);
    ASSERT_TRUE(vault);
    ASSERT_TRUE(vault->add_item(evidence("a.eml"), from("bytes")));
  }
  ASSERT_TRUE(erase_case(real_files(), folder));
  std::vector<std::string> left;
  for (const auto& file : std::filesystem::directory_iterator(cases)) left.push_back(file.path().filename().string());
  EXPECT_THAT(left, testing::ElementsAre("another"));
}

TEST_F(Vaults, WhoseCaseWasErasedWhileTheyWaitedIsTold) {
  const auto folder = make();
  ASSERT_TRUE(erase_case(real_files(), folder));
  EXPECT_FALSE(open(folder, Access::write));
}

TEST_F(Vaults, ASecondWriterIsRefusedOrWaits) {
  const auto folder = make();
  const auto first = open(folder, Access::write);
  ASSERT_TRUE(first);
  const auto second = Vault::open(real_files(), folder, passphrase(), Access::write, IfBusy::refuse);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().said.id, "case.busy");
  EXPECT_TRUE(open(folder, Access::read)) << "reading needs no lock";
}

}  // namespace
}  // namespace sekisho::vault
