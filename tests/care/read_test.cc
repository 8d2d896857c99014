// A broken data file must not build: each of these is a mistake that somebody will make.
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

#include <unistd.h>

#include <gtest/gtest.h>

#include "care/care.h"
#include "care/plan.h"

namespace sekisho::care {
namespace {

namespace fs = std::filesystem;

/// A copy of knowledge/care that a test may spoil.
class Folder {
 public:
  Folder()
      : path_(fs::path(testing::TempDir()) / ("care-" + std::to_string(::getpid()) + "-" +
                                              testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::remove_all(path_);
    fs::copy(SEKISHO_SOURCE_DIR "/knowledge/care", path_, fs::copy_options::recursive);
  }
  ~Folder() { fs::remove_all(path_); }

  /// Replaces the first `from` in the file; `from` must be there.
  void change(const std::string& file, const std::string& from, const std::string& to) {
    std::string text = read(file);
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << file << " does not hold: " << from;
    write(file, text.replace(at, from.size(), to));
  }
  std::string read(const std::string& file) const {
    std::ifstream in(path_ / file);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  }
  void write(const std::string& file, const std::string& text) const {
    fs::create_directories((path_ / file).parent_path());
    std::ofstream(path_ / file) << text;
  }
  /// The error's one line, or "" when all is well.
  std::string error() const {
    const auto care = read_care(path_);
    if (!care) return to_line(care.error());
    const auto ok = check(*care, Check::whole);
    return ok ? std::string() : to_line(ok.error());
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

void expect_in(const std::string& error, std::initializer_list<const char*> parts) {
  for (const char* part : parts) EXPECT_NE(error.find(part), std::string::npos) << "got: " << error;
}

TEST(Reading, TheDataAsItIsIsWhole) { EXPECT_EQ(Folder().error(), ""); }

TEST(Reading, AMissingRegisterIsNamedWithFileAndLine) {
  Folder folder;
  folder.change("situations/police_4_bank.yaml", "  ja-plain: ", "  ja-plan: ");
  expect_in(folder.error(), {"police_4_bank.yaml:", "unknown key 'ja-plan'", "did you mean 'ja-plain'?"});
  folder.change("situations/police_4_bank.yaml", "  ja-plan: ", "  # ");
  expect_in(folder.error(), {"police_4_bank.yaml:", "'ja-plain' is missing"});
}

TEST(Reading, UnknownNamesNameTheNearest) {
  Folder folder;
  folder.change("situations/police_4_bank.yaml", "id: own_bank", "id: own_bnk");
  expect_in(folder.error(), {"police_4_bank.yaml:", "unknown contact 'own_bnk'", "did you mean 'own_bank'?"});
}

TEST(Reading, AStepThatNobodyReachesDoesNotBuild) {
  Folder folder;
  folder.change(
      "situations/police_4_bank.yaml", "steps:\n",
      "steps:\n- {id: never_seen, phase: money, when: {done: [paid], not_done: [paid]}, text: {ja: あ, ja-plain: "
      "あ, en: a}, why: {ja: あ, ja-plain: あ, en: a}}\n");
  expect_in(folder.error(), {"police_4_bank.yaml:", "no answers reach the step 'never_seen'"});
}

TEST(Reading, AContactThatNobodyNamesDoesNotBuild) {
  Folder folder;
  folder.change(
      "contacts.yaml", "contacts:\n",
      "contacts:\n- {id: lonely, group: police, name: {ja: あ, ja-plain: あ, en: a}, phone: null, show_phone: "
      "false, web: null, takes: {ja: あ, ja-plain: あ, en: a}, say: {ja: あ, ja-plain: あ, en: a}, source: "
      "{name: x, url: null}, as_of: unknown, confidence: seed}\n");
  expect_in(folder.error(), {"contacts.yaml:", "no plan names the contact 'lonely'"});
}

TEST(Reading, ATelephoneNumberInASentenceDoesNotBuild) {
  for (const char* number : {"03-5555-0100", "0120-555-010", "090 5555 0100", "(03)5555-0100", "0355550100"}) {
    Folder folder;
    folder.change("situations/police_4_bank.yaml", "steps:\n",
                  std::string("steps:\n- {id: call, phase: money, text: {ja: 'あ") + number +
                      "', ja-plain: あ, en: a}, why: {ja: あ, ja-plain: あ, en: a}}\n");
    expect_in(folder.error(), {"something like a telephone number"});
  }
}

TEST(Reading, FuriganaBelongInPlainJapaneseOnly) {
  Folder folder;
  folder.change("situations/police_4_bank.yaml", "steps:\n",
                "steps:\n- {id: call, phase: money, text: {ja: '{銀行|ぎんこう}', ja-plain: あ, en: a}, why: {ja: あ, "
                "ja-plain: あ, en: a}}\n");
  expect_in(folder.error(), {"furigana belong in ja-plain only"});
}

TEST(Reading, ASlotThatNothingMayFillDoesNotBuild) {
  Folder folder;
  folder.change("situations/police_4_bank.yaml", "steps:\n",
                "steps:\n- {id: call, phase: money, text: {ja: '{typed_on}に', ja-plain: あ, en: a}, why: {ja: あ, "
                "ja-plain: あ, en: a}}\n");
  expect_in(folder.error(), {"the slot {typed_on} may have nothing to fill it", "has: [typed_on]"});
}

TEST(Reading, WhatIsFromMemoryNeedsAPlaceToConfirm) {
  Folder folder;
  folder.change("situations/police_4_bank.yaml", "steps:\n",
                "steps:\n- {id: call, phase: money, confidence: memory, text: {ja: あ, ja-plain: あ, en: a}, why: {ja: "
                "あ, ja-plain: あ, en: a}}\n");
  expect_in(folder.error(), {"needs 'confirm_at'"});
}

TEST(Reading, AFileNobodyKnowsIsNoSilence) {
  Folder folder;
  folder.write("step.yaml", "steps: []\n");
  expect_in(folder.error(), {"step.yaml", "did you mean 'steps.yaml'?"});
}

TEST(Site, ItsTextsAndNumbersReplaceOurs) {
  Folder site;
  for (const auto& entry : fs::directory_iterator(site.path())) fs::remove_all(entry.path());
  site.write(
      "contacts.yaml",
      "contacts:\n- {id: police_9110, group: police, name: {ja: 町の相談, ja-plain: まち, en: Town desk}, phone: "
      "'#9110', show_phone: true, web: null, takes: {ja: あ, ja-plain: あ, en: a}, say: {ja: い, ja-plain: い, "
      "en: i}, source: {name: town, url: null}, as_of: '2026-11-01', confidence: verified}\n");
  auto base = read_care(SEKISHO_SOURCE_DIR "/knowledge/care");
  ASSERT_TRUE(base);
  const std::size_t contacts = base->contacts.size();
  const auto laid = overlay(std::move(*base), site.path());
  ASSERT_TRUE(laid) << to_line(laid.error());
  EXPECT_EQ(laid->contacts.size(), contacts);
  EXPECT_EQ(laid->contact("police_9110")->name.en, "Town desk");
}

TEST(Site, ItsMistakesAreNamed) {
  Folder site;
  for (const auto& entry : fs::directory_iterator(site.path())) fs::remove_all(entry.path());
  site.write("kinds.yaml", "kinds: {free_period_end: campain_with_my_data}\n");
  auto base = read_care(SEKISHO_SOURCE_DIR "/knowledge/care");
  const auto laid = overlay(std::move(*base), site.path());
  ASSERT_FALSE(laid);
  expect_in(to_line(laid.error()), {"unknown situation", "did you mean 'campaign_with_my_data'?"});
}

}  // namespace
}  // namespace sekisho::care
