// A case in a folder of its own, for the tests of the vault: with a passphrase that costs nothing to try.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>

#include "vault/vault.h"
#include "vault/verify.h"

namespace sekisho::vault {

inline Cost cheap() { return {crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN}; }
inline const Passphrase& passphrase() {
  static const Passphrase words(std::string_view("three invented words"));
  return words;
}

inline Source from(std::string bytes) {
  return [bytes = std::move(bytes), at = std::size_t{0}](char* to, std::size_t room) mutable -> Result<std::size_t> {
    const std::size_t count = std::min(room, bytes.size() - at);
    bytes.copy(to, count, at);
    at += count;
    return count;
  };
}

inline Entry entry(Kind kind, std::string text, std::string about = {}) {
  Entry out;
  out.time = "2026-11-23T18:05:00+09:00";
  out.author = "相談員 見本";
  out.kind = kind;
  out.text = std::move(text);
  out.about = std::move(about);
  return out;
}
inline Entry evidence(std::string name) {
  Entry out = entry(Kind::item, "", "mail");
  out.item = Item{{}, 0, std::move(name)};
  return out;
}

inline std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}
inline void spill(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

/// Invented bytes of some length, the same for one seed.
inline std::string some_bytes(unsigned seed, std::size_t length) {
  std::mt19937 random(seed);
  std::string out;
  while (out.size() < length) out += static_cast<char>(random());
  return out;
}

class ACase : public testing::Test {
 protected:
  void SetUp() override {
    // In memory where there is such a folder: thousands of small changes, each looked at from the disk.
    const std::filesystem::path memory = "/dev/shm";
    std::error_code error;
    const auto place = std::filesystem::is_directory(memory, error) ? memory : std::filesystem::temp_directory_path();
    std::string name = (place / "sekisho-case-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root = name;
    cases = root / "cases";
    std::filesystem::create_directory(cases);
  }
  void TearDown() override { std::filesystem::remove_all(root); }

  NewCase wanted(std::string id = "20261123-abcd") const {
    NewCase out;
    out.id = std::move(id);
    out.opened = "2026-11-23";
    out.time = "2026-11-23T18:00:00+09:00";
    out.author = "相談員 見本";
    out.cost = cheap();
    return out;
  }
  std::filesystem::path make(std::string id = "20261123-abcd") {
    const auto made = Vault::create(real_files(), cases, wanted(id), passphrase(), {entry(Kind::note, "届いた")});
    EXPECT_TRUE(made) << to_line(made.error());
    return cases / id;
  }
  static Result<Vault> open(const std::filesystem::path& folder, Access access, Files& files = real_files()) {
    return Vault::open(files, folder, passphrase(), access, IfBusy::wait);
  }
  static Verification check(const Vault& vault, const Against& against = {}) {
    return verify(vault, against, [](std::uint64_t) {});
  }
  /// What `case verify` would say: nothing is wrong.
  static bool is_intact(const std::filesystem::path& folder) {
    const auto vault = open(folder, Access::read);
    return vault && check(*vault).findings.empty();
  }

  std::filesystem::path root, cases;
};

/// Runs that take minutes are done when asked for: SEKISHO_WHOLE=1.
inline bool whole_run() { return std::getenv("SEKISHO_WHOLE") != nullptr; }

}  // namespace sekisho::vault
