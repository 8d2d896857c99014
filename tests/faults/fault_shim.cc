// Preloaded into a program under test (LD_PRELOAD): the Nth call that writes, brings to the disk, names or cuts a file
// below one folder fails, or the program dies there. What a full disk, a broken one, and kill -9 at every single step
// do to what is kept. Set by the environment:
//   FAULT_FOLDER  only files below it count
//   FAULT_AT      the number of the call, from 1; 0 or unset: none
//   FAULT_HOW     eio | enospc (once) | full (that one and all later ones: a disk that stays full) | kill | short (half
//                 is written, then the program dies)
//   FAULT_COUNT   a file into which the number of such calls is written at the end
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

bool is_below(const char* path) {
  const char* folder = getenv("FAULT_FOLDER");
  return folder != nullptr && path != nullptr && strncmp(path, folder, strlen(folder)) == 0;
}

bool is_below(int descriptor) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  const ssize_t size = readlink(link, path, sizeof path - 1);
  if (size <= 0) return false;
  path[size] = '\0';
  return is_below(path);
}

unsigned long calls = 0;

/// Counts a call; true when it must fail, with errno set. Kills where that was asked for, unless `half` can be done
/// first.
bool fails(bool* half = nullptr) {
  const char* at = getenv("FAULT_AT");
  const char* how = getenv("FAULT_HOW");
  const unsigned long wanted = at == nullptr ? 0 : strtoul(at, nullptr, 10);
  ++calls;
  if (wanted == 0 || how == nullptr || calls < wanted) return false;
  if (strcmp(how, "full") == 0) {
    errno = ENOSPC;
    return true;
  }
  if (calls != wanted) return false;
  if (strcmp(how, "short") == 0 && half != nullptr) {
    *half = true;
    return false;
  }
  if (strcmp(how, "kill") == 0 || strcmp(how, "short") == 0) kill(getpid(), SIGKILL);
  errno = strcmp(how, "enospc") == 0 ? ENOSPC : EIO;
  return true;
}

struct Tell {
  ~Tell() {
    const char* file = getenv("FAULT_COUNT");
    if (file == nullptr) return;
    const int descriptor = next<int (*)(const char*, int, ...)>("open")(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (descriptor < 0) return;
    char text[32];
    const int size = snprintf(text, sizeof text, "%lu", calls);
    (void)!next<ssize_t (*)(int, const void*, size_t)>("write")(descriptor, text, static_cast<size_t>(size));
    close(descriptor);
  }
} tell;

}  // namespace

extern "C" {

ssize_t write(int descriptor, const void* bytes, size_t size) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t)>("write");
  bool half = false;
  if (is_below(descriptor) && fails(&half)) return -1;
  if (!half) return real(descriptor, bytes, size);
  (void)!real(descriptor, bytes, size / 2);
  kill(getpid(), SIGKILL);
  return -1;
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off64_t offset) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
  bool half = false;
  if (is_below(descriptor) && fails(&half)) return -1;
  if (!half) return real(descriptor, bytes, size, offset);
  (void)!real(descriptor, bytes, size / 2, offset);
  kill(getpid(), SIGKILL);
  return -1;
}

ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t offset) {
  return pwrite64(descriptor, bytes, size, offset);
}

int fsync(int descriptor) {
  static const auto real = next<int (*)(int)>("fsync");
  return is_below(descriptor) && fails() ? -1 : real(descriptor);
}

int fdatasync(int descriptor) {
  static const auto real = next<int (*)(int)>("fdatasync");
  return is_below(descriptor) && fails() ? -1 : real(descriptor);
}

int ftruncate64(int descriptor, off64_t size) {
  static const auto real = next<int (*)(int, off64_t)>("ftruncate64");
  return is_below(descriptor) && fails() ? -1 : real(descriptor, size);
}

int ftruncate(int descriptor, off_t size) { return ftruncate64(descriptor, size); }

int rename(const char* from, const char* to) {
  static const auto real = next<int (*)(const char*, const char*)>("rename");
  return is_below(to) && fails() ? -1 : real(from, to);
}

int unlink(const char* path) {
  static const auto real = next<int (*)(const char*)>("unlink");
  return is_below(path) && fails() ? -1 : real(path);
}

}  // extern "C"
