#include "verdict/model.h"

#include <bit>
#include <cmath>
#include <cstring>

#include "base/fingerprint.h"
#include "knowledge/flat.h"

namespace sekisho::verdict {
namespace {

using knowledge::FlatReader;
using knowledge::FlatWriter;

constexpr std::string_view magic = "SEKISHO-MODEL-1\n";

void put(FlatWriter& out, double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  out.number(static_cast<std::uint32_t>(bits));
  out.number(static_cast<std::uint32_t>(bits >> 32));
}
double get(FlatReader& in) {
  const std::uint64_t low = in.number();
  return std::bit_cast<double>(low | (static_cast<std::uint64_t>(in.number()) << 32));
}

tl::unexpected<Error> damaged() {
  return fail(ErrorCode::bad_data, Said{"model.damaged", {}}, "is no model, or is damaged");
}

/// The heaviest a learned weight may be, as for hand-set ones (docs/formats/card.md).
double heaviest(const signs::Card& card) {
  return card.weight < 0 ? signs::heaviest_of(signs::Strength::strong) : signs::heaviest_of(card.strength);
}

}  // namespace

std::string Model::pack() const {
  FlatWriter out;
  out.text(name);
  out.text(about);
  put(out, hand_bias);
  put(out, bias);
  out.number(static_cast<std::uint32_t>(cards.size()));
  for (const Learned& learned : cards) {
    out.text(learned.card);
    put(out, learned.hand);
    put(out, learned.weight);
    out.number(learned.messages);
  }
  const TextModel::Parameters& words = text.parameters();
  out.number(words.bits);
  for (const double value : {words.scale, words.slope, words.bound, words.japanese, words.latin, words.other})
    put(out, value);
  out.text({reinterpret_cast<const char*>(words.table.data()), words.table.size()});
  const std::string body = out.take();
  FlatWriter seal;
  const std::uint64_t print = fingerprint(body);
  seal.number(static_cast<std::uint32_t>(print));
  seal.number(static_cast<std::uint32_t>(print >> 32));
  return std::string(magic) + seal.take() + body;
}

Result<std::shared_ptr<const Model>> Model::load(std::string_view bytes) {
  if (bytes.substr(0, magic.size()) != magic) return damaged();
  FlatReader in(bytes.substr(magic.size()));
  const std::uint64_t low = in.number(), print = low | (static_cast<std::uint64_t>(in.number()) << 32);
  if (!in.ok() || fingerprint(bytes.substr(magic.size() + 2 * sizeof(std::uint32_t))) != print) return damaged();
  auto model = std::make_shared<Model>();
  model->digest = fingerprint_text(bytes);
  model->name = in.text();
  model->about = in.text();
  model->hand_bias = get(in);
  model->bias = get(in);
  model->cards.resize(in.count());
  for (Learned& learned : model->cards) {
    learned.card = in.text();
    learned.hand = get(in);
    learned.weight = get(in);
    learned.messages = in.number();
    if (!std::isfinite(learned.weight)) return damaged();
  }
  TextModel::Parameters words;
  words.bits = in.number();
  for (double* value : {&words.scale, &words.slope, &words.bound, &words.japanese, &words.latin, &words.other})
    *value = get(in);
  const std::string_view table = in.view();
  if (!in.ok() || !in.at_end() || !std::isfinite(model->bias)) return damaged();
  if (!table.empty()) {
    words.table.resize(table.size());
    std::memcpy(words.table.data(), table.data(), table.size());
    auto text = TextModel::make(std::move(words));
    if (!text) return tl::unexpected(text.error());
    model->text = std::move(*text);
  }
  return std::shared_ptr<const Model>(std::move(model));
}

std::shared_ptr<const signs::Deck> with_learned(std::shared_ptr<const signs::Deck> deck, const Model& model) {
  std::vector<std::pair<std::string, double>> weights;
  for (const Learned& learned : model.cards) {
    const signs::Card* card = deck->card(learned.card);
    if (card == nullptr || card->weight != learned.hand || learned.weight * learned.hand <= 0) continue;
    if (std::abs(learned.weight) > heaviest(*card)) continue;
    weights.emplace_back(learned.card, learned.weight);
  }
  return weights.empty() ? deck : deck->reweighed(weights, model.name);
}

Scale with_learned(Scale scale, const Model& model) {
  if (scale.bias == model.hand_bias) scale.bias = model.bias;
  return scale;
}

}  // namespace sekisho::verdict
