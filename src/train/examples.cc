#include "train/examples.h"

#include <algorithm>
#include <bit>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "base/fingerprint.h"
#include "base/limits.h"
#include "engine/ordered_pool.h"
#include "knowledge/flat.h"

namespace sekisho::train {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view batch_magic = "SEKISHO-EXAMPLES-1\n";

struct Job {
  std::uint32_t source = 0;
  std::string bytes;
};
struct Batch {
  std::vector<Job> jobs;
  std::uint64_t key = 0;
  std::size_t bytes = 0;
};
struct Made {
  fs::path file;
  std::size_t bytes = 0;
  bool written = false;
};

Example example_of(const engine::Report& report, std::uint32_t group) {
  Example example;
  example.group = group;
  for (const verdict::Reason& reason : report.verdict.reasons)
    example.cards.push_back(static_cast<std::uint16_t>(reason.card));
  std::sort(example.cards.begin(), example.cards.end());
  std::vector<std::uint32_t> hashes;
  verdict::WordingReader reader(report.facts);
  reader.read([](const verdict::Clause&) {}, [&](std::uint32_t hash) { hashes.push_back(hash); });
  example.all_grams = static_cast<std::uint32_t>(hashes.size());
  const verdict::Scripts scripts = reader.scripts();
  example.japanese = static_cast<float>(scripts.japanese);
  example.latin = static_cast<float>(scripts.latin);
  std::sort(hashes.begin(), hashes.end());
  for (const std::uint32_t hash : hashes) {
    if (example.grams.empty() || example.grams.back().hash != hash) {
      example.grams.push_back({hash, 0});
      example.said = (example.said ^ hash) * 0x100000001b3U;
    }
    ++example.grams.back().count;
  }
  return example;
}

std::string packed(const std::vector<Example>& examples) {
  knowledge::FlatWriter out;
  out.number(static_cast<std::uint32_t>(examples.size()));
  for (const Example& example : examples) {
    out.number(example.group);
    out.number(example.all_grams);
    out.number(static_cast<std::uint32_t>(example.said));
    out.number(static_cast<std::uint32_t>(example.said >> 32));
    out.number(std::bit_cast<std::uint32_t>(example.japanese));
    out.number(std::bit_cast<std::uint32_t>(example.latin));
    out.number(static_cast<std::uint32_t>(example.cards.size()));
    for (const std::uint16_t card : example.cards) out.number(card);
    out.number(static_cast<std::uint32_t>(example.grams.size()));
    for (const Gram& gram : example.grams) {
      out.number(gram.hash);
      out.number(gram.count);
    }
  }
  const std::string body = out.take();
  return std::string(batch_magic) + fingerprint_text(body) + body;
}

constexpr std::size_t head_size = batch_magic.size() + 12;

bool is_whole(const std::string& bytes) {
  return bytes.size() > head_size && std::string_view(bytes).substr(0, batch_magic.size()) == batch_magic &&
         std::string_view(bytes).substr(batch_magic.size(), 12) ==
             fingerprint_text(std::string_view(bytes).substr(head_size));
}

std::string contents(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Whole or not at all: a run that is stopped while writing leaves a file of another name.
bool write_whole(const fs::path& file, const std::string& bytes) {
  const fs::path half = file.string() + ".part";
  std::ofstream out(half, std::ios::binary);
  out << bytes;
  out.close();
  if (!out) return false;
  std::error_code error;
  fs::rename(half, file, error);
  return !error;
}

}  // namespace

Sample choose_sample(const Labelled& labelled, std::size_t most_of_a_group,
                     const std::function<void(std::uint64_t bytes)>& on_read) {
  // Groups of one corpus and label are sampled together, whatever their categories.
  std::map<std::pair<std::string, Label>, std::vector<std::uint64_t>> prints;
  Sample sample;
  each_message(
      labelled,
      [&](std::uint32_t source, const std::string&, std::string_view bytes) {
        const Group& group = labelled.groups[labelled.sources[source].group];
        on_read(bytes.size());
        if (group.label == Label::spam) return true;
        ++sample.messages;
        auto& kept = prints[{group.corpus, group.label}];  // a heap, the highest on top
        kept.push_back(fingerprint(bytes));
        std::push_heap(kept.begin(), kept.end());
        if (kept.size() > most_of_a_group) {
          std::pop_heap(kept.begin(), kept.end());
          kept.pop_back();
        }
        return true;
      },
      [](const std::string&, const Error&) {});
  sample.highest.resize(labelled.groups.size(), 0);
  for (std::size_t i = 0; i < labelled.groups.size(); ++i)
    if (const auto found = prints.find({labelled.groups[i].corpus, labelled.groups[i].label}); found != prints.end())
      sample.highest[i] = found->second.front();
  for (const auto& [key, kept] : prints) sample.taken += kept.size();
  return sample;
}

Result<std::vector<fs::path>> extract(const Extraction& extraction,
                                      const std::function<void(std::uint64_t bytes)>& on_read) {
  const Labelled& labelled = extraction.labelled;
  const std::uint64_t basis =
      fingerprint(fmt::format("examples-1;{};{};{}", engine::program_version(), extraction.engine.knowledge().version(),
                              fingerprint_text(extraction.engine.deck().pack())));
  const auto make_work = [&] {
    const auto worker = std::make_shared<Result<engine::Worker>>(extraction.engine.worker());
    return [&, worker](Batch batch) {
      Made made{extraction.work / fmt::format("{:016x}.examples", batch.key), batch.bytes};
      std::error_code error;
      if (fs::exists(made.file, error) && is_whole(contents(made.file))) {
        made.written = true;
        return made;
      }
      std::vector<Example> examples;
      for (const Job& job : batch.jobs) {
        if (!*worker) continue;
        const Source& source = labelled.sources[job.source];
        const auto report = extraction.engine.examine(job.bytes, {}, {}, **worker, source.read_as);
        if (report) examples.push_back(example_of(*report, source.group));
      }
      made.written = write_whole(made.file, packed(examples));
      return made;
    };
  };
  std::vector<fs::path> files;
  bool failed = false;
  const auto take = [&](const Made& made) {
    files.push_back(made.file);
    failed = failed || !made.written;
    on_read(made.bytes);
  };
  engine::OrderedPool<Batch, Made> pool(extraction.jobs, limits::waiting_batches_per_worker * extraction.jobs,
                                        make_work);
  Batch batch{{}, basis, 0};
  const auto hand_in = [&] {
    if (!batch.jobs.empty()) pool.submit(std::exchange(batch, Batch{{}, basis, 0}), take);
  };
  each_message(
      labelled,
      [&](std::uint32_t source, const std::string&, std::string_view bytes) {
        const std::uint32_t group = labelled.sources[source].group;
        const std::uint64_t print = fingerprint(bytes);
        if (labelled.groups[group].label == Label::spam || print > extraction.sample.highest[group]) return !failed;
        batch.key = ((batch.key ^ print) * 0x9E3779B97F4A7C15U ^ group) * 0xD6E8FEB86659FD93U;
        batch.bytes += bytes.size();
        batch.jobs.push_back({source, std::string(bytes)});
        if (batch.jobs.size() >= limits::batch_messages || batch.bytes >= limits::batch_bytes) hand_in();
        return !failed;
      },
      [](const std::string&, const Error&) {});
  hand_in();
  pool.finish(take);
  if (failed)
    return fail(ErrorCode::unreadable, Said{"train.unwritable", {}}, "cannot be written", extraction.work.string());
  return files;
}

std::vector<Example> read_batch(const fs::path& file) {
  const std::string bytes = contents(file);
  if (!is_whole(bytes)) return {};
  knowledge::FlatReader in(std::string_view(bytes).substr(head_size));
  std::vector<Example> examples(in.count());
  for (Example& example : examples) {
    example.group = in.number();
    example.all_grams = in.number();
    const std::uint64_t low = in.number();
    example.said = low | (static_cast<std::uint64_t>(in.number()) << 32);
    example.japanese = std::bit_cast<float>(in.number());
    example.latin = std::bit_cast<float>(in.number());
    example.cards.resize(in.count());
    for (std::uint16_t& card : example.cards) card = static_cast<std::uint16_t>(in.number());
    example.grams.resize(in.count());
    for (Gram& gram : example.grams) {
      gram.hash = in.number();
      gram.count = in.number();
    }
  }
  return in.ok() ? examples : std::vector<Example>{};
}

}  // namespace sekisho::train
