// sekisho train: labelled mail in, one model file out, and what can be said of it.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <thread>

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "app/commands.h"
#include "app/json.h"
#include "base/limits_wording.h"
#include "train/trainer.h"

namespace sekisho::app {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

/// One line on a terminal that says which stage runs and how far it is.
class StageLine {
 public:
  explicit StageLine(const Voice& voice) : voice_(voice) {
    const auto terminal = environment_variable("TERM");
    shown_ = isatty(STDERR_FILENO) == 1 && terminal && *terminal != "dumb";
  }
  ~StageLine() { hide(); }
  StageLine(const StageLine&) = delete;
  StageLine& operator=(const StageLine&) = delete;
  void draw(train::Stage stage, std::uint64_t done, std::uint64_t all) {
    const auto percent = static_cast<int>(all == 0 ? 100 : std::min<std::uint64_t>(100, done * 100 / all));
    if (!shown_ || (stage == stage_ && percent == percent_)) return;
    stage_ = stage;
    percent_ = percent;
    constexpr const char* keys[]{"train.stage.sampling", "train.stage.reading", "train.stage.solving"};
    std::fputs(("\r\x1b[K" + voice_.say(keys[static_cast<std::size_t>(stage)], {{"percent", std::to_string(percent)}}))
                   .c_str(),
               stderr);
  }
  void hide() {
    if (shown_ && percent_ >= 0) std::fputs("\r\x1b[K", stderr);
    percent_ = -1;
  }

 private:
  const Voice& voice_;
  bool shown_ = false;
  train::Stage stage_ = train::Stage::sampling;
  int percent_ = -1;
};

std::string number(const std::optional<train::Auc>& auc) {
  return auc ? fmt::format("{:.3f} [{:.3f}, {:.3f}]", auc->value, auc->low, auc->high) : "–";
}

/// The figures of the model card, in Markdown: the part that the trainer knows.
std::string card_of(const train::Trained& trained) {
  std::string card = "## Learned from\n\n| corpus | label | messages | said before |\n|---|---|---|---|\n";
  for (const train::Learnt& line : trained.corpora)
    card += fmt::format("| {} | {} | {} | {} |\n", line.corpus, train::name(line.label), line.messages, line.repeats);
  card += fmt::format(
      "\n{} of {} messages were taken. {} different n-grams are shared by enough messages and sources to be learned; "
      "{} "
      "cards have a learned weight.\n\n"
      "Wording alone, on corpora left out while it was learned: AUC {} in Japanese, {} in other languages. Wanted "
      "Japanese mail against other wanted mail, in corpora that hold both: {} (0.5: no language is a sign).\n",
      trained.sampled, trained.read, trained.grams, trained.cards_learned, number(trained.wording_japanese),
      number(trained.wording_other), number(trained.languages));
  return card;
}

json::value object_of(const std::optional<train::Auc>& auc) {
  if (!auc) return nullptr;
  return json::object{{"value", auc->value}, {"low", auc->low}, {"high", auc->high}};
}

std::string json_of(const train::Trained& trained, const TrainCommand& options, std::size_t bytes) {
  json::array corpora, cards;
  for (const train::Learnt& line : trained.corpora)
    corpora.push_back(json::object{{"corpus", valid_utf8(line.corpus)},
                                   {"label", train::name(line.label)},
                                   {"messages", line.messages},
                                   {"repeats", line.repeats}});
  for (const verdict::Learned& learned : trained.model.cards)
    cards.push_back(json::object{
        {"sign", learned.card}, {"hand", learned.hand}, {"weight", learned.weight}, {"messages", learned.messages}});
  return to_json(json::object{{"schema", "sekisho.train/1"},
                              {"output", valid_utf8(options.output.string())},
                              {"name", valid_utf8(trained.model.name)},
                              {"bytes", bytes},
                              {"read", trained.read},
                              {"sampled", trained.sampled},
                              {"corpora", std::move(corpora)},
                              {"ngrams", trained.grams},
                              {"hand_bias", trained.model.hand_bias},
                              {"bias", trained.model.bias},
                              {"cards", std::move(cards)},
                              {"wording_slope", trained.model.text.parameters().slope},
                              {"wording_auc_japanese", object_of(trained.wording_japanese)},
                              {"wording_auc_other", object_of(trained.wording_other)},
                              {"language_as_a_sign", object_of(trained.languages)}}) +
         '\n';
}

std::string text_of(const train::Trained& trained, const TrainCommand& options, std::size_t bytes, const Voice& voice) {
  std::string text = voice.say("train.done", {{"file", for_terminal(valid_utf8(options.output.string()))},
                                              {"bytes", std::to_string(bytes)}}) +
                     '\n';
  for (const train::Learnt& line : trained.corpora)
    text += voice.say("train.corpus", {{"corpus", for_terminal(valid_utf8(line.corpus))},
                                       {"label", voice.say("evaluate.label." + std::string(train::name(line.label)))},
                                       {"n", std::to_string(line.messages)},
                                       {"repeats", std::to_string(line.repeats)}}) +
            '\n';
  text += voice.say("train.summary", {{"sampled", std::to_string(trained.sampled)},
                                      {"read", std::to_string(trained.read)},
                                      {"grams", std::to_string(trained.grams)},
                                      {"cards", std::to_string(trained.cards_learned)}}) +
          '\n';
  text +=
      voice.say("train.unseen", {{"ja", number(trained.wording_japanese)}, {"other", number(trained.wording_other)}}) +
      '\n';
  text += voice.say("train.language", {{"auc", number(trained.languages)}}) + '\n';
  return text + '\n' + voice.say("train.next", {{"file", for_terminal(valid_utf8(options.output.string()))}}) + '\n';
}

Result<std::string> contents(const fs::path& file) {
  std::error_code error;
  const auto size = fs::file_size(file, error);
  std::ifstream in(file, std::ios::binary);
  if (error || !in || size > limits::model_bytes)
    return fail(ErrorCode::unreadable, Said{"train.unreadable", {}}, "cannot be read", file.string());
  return std::string(std::istreambuf_iterator<char>(in), {});
}

/// Whole or not at all.
Result<void> write(const fs::path& file, const std::string& bytes) {
  const fs::path half = file.string() + ".part";
  std::ofstream out(half, std::ios::binary);
  out << bytes;
  out.close();
  std::error_code error;
  if (out) fs::rename(half, file, error);
  if (!out || error)
    return fail(ErrorCode::unreadable, Said{"train.unwritable", {}}, "cannot be written", file.string());
  return {};
}

Result<train::TrainOptions> train_options(const Session& session) {
  const TrainCommand& command = session.options.train;
  train::TrainOptions options;
  options.name = command.name;
  options.most_of_a_group = command.most;
  if (command.keep_cards) options.cards = train::TrainOptions::Cards::keep;
  options.jobs = session.settings.jobs.value != 0
                     ? session.settings.jobs.value
                     : std::clamp(std::thread::hardware_concurrency(), 1U, engine::most_jobs);
  if (command.about) {
    auto about = contents(*command.about);
    if (!about) return tl::unexpected(about.error());
    options.about = std::move(*about);
  }
  options.work = command.work.value_or(fs::path(command.output.string() + ".work"));
  std::error_code error;
  fs::create_directories(options.work, error);
  if (error)
    return fail(ErrorCode::unreadable, Said{"train.unwritable", {}}, "cannot be written", options.work.string());
  return options;
}

}  // namespace

int run_train(const Session& session) {
  const TrainCommand& command = session.options.train;
  const Voice& voice = session.voice;
  const auto complain = [&](const Error& error) {
    std::fputs(voice.complaint(error).c_str(), stderr);
    return exit_code_of(error.code);
  };
  const auto labelled = train::read_labelled(session.options.paths);
  if (!labelled) return complain(labelled.error());
  auto options = train_options(session);
  if (!options) return complain(options.error());
  // Learned against the hand-set weights, whatever model is in use.
  const auto by_hand =
      engine::Engine::start(session.settings.knowledge.value, {}, {engine::ModelChoice::Kind::none, {}});
  if (!by_hand) return complain(by_hand.error());

  StageLine line(voice);
  auto trained =
      train::train(**by_hand, *labelled, *options,
                   [&](train::Stage stage, std::uint64_t done, std::uint64_t all) { line.draw(stage, done, all); });
  line.hide();
  if (!trained) return complain(trained.error());
  trained->model.about = options->about + (options->about.empty() ? "" : "\n") + card_of(*trained);
  const std::string bytes = trained->model.pack();
  if (const auto ok = write(command.output, bytes); !ok) return complain(ok.error());
  std::error_code ignored;
  if (!command.work) fs::remove_all(options->work, ignored);
  const bool json = session.settings.format.value == engine::Format::json;
  std::fputs(
      (json ? json_of(*trained, command, bytes.size()) : text_of(*trained, command, bytes.size(), voice)).c_str(),
      stdout);
  if (session.options.stats) {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::fputs(fmt::format("stats: peak_resident_MB {:.1f}\n", static_cast<double>(usage.ru_maxrss) / 1024).c_str(),
               stderr);
  }
  return output_arrived() ? exit_code::nothing_found : exit_code::internal;
}

}  // namespace sekisho::app
