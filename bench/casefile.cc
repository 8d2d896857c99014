// A case of sixty items from values to PDF bytes, the other program included: how long, how much memory, how many
// bytes. usage: bench_casefile [FOLDER]     with a folder, the papers and PDFs of all forms in Japanese and English are
// put there
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "casefile/to_paper.h"
#include "engine/embedded.h"
#include "engine/render_pdf.h"
#include "knowledge/snapshot.h"
#include "tests/casefile/invented_case.h"

namespace {

using namespace sekisho;

void put(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace

int main(int count, char** words) {
  const auto knowledge = knowledge::Snapshot::load(engine::embedded_knowledge()).value();
  // Beside build/…/bench stands the program.
  const std::filesystem::path program = engine::pdf_program_beside_this().parent_path().parent_path() / "sekisho-pdf";
  for (const care::Register speech : {care::Register::ja, care::Register::ja_plain, care::Register::en}) {
    const casefile::CaseFile file = casefile::invented::case_of_sixty(speech);
    for (const auto& [form, name] : {std::pair{casefile::Form::full, "full"},
                                     {casefile::Form::shareable, "shareable"},
                                     {casefile::Form::hand_over, "hand_over"}}) {
      double best = 1e9;
      engine::Pdf pdf;
      const paper::Paper paper = casefile::to_paper(file, form, *knowledge);
      for (int i = 0; i < 5; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        auto made = engine::render_pdf(casefile::to_paper(file, form, *knowledge), program);
        if (!made) return std::fprintf(stderr, "%s\n", to_line(made.error()).c_str()), 70;
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
        pdf = *std::move(made);
      }
      rusage used{};
      ::getrusage(RUSAGE_CHILDREN, &used);
      std::printf("%-9s %-10s %6.2f s  %4ld MB at most  %7zu bytes\n", std::string(care::name(speech)).c_str(), name,
                  best, used.ru_maxrss / 1024, pdf.bytes.size());
      if (count > 1) {
        const std::filesystem::path to =
            std::filesystem::path(words[1]) / (std::string(care::name(speech)) + "-" + name);
        put(to.string() + ".json", paper::write_paper(paper));
        put(to.string() + ".pdf", pdf.bytes);
      }
    }
  }
  return 0;
}
