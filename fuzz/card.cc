// Card and predicate files as a site might write them: any text gives a deck or an error with file and line.
#include <cstdint>
#include <string_view>

#include "knowledge/snapshot.h"
#include "signs/card.h"

namespace {

/// A card that is right in all but the predicate p.
constexpr const char* user =
    "id: user\nstrength: weak\nweight: 0.5\nwhen: [\"is:p\"]\ntitle: {ja: 題, en: title}\nexplanation: {ja: 説明。, "
    "en: "
    "It says so.}\nhow_to_check: {ja: 見る。, en: Look.}\nfalse_alarms: some\nsources: [us]\n";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto snapshot = [] {
    sekisho::knowledge::Source source;
    source.brands.push_back({"acme", "アクメ", "Acme", "shop", {"acme"}, {}, {"acme.example"}, {}, {}, {}, {}});
    source.phrases.push_back({"urgent", "asks to hurry", {{"至急", "fuzz:1"}}});
    source.lists.push_back(
        {"short", "us", "CC0", "2026-01-01", sekisho::knowledge::NameList::Match::domain, {"s.example"}});
    source.kinds.push_back({"parcel", {"荷物", "parcel"}, {"荷物", "parcel"}, {}});
    source.words["would_settle.ask"] = {"聞く", "ask"};
    source.words["next.wait"] = {"待つ", "wait"};
    return *sekisho::knowledge::Snapshot::build(source);
  }();
  sekisho::knowledge::Source source = snapshot->source();
  const std::string text(reinterpret_cast<const char*>(data), size);
  const bool predicates = size > 0 && data[0] == 'P';
  source.signs.push_back(
      {predicates ? "signs/predicates/p.yaml" : "signs/f/card.yaml", predicates ? text.substr(1) : text});
  if (predicates) source.signs.push_back({"signs/f/user.yaml", user});  // a predicate that no card uses is an error
  const auto deck = sekisho::signs::Deck::build(snapshot->with_signs(std::move(source.signs)));
  if (deck) {
    const auto again = sekisho::signs::Deck::load((*deck)->pack(), snapshot);
    if (!again || (*again)->cards().size() != (*deck)->cards().size()) __builtin_trap();
  } else if (deck.error().where.empty()) {
    __builtin_trap();  // an error without a place helps nobody
  }
  return 0;
}
