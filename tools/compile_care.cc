// Build tool: knowledge/care/ → the flat file that the build puts inside the binary.
// usage: compile_care CARE_DIR KINDS_YAML OUT
// Prints errors as file:line: what (hint) and exits 1, so that an editor can jump there.
#include <cstdio>
#include <fstream>
#include <iterator>

#include "care/care.h"
#include "knowledge/yaml.h"

namespace {

using namespace sekisho;

int complain(const Error& error) {
  std::fprintf(stderr, "%s\n", to_line(error).c_str());
  return 1;
}

/// Every kind of scam that `sekisho check` may name must lead to a situation.
Result<void> every_kind_leads_somewhere(const care::Care& data, const char* kinds_file) {
  std::ifstream in(kinds_file, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const auto root = knowledge::parse_yaml(text, kinds_file);
  if (!root) return tl::unexpected(root.error());
  for (const auto& kind : (*root)["kinds"]) {
    const auto id = knowledge::text_of(kind, "id", kinds_file);
    if (!id) return tl::unexpected(id.error());
    if (data.situation_of_kind.count(*id) == 0)
      return fail(ErrorCode::bad_data, "knowledge/care/kinds.yaml has no situation for the kind '" + *id + "'",
                  knowledge::at(kinds_file, kind));
  }
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: compile_care CARE_DIR KINDS_YAML OUT\n", stderr);
    return 64;
  }
  const auto data = care::read_care(argv[1]);
  if (!data) return complain(data.error());
  if (const auto ok = care::check(*data, care::Check::whole); !ok) return complain(ok.error());
  if (const auto ok = data->situations.empty() ? Result<void>() : every_kind_leads_somewhere(*data, argv[2]); !ok)
    return complain(ok.error());
  std::ofstream out(argv[3], std::ios::binary | std::ios::trunc);
  const std::string bytes = care::pack(*data);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (out.flush()) return 0;
  std::fprintf(stderr, "%s: cannot be written\n", argv[3]);
  return 1;
}
