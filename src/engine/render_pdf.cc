#include "engine/render_pdf.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "base/limits.h"

namespace sekisho::engine {

namespace {

using Clock = std::chrono::steady_clock;

/// A descriptor that is closed when its owner goes.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }
  int number() const { return number_; }
  bool open() const { return number_ >= 0; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }

 private:
  int number_ = -1;
};

struct Ends {
  Descriptor ours, theirs;
};

/// For its input a socket, because writing to one whose reader died can be made an answer instead of a signal.
bool make_ends(Ends& in, Ends& out, Ends& err) {
  int pair[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return false;
  in = {Descriptor(pair[0]), Descriptor(pair[1])};
  for (Ends* ends : {&out, &err}) {
    if (::pipe2(pair, O_CLOEXEC) != 0) return false;
    *ends = {Descriptor(pair[0]), Descriptor(pair[1])};
  }
  for (const Ends* ends : {&in, &out, &err})
    if (::fcntl(ends->ours.number(), F_SETFL, O_NONBLOCK) != 0) return false;
  return true;
}

/// The started program. Invariant: whoever is started is waited for.
class Child {
 public:
  /// 0, or errno.
  int start(const std::filesystem::path& program, int in, int out, int err) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
    posix_spawn_file_actions_addchdir_np(&actions, "/");
    std::string name = std::filesystem::absolute(program).string();
    std::array<char*, 2> words{name.data(), nullptr};
    std::array<char*, 1> environment{nullptr};
    const int error = ::posix_spawn(&number_, name.c_str(), &actions, nullptr, words.data(), environment.data());
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) number_ = -1;
    return error;
  }
  /// Its exit status as wait(2) gives it.
  int end() {
    int status = 0;
    if (number_ > 0)
      while (::waitpid(number_, &status, 0) < 0 && errno == EINTR) {
      }
    number_ = -1;
    return status;
  }
  void kill() const {
    if (number_ > 0) ::kill(number_, SIGKILL);
  }
  ~Child() {
    kill();
    end();
  }

 private:
  pid_t number_ = -1;
};

tl::unexpected<Error> failed(const std::filesystem::path& program, const std::string& said) {
  return fail(ErrorCode::internal, Said{"output.pdf_failed", {{"said", said}}}, "the PDF could not be made: " + said,
              program.string());
}

/// Takes what there is; false at the end or when there is more than `most`.
bool take(Descriptor& from, std::string& to, std::size_t most, bool& too_much) {
  std::array<char, 64 * 1024> bytes{};
  const ssize_t some = ::read(from.number(), bytes.data(), bytes.size());
  if (some < 0) return errno == EAGAIN || errno == EINTR;
  too_much = too_much || to.size() + static_cast<std::size_t>(some) > most;
  if (some == 0 || too_much) return false;
  to.append(bytes.data(), static_cast<std::size_t>(some));
  return true;
}

struct Answer {
  std::string out, err;
  bool late = false, too_much = false;
};

/// Feeds `input`, gathers the answers, until both are closed or time is up.
Answer talk(std::string_view input, Descriptor in, Descriptor out, Descriptor err, Clock::time_point until) {
  Answer said;
  while (out.open() || err.open()) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    if (left <= 0) {
      said.late = true;
      break;
    }
    std::array<pollfd, 3> watched{{{in.number(), POLLOUT, 0}, {out.number(), POLLIN, 0}, {err.number(), POLLIN, 0}}};
    if (::poll(watched.data(), watched.size(), static_cast<int>(left)) < 0 && errno != EINTR) break;
    if (in.open() && watched[0].revents != 0) {
      const ssize_t some = ::send(in.number(), input.data(), input.size(), MSG_NOSIGNAL);
      if (some > 0) input.remove_prefix(static_cast<std::size_t>(some));
      const bool gone = some < 0 && errno != EAGAIN && errno != EINTR;
      if (input.empty() || gone) in.close();
    }
    if (out.open() && watched[1].revents != 0 && !take(out, said.out, limits::pdf_bytes, said.too_much)) out.close();
    bool err_too_long = false;
    if (err.open() && watched[2].revents != 0 && !take(err, said.err, limits::pdf_complaint_bytes, err_too_long))
      err.close();
    if (said.too_much) break;
  }
  return said;
}

std::vector<std::string> lines_of(std::string_view text) {
  constexpr std::string_view own_name = "sekisho-pdf: ";
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.substr(0, own_name.size()) == own_name) line.remove_prefix(own_name.size());
    if (!line.empty()) lines.emplace_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

std::filesystem::path pdf_program_beside_this() {
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? std::filesystem::path() : self.parent_path() / "sekisho-pdf";
}

Result<Pdf> render_pdf(const paper::Paper& paper, const std::filesystem::path& program,
                       std::chrono::milliseconds budget) {
  const Clock::time_point until = Clock::now() + budget;
  Ends in, out, err;
  if (!make_ends(in, out, err)) return failed(program, "no pipe");
  Child child;
  if (const int error = child.start(program, in.theirs.number(), out.theirs.number(), err.theirs.number()); error != 0)
    return fail(ErrorCode::unreadable, Said{"output.pdf_missing", {}},
                "the program that makes PDFs is not there or cannot be started", program.string());
  in.theirs.close();
  out.theirs.close();
  err.theirs.close();
  Answer said = talk(paper::write_paper(paper), std::move(in.ours), std::move(out.ours), std::move(err.ours), until);
  if (said.late || said.too_much) {
    child.kill();
    child.end();
    return failed(program, said.late ? "it took too long" : "it wrote too much");
  }
  const int status = child.end();
  std::vector<std::string> lines = lines_of(said.err);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return Pdf{std::move(said.out), std::move(lines)};
  const std::string why = !lines.empty()        ? lines.front()
                          : WIFSIGNALED(status) ? "it was stopped by signal " + std::to_string(WTERMSIG(status))
                                                : "it ended with " + std::to_string(WEXITSTATUS(status));
  constexpr int bad_data = 65;
  if (WIFEXITED(status) && WEXITSTATUS(status) == bad_data)
    return fail(ErrorCode::bad_data, Said{"output.pdf_refused", {{"said", why}}},
                "the case file cannot be set as PDF: " + why);
  return failed(program, why);
}

}  // namespace sekisho::engine
