#include "engine/scan.h"

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>
#include <system_error>
#include <utility>

#include "base/fingerprint.h"
#include "base/limits.h"
#include "campaign/analyse.h"
#include "engine/ordered_pool.h"
#include "engine/scan_index.h"
#include "store/secret.h"

namespace sekisho::engine {
namespace {

namespace fs = std::filesystem;

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

/// Everything that a fingerprint depends on besides the message: when it changes, the index is made anew.
std::string basis_of(const Engine& engine, const campaign::Profile& profile) {
  std::string basis = "fingerprints-1;" + std::string(program_version()) + ';' + engine.knowledge().version() + ';' +
                      fingerprint_text(engine.deck().pack());
  for (const auto* values :
       {&profile.names, &profile.postal_addresses, &profile.phones, &profile.mail_addresses, &profile.member_nos})
    for (const std::string& value : *values) basis += '\0' + value;
  return basis;
}

/// One scan from beginning to end, on the caller's thread.
class Scan {
 public:
  Scan(const Engine& engine, const ScanOptions& options, const ScanProgress& progress, const store::Secret& secret)
      : engine_(engine),
        options_(options),
        progress_(progress),
        hash_([&secret](std::string_view text) { return secret.hash(text); }),
        profile_(options.profile, engine.knowledge()) {}

  Result<Scanned> run(const std::vector<std::string>& paths, std::optional<ScanIndex> index) {
    index_ = std::move(index);
    const auto unreadable = [&](const mailbox::Unreadable& file) { scanned_.unreadable.push_back(file); };
    for (const mailbox::File& file : mailbox::list_files(paths, unreadable)) {
      plans_.push_back(index_ ? index_->plan(file, options_.fresh) : Plan{file, {}, {}, true});
      scanned_.inputs.push_back(file.path);
    }
    if (index_)
      if (auto ok = index_->each(plans_, [&](const Place& place, campaign::Fingerprint print) { add(place, print); });
          !ok)
        return tl::unexpected(ok.error());
    const std::size_t known = scanned_.places.size();
    if (auto ok = read(unreadable); !ok) return tl::unexpected(ok.error());
    scanned_.read_now = scanned_.places.size() - known;
    return finish();
  }

 private:
  void add(const Place& place, const campaign::Fingerprint& print) {
    broken_.push_back(print.broken);
    scanned_.places.push_back(place);
    gathering_.add(print);
  }

  void take(Printed printed) {
    if (index_ && !failed_)
      if (auto ok = index_->keep(printed.prints, plans_); !ok) failed_ = ok.error();
    for (const auto& [place, print] : printed.prints) add(place, print);
    progress_(printed.bytes, printed.prints.size());
  }

  Result<void> read(const mailbox::OnUnreadable& unreadable) {
    const auto take_one = [&](Printed printed) { take(std::move(printed)); };
    OrderedPool<Batch, Printed> pool(options_.jobs, limits::waiting_batches_per_worker * options_.jobs,
                                     [this] { return work(); });
    Batch batch;
    const auto hand_in = [&] {
      if (!batch.entries.empty()) pool.submit(std::exchange(batch, {}), take_one);
    };
    for (std::uint32_t i = 0; i < plans_.size() && !failed_; ++i) {
      if (!plans_[i].reads) continue;
      std::uint64_t unpacked = 0;  // the mails of a packed file are counted through
      mailbox::read_file(
          plans_[i].file.path, plans_[i].start,
          [&](const mailbox::Item& item) {
            const std::uint64_t index = item.input == plans_[i].file.path ? item.index : unpacked++;
            batch.entries.push_back({{i, index, item.offset, item.end}, std::string(item.bytes)});
            batch.bytes += item.bytes.size();
            if (batch.entries.size() >= limits::batch_messages || batch.bytes >= limits::batch_bytes) hand_in();
            return !failed_;
          },
          unreadable);
    }
    hand_in();
    pool.finish(take_one);
    for (std::size_t i = 0; index_ && i < plans_.size() && !failed_; ++i)
      if (plans_[i].reads)
        if (auto ok = index_->finish(plans_[i]); !ok) failed_ = ok.error();
    if (failed_) return tl::unexpected(*failed_);
    return {};
  }

  std::function<Printed(Batch)> work() const {
    const auto worker = std::make_shared<Result<Worker>>(engine_.worker());
    return [this, worker](Batch batch) {
      Printed printed;
      printed.bytes = batch.bytes;
      printed.prints.reserve(batch.entries.size());
      for (const Batch::Entry& entry : batch.entries)
        printed.prints.emplace_back(
            entry.place, *worker ? print_of(engine_, **worker, entry.bytes, profile_, hash_) : campaign::Fingerprint{});
      return printed;
    };
  }

  /// Known and new mails into the order of the mailbox, and the analysis.
  Scanned finish() {
    std::vector<std::uint32_t> order(scanned_.places.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto before = [&](std::uint32_t a, std::uint32_t b) {
      const Place &one = scanned_.places[a], &other = scanned_.places[b];
      return std::pair(one.input, one.index) < std::pair(other.input, other.index);
    };
    if (!std::is_sorted(order.begin(), order.end(), before)) std::stable_sort(order.begin(), order.end(), before);
    gathering_.arrange(order);
    std::vector<Place> places;
    places.reserve(order.size());
    for (const std::uint32_t number : order) {
      if (broken_[number]) scanned_.broken.push_back(static_cast<std::uint32_t>(places.size()));
      places.push_back(scanned_.places[number]);
    }
    scanned_.places = std::move(places);
    scanned_.zone_minutes = zone_of(gathering_, options_.zone_minutes);
    scanned_.had_profile = !options_.profile.empty();
    scanned_.report = campaign::analyse(gathering_, {scanned_.zone_minutes, scanned_.had_profile});
    return std::move(scanned_);
  }

  const Engine& engine_;
  const ScanOptions& options_;
  const ScanProgress& progress_;
  const campaign::KeyedHash hash_;
  const campaign::ProfileMatcher profile_;
  std::optional<ScanIndex> index_;
  std::vector<Plan> plans_;
  Scanned scanned_;
  std::vector<bool> broken_;
  campaign::Gathering gathering_;
  std::optional<Error> failed_;
};

}  // namespace

Result<Scanned> scan(const Engine& engine, const std::vector<std::string>& paths, const ScanOptions& options,
                     const ScanProgress& progress) {
  if (!options.state) {
    const auto secret = store::Secret::for_now();
    if (!secret) return tl::unexpected(secret.error());
    return Scan(engine, options, progress, *secret).run(paths, std::nullopt);
  }
  std::error_code error;
  fs::create_directories(*options.state, error);
  if (error)
    return fail(ErrorCode::unreadable, "the state folder cannot be made: " + error.message(), options.state->string(),
                "--state, or --keep-nothing");
  const auto secret = store::Secret::open(store::Index::key_in(*options.state));
  if (!secret) return tl::unexpected(secret.error());
  auto index = ScanIndex::open(*options.state, *secret, basis_of(engine, options.profile));
  if (!index) return tl::unexpected(index.error());
  return Scan(engine, options, progress, *secret).run(paths, std::move(*index));
}

}  // namespace sekisho::engine
