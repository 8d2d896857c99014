#include "knowledge/snapshot.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/fingerprint.h"
#include "knowledge/flat.h"
#include "text/domain.h"
#include "text/fold.h"

namespace sekisho::knowledge {
namespace {

constexpr std::string_view magic = "SEKISHO-KNOWLEDGE-1\n";

/// A brand's name as an expression over folded text; ASCII names stand alone as words, so "au" is not found in "august".
std::string as_expression(std::string_view name) {
  const std::string folded = text::fold_key(name);
  std::string expression;
  const auto is_word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  if (!folded.empty() && is_word(folded.front())) expression += "\\b";
  for (const char c : folded) {
    if (std::string_view("\\^$.|?*+()[]{}-/").find(c) != std::string_view::npos) expression += '\\';
    if (c == ' ') {
      expression += " ?";
      continue;
    }
    expression += c;
  }
  if (!folded.empty() && is_word(folded.back())) expression += "\\b";
  return expression;
}

struct Compiled {
  std::vector<text::Pattern> patterns;
  std::vector<Snapshot::Meaning> meanings;
};

Compiled expressions_of(const Source& source) {
  Compiled compiled;
  using What = Snapshot::Meaning::What;
  using Start = text::Pattern::Start;
  const auto next = [&](What what, std::size_t index) {
    compiled.meanings.push_back({what, static_cast<std::uint32_t>(index)});
    return static_cast<std::uint32_t>(compiled.meanings.size() - 1);
  };
  for (std::size_t i = 0; i < source.phrases.size(); ++i) {
    const std::uint32_t id = next(What::phrase, i);
    for (const auto& expression : source.phrases[i].expressions) compiled.patterns.push_back({id, expression.text, expression.where, source.phrases[i].exact ? Start::exact : Start::clause});
  }
  for (std::size_t i = 0; i < source.brands.size(); ++i) {
    const Brand& brand = source.brands[i];
    const std::uint32_t strong = next(What::brand, i);
    std::vector<std::string> names = brand.aliases;
    for (const std::string& name : {brand.name_ja, brand.name_en})
      if (std::find(names.begin(), names.end(), name) == names.end() &&
          std::find(brand.weak_aliases.begin(), brand.weak_aliases.end(), name) == brand.weak_aliases.end())
        names.push_back(name);
    for (const std::string& alias : names) compiled.patterns.push_back({strong, as_expression(alias), "brand " + brand.id, Start::exact});
    const std::uint32_t weak = next(What::weak_brand, i);
    for (const std::string& alias : brand.weak_aliases) compiled.patterns.push_back({weak, as_expression(alias), "brand " + brand.id, Start::exact});
  }
  std::erase_if(compiled.patterns, [](const text::Pattern& pattern) { return pattern.expression.empty(); });
  return compiled;
}

void write_words(FlatWriter& out, const Words& words) {
  out.text(words.ja);
  out.text(words.en);
}
Words read_words(FlatReader& in) {
  Words words;
  words.ja = in.text();
  words.en = in.text();
  return words;
}

}  // namespace

namespace {

std::string fingerprint_of(const std::vector<text::Pattern>& patterns) {
  std::string all;
  for (const text::Pattern& pattern : patterns)
    all += fmt::format("{} {} {}\n", pattern.id, static_cast<int>(pattern.start), pattern.expression);
  return fingerprint_text(all);
}

/// The automaton of `patterns`: the previous one when it was made of the same expressions, as compiling takes seconds.
Result<std::string> automaton(const std::vector<text::Pattern>& patterns, std::string_view previous,
                              const AutomatonStore& store) {
  if (previous.substr(0, magic.size()) == magic) {
    FlatReader in(previous.substr(magic.size()));
    const std::string_view made_of = in.view();
    const std::string_view database = in.view();
    if (in.ok() && made_of == fingerprint_of(patterns)) return std::string(database);
  }
  if (store.find) {
    auto kept = store.find(fingerprint_text(fingerprint_of(patterns) + text::PatternSet::maker()));
    if (kept && text::PatternSet::load(*kept)) return std::move(*kept);
  }
  const auto set = text::PatternSet::compile(patterns);
  if (!set) return tl::unexpected(set.error());
  auto bytes = set->serialize();
  if (bytes && store.keep) store.keep(*bytes);
  return bytes;
}

}  // namespace

Result<std::string> Snapshot::pack(const Source& source, std::string_view previous, const AutomatonStore& store) {
  const Compiled compiled = expressions_of(source);
  const auto database = automaton(compiled.patterns, previous, store);
  if (!database) return tl::unexpected(database.error());

  FlatWriter out;
  out.text(fingerprint_of(compiled.patterns));
  out.text(*database);
  out.text(source.as_of);
  out.number(static_cast<std::uint32_t>(source.brands.size()));
  for (const Brand& brand : source.brands) {
    for (const std::string* field : {&brand.id, &brand.name_ja, &brand.name_en, &brand.category}) out.text(*field);
    for (const auto* list : {&brand.aliases, &brand.weak_aliases, &brand.web_domains, &brand.mail_domains, &brand.mail_domains_checked}) out.texts(*list);
    out.number(static_cast<std::uint32_t>(brand.web_confidence));
    out.number(static_cast<std::uint32_t>(brand.mail_confidence));
  }
  out.number(static_cast<std::uint32_t>(source.phrases.size()));
  for (const PhraseList& list : source.phrases) {
    out.text(list.name);
    out.text(list.what);
    out.number(list.exact ? 1 : 0);
    out.texts(list.takes_back);
    out.number(static_cast<std::uint32_t>(list.expressions.size()));
    for (const auto& expression : list.expressions) {
      out.text(expression.text);
      out.text(expression.where);
    }
  }
  out.number(static_cast<std::uint32_t>(source.lists.size()));
  for (const NameList& list : source.lists) {
    for (const std::string* field : {&list.name, &list.source, &list.licence, &list.as_of}) out.text(*field);
    out.number(static_cast<std::uint32_t>(list.match));
    out.texts(list.entries);
  }
  out.number(static_cast<std::uint32_t>(source.wrappers.size()));
  for (const text::UrlWrapper& wrapper : source.wrappers) {
    for (const std::string* field : {&wrapper.host, &wrapper.path_prefix, &wrapper.parameter}) out.text(*field);
    out.number(static_cast<std::uint32_t>(wrapper.kind));
    out.number(static_cast<std::uint32_t>(wrapper.decode));
  }
  out.number(static_cast<std::uint32_t>(source.kinds.size()));
  for (const Kind& kind : source.kinds) {
    out.text(kind.id);
    write_words(out, kind.name);
    write_words(out, kind.what);
    out.number(kind.general ? 1 : 0);
    out.number(static_cast<std::uint32_t>(kind.hints.size()));
    for (const Kind::Hint& hint : kind.hints) {
      for (const std::string* field : {&hint.phrase, &hint.brand_category, &hint.sign}) out.text(*field);
      out.number(static_cast<std::uint32_t>(hint.points));
    }
  }
  out.number(static_cast<std::uint32_t>(source.words.size()));
  for (const auto& [key, words] : source.words) {
    out.text(key);
    write_words(out, words);
  }
  out.texts(source.word_order);
  for (const auto* files : {&source.signs, &source.scale}) {
    out.number(static_cast<std::uint32_t>(files->size()));
    for (const RawFile& file : *files) {
      out.text(file.path);
      out.text(file.text);
    }
  }
  return std::string(magic) + out.take();
}

Result<std::shared_ptr<const Snapshot>> Snapshot::load(std::string_view bytes) {
  const auto damaged = [](std::string what) { return fail(ErrorCode::internal, std::move(what), "knowledge", "build the program again"); };
  if (bytes.substr(0, magic.size()) != magic) return damaged("the knowledge file does not begin as one");
  std::shared_ptr<Snapshot> snapshot(new Snapshot());
  FlatReader in(bytes.substr(magic.size()));
  const std::string_view made_of = in.view();
  const std::string_view automaton = in.view();
  // Not over the automaton, which follows from the rest: its megabytes would take a quarter of the program's start.
  if (in.ok()) {
    const auto before = static_cast<std::size_t>(automaton.data() - bytes.data());
    snapshot->version_ = fingerprint_text(std::string(made_of).append(bytes.substr(before + automaton.size())));
  }
  auto patterns = text::PatternSet::load(automaton);
  if (!patterns) return tl::unexpected(patterns.error());
  snapshot->patterns_ = std::move(*patterns);
  Source& source = snapshot->source_;
  source.as_of = in.text();
  source.brands.resize(in.count());
  for (Brand& brand : source.brands) {
    for (std::string* field : {&brand.id, &brand.name_ja, &brand.name_en, &brand.category}) *field = in.text();
    for (auto* list : {&brand.aliases, &brand.weak_aliases, &brand.web_domains, &brand.mail_domains, &brand.mail_domains_checked}) *list = in.texts();
    brand.web_confidence = static_cast<Confidence>(in.number());
    brand.mail_confidence = static_cast<Confidence>(in.number());
  }
  source.phrases.resize(in.count());
  for (PhraseList& list : source.phrases) {
    list.name = in.text();
    list.what = in.text();
    list.exact = in.number() == 1;
    list.takes_back = in.texts();
    list.expressions.resize(in.count());
    for (auto& expression : list.expressions) {
      expression.text = in.text();
      expression.where = in.text();
    }
  }
  source.lists.resize(in.count());
  for (NameList& list : source.lists) {
    for (std::string* field : {&list.name, &list.source, &list.licence, &list.as_of}) *field = in.text();
    list.match = static_cast<NameList::Match>(in.number());
    list.entries = in.texts();
  }
  source.wrappers.resize(in.count());
  for (text::UrlWrapper& wrapper : source.wrappers) {
    for (std::string* field : {&wrapper.host, &wrapper.path_prefix, &wrapper.parameter}) *field = in.text();
    wrapper.kind = static_cast<decltype(wrapper.kind)>(in.number());
    wrapper.decode = static_cast<decltype(wrapper.decode)>(in.number());
  }
  source.kinds.resize(in.count());
  for (Kind& kind : source.kinds) {
    kind.id = in.text();
    kind.name = read_words(in);
    kind.what = read_words(in);
    kind.general = in.number() != 0;
    kind.hints.resize(in.count());
    for (Kind::Hint& hint : kind.hints) {
      for (std::string* field : {&hint.phrase, &hint.brand_category, &hint.sign}) *field = in.text();
      hint.points = static_cast<int>(in.number());
    }
  }
  for (std::uint32_t i = in.count(); i > 0; --i) {
    std::string key = in.text();
    source.words.emplace(std::move(key), read_words(in));
  }
  source.word_order = in.texts();
  for (auto* files : {&source.signs, &source.scale}) {
    files->resize(in.count());
    for (RawFile& file : *files) {
      file.path = in.text();
      file.text = in.text();
    }
  }
  if (!in.ok() || !in.at_end()) return damaged("the knowledge file is cut short or damaged");
  snapshot->index();
  return snapshot;
}

Result<std::shared_ptr<const Snapshot>> Snapshot::build(Source source, std::string_view previous,
                                                        const AutomatonStore& store) {
  const auto bytes = pack(source, previous, store);
  if (!bytes) return tl::unexpected(bytes.error());
  return load(*bytes);  // every field is copied out of the bytes
}

std::shared_ptr<const Snapshot> Snapshot::with_signs(std::vector<RawFile> signs) const {
  std::shared_ptr<Snapshot> copy(new Snapshot());
  copy->source_ = source_;
  copy->source_.signs = std::move(signs);
  copy->version_ = version_;
  copy->index();
  return copy;
}

void Snapshot::index() {
  meanings_ = expressions_of(source_).meanings;
  brand_index_ = BrandIndex(source_.brands);
  for (const Brand& brand : source_.brands)
    for (const auto* domains : {&brand.web_domains, &brand.mail_domains, &brand.mail_domains_checked})
      for (const std::string& domain : *domains) brand_by_domain_.emplace(domain, &brand);
  for (const std::string& key : source_.word_order)
    for (std::size_t dot = key.find('.'); dot != std::string::npos; dot = key.find('.', dot + 1))
      keys_below_[std::string_view(key).substr(0, dot)].push_back(key);
  for (std::size_t i = 0; i < source_.lists.size(); ++i) list_by_name_.emplace(source_.lists[i].name, i);
  for (std::size_t i = 0; i < source_.phrases.size(); ++i) phrase_by_name_.emplace(source_.phrases[i].name, i);
}

const Brand* Snapshot::brand(std::string_view id) const {
  const auto found = std::find_if(source_.brands.begin(), source_.brands.end(), [&](const Brand& brand) { return brand.id == id; });
  return found == source_.brands.end() ? nullptr : &*found;
}

const Brand* Snapshot::brand_of(std::string_view host) const {
  for (std::string_view rest = host; !rest.empty();) {
    if (const auto found = brand_by_domain_.find(rest); found != brand_by_domain_.end()) return found->second;
    const std::size_t dot = rest.find('.');
    if (dot == std::string_view::npos) break;
    rest.remove_prefix(dot + 1);
  }
  return nullptr;
}

Snapshot::Owns Snapshot::owns(const Brand& brand, std::string_view host) {
  const auto any = [&](const std::vector<std::string>& domains) {
    return std::any_of(domains.begin(), domains.end(), [&](const std::string& domain) { return text::is_within(host, domain); });
  };
  if (any(brand.mail_domains_checked)) return {true, std::max(brand.mail_confidence, Confidence::public_code)};
  if (any(brand.mail_domains)) return {true, brand.mail_confidence};
  if (any(brand.web_domains)) return {true, brand.web_confidence};
  return {false, std::max(brand.mail_confidence, brand.web_confidence)};
}

const NameList* Snapshot::list(std::string_view name) const {
  const auto found = list_by_name_.find(name);
  return found == list_by_name_.end() ? nullptr : &source_.lists[found->second];
}

bool Snapshot::in_list(std::string_view list_name, std::string_view value) const {
  const NameList* known = list(list_name);
  return known != nullptr && in_list(*known, value);
}

bool Snapshot::in_list(const NameList& list, std::string_view value) {
  const auto holds = [&](std::string_view entry) { return std::binary_search(list.entries.begin(), list.entries.end(), entry, std::less<>()); };
  if (list.match == NameList::Match::word) return holds(value);
  for (std::string_view rest = value; !rest.empty();) {
    if (holds(rest)) return true;
    const std::size_t dot = rest.find('.');
    if (dot == std::string_view::npos) break;
    rest.remove_prefix(dot + 1);
  }
  return false;
}

const std::vector<std::string>& Snapshot::keys_below(std::string_view group) const {
  static const std::vector<std::string> none;
  const auto found = keys_below_.find(group);
  return found == keys_below_.end() ? none : found->second;
}

bool Snapshot::has_list(std::string_view list) const { return list_by_name_.count(list) != 0; }
bool Snapshot::has_phrase_list(std::string_view list) const { return phrase_by_name_.count(list) != 0; }

const Kind* Snapshot::kind(std::string_view id) const {
  const auto found = std::find_if(source_.kinds.begin(), source_.kinds.end(), [&](const Kind& kind) { return kind.id == id; });
  return found == source_.kinds.end() ? nullptr : &*found;
}

const Words& Snapshot::words(std::string_view key) const {
  const auto found = source_.words.find(std::string(key));
  static const Words missing{"?", "?"};
  return found == source_.words.end() ? missing : found->second;
}

}  // namespace sekisho::knowledge
