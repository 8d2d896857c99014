// The passphrase of a case: from a file, a descriptor or the terminal without echo. It goes into memory that is wiped,
// never into a string, an argument or a message.
#include <fcntl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>

#include "app/case.h"
#include "vault/strength.h"

namespace sekisho::app {
namespace {

// For who presses Ctrl-C while nothing is shown: the terminal shows again what is typed.
int terminal = -1;
termios terminal_before{};

void show_again(int signal) {
  ::tcsetattr(terminal, TCSANOW, &terminal_before);
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

/// The first line of what `descriptor` gives.
Result<vault::Passphrase> read_line(const CaseRun& run, int descriptor) {
  vault::Passphrase passphrase;
  unsigned char byte = 0;
  while (true) {
    const ssize_t got = ::read(descriptor, &byte, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || byte == '\n') break;
    if (!passphrase.push(byte)) return tl::unexpected(wrong(run, "passphrase_long"));
  }
  if (!passphrase.empty() && passphrase.view().back() == '\r') passphrase.pop();
  byte = 0;
  if (passphrase.empty()) return tl::unexpected(wrong(run, "passphrase_empty"));
  return passphrase;
}

Result<vault::Passphrase> read_from_file(const CaseRun& run, const std::filesystem::path& path) {
  const vault::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0) return tl::unexpected(vault::read_error(path));
  if (S_ISREG(status.st_mode) && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    std::fputs((run.say("passphrase_file_open") + '\n').c_str(), stderr);
  return read_line(run, file.get());
}

Result<vault::Passphrase> read_from_terminal(const CaseRun& run, std::string_view prompt_key) {
  const vault::Descriptor tty(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
  if (!tty || ::tcgetattr(tty.get(), &terminal_before) != 0) return tl::unexpected(wrong(run, "no_terminal"));
  terminal = tty.get();
  termios silent = terminal_before;
  silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  const std::string prompt = run.say(prompt_key) + ": ";
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::signal(signal, show_again);
  // First silent, then the prompt: what is typed as soon as it appears is neither shown nor thrown away.
  ::tcsetattr(tty.get(), TCSAFLUSH, &silent);
  (void)!::write(tty.get(), prompt.data(), prompt.size());
  auto line = read_line(run, tty.get());
  ::tcsetattr(tty.get(), TCSANOW, &terminal_before);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::signal(signal, SIG_DFL);
  (void)!::write(tty.get(), "\n", 1);
  return line;
}

void say_strength(const CaseRun& run, const vault::Passphrase& passphrase) {
  switch (vault::strength_of(passphrase.view())) {
    case vault::Strength::weak:
      std::fputs((run.say("strength.weak") + '\n').c_str(), stderr);
      break;
    case vault::Strength::fair:
      std::fputs((run.say("strength.fair") + '\n').c_str(), stderr);
      break;
    case vault::Strength::strong:
      break;
  }
}

Result<vault::Passphrase> new_one(const CaseRun& run, const std::optional<std::filesystem::path>& file) {
  std::fputs((run.say("before_passphrase") + '\n').c_str(), stderr);
  if (file) return read_from_file(run, *file);
  auto first = read_from_terminal(run, "ask_new_passphrase");
  if (!first) return first;
  const auto second = read_from_terminal(run, "ask_passphrase_again");
  if (!second) return tl::unexpected(second.error());
  if (first->view() != second->view()) return tl::unexpected(wrong(run, "passphrases_differ"));
  return first;
}

}  // namespace

Result<vault::Passphrase> ask_passphrase(const CaseRun& run, std::string_view prompt_key) {
  if (run.options.passphrase_file) return read_from_file(run, *run.options.passphrase_file);
  if (run.options.passphrase_fd) return read_line(run, *run.options.passphrase_fd);
  return read_from_terminal(run, prompt_key);
}

Result<vault::Passphrase> ask_new_passphrase(const CaseRun& run) {
  if (run.options.passphrase_fd) {
    std::fputs((run.say("before_passphrase") + '\n').c_str(), stderr);
    auto passphrase = read_line(run, *run.options.passphrase_fd);
    if (passphrase) say_strength(run, *passphrase);
    return passphrase;
  }
  auto passphrase = new_one(run, run.options.passphrase_file);
  if (passphrase) say_strength(run, *passphrase);
  return passphrase;
}

int case_passphrase(const CaseRun& run) {
  auto vault = open_case(run, vault::Access::write);
  if (!vault) return complain(run, vault.error());
  const auto next = new_one(run, run.options.new_passphrase_file);
  if (!next) return complain(run, next.error());
  say_strength(run, *next);
  if (auto ok = vault->change_passphrase(*next); !ok) return complain(run, ok.error());
  return print(run, run.say("passphrase_changed") + '\n');
}

}  // namespace sekisho::app
