// The deck as bytes inside the binary. Written and read by the same build, so fact ids may be plain numbers.
#include <bit>

#include "knowledge/flat.h"
#include "signs/card.h"

namespace sekisho::signs {
namespace {

using knowledge::FlatReader;
using knowledge::FlatWriter;

constexpr std::string_view magic = "SEKISHO-DECK-1\n";

void put(FlatWriter& out, double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  out.number(static_cast<std::uint32_t>(bits));
  out.number(static_cast<std::uint32_t>(bits >> 32));
}
double get_double(FlatReader& in) {
  const std::uint64_t low = in.number();
  return std::bit_cast<double>(low | (static_cast<std::uint64_t>(in.number()) << 32));
}
void put(FlatWriter& out, const std::optional<double>& value) {
  out.number(value.has_value() ? 1 : 0);
  put(out, value.value_or(0.0));
}
std::optional<double> get_optional(FlatReader& in) {
  const bool has = in.number() == 1;
  const double value = get_double(in);
  return has ? std::optional(value) : std::nullopt;
}
template <class T>
void put_numbers(FlatWriter& out, const std::vector<T>& values) {
  out.number(static_cast<std::uint32_t>(values.size()));
  for (const T value : values) out.number(static_cast<std::uint32_t>(value));
}
template <class T>
std::vector<T> get_numbers(FlatReader& in) {
  std::vector<T> values(in.count());
  for (T& value : values) value = static_cast<T>(in.number());
  return values;
}
void put(FlatWriter& out, const knowledge::Words& words) {
  out.text(words.ja);
  out.text(words.en);
}
knowledge::Words get_words(FlatReader& in) {
  knowledge::Words words;
  words.ja = in.text();
  words.en = in.text();
  return words;
}

}  // namespace

std::string Deck::pack() const {
  FlatWriter out;
  out.number(static_cast<std::uint32_t>(nodes_.size()));
  for (const Node& node : nodes_) {
    out.number(static_cast<std::uint32_t>(node.op));
    put_numbers(out, node.children);
    out.number(static_cast<std::uint32_t>(node.id));
    out.texts(node.values);
    out.text(node.in_list);
    put(out, node.at_least);
    put(out, node.at_most);
    put_numbers(out, node.parts);
    out.number(node.count_at_least);
  }
  out.number(static_cast<std::uint32_t>(cards_.size()));
  for (const Card& card : cards_) {
    for (const std::string* field :
         {&card.id, &card.family, &card.where, &card.weight_from, &card.group, &card.false_alarms})
      out.text(*field);
    put(out, card.weight);
    out.number(static_cast<std::uint32_t>(card.strength));
    out.number(static_cast<std::uint32_t>(card.specificity));
    out.number(card.condition);
    put_numbers(out, card.underline);
    out.number(card.absent ? 1 : 0);
    out.number(card.by_wording ? 1 : 0);
    for (const knowledge::Words* words : {&card.title, &card.explanation, &card.how_to_check, &card.scope})
      put(out, *words);
    for (const auto* texts : {&card.settles, &card.sources, &card.advice}) out.texts(*texts);
    out.number(static_cast<std::uint32_t>(card.kinds.size()));
    for (const auto& [kind, points] : card.kinds) {
      out.text(kind);
      out.number(static_cast<std::uint32_t>(points));
    }
  }
  return std::string(magic) + out.take();
}

Result<std::shared_ptr<const Deck>> Deck::load(std::string_view bytes,
                                               std::shared_ptr<const knowledge::Snapshot> snapshot) {
  const auto damaged = [] {
    return fail(ErrorCode::internal, "the deck of cards is damaged", "signs", "build the program again");
  };
  if (bytes.substr(0, magic.size()) != magic) return damaged();
  FlatReader in(bytes.substr(magic.size()));
  std::shared_ptr<Deck> deck(new Deck());
  deck->snapshot_ = std::move(snapshot);
  deck->nodes_.resize(in.count());
  for (Node& node : deck->nodes_) {
    node.op = static_cast<Node::Op>(in.number());
    node.children = get_numbers<std::uint32_t>(in);
    node.id = static_cast<facts::FactId>(in.number());
    node.values = in.texts();
    node.in_list = in.text();
    node.at_least = get_optional(in);
    node.at_most = get_optional(in);
    node.parts = get_numbers<facts::PartKind>(in);
    node.count_at_least = in.number();
    for (const std::uint32_t child : node.children)
      if (child >= deck->nodes_.size()) return damaged();
  }
  deck->cards_.resize(in.count());
  for (Card& card : deck->cards_) {
    for (std::string* field : {&card.id, &card.family, &card.where, &card.weight_from, &card.group, &card.false_alarms})
      *field = in.text();
    card.weight = get_double(in);
    card.strength = static_cast<Strength>(in.number());
    card.specificity = static_cast<int>(in.number());
    card.condition = in.number();
    card.underline = get_numbers<facts::FactId>(in);
    card.absent = in.number() == 1;
    card.by_wording = in.number() == 1;
    for (knowledge::Words* words : {&card.title, &card.explanation, &card.how_to_check, &card.scope})
      *words = get_words(in);
    for (auto* texts : {&card.settles, &card.sources, &card.advice}) *texts = in.texts();
    card.kinds.resize(in.count());
    for (auto& [kind, points] : card.kinds) {
      kind = in.text();
      points = static_cast<int>(in.number());
    }
    if (card.condition >= deck->nodes_.size()) return damaged();
  }
  if (!in.ok() || !in.at_end()) return damaged();
  deck->file();
  return std::shared_ptr<const Deck>(std::move(deck));
}

}  // namespace sekisho::signs
