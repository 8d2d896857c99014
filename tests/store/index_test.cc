#include "store/index.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

namespace sekisho::store {
namespace {

namespace fs = std::filesystem;

class IndexTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "sekisho-index-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }
  Secret secret() const {
    auto secret = Secret::open(Index::key_in(folder_));
    EXPECT_TRUE(secret.has_value());
    return *secret;
  }
  std::vector<std::string> records(const Index& index) const {
    std::vector<std::string> all;
    const auto ok = index.each([&](std::string_view record) -> Result<void> {
      all.emplace_back(record);
      return {};
    });
    EXPECT_TRUE(ok.has_value());
    return all;
  }
  fs::path folder_;
};

TEST_F(IndexTest, WhatWasAddedIsThereAgainWithItsSource) {
  {
    auto index = Index::open(folder_, secret(), "basis");
    ASSERT_TRUE(index.has_value());
    ASSERT_TRUE(index->add("one", 1, {{7, 0, 100, -5, 90, 1, 11, 12}}).has_value());
    ASSERT_TRUE(index->add("two", 1, {{7, 0, 200, 6, 190, 2, 11, 13}}).has_value());
  }
  const auto index = Index::open(folder_, secret(), "basis");
  ASSERT_TRUE(index.has_value());
  EXPECT_EQ(records(*index), (std::vector<std::string>{"one", "two"}));
  const auto sources = index->sources();
  ASSERT_TRUE(sources.has_value());
  ASSERT_EQ(sources->size(), 1u);
  EXPECT_EQ(sources->front().end, 190u);
  EXPECT_EQ(sources->front().modified, 6);
}

TEST_F(IndexTest, AnotherBasisEmptiesIt) {
  {
    auto index = Index::open(folder_, secret(), "one");
    ASSERT_TRUE(index->add("record", 1, {{1}}).has_value());
  }
  const auto index = Index::open(folder_, secret(), "two");
  EXPECT_TRUE(records(*index).empty());
  EXPECT_TRUE(index->sources()->empty());
}

TEST_F(IndexTest, OnTheDiskNothingStandsInClear) {
  const std::string name = "Misaki Kawabe 080-0123-4567";
  {
    auto index = Index::open(folder_, secret(), "basis");
    ASSERT_TRUE(index->add(name, 1, {{1}}).has_value());
  }
  for (const auto& file : fs::directory_iterator(folder_)) {
    std::ifstream in(file.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(bytes.find(name), std::string::npos) << file.path();
    struct stat status {};
    ASSERT_EQ(stat(file.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 077, 0u) << file.path() << " is for the owner only";
  }
}

TEST_F(IndexTest, AKillAtAnyPointLeavesWhatWasAddedBefore) {
  // The child adds until it is killed; every record says how many there must be.
  for (int round = 0; round < 10; ++round) {
    const pid_t child = fork();
    if (child == 0) {
      auto index = Index::open(folder_, secret(), "basis");
      if (!index) _exit(1);
      for (std::uint64_t i = records(*index).size();; ++i)
        if (!index->add(std::to_string(i), 1, {{1, 0, 0, 0, i, i + 1, 0, 0}})) _exit(1);
    }
    usleep(static_cast<useconds_t>(20'000 + round * 7'919));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
    const auto index = Index::open(folder_, secret(), "basis");
    ASSERT_TRUE(index.has_value()) << index.error().what;
    const auto all = records(*index);
    for (std::size_t i = 0; i < all.size(); ++i) ASSERT_EQ(all[i], std::to_string(i));
    const auto sources = index->sources();
    EXPECT_EQ(sources->empty() ? 0 : sources->front().count, all.size()) << "record and source together or not at all";
  }
}

TEST_F(IndexTest, AChangedRecordIsRefused) {
  {
    auto index = Index::open(folder_, secret(), "basis");
    ASSERT_TRUE(index->add("record", 1, {{1}}).has_value());
  }
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(Index::file_in(folder_).c_str(), &database), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(database, "UPDATE records SET sealed = zeroblob(100)", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);
  const auto index = Index::open(folder_, secret(), "basis");
  ASSERT_TRUE(index.has_value());
  const auto ok = index->each([](std::string_view) -> Result<void> { return {}; });
  ASSERT_FALSE(ok.has_value());
  EXPECT_EQ(ok.error().code, ErrorCode::bad_data);
}

TEST_F(IndexTest, AnIndexOfANewerProgramIsLeftAlone) {
  { ASSERT_TRUE(Index::open(folder_, secret(), "basis").has_value()); }
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(Index::file_in(folder_).c_str(), &database), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(database, "PRAGMA user_version=99", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);
  EXPECT_FALSE(Index::open(folder_, secret(), "basis").has_value());
}

TEST_F(IndexTest, AnIndexOfTheFirstVersionIsBroughtUpToDateWithWhatItHolds) {
  const Secret key = secret();
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(Index::file_in(folder_).c_str(), &database), SQLITE_OK);
  const auto run = [&](const std::string& sql) {
    ASSERT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
  };
  run("CREATE TABLE basis(id INTEGER PRIMARY KEY CHECK(id = 1), hash INTEGER NOT NULL);"
      "CREATE TABLE sources(key INTEGER PRIMARY KEY, generation INTEGER NOT NULL, size INTEGER NOT NULL, modified "
      "INTEGER "
      "NOT NULL, end INTEGER NOT NULL, count INTEGER NOT NULL, head INTEGER NOT NULL, tail INTEGER NOT NULL);"
      "CREATE TABLE records(id INTEGER PRIMARY KEY, entries INTEGER NOT NULL, sealed BLOB NOT NULL);"
      "INSERT INTO sources VALUES(7, 0, 100, 5, 90, 1, 11, 12); PRAGMA user_version=1;");
  run("INSERT INTO basis VALUES(1, " + std::to_string(static_cast<std::int64_t>(key.hash("basis"))) + ")");
  sqlite3_stmt* put = nullptr;
  ASSERT_EQ(sqlite3_prepare_v2(database, "INSERT INTO records VALUES(1, 1, ?)", -1, &put, nullptr), SQLITE_OK);
  const std::string sealed = key.seal("kept from before", "record 1");
  sqlite3_bind_blob64(put, 1, sealed.data(), sealed.size(), SQLITE_STATIC);
  ASSERT_EQ(sqlite3_step(put), SQLITE_DONE);
  sqlite3_finalize(put);
  sqlite3_close(database);
  {
    auto index = Index::open(folder_, key, "basis");
    ASSERT_TRUE(index.has_value()) << index.error().what;
    EXPECT_EQ(records(*index), std::vector<std::string>{"kept from before"});
    EXPECT_EQ(index->sources()->at(0).end, 90u);
    ASSERT_TRUE(index->add("new", 1, {{8}}).has_value());
  }
  const auto index = Index::open(folder_, key, "basis");
  EXPECT_EQ(records(*index), (std::vector<std::string>{"kept from before", "new"})) << "and only once";
}

TEST_F(IndexTest, TwoAtOnceAreOneTooMany) {
  const auto first = Index::open(folder_, secret(), "basis");
  ASSERT_TRUE(first.has_value());
  EXPECT_FALSE(Index::open(folder_, secret(), "basis").has_value());
}

TEST_F(IndexTest, DroppingErasesIndexAndKey) {
  {
    auto index = Index::open(folder_, secret(), "basis");
    ASSERT_TRUE(index->add("record", 3, {{1}}).has_value());
  }
  EXPECT_EQ(Index::measure(folder_)->records, 3u);
  ASSERT_TRUE(Index::drop(folder_).has_value());
  EXPECT_TRUE(fs::is_empty(folder_));
  EXPECT_TRUE(Index::drop(folder_).has_value()) << "nothing there is no error";
  EXPECT_EQ(Index::measure(folder_)->records, 0u);
}

TEST_F(IndexTest, AKeyThatOthersMayReadIsRefused) {
  (void)secret();
  fs::permissions(Index::key_in(folder_), fs::perms::owner_all | fs::perms::group_read);
  EXPECT_FALSE(Secret::open(Index::key_in(folder_)).has_value());
}

TEST(SecretTest, SealedPiecesOpenOnlyInTheirPlace) {
  const Secret secret(Secret::Key{1, 2, 3});
  const std::string sealed = secret.seal("text", "here");
  EXPECT_EQ(*secret.open_sealed(sealed, "here"), "text");
  EXPECT_FALSE(secret.open_sealed(sealed, "there").has_value());
  EXPECT_FALSE(Secret(Secret::Key{9}).open_sealed(sealed, "here").has_value());
  EXPECT_FALSE(secret.open_sealed("", "here").has_value());
  std::string changed = sealed;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  EXPECT_FALSE(secret.open_sealed(changed, "here").has_value());
}

TEST(SecretTest, AHashTellsNothingWithoutTheKey) {
  const Secret one(Secret::Key{1}), other(Secret::Key{2});
  EXPECT_EQ(one.hash("a name"), one.hash("a name"));
  EXPECT_NE(one.hash("a name"), other.hash("a name"));
}

}  // namespace
}  // namespace sekisho::store
