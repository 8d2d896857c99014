// Build tool: knowledge/rules/dialects.yaml, with the taps of knowledge/care/carriers.yaml → the flat file that the build puts inside the binary.
// usage: compile_dialects DIALECTS_YAML CARRIERS_YAML OUT
// Prints errors as file:line: what (hint) and exits 1, so that an editor can jump there.
#include <cstdio>
#include <fstream>
#include <iterator>

#include "rules/dialect_source.h"

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: compile_dialects DIALECTS_YAML CARRIERS_YAML OUT\n", stderr);
    return 64;
  }
  auto dialects = sekisho::rules::read_dialects_file(argv[1]);
  std::ifstream carriers(argv[2], std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(carriers)), std::istreambuf_iterator<char>());
  if (dialects) dialects = sekisho::rules::with_taps(*dialects, text, argv[2]);
  if (!dialects) {
    std::fprintf(stderr, "%s\n", sekisho::to_line(dialects.error()).c_str());
    return 1;
  }
  std::ofstream out(argv[3], std::ios::binary | std::ios::trunc);
  const std::string bytes = dialects->pack();
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) {
    std::fprintf(stderr, "%s: cannot be written\n", argv[3]);
    return 1;
  }
  return 0;
}
