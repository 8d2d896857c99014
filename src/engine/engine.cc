#include "engine/engine.h"

#include <fstream>
#include <iterator>

#include "base/limits.h"
#include "base/limits_wording.h"
#include "engine/embedded.h"
#include "facts/scene.h"

namespace sekisho::engine {

namespace {

/// nullptr when none is wanted or none was built in.
Result<std::shared_ptr<const verdict::Model>> read_model(const ModelChoice& choice) {
  if (choice.kind == ModelChoice::Kind::none) return nullptr;
  if (choice.kind == ModelChoice::Kind::embedded) {
    if (embedded_model().empty()) return nullptr;
    return verdict::Model::load(embedded_model());
  }
  std::error_code error;
  const auto size = std::filesystem::file_size(choice.file, error);
  std::ifstream in(choice.file, std::ios::binary);
  if (error || !in)
    return fail(ErrorCode::unreadable, Said{"model.unreadable", {}}, "the model cannot be read", choice.file.string());
  if (size > limits::model_bytes)
    return fail(ErrorCode::bad_data, Said{"model.damaged", {}}, "is no model, or is damaged", choice.file.string());
  std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  auto model = verdict::Model::load(bytes);
  if (!model) model.error().where = choice.file.string();
  return model;
}

}  // namespace

std::string_view program_version() { return SEKISHO_VERSION; }

Result<std::shared_ptr<const Engine>> Engine::start(const std::filesystem::path& overrides,
                                                    const knowledge::AutomatonStore& store, const ModelChoice& model) {
  auto plain = knowledge::Snapshot::load(embedded_knowledge());
  if (!plain) return tl::unexpected(plain.error());
  if (overrides.empty()) return assemble(*plain, signs::Deck::load(embedded_deck(), *plain), model);
  auto source = knowledge::overlay((*plain)->source(), overrides);
  if (!source) return tl::unexpected(source.error());
  auto own = knowledge::Snapshot::build(std::move(*source), embedded_knowledge(), store);
  if (!own) return tl::unexpected(own.error());
  auto engine = assemble(*own, signs::Deck::build(*own), model);
  if (!engine) return engine;
  auto examples = (*engine)->examine_gallery((*engine)->gallery(), overrides);
  if (!examples) return tl::unexpected(examples.error());
  std::shared_ptr<Engine> with_own(new Engine(**engine));
  with_own->gallery_ = std::move(*examples);
  return std::shared_ptr<const Engine>(std::move(with_own));
}

Result<std::shared_ptr<const Engine>> Engine::from_source(knowledge::Source source) {
  auto snapshot = knowledge::Snapshot::build(std::move(source));
  if (!snapshot) return tl::unexpected(snapshot.error());
  return assemble(*snapshot, signs::Deck::build(*snapshot), {ModelChoice::Kind::none, {}});
}

Result<std::shared_ptr<const Engine>> Engine::assemble(std::shared_ptr<const knowledge::Snapshot> knowledge,
                                                       Result<std::shared_ptr<const signs::Deck>> deck,
                                                       const ModelChoice& choice) {
  auto gallery = gallery::Gallery::load(embedded_gallery());
  if (!gallery) return tl::unexpected(gallery.error());
  if (!deck) return tl::unexpected(deck.error());
  auto scale = verdict::read_scale(*knowledge);
  if (!scale) return tl::unexpected(scale.error());
  std::shared_ptr<Engine> engine(new Engine());
  engine->knowledge_ = std::move(knowledge);
  engine->deck_ = std::move(*deck);
  engine->scale_ = *scale;
  auto model = read_model(choice);
  if (!model) return tl::unexpected(model.error());
  if (*model) {
    engine->deck_ = verdict::with_learned(engine->deck_, **model);
    engine->scale_ = verdict::with_learned(engine->scale_, **model);
    engine->model_ = std::move(*model);
  }
  engine->gallery_ = std::move(*gallery);
  return std::shared_ptr<const Engine>(std::move(engine));
}

Result<Worker> Engine::worker(Clock clock) const {
  auto scratch = knowledge_->patterns().make_scratch();
  if (!scratch) return tl::unexpected(scratch.error());
  Worker worker;
  worker.scratch_ = std::move(*scratch);
  worker.clock_ = std::move(clock);
  return worker;
}

namespace {

Result<message::Message> read(std::string_view bytes, ReadAs read_as, const Deadline& until) {
  switch (read_as) {
    case ReadAs::mail:
      return message::parse_mail(bytes, until);
    case ReadAs::pasted:
      return message::parse_pasted(bytes);
    case ReadAs::sms:
      return message::parse_sms(bytes);
    case ReadAs::detect:
      break;
  }
  return message::read_message(bytes, {}, until);
}

}  // namespace

Result<Report> Engine::examine(std::string_view bytes, const facts::Envelope& envelope, const facts::History& history,
                               Worker& worker, ReadAs read_as) const {
  auto looked = look(bytes, envelope, history, worker, read_as);
  if (!looked) return tl::unexpected(looked.error());
  return std::move(looked->report);
}

Result<Looked> Engine::look(std::string_view bytes, const facts::Envelope& envelope, const facts::History& history,
                            Worker& worker, ReadAs read_as) const {
  const auto began = worker.clock_();
  const auto within = [&](std::chrono::milliseconds most) {
    return Deadline([&worker, end = began + most] { return worker.clock_() > end; });
  };
  auto message = read(bytes, read_as, within(limits::read_time));
  if (!message) return tl::unexpected(message.error());
  Report report;
  report.facts =
      facts::observe_all(*message, *knowledge_, history, envelope, worker.scratch_, within(limits::examine_time));
  report.verdict = verdict::weigh(report.facts, *deck_, scale_, model_ ? &model_->text : nullptr);
  return Looked{std::move(*message), std::move(report)};
}

}  // namespace sekisho::engine
