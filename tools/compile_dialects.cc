// Build tool: knowledge/rules/dialects.yaml → the flat file that the build puts inside the binary.
// usage: compile_dialects DIALECTS_YAML OUT
// Prints errors as file:line: what (hint) and exits 1, so that an editor can jump there.
#include <cstdio>
#include <fstream>

#include "rules/dialect_source.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: compile_dialects DIALECTS_YAML OUT\n", stderr);
    return 64;
  }
  const auto dialects = sekisho::rules::read_dialects_file(argv[1]);
  if (!dialects) {
    std::fprintf(stderr, "%s\n", sekisho::to_line(dialects.error()).c_str());
    return 1;
  }
  std::ofstream out(argv[2], std::ios::binary | std::ios::trunc);
  const std::string bytes = dialects->pack();
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) {
    std::fprintf(stderr, "%s: cannot be written\n", argv[2]);
    return 1;
  }
  return 0;
}
