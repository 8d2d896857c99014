#include "store/sealed_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "base/limits.h"

namespace sekisho::store {
namespace {

namespace fs = std::filesystem;

class SealedFileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "sekisho-sealed-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_F(SealedFileTest, WhatWasWrittenIsThereAgainAndNowhereInClear) {
  const SealedFile file(folder_ / "new", "me");
  EXPECT_EQ(*file.read(), std::nullopt);
  ASSERT_TRUE(file.write("Misaki Kawabe").has_value());
  ASSERT_TRUE(file.write("Misaki Kawabe 2").has_value());
  EXPECT_EQ(**file.read(), "Misaki Kawabe 2");
  for (const auto& one : fs::directory_iterator(folder_ / "new")) {
    std::ifstream in(one.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(bytes.find("Misaki"), std::string::npos) << one.path();
    struct stat status {};
    ASSERT_EQ(stat(one.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 077, 0u) << one.path();
  }
}

TEST_F(SealedFileTest, ErasedItIsGoneWithItsKey) {
  const SealedFile file(folder_, "me");
  ASSERT_TRUE(file.write("x").has_value());
  ASSERT_TRUE(file.erase().has_value());
  EXPECT_TRUE(fs::is_empty(folder_));
  EXPECT_TRUE(file.erase().has_value());
}

TEST_F(SealedFileTest, OneFileDoesNotOpenUnderAnotherName) {
  const SealedFile one(folder_, "one"), other(folder_, "other");
  ASSERT_TRUE(one.write("text").has_value());
  fs::copy_file(one.file(), other.file());
  fs::copy_file(one.key(), other.key());
  EXPECT_EQ(other.read().error().code, ErrorCode::bad_data);
}

TEST_F(SealedFileTest, WithoutItsKeyItIsAnErrorAndNoNewKeyIsMade) {
  const SealedFile file(folder_, "me");
  ASSERT_TRUE(file.write("text").has_value());
  fs::remove(file.key());
  EXPECT_FALSE(file.read().has_value());
  EXPECT_FALSE(fs::exists(file.key()));
}

TEST_F(SealedFileTest, ItsSizeIsLimited) {
  const SealedFile file(folder_, "me");
  constexpr std::size_t added = 40;  // nonce and tag
  EXPECT_TRUE(file.write(std::string(limits::sealed_file_bytes - added, 'x')).has_value());
  EXPECT_TRUE(file.read()->has_value());
  EXPECT_FALSE(file.write(std::string(limits::sealed_file_bytes - added + 1, 'x')).has_value());
  EXPECT_EQ((**file.read()).size(), limits::sealed_file_bytes - added) << "what was there stays";
  std::ofstream(file.file(), std::ios::binary) << std::string(limits::sealed_file_bytes + 1, 'x');
  EXPECT_FALSE(file.read().has_value());
}

TEST_F(SealedFileTest, ALinkInItsPlaceIsNotFollowed) {
  const SealedFile file(folder_, "me");
  std::ofstream(folder_ / "theirs") << "untouched";
  fs::create_symlink(folder_ / "theirs", file.file());
  ASSERT_TRUE(file.write("text").has_value());
  std::ifstream in(folder_ / "theirs");
  EXPECT_EQ((std::string{std::istreambuf_iterator<char>(in), {}}), "untouched");
}

}  // namespace
}  // namespace sekisho::store
