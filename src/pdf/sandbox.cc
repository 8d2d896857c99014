#include "pdf/sandbox.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <functional>

namespace sekisho::pdf {

namespace {

/// Address space: the two font files are 40 MB, ICU-less text and pages far less than the rest.
constexpr rlim_t memory_bytes = rlim_t{512} << 20U;
constexpr rlim_t cpu_seconds = 20;
/// Where standard output is a file, its size; into a pipe nothing counts as a file.
constexpr rlim_t file_bytes = rlim_t{64} << 20U;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

void limit(__rlimit_resource what, rlim_t most) {
  const rlimit value{most, most};
  ::setrlimit(what, &value);
}

void set_limits() {
  struct stat out {};
  const bool pipe = ::fstat(STDOUT_FILENO, &out) == 0 && (S_ISFIFO(out.st_mode) || S_ISSOCK(out.st_mode));
  limit(RLIMIT_AS, memory_bytes);
  limit(RLIMIT_CPU, cpu_seconds);
  limit(RLIMIT_FSIZE, pipe ? 0 : file_bytes);
  limit(RLIMIT_NOFILE, 3);
  limit(RLIMIT_NPROC, 0);
  limit(RLIMIT_CORE, 0);
}

/// Nothing below "/" may be opened, made or run, by this thread and those it starts. Kernels without Landlock say no;
/// the list of system calls holds without it.
void shut_the_file_system() {
  landlock_ruleset_attr rules{};
  rules.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1U) - 1;  // every right of the first version
  const long ruleset = ::syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
  if (ruleset < 0) return;
  ::syscall(SYS_landlock_restrict_self, ruleset, 0);
  ::close(static_cast<int>(ruleset));
}

class Filter {
 public:
  Filter() : context_(seccomp_init(SCMP_ACT_KILL_PROCESS)) {}
  ~Filter() {
    if (context_ != nullptr) seccomp_release(context_);
  }
  Filter(const Filter&) = delete;
  Filter& operator=(const Filter&) = delete;

  template <class... Arguments>
  void allow(int call, Arguments... arguments) {
    sound_ = sound_ && context_ != nullptr &&
             seccomp_rule_add(context_, SCMP_ACT_ALLOW, call, sizeof...(arguments), arguments...) == 0;
  }
  bool load() {
    // Pango has a helper thread: the filter must hold for it too.
    return sound_ && context_ != nullptr && seccomp_attr_set(context_, SCMP_FLTATR_CTL_TSYNC, 1) == 0 &&
           seccomp_load(context_) == 0;
  }

 private:
  scmp_filter_ctx context_;
  bool sound_ = true;
};

bool allow_only_what_setting_pages_needs() {
  Filter filter;
  filter.allow(SCMP_SYS(read), SCMP_A0(SCMP_CMP_EQ, STDIN_FILENO));
  filter.allow(SCMP_SYS(write), SCMP_A0(SCMP_CMP_EQ, STDOUT_FILENO));
  filter.allow(SCMP_SYS(write), SCMP_A0(SCMP_CMP_EQ, STDERR_FILENO));
  // Memory of its own, never of a file, never to be run.
  filter.allow(SCMP_SYS(mmap), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
               SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS));
  filter.allow(SCMP_SYS(mprotect), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  for (const int call :
       {SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(futex), SCMP_SYS(getrandom),
        SCMP_SYS(clock_gettime), SCMP_SYS(sched_yield), SCMP_SYS(rt_sigreturn), SCMP_SYS(exit), SCMP_SYS(exit_group)})
    filter.allow(call);
  return filter.load();
}

}  // namespace

bool can_lock_in() { return !sanitized; }

void leave_the_net() {
  ::clearenv();
  ::setenv("TZ", "UTC0", 1);  // else the C library looks for the machine's own at every date
  ::prctl(PR_SET_DUMPABLE, 0);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) return;  // refused in many containers; the list of calls holds
}

Result<void> lock_in() {
  if (sanitized) return {};  // their own checks need descriptors and memory
  ::close_range(3, ~0U, 0);
  shut_the_file_system();
  set_limits();
  if (!allow_only_what_setting_pages_needs())
    return fail(ErrorCode::internal,
                "this machine does not let a program lock itself in (seccomp), so nothing was read");
  return {};
}

std::vector<Trial> try_to_break_out() {
  static const char* const file = "/proc/self/status";
  const std::pair<const char*, std::function<bool()>> trials[] = {
      {"nothing forbidden", [] { return std::malloc(1U << 20U) != nullptr && ::write(STDERR_FILENO, "", 0) == 0; }},
      {"open a file to read", [] { return ::open(file, O_RDONLY) >= 0; }},
      {"open a file to write", [] { return ::open("/dev/null", O_WRONLY | O_CREAT, 0600) >= 0; }},
      {"list a folder", [] { return ::open("/", O_RDONLY | O_DIRECTORY) >= 0; }},
      {"open a socket (TCP)", [] { return ::socket(AF_INET, SOCK_STREAM, 0) >= 0; }},
      {"open a socket (UDP)", [] { return ::socket(AF_INET6, SOCK_DGRAM, 0) >= 0; }},
      {"open a socket (local)", [] { return ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0; }},
      {"make a pipe",
       [] {
         int ends[2];
         return ::pipe(ends) == 0;
       }},
      {"duplicate a descriptor", [] { return ::dup(STDOUT_FILENO) >= 0; }},
      {"start a process", [] { return ::syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) >= 0; }},
      {"run a program", [] { return ::execl("/bin/true", "true", nullptr) == 0; }},
      {"look into its parent",
       [] { return ::syscall(SYS_process_vm_readv, ::syscall(SYS_getppid), nullptr, 0, nullptr, 0, 0) >= 0; }},
      {"send a signal", [] { return ::kill(::getpid(), 0) == 0; }},
      {"run memory that it wrote",
       [] {
         return ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
                MAP_FAILED;
       }},
      {"read from another descriptor",
       [] {
         char byte = 0;
         return ::read(STDERR_FILENO, &byte, 1) >= 0;
       }},
      {"name the machine",
       [] {
         char name[64];
         return ::syscall(SYS_uname, name) == 0;
       }},
  };
  std::vector<Trial> out;
  for (const auto& [what, attempt] : trials) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(!lock_in() ? 3 : attempt() ? 1 : 0);
    int status = 0;
    Trial trial{what, Trial::End::unclear, false};
    if (child > 0 && ::waitpid(child, &status, 0) == child) {
      if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS) trial.end = Trial::End::killed;
      if (WIFEXITED(status) && WEXITSTATUS(status) == 0) trial.end = Trial::End::refused;
      if (WIFEXITED(status) && WEXITSTATUS(status) == 1) trial.end = Trial::End::lives;
    }
    trial.as_it_should = out.empty() ? trial.end == Trial::End::lives
                                     : trial.end == Trial::End::killed || trial.end == Trial::End::refused;
    out.push_back(std::move(trial));
  }
  return out;
}

}  // namespace sekisho::pdf
