#include "engine/scan.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "base/limits.h"
#include "campaign/analyse.h"
#include "engine/ordered_pool.h"
#include "store/secret.h"

namespace sekisho::engine {
namespace {

/// Messages that one worker takes at a time.
struct Batch {
  struct Entry {
    Place place;
    std::string bytes;
  };
  std::vector<Entry> entries;
  std::size_t bytes = 0;
};

struct Printed {
  std::vector<std::pair<Place, campaign::Fingerprint>> prints;
  std::size_t bytes = 0;
};

/// The zone that most mails write into their Date: the owner lives by it, even if this machine does not.
std::int32_t zone_of(const campaign::Gathering& gathering, std::int32_t otherwise) {
  std::map<std::int32_t, std::size_t> mails;
  for (const campaign::Mail& mail : gathering.mails())
    if (mail.habits.zone != -1) ++mails[mail.habits.zone];
  const auto most =
      std::max_element(mails.begin(), mails.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == mails.end() ? otherwise : most->first;
}

campaign::Fingerprint print_of(const Engine& engine, Worker& worker, std::string_view bytes,
                               const campaign::ProfileMatcher& profile, const campaign::KeyedHash& hash) {
  const auto looked = engine.look(bytes, {}, {}, worker, ReadAs::mail);
  if (!looked) return {};
  return campaign::fingerprint_of(looked->message, looked->report.facts, looked->report.verdict, engine.knowledge(),
                                  profile, hash);
}

}  // namespace

Result<Scanned> scan(const Engine& engine, const std::vector<std::string>& paths, const ScanOptions& options,
                     const ScanProgress& progress) {
  const auto secret = store::Secret::for_now();
  if (!secret) return tl::unexpected(secret.error());
  const campaign::KeyedHash hash = [&](std::string_view text) { return secret->hash(text); };
  const campaign::ProfileMatcher profile(options.profile, engine.knowledge());

  Scanned scanned;
  campaign::Gathering gathering;
  const auto take = [&](Printed printed) {
    for (const auto& [place, print] : printed.prints) {
      if (print.broken) scanned.broken.push_back(static_cast<std::uint32_t>(scanned.places.size()));
      scanned.places.push_back(place);
      gathering.add(print);
    }
    progress(printed.bytes, printed.prints.size());
  };
  OrderedPool<Batch, Printed> pool(options.jobs, limits::waiting_batches_per_worker * options.jobs, [&] {
    auto worker = std::make_shared<Result<Worker>>(engine.worker());
    return [&, worker](Batch batch) {
      Printed printed;
      printed.bytes = batch.bytes;
      printed.prints.reserve(batch.entries.size());
      for (const Batch::Entry& entry : batch.entries)
        printed.prints.emplace_back(
            entry.place, *worker ? print_of(engine, **worker, entry.bytes, profile, hash) : campaign::Fingerprint{});
      return printed;
    };
  });
  Batch batch;
  const auto hand_in = [&] {
    if (!batch.entries.empty()) pool.submit(std::exchange(batch, {}), take);
  };
  mailbox::read_all(
      paths,
      [&](const mailbox::Item& item) {
        if (scanned.inputs.empty() || scanned.inputs.back() != item.input) scanned.inputs.push_back(item.input);
        batch.entries.push_back({{static_cast<std::uint32_t>(scanned.inputs.size() - 1), item.index, item.offset},
                                 std::string(item.bytes)});
        batch.bytes += item.bytes.size();
        if (batch.entries.size() >= limits::batch_messages || batch.bytes >= limits::batch_bytes) hand_in();
        return true;
      },
      [&](const mailbox::Unreadable& unreadable) { scanned.unreadable.push_back(unreadable); });
  hand_in();
  pool.finish(take);
  scanned.zone_minutes = zone_of(gathering, options.zone_minutes);
  scanned.had_profile = !options.profile.empty();
  scanned.read_now = scanned.places.size();
  scanned.report = campaign::analyse(gathering, {scanned.zone_minutes, !options.profile.empty()});
  return scanned;
}

}  // namespace sekisho::engine
