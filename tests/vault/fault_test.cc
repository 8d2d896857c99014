// Whatever fails or ends in the middle: what was acknowledged is there, nothing is half there. Each step that changes
// the disk fails once, runs out of room once, is cut short once, and the process dies there once. SEKISHO_WHOLE=1: 200
// processes killed at a random moment, instead of 20.
#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

#include <cerrno>
#include <set>

#include "a_case.h"
#include "vault/cases.h"

namespace sekisho::vault {
namespace {

/// Real files whose step number `at` goes wrong.
class Faulty : public Files {
 public:
  enum class Way { fails, no_room, half_written, dies };
  Faulty(unsigned at, Way way) : at_(at), way_(way) {}
  unsigned steps() const { return steps_; }

  int create(const char* path) override { return wrong() ? -1 : Files::create(path); }
  ssize_t write(int descriptor, const void* bytes, std::size_t count) override {
    if (!wrong()) return Files::write(descriptor, bytes, count);
    if (way_ == Way::half_written) (void)Files::write(descriptor, bytes, count / 2);
    return -1;
  }
  int sync(int descriptor) override { return wrong() ? -1 : Files::sync(descriptor); }
  int rename(const char* from, const char* to) override { return wrong() ? -1 : Files::rename(from, to); }
  int remove(const char* path) override { return wrong() ? -1 : Files::remove(path); }
  int make_folder(const char* path) override { return wrong() ? -1 : Files::make_folder(path); }
  int remove_folder(const char* path) override { return wrong() ? -1 : Files::remove_folder(path); }

 private:
  bool wrong() {
    if (steps_++ != at_) return false;
    if (way_ == Way::dies) ::kill(::getpid(), SIGKILL);
    errno = way_ == Way::fails ? EIO : ENOSPC;
    return true;
  }
  unsigned at_, steps_ = 0;
  Way way_;
};

class Faults : public ACase {
 protected:
  /// What a person does in one sitting; how much of it was acknowledged is said as it happens.
  template <class Say>
  static void sit(Files& files, const std::filesystem::path& folder, const Say& say) {
    auto vault = Vault::open(files, folder, passphrase(), Access::write, IfBusy::wait);
    if (!vault) return;
    const auto mail = vault->add_item(evidence("one.eml"), from(some_bytes(1, 70'000)));
    if (!mail) return;
    say('1');
    if (!vault->add({entry(Kind::call, "電話した", "銀行"), entry(Kind::note, "二つ目")})) return;
    say('2');
    if (!vault->add_item(evidence("two.png"), from("a picture"))) return;
    say('3');
    if (!vault->erase_item(entry(Kind::erased, ""), mail->entry.number)) return;
    say('4');
    if (!vault->keep_until(entry(Kind::keep_until, ""), "2027-11-23")) return;
    say('5');
  }

  /// How many of the sitting's steps the case holds; every state between them would be a fault.
  void expect_whole(const std::filesystem::path& folder, std::size_t acknowledged, const std::string& what) {
    const auto vault = open(folder, Access::read);
    ASSERT_TRUE(vault) << what << ": " << to_line(vault.error());
    const Verification verification = check(*vault);
    ASSERT_TRUE(verification.findings.empty()) << what << ": " << static_cast<int>(verification.findings[0].what);
    const std::size_t entries = vault->content().entries.size() - 2;
    // 0: nothing, 1: the mail, 3: two lines at once, 4: the picture, 5: erased, 6: kept until.
    const std::vector<std::size_t> states{0, 1, 3, 4, 5, 6};
    const auto state = std::find(states.begin(), states.end(), entries);
    ASSERT_NE(state, states.end()) << what << ": half of it, " << entries;
    EXPECT_GE(static_cast<std::size_t>(state - states.begin()), acknowledged) << what << ": lost";
    // And one can go on from there: the next one that writes puts right what was left.
    {
      auto next = open(folder, Access::write);
      ASSERT_TRUE(next) << what;
      ASSERT_TRUE(next->add({entry(Kind::note, "そのあと")})) << what;
    }
    const auto later = open(folder, Access::read);
    ASSERT_TRUE(later) << what;
    const Verification after = check(*later);
    EXPECT_TRUE(after.findings.empty()) << what;
    for (const Notice& notice : after.notices)
      EXPECT_TRUE(notice.what == Notice::What::erased_item || notice.what == Notice::What::unclaimed_item) << what;
  }

  std::filesystem::path fresh(const std::string& id) {
    std::filesystem::remove_all(cases / id);
    return make(id);
  }
};

TEST_F(Faults, EveryStepThatFailsLeavesAWholeCase) {
  for (const auto way : {Faulty::Way::fails, Faulty::Way::no_room, Faulty::Way::half_written}) {
    unsigned at = 0;
    for (;; ++at) {
      const auto folder = fresh("c");
      Faulty files(at, way);
      std::size_t acknowledged = 0;
      sit(files, folder, [&](char) { ++acknowledged; });
      expect_whole(folder, acknowledged, "step " + std::to_string(at));
      if (files.steps() <= at) break;
    }
    EXPECT_GT(at, 40U) << "fewer steps than there are";
  }
}

TEST_F(Faults, AFullDiskIsSaidAsThat) {
  const auto folder = make();
  Faulty files(5, Faulty::Way::no_room);
  auto vault = open(folder, Access::write, files);
  ASSERT_TRUE(vault);
  const auto added = vault->add_item(evidence("one.eml"), from(some_bytes(1, 500'000)));
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().said.id, "case.disk_full");
  EXPECT_EQ(vault->content().entries.size(), 2U);
  EXPECT_TRUE(vault->add_item(evidence("one.eml"), from("there is room again")));
}

TEST_F(Faults, MakingACaseIsOneStep) {
  for (unsigned at = 0;; ++at) {
    Faulty files(at, Faulty::Way::fails);
    const auto made = Vault::create(files, cases, wanted("new"), passphrase(), {});
    if (std::filesystem::exists(cases / "new")) {
      EXPECT_TRUE(is_intact(cases / "new")) << at;
    }
    EXPECT_TRUE(std::filesystem::exists(cases / "new") || !made) << at;
    const bool done = files.steps() <= at;
    std::filesystem::remove_all(cases / "new");
    EXPECT_FALSE(std::filesystem::exists(cases / ".new-new")) << at;
    if (done) break;
  }
}

TEST_F(Faults, ErasingThatWasCutShortIsFinishedLater) {
  for (unsigned at = 0;; ++at) {
    const auto folder = fresh("c");
    Faulty files(at, Faulty::Way::fails);
    const bool erased = erase_case(files, folder).has_value();
    if (files.steps() <= at) break;
    if (erased) continue;
    if (std::filesystem::exists(folder)) {
      EXPECT_TRUE(erase_case(real_files(), folder)) << at;
    }
    finish_erasing(real_files(), cases);
    EXPECT_TRUE(std::filesystem::is_empty(cases)) << at;
  }
}

TEST_F(Faults, AProcessThatDiesAtAnyStepLeavesAWholeCase) {
  for (unsigned at = 0;; ++at) {
    const auto folder = fresh("c");
    int said[2];
    ASSERT_EQ(::pipe(said), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      Faulty files(at, Faulty::Way::dies);
      sit(files, folder, [&](char c) { (void)!::write(said[1], &c, 1); });
      ::_exit(0);
    }
    ::close(said[1]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    char acknowledged[8];
    const ssize_t count = ::read(said[0], acknowledged, sizeof acknowledged);
    ::close(said[0]);
    expect_whole(folder, static_cast<std::size_t>(std::max<ssize_t>(count, 0)), "died at step " + std::to_string(at));
    if (!WIFSIGNALED(status)) {
      EXPECT_GT(at, 40U);
      break;
    }
  }
}

TEST_F(Faults, AProcessKilledAtARandomMomentLosesNothingItAcknowledged) {
  const unsigned times = whole_run() ? 200 : 20;
  std::mt19937 random(std::random_device{}());
  const auto folder = make();
  std::size_t kept = 2, killed = 0;
  for (unsigned time = 0; time < times; ++time) {
    int said[2];
    ASSERT_EQ(::pipe(said), 0);
    const unsigned base = static_cast<unsigned>(random());
    const pid_t child = ::fork();
    if (child == 0) {
      auto vault = open(folder, Access::write);
      for (unsigned i = 0; vault && i < 1000; ++i) {
        const auto added = vault->add_item(evidence("mail.eml"), from(some_bytes(base + i, 20'000)));
        if (!added || added->duplicate) ::_exit(1);
        (void)!::write(said[1], "x", 1);
      }
      ::_exit(2);
    }
    ::close(said[1]);
    ::usleep(static_cast<useconds_t>(random() % 30'000));
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    killed += WIFSIGNALED(status) ? 1 : 0;
    std::size_t acknowledged = 0;
    char piece[4096];
    for (ssize_t got = 0; (got = ::read(said[0], piece, sizeof piece)) > 0;)
      acknowledged += static_cast<std::size_t>(got);
    ::close(said[0]);
    const auto vault = open(folder, Access::read);
    ASSERT_TRUE(vault) << to_line(vault.error());
    const Verification found = check(*vault);
    ASSERT_TRUE(found.findings.empty());
    const std::size_t now = vault->content().entries.size();
    ASSERT_GE(now, kept + acknowledged) << "lost";
    ASSERT_LE(now, kept + acknowledged + 1) << "more than was asked for";
    kept = now;
  }
  EXPECT_EQ(killed, times);
}

TEST_F(Faults, TwoWritersAtOnceLoseNothing) {
  const auto folder = make();
  constexpr unsigned each = 15, writers = 3;
  std::vector<pid_t> children;
  for (unsigned writer = 0; writer < writers; ++writer) {
    const pid_t child = ::fork();
    if (child != 0) {
      children.push_back(child);
      continue;
    }
    for (unsigned i = 0; i < each; ++i) {
      auto vault = open(folder, Access::write);
      if (!vault || !vault->add_item(evidence("m.eml"), from(some_bytes(writer * 1000 + i, 3'000)))) ::_exit(1);
    }
    ::_exit(0);
  }
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  const auto vault = open(folder, Access::read);
  ASSERT_TRUE(vault);
  EXPECT_EQ(vault->content().entries.size(), 2 + each * writers);
  EXPECT_TRUE(check(*vault).findings.empty());
}

}  // namespace
}  // namespace sekisho::vault
