// sekisho-pdf: reads one paper from standard input, writes one PDF to standard output, and can do nothing else.
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <new>

#include "base/limits.h"
#include "pdf/fonts.h"
#include "pdf/render.h"
#include "pdf/sandbox.h"

namespace {

using namespace sekisho;

constexpr const char* usage =
    "usage: sekisho-pdf [--fonts FOLDER] < PAPER.json > FILE.pdf\n"
    "       sekisho-pdf --self-test | --version | --help\n\n"
    "Reads one document in the format sekisho.paper/1 and writes it as PDF. Before it reads, it locks itself in: it "
    "can\n"
    "then open no file and no connection. --self-test tries to, and says what became of it. See sekisho-pdf(1).\n";

/// sysexits.h, as all of Sekisho.
int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage:
      return 64;
    case ErrorCode::not_mail:
    case ErrorCode::bad_data:
      return 65;
    case ErrorCode::unreadable:
      return 66;
    case ErrorCode::internal:
      break;
  }
  return 70;
}

void say(const std::string& line) {
  const std::string text = "sekisho-pdf: " + line + "\n";
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t some = ::write(STDERR_FILENO, text.data() + done, text.size() - done);
    if (some <= 0) return;
    done += static_cast<std::size_t>(some);
  }
}

int complain(const Error& error) {
  say(to_line(error));
  return exit_code(error.code);
}

Result<std::string> read_input() {
  std::string all;
  constexpr std::size_t step = 256 * 1024;
  for (;;) {
    const std::size_t had = all.size();
    all.resize(had + step);
    const ssize_t some = ::read(STDIN_FILENO, all.data() + had, step);
    if (some < 0 && errno == EINTR) {
      all.resize(had);
      continue;
    }
    if (some < 0) return fail(ErrorCode::unreadable, "standard input cannot be read");
    all.resize(had + static_cast<std::size_t>(some));
    if (some == 0) return all;
    if (all.size() > limits::paper_bytes)
      return fail(ErrorCode::bad_data, "the document is larger than " + std::to_string(limits::paper_bytes) + " bytes");
  }
}

bool write_output(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t some = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (some < 0 && errno == EINTR) continue;
    if (some <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(some));
  }
  return true;
}

int self_test() {
  if (!pdf::can_lock_in()) {
    std::puts("this build has sanitizers in it and cannot lock itself in");
    return 69;
  }
  bool all = true;
  for (const pdf::Trial& trial : pdf::try_to_break_out()) {
    constexpr const char* ends[] = {"killed", "refused", "lives", "unclear"};
    std::printf("%s: %s%s\n", trial.what.c_str(), ends[static_cast<std::size_t>(trial.end)],
                trial.as_it_should ? "" : ", and that is wrong");
    all = all && trial.as_it_should;
  }
  return all ? 0 : 70;
}

int set_pages(const char* folder) {
  pdf::leave_the_net();
  auto fonts = pdf::Fonts::open(folder);
  if (!fonts) return complain(fonts.error());
  if (const auto locked = pdf::lock_in(); !locked) return complain(locked.error());
  auto input = read_input();
  if (!input) return complain(input.error());
  auto paper = paper::read_paper(*input);
  if (!paper) return complain(paper.error());
  std::string().swap(*input);
  const auto made = pdf::render(*paper, *fonts);
  if (!made) return complain(made.error());
  for (const std::string& line : made->left_out) say(line);
  if (!write_output(made->pdf)) {
    say("the PDF could not be written");
    return 74;
  }
  return 0;
}

}  // namespace

int main(int count, char** words) {
  const char* folder = SEKISHO_FONT_FOLDER;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    if (word == "--help" || word == "-h") return std::fputs(usage, stdout) < 0 ? 74 : 0;
    if (word == "--version") return std::puts("sekisho-pdf " SEKISHO_VERSION) < 0 ? 74 : 0;
    if (word == "--self-test") return self_test();
    if (word == "--fonts" && i + 1 < count) {
      folder = words[++i];
      continue;
    }
    std::fputs(usage, stderr);
    return 64;
  }
  try {  // libraries throw when memory ends, which a document may bring about
    const int code = set_pages(folder);
    std::fflush(nullptr);
    ::_exit(code);  // no destructor of a library may want what is forbidden now
  } catch (const std::bad_alloc&) {
    say("the document needs more memory than it may have");
    ::_exit(65);
  }
}
