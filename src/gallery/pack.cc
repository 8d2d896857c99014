// The examined gallery as one flat file inside the binary, and back.
#include <bit>

#include "gallery/gallery.h"
#include "knowledge/flat.h"

namespace sekisho::gallery {
namespace {

/// The first field; changes when the layout does.
constexpr std::string_view layout = "sekisho.gallery/1";

void write(knowledge::FlatWriter& out, const Example& example) {
  for (const std::string* text : {&example.id, &example.kind, &example.where, &example.title.ja, &example.title.en,
                                  &example.genuine.ja, &example.genuine.en, &example.message})
    out.text(*text);
  out.texts(example.words);
  out.texts(example.ideas);
  out.number(static_cast<std::uint32_t>(example.read_as));
  out.number(static_cast<std::uint32_t>(example.answer));
  out.number(example.kana ? 1 : 0);
  out.number(static_cast<std::uint32_t>(example.parts.size()));
  for (const facts::Part& part : example.parts) {
    out.number(static_cast<std::uint32_t>(part.kind));
    out.text(part.label);
    out.text(part.text);
  }
  out.number(static_cast<std::uint32_t>(example.marks.size()));
  for (const Mark& mark : example.marks) {
    out.text(mark.sign);
    const auto bits = std::bit_cast<std::uint64_t>(mark.weight);
    out.number(static_cast<std::uint32_t>(bits));
    out.number(static_cast<std::uint32_t>(bits >> 32));
    out.number(mark.absent ? 1 : 0);
    out.number(static_cast<std::uint32_t>(mark.quotes.size()));
    for (const verdict::Quote& quote : mark.quotes) {
      out.number(quote.part);
      out.number(static_cast<std::uint32_t>(quote.span.start));
      out.number(static_cast<std::uint32_t>(quote.span.end));
      out.text(quote.text);
    }
  }
}

Example read(knowledge::FlatReader& in) {
  Example example;
  for (std::string* text : {&example.id, &example.kind, &example.where, &example.title.ja, &example.title.en,
                            &example.genuine.ja, &example.genuine.en, &example.message})
    *text = in.text();
  example.words = in.texts();
  example.ideas = in.texts();
  example.read_as = static_cast<ReadAs>(in.number());
  example.answer = static_cast<verdict::Answer>(in.number());
  example.kana = in.number() != 0;
  example.parts.resize(in.count());
  for (facts::Part& part : example.parts) {
    part.kind = static_cast<facts::PartKind>(in.number());
    part.label = in.text();
    part.text = in.text();
  }
  example.marks.resize(in.count());
  for (Mark& mark : example.marks) {
    mark.sign = in.text();
    const std::uint64_t low = in.number(), high = in.number();
    mark.weight = std::bit_cast<double>(low | high << 32);
    mark.absent = in.number() != 0;
    mark.quotes.resize(in.count());
    for (verdict::Quote& quote : mark.quotes) {
      quote.part = static_cast<std::uint16_t>(in.number());
      quote.span.start = in.number();
      quote.span.end = in.number();
      quote.text = in.text();
    }
  }
  return example;
}

}  // namespace

std::string Gallery::pack() const {
  knowledge::FlatWriter out;
  out.text(layout);
  out.number(static_cast<std::uint32_t>(examples_.size()));
  for (const Example& example : examples_) write(out, example);
  return out.take();
}

Result<std::shared_ptr<const Gallery>> Gallery::load(std::string_view bytes) {
  knowledge::FlatReader in(bytes);
  if (in.view() != layout) return fail(ErrorCode::bad_data, "not a packed gallery", {}, "build again");
  std::vector<Example> examples(in.count());
  for (Example& example : examples) example = read(in);
  if (!in.ok() || !in.at_end()) return fail(ErrorCode::bad_data, "the packed gallery is damaged", {}, "build again");
  return std::make_shared<const Gallery>(std::move(examples));
}

}  // namespace sekisho::gallery
