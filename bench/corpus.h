// The messages of a measurement, read into memory before any clock starts. For the programs that bench/compare.py
// drives: they take the name of a file with one path a line, then do one pass for each line on standard input and print
// one JSON object for it, so that two programs can be measured in turns.
#pragma once

#include <time.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace bench {

inline std::vector<std::string> read_messages(const char* list_file) {
  std::vector<std::string> messages;
  std::ifstream list(list_file);
  for (std::string path; std::getline(list, path);) {
    std::ifstream file(path, std::ios::binary);
    messages.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    if (!file || messages.back().empty()) {
      std::fprintf(stderr, "cannot read %s\n", path.c_str());
      std::exit(66);
    }
  }
  return messages;
}

/// CPU time of this thread and time on the wall; other work on the machine disturbs the first least.
struct Clock {
  static double seconds(clockid_t id) {
    timespec now{};
    clock_gettime(id, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
  }
  double cpu = seconds(CLOCK_THREAD_CPUTIME_ID), wall = seconds(CLOCK_MONOTONIC);
  double cpu_passed() const { return seconds(CLOCK_THREAD_CPUTIME_ID) - cpu; }
  double wall_passed() const { return seconds(CLOCK_MONOTONIC) - wall; }
};

}  // namespace bench
