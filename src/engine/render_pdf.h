// A paper → a PDF, by starting `sekisho-pdf` and feeding its pipe. Called by `app` when a case file is wanted. Bounded
// in time and size whatever the other program does; it gets no environment, no descriptor but three, and "/" as its
// place.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "paper/paper.h"

namespace sekisho::engine {

/// How long making one PDF may take, all in all.
inline constexpr std::chrono::milliseconds pdf_time{30'000};

struct Pdf {
  std::string bytes;
  /// What could not be shown, as sekisho-pdf said it: "blocks[3].png: …".
  std::vector<std::string> left_out;
};

/// `sekisho-pdf` in the folder of the program that runs; empty when that folder cannot be told.
std::filesystem::path pdf_program_beside_this();

/// Error unreadable when `program` is missing or cannot be started, bad_data when it refuses the paper, internal when
/// it dies, takes longer than `budget` or writes more than limits::pdf_bytes. Safe from any thread.
Result<Pdf> render_pdf(const paper::Paper& paper, const std::filesystem::path& program,
                       std::chrono::milliseconds budget = pdf_time);

}  // namespace sekisho::engine
