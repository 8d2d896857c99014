// Locks the program in before it reads a byte of input: from then on it can read its standard input, write its standard
// output and error, take and give back memory, and end. Nothing can be opened, connected, started or looked at. Called
// once by main(), in two steps; sekisho-pdf alone (Linux).
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace sekisho::pdf {

/// The first step, before any thread exists: no environment, no core dump, no new privileges, and where the machine
/// lets an ordinary user do so, a network namespace with nothing in it.
void leave_the_net();

/// The second step, after the fonts: every descriptor but the three standard ones is closed; limits on memory, time,
/// files and processes; Landlock where the kernel has it; then the list of system calls that may be made
/// (seccomp, all threads). Anything else kills the process. Error internal when the list cannot be put in force: then
/// nothing may be read.
Result<void> lock_in();

/// Whether this build can be locked in at all: a build with sanitizers needs more than the list allows.
bool can_lock_in();

/// Tries each forbidden thing in a process of its own that has locked itself in. The first trial does nothing forbidden
/// and must live: in a room where nothing works, every other one would seem to hold.
struct Trial {
  enum class End : std::uint8_t { killed, refused, lives, unclear };
  std::string what;
  End end = End::unclear;
  bool as_it_should = false;
};
std::vector<Trial> try_to_break_out();

}  // namespace sekisho::pdf
