// A paper → the bytes of a PDF. Called by main() behind locked doors, and by tests and the fuzzer. Pure but for the
// fonts that it is handed: the same paper gives the same bytes.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "paper/paper.h"
#include "pdf/fonts.h"

namespace sekisho::pdf {

struct Rendered {
  std::string pdf;
  std::size_t pages = 0;
  /// What could not be shown, with its place in the document: a broken picture leaves an empty frame, not no paper.
  std::vector<std::string> left_out;
};

/// Error bad_data: more than limits::paper_pages pages.
Result<Rendered> render(const paper::Paper& paper, Fonts& fonts);

}  // namespace sekisho::pdf
