#include "train/trainer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <system_error>
#include <unordered_set>

#include "train/examples.h"

namespace sekisho::train {
namespace {

namespace fs = std::filesystem;

/// Messages and corpora in which a card must have spoken before its weight is learned.
constexpr std::size_t fewest_messages_of_a_card = 20, fewest_corpora_of_a_card = 2;
/// How far from the hand-set weight a card may be taken.
constexpr double least_of_hand = 0.4, most_of_hand = 1.6;
/// How much one message may count, however few there are of its kind.
constexpr double most_weight = 10;
/// A corpus counts by this power of its size: ten thousand mails of one list are not a hundred times a hundred notices.
constexpr double corpus_power = 0.25;
/// A wanted mail called scam costs as much as so many scams missed.
constexpr double care = 2.5;
/// Japanese mail quotes Latin names and addresses; from this share of the letters on it is Japanese.
constexpr double japanese_from = 0.3;

/// What is kept in memory of one message.
struct Kept {
  Words words;
  Spoken spoken;
  std::uint32_t corpus = 0;
  bool japanese = false;
  double raw = 0;  ///< of a table that has not seen its corpus
};

class Training {
 public:
  Training(const engine::Engine& by_hand, const Labelled& labelled, const TrainOptions& options,
           const OnProgress& on_progress)
      : by_hand_(by_hand), labelled_(labelled), options_(options), on_progress_(on_progress) {
    for (const Group& group : labelled.groups)
      corpus_of_group_.push_back(
          corpora_.emplace(group.corpus, static_cast<std::uint32_t>(corpora_.size())).first->second);
  }

  Result<Trained> run() {
    const auto files = read();
    if (!files) return tl::unexpected(files.error());
    keep_supported(*files);
    const bool both = std::any_of(kept_.begin(), kept_.end(), [](const Kept& one) { return one.words.scam; }) &&
                      std::any_of(kept_.begin(), kept_.end(), [](const Kept& one) { return !one.words.scam; });
    if (!both)
      return fail(ErrorCode::bad_data, Said{"train.one_sided", {}}, "both scams and wanted messages are needed");
    weigh_messages();
    score_unseen();
    centre();
    fit();
    return std::move(trained_);
  }

 private:
  Result<std::vector<fs::path>> read() {
    const std::uint64_t all = size_of(labelled_);
    std::uint64_t done = 0;
    const Sample sample = choose_sample(labelled_, options_.most_of_a_group, [&](std::uint64_t bytes) {
      on_progress_(Stage::sampling, done += bytes, all);
    });
    trained_.read = sample.messages;
    trained_.sampled = sample.taken;
    done = 0;
    return extract({by_hand_, labelled_, sample, options_.work, options_.jobs},
                   [&](std::uint64_t bytes) { on_progress_(Stage::reading, done += bytes, all); });
  }

  /// Two walks over the batches: which n-grams are shared by enough, then the messages with those alone.
  void keep_supported(const std::vector<fs::path>& files) {
    Support::Least least = options_.least;
    if (corpora_.size() < 2) least.sources = 1;
    Support support(least);
    std::unordered_set<std::uint64_t> said;
    for (const fs::path& file : files)
      for (const Example& example : read_batch(file)) {
        if (!said.insert(example.said).second) continue;
        for (const Gram& gram : example.grams) support.add(gram.hash, corpus_of_group_[example.group]);
      }
    said.clear();
    std::unordered_set<std::uint32_t> grams;
    std::map<std::pair<std::uint32_t, Label>, Learnt> learnt;
    for (const fs::path& file : files)
      for (const Example& example : read_batch(file)) {
        const Group& group = labelled_.groups[example.group];
        Learnt& line = learnt[{corpus_of_group_[example.group], group.label}];
        line.corpus = group.corpus;
        line.label = group.label;
        ++line.messages;
        if (!said.insert(example.said).second) {
          ++line.repeats;
          continue;
        }
        kept_.push_back(kept(example, support, grams));
      }
    for (auto& [key, line] : learnt) trained_.corpora.push_back(std::move(line));
    trained_.grams = grams.size();
  }

  Kept kept(const Example& example, const Support& support, std::unordered_set<std::uint32_t>& grams) const {
    const unsigned shift = 32 - options_.wording.bits;
    constexpr std::uint32_t most = (1U << count_bits) - 1;
    Kept one;
    one.corpus = corpus_of_group_[example.group];
    one.japanese = example.japanese >= japanese_from;
    one.words.scam = one.spoken.scam = labelled_.groups[example.group].label == Label::scam;
    one.words.norm = 1 / verdict::TextModel::raw(1, example.all_grams);
    one.words.japanese = example.japanese;
    one.words.latin = example.latin;
    one.spoken.cards = example.cards;
    for (const Gram& gram : example.grams) {
      if (!support.is_enough(gram.hash)) continue;
      grams.insert(gram.hash);
      one.words.entries.push_back(gram.hash >> shift << count_bits | std::min(gram.count, most));
    }
    return one;
  }

  /// Languages and labels count the same, and within them corpora by the square root of their size.
  void weigh_messages() {
    std::array<std::map<std::uint32_t, std::size_t>, 4> sizes;  // by cell: messages of each corpus
    const auto cell = [](const Kept& one) { return (one.japanese ? 2U : 0U) + (one.words.scam ? 1U : 0U); };
    for (const Kept& one : kept_) ++sizes[cell(one)][one.corpus];
    const auto cells = static_cast<double>(
        std::count_if(sizes.begin(), sizes.end(), [](const auto& corpora) { return !corpora.empty(); }));
    for (Kept& one : kept_) {
      double roots = 0;
      for (const auto& [corpus, size] : sizes[cell(one)]) roots += std::pow(static_cast<double>(size), corpus_power);
      const double own = static_cast<double>(sizes[cell(one)][one.corpus]);
      const double weight = static_cast<double>(kept_.size()) / cells * (std::pow(own, corpus_power) / roots) / own;
      one.words.weight = std::min(most_weight, weight);
      one.spoken.weight = one.words.weight * (one.words.scam ? 1 : care);
    }
  }

  /// Each message's wording, by a table that has not seen its corpus (or, of one or two corpora, its fifth of the
  /// mail).
  void score_unseen() {
    const bool by_corpus = corpora_.size() >= 3;
    const std::size_t folds = by_corpus ? corpora_.size() : 5;
    const auto fold_of = [&](std::size_t i) { return by_corpus ? kept_[i].corpus : i % folds; };
    for (std::size_t fold = 0; fold < folds; ++fold) {
      on_progress_(Stage::solving, fold, folds + 1);
      std::vector<Words> words;
      for (std::size_t i = 0; i < kept_.size(); ++i) {
        kept_[i].words.held_out = fold_of(i) == fold;
        words.push_back(std::move(kept_[i].words));
      }
      const WordingFit fitted = fit_wording(words, options_.wording);
      for (std::size_t i = 0; i < kept_.size(); ++i) {
        kept_[i].words = std::move(words[i]);
        if (kept_[i].words.held_out) kept_[i].raw = raw_score(fitted, kept_[i].words);
        kept_[i].words.held_out = false;
      }
    }
    on_progress_(Stage::solving, folds, folds + 1);
  }

  /// The weighted median of wanted mail in each script becomes zero, so that neither is nearer to a scam. Taken from
  /// corpora that hold wanted mail of both, where there are any: a list of programmers beside a bank's notices would
  /// tell the kinds of mail apart, not the languages.
  void centre() {
    constexpr std::size_t fewest = 20;
    std::map<std::uint32_t, std::array<std::size_t, 2>> wanted;
    for (const Kept& one : kept_)
      if (!one.words.scam) ++wanted[one.corpus][one.japanese ? 1 : 0];
    std::unordered_set<std::uint32_t> both;
    for (const auto& [corpus, messages] : wanted)
      if (std::min(messages[0], messages[1]) >= fewest) both.insert(corpus);
    const auto median = [&](bool japanese) {
      std::vector<std::pair<double, double>> scores;  // raw, weight
      double all = 0;
      for (const Kept& one : kept_)
        if (!one.words.scam && one.japanese == japanese && (both.empty() || both.contains(one.corpus))) {
          scores.emplace_back(one.raw, one.words.weight);
          all += one.words.weight;
        }
      std::sort(scores.begin(), scores.end());
      double below = 0;
      for (const auto& [raw, weight] : scores)
        if ((below += weight) * 2 >= all) return raw;
      return 0.0;
    };
    japanese_ = median(true);
    latin_ = median(false);
    std::array<std::vector<double>, 4> scores;
    std::array<std::vector<double>, 2> comparable;
    for (Kept& one : kept_) {
      one.spoken.wording = one.raw - japanese_ * one.words.japanese - latin_ * one.words.latin;
      scores[(one.japanese ? 2U : 0U) + (one.words.scam ? 1U : 0U)].push_back(one.spoken.wording);
      if (!one.words.scam && both.contains(one.corpus)) comparable[one.japanese ? 1 : 0].push_back(one.spoken.wording);
    }
    trained_.wording_other = auc(scores[1], scores[0]);
    trained_.wording_japanese = auc(scores[3], scores[2]);
    trained_.languages = auc(comparable[1], comparable[0]);
  }

  std::vector<Bounds> bounds() const {
    const auto& cards = by_hand_.deck().cards();
    std::vector<std::size_t> messages(cards.size());
    std::vector<std::unordered_set<std::uint32_t>> corpora(cards.size());
    for (const Kept& one : kept_)
      for (const std::uint16_t card : one.spoken.cards) {
        ++messages[card];
        corpora[card].insert(one.corpus);
      }
    std::vector<Bounds> bounds;
    for (std::size_t i = 0; i < cards.size(); ++i) {
      const double hand = cards[i].weight;
      const double most =
          hand < 0 ? signs::heaviest_of(signs::Strength::strong) : signs::heaviest_of(cards[i].strength);
      const double far = std::min(most, most_of_hand * std::abs(hand)), near = least_of_hand * std::abs(hand);
      Bounds one{hand, hand < 0 ? -far : near, hand < 0 ? -near : far};
      one.fixed = options_.cards == TrainOptions::Cards::keep || cards[i].by_wording ||
                  messages[i] < fewest_messages_of_a_card ||
                  corpora[i].size() < std::min(fewest_corpora_of_a_card, corpora_.size());
      bounds.push_back(one);
    }
    return bounds;
  }

  void fit() {
    std::vector<Spoken> spoken;
    std::vector<std::uint32_t> heard(by_hand_.deck().cards().size());
    for (const Kept& one : kept_) {
      spoken.push_back(one.spoken);
      for (const std::uint16_t card : one.spoken.cards) ++heard[card];
    }
    const std::vector<Bounds> limits = bounds();
    const CardFit cards = fit_cards(spoken, limits, by_hand_.scale().bias, options_.card_fit);
    verdict::Model& model = trained_.model;
    model.name = options_.name;
    model.hand_bias = by_hand_.scale().bias;
    model.bias = options_.cards == TrainOptions::Cards::keep ? model.hand_bias : rounded(cards.bias);
    for (std::size_t i = 0; i < limits.size(); ++i) {
      const double weight = rounded(cards.weights[i]);
      if (limits[i].fixed || weight == limits[i].hand || weight == 0) continue;
      model.cards.push_back({by_hand_.deck().cards()[i].id, limits[i].hand, weight, heard[i]});
    }
    std::sort(model.cards.begin(), model.cards.end(),
              [](const verdict::Learned& a, const verdict::Learned& b) { return a.card < b.card; });
    trained_.cards_learned = model.cards.size();
    std::vector<Words> words;
    for (Kept& one : kept_) words.push_back(std::move(one.words));
    model.text = table_of(fit_wording(words, options_.wording), cards);
  }

  /// People read and add these numbers.
  static double rounded(double value) { return std::round(value * 100) / 100; }

  /// The table in bytes: a few outliers are cut so that the many are told apart.
  verdict::TextModel table_of(const WordingFit& fit, const CardFit& cards) const {
    std::vector<float> sizes;
    for (const float weight : fit.table)
      if (weight != 0) sizes.push_back(std::abs(weight));
    double most = 1e-9;
    if (!sizes.empty()) {
      const auto high = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() - 1 - sizes.size() / 1000);
      std::nth_element(sizes.begin(), high, sizes.end());
      most = std::max(most, static_cast<double>(*high));
    }
    verdict::TextModel::Parameters parameters;
    parameters.bits = options_.wording.bits;
    parameters.scale = most / 127;
    parameters.slope = cards.slope;
    parameters.bound = options_.card_fit.wording_bound;
    parameters.japanese = japanese_ + cards.centre;
    parameters.latin = latin_ + cards.centre;
    parameters.other = cards.centre;
    for (const float weight : fit.table)
      parameters.table.push_back(
          static_cast<std::int8_t>(std::clamp(std::lround(weight / parameters.scale), -127L, 127L)));
    return *verdict::TextModel::make(std::move(parameters));
  }

  const engine::Engine& by_hand_;
  const Labelled& labelled_;
  const TrainOptions& options_;
  const OnProgress& on_progress_;
  std::map<std::string, std::uint32_t> corpora_;
  std::vector<std::uint32_t> corpus_of_group_;
  std::vector<Kept> kept_;
  double japanese_ = 0, latin_ = 0;
  Trained trained_;
};

}  // namespace

Result<Trained> train(const engine::Engine& by_hand, const Labelled& labelled, const TrainOptions& options,
                      const OnProgress& on_progress) {
  return Training(by_hand, labelled, options, on_progress).run();
}

}  // namespace sekisho::train
