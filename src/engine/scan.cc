#include "engine/scan.h"

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>
#include <system_error>
#include <unordered_set>
#include <utility>

#include "base/fingerprint.h"
#include "base/limits.h"
#include "campaign/analyse.h"
#include "engine/ordered_pool.h"
#include "engine/scan_index.h"
#include "engine/scan_reading.h"
#include "facts/tools.h"
#include "store/secret.h"

namespace sekisho::engine {
namespace {

namespace fs = std::filesystem;

/// Messages that one worker takes at a time.
struct Batch {
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

campaign::Fingerprint print_of(const Engine& engine, Worker& worker, const Entry& entry,
                               const campaign::ProfileMatcher& profile, const campaign::KeyedHash& hash) {
  const auto looked = engine.look(entry.bytes, {}, {}, worker, entry.read_as);
  if (!looked) return {};
  return campaign::fingerprint_of(looked->message, looked->report.facts, looked->report.verdict, engine.knowledge(),
                                  profile, hash);
}

/// Everything that a fingerprint depends on besides the message: when it changes, the index is made anew.
std::string basis_of(const Engine& engine, const campaign::Profile& profile) {
  std::string basis = "fingerprints-2;" + std::string(program_version()) + ';' + engine.knowledge().version() + ';' +
                      fingerprint_text(engine.deck().pack()) +
                      (engine.model() != nullptr ? engine.model()->digest : std::string());
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
        profile_(options.profile, engine.knowledge()),
        hardly_used_(keyed(options.profile.hardly_used, secret)),
        gathering_(hardly_used_) {}

  Result<Scanned> run(const std::vector<std::string>& paths, std::optional<ScanIndex> index) {
    index_ = std::move(index);
    named_.insert(paths.begin(), paths.end());
    const auto unreadable = [&](const mailbox::Unreadable& file) { scanned_.unreadable.push_back(file); };
    const auto passed_over = [&](const std::string& file) { scanned_.passed_over.push_back(file); };
    for (const mailbox::File& file : mailbox::list_files(paths, unreadable, passed_over)) {
      plans_.push_back(index_ ? index_->plan(file, options_.fresh) : Plan{file, {}, {}, true});
      scanned_.inputs.push_back(file.path);
    }
    recall();
    const std::size_t known = scanned_.places.size();
    read(unreadable);
    scanned_.read_now = scanned_.places.size() - known;
    return finish();
  }

 private:
  static std::vector<std::uint64_t> keyed(const std::vector<std::string>& addresses, const store::Secret& secret) {
    std::vector<std::uint64_t> hashes;
    for (const std::string& address : addresses) hashes.push_back(secret.hash(facts::lower_ascii(address)));
    return hashes;
  }

  /// What is known from earlier runs. An index that cannot be read is done without: nothing of it is believed.
  void recall() {
    if (!index_) return;
    const auto ok =
        index_->each(plans_, [&](const Place& place, const campaign::Fingerprint& print) { add(place, print); });
    if (ok) return;
    keep_no_more(ok.error());
    scanned_.places.clear();
    broken_.clear();
    gathering_ = campaign::Gathering(hardly_used_);
    for (Plan& plan : plans_) plan = Plan{plan.file, {}, {}, true};
  }

  /// A full disk costs the next run its start, never this one its answer.
  void keep_no_more(const Error& error) {
    index_.reset();
    scanned_.unkept = error;
  }

  void add(const Place& place, campaign::Fingerprint print) {
    if (const auto opened = opened_of_name(plans_[place.input].file.path); opened != campaign::Opened::unknown)
      print.opened = opened;
    broken_.push_back(print.broken);
    scanned_.places.push_back(place);
    gathering_.add(print);
  }

  void take(Printed printed) {
    if (index_)
      if (auto ok = index_->keep(printed.prints, plans_); !ok) keep_no_more(ok.error());
    for (auto& [place, print] : printed.prints) add(place, std::move(print));
    progress_(printed.bytes, printed.prints.size());
  }

  /// No mail at all: an error where the person named that file, only told where it lies among others.
  void refuse(const mailbox::Item& item, const Error& error, const mailbox::OnUnreadable& unreadable) {
    if (named_.contains(item.input))
      unreadable({item.input, error});
    else
      scanned_.passed_over.push_back(item.input);
  }

  void read(const mailbox::OnUnreadable& unreadable) {
    const auto take_one = [&](Printed printed) { take(std::move(printed)); };
    OrderedPool<Batch, Printed> pool(options_.jobs, limits::waiting_batches_per_worker * options_.jobs,
                                     [this] { return work(); });
    Batch batch;
    const auto hand_in = [&] {
      if (!batch.entries.empty()) pool.submit(std::exchange(batch, {}), take_one);
    };
    for (std::uint32_t i = 0; i < plans_.size(); ++i) {
      if (!plans_[i].reads) continue;
      std::uint64_t unpacked = 0;  // the mails of a packed file are counted through
      mailbox::read_file(
          plans_[i].file.path, plans_[i].start,
          [&](const mailbox::Item& item) {
            auto entries = entries_of(item, i, item.input == plans_[i].file.path ? item.index : unpacked);
            if (!entries) {
              refuse(item, entries.error(), unreadable);
              return true;
            }
            unpacked += entries->size();
            for (Entry& entry : *entries) {
              batch.bytes += entry.bytes.size();
              batch.entries.push_back(std::move(entry));
            }
            if (batch.entries.size() >= limits::batch_messages || batch.bytes >= limits::batch_bytes) hand_in();
            return true;
          },
          unreadable);
    }
    hand_in();
    pool.finish(take_one);
    for (std::size_t i = 0; index_ && i < plans_.size(); ++i)
      if (plans_[i].reads)
        if (auto ok = index_->finish(plans_[i]); !ok) keep_no_more(ok.error());
  }

  std::function<Printed(Batch)> work() const {
    const auto worker = std::make_shared<Result<Worker>>(engine_.worker());
    return [this, worker](Batch batch) {
      Printed printed;
      printed.bytes = batch.bytes;
      printed.prints.reserve(batch.entries.size());
      for (const Entry& entry : batch.entries)
        printed.prints.emplace_back(
            entry.place, *worker ? print_of(engine_, **worker, entry, profile_, hash_) : campaign::Fingerprint{});
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
    scanned_.report =
        campaign::analyse(gathering_, {scanned_.zone_minutes, scanned_.had_profile, options_.profile.visits});
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
  std::unordered_set<std::string> named_;  ///< paths as given: what is wrong with one of these is said
  const std::vector<std::uint64_t> hardly_used_;
  campaign::Gathering gathering_;
};

struct Kept {
  std::optional<store::Secret> secret;
  std::optional<ScanIndex> index;
};

Result<Kept> open_index(const fs::path& state, std::string_view basis) {
  std::error_code error;
  fs::create_directories(state, error);
  if (error)
    return fail(ErrorCode::unreadable, Said{"data.kept_file", {{"said", error.message()}}},
                "the state folder cannot be made: " + error.message(), state.string(), "--state, or --keep-nothing");
  auto secret = store::Secret::open(store::Index::key_in(state));
  if (!secret) return tl::unexpected(secret.error());
  auto index = ScanIndex::open(state, *secret, basis);
  if (!index) return tl::unexpected(index.error());
  return Kept{std::move(*secret), std::move(*index)};
}

}  // namespace

Result<Scanned> scan(const Engine& engine, const std::vector<std::string>& paths, const ScanOptions& options,
                     const ScanProgress& progress) {
  auto kept = options.state ? open_index(*options.state, basis_of(engine, options.profile)) : Result<Kept>(Kept{});
  if (kept && kept->index) return Scan(engine, options, progress, *kept->secret).run(paths, std::move(kept->index));
  const auto secret = store::Secret::for_now();
  if (!secret) return tl::unexpected(secret.error());
  auto scanned = Scan(engine, options, progress, *secret).run(paths, std::nullopt);
  if (scanned && !kept) scanned->unkept = kept.error();
  return scanned;
}

}  // namespace sekisho::engine
