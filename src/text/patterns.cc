#include "text/patterns.h"

#include <hs.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <unordered_map>

#include "base/limits.h"
#include "text/utf8.h"

namespace sekisho::text {
namespace {

// Folded text is valid UTF-8; '.' stops at '\n' (a paragraph), and ^ $ stand at its ends. SOM is asked for because
// exact starts only: over a thousand expressions with gaps it made the automaton compile for 90 s instead of 8.
constexpr unsigned pattern_flags = HS_FLAG_UTF8 | HS_FLAG_MULTILINE;
constexpr unsigned exact_flags = pattern_flags | HS_FLAG_SOM_LEFTMOST;

// Bytes that a clause start may lie before the end of its hit, however long the expression could match.
constexpr std::uint32_t longest_clause = 180;

// No AVX: the bytes are made on the build machine and must load on any x86-64-v2 processor (SSE4.2), which Vectorscan
// needs anyhow. A database for more would be refused there.
constexpr hs_platform_info baseline{HS_TUNE_FAMILY_GENERIC, 0, 0, 0};

struct CompileErrorFree {
  void operator()(hs_compile_error_t* error) const { hs_free_compile_error(error); }
};

// Where the sentence that holds the hit begins, at most `longest` bytes before `end`; never inside a character.
std::uint32_t clause_start(std::string_view text, std::uint32_t end, std::uint32_t longest) {
  std::uint32_t start = end > longest ? end - longest : 0;
  while (start < end && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) ++start;
  constexpr std::string_view full_stop = "\u3002";  // 。
  // The hit itself may end with a stop, so the last three bytes are not looked at.
  for (std::uint32_t at = end > 3 ? end - 3 : 0; at > start; --at) {
    const char before = text[at - 1];
    if (before == '\n' || before == '!' || before == '?') return at;
    if (before == ' ' && at >= 2 && text[at - 2] == '.') return at;
    if (at >= 3 && text.substr(at - 3, 3) == full_stop) return at;
  }
  return start;
}

bool overlap(const Span& a, const Span& b) { return a.start < b.end && b.start < a.end; }

// Vectorscan reports every end of every match, in order of ends. Overlapping ones of one id become one hit here, so
// that a pattern like "x+" costs one slot and not one a byte.
struct Collector {
  std::vector<PatternHit> hits;
  struct Seen {
    std::uint32_t last = 0, count = 0;
  };
  std::unordered_map<std::uint32_t, Seen> seen;

  void add(std::uint32_t id, Span span) {
    const auto [entry, is_new] = seen.try_emplace(id);
    Seen& of_id = entry->second;
    if (!is_new) {
      Span& last = hits[of_id.last].span;
      if (overlap(last, span)) {
        last = {std::min(last.start, span.start), std::max(last.end, span.end)};
        return;
      }
      // A sender who repeats one phrase must not use up the room of the phrase that gives them away: one id has its own
      // ceiling, and the second half of the room is for ids not seen yet.
      if (of_id.count >= limits::pattern_hits_of_one || hits.size() >= limits::pattern_hits / 2) return;
    }
    if (hits.size() >= limits::pattern_hits) return;
    of_id = {static_cast<std::uint32_t>(hits.size()), of_id.count + 1};
    hits.push_back({id, span});
  }
};

template <class Expression>
struct Scan {
  std::string_view text;
  const std::vector<Expression>* expressions;
  Collector collector;

  static int on_match(unsigned index, unsigned long long from, unsigned long long to, unsigned, void* scan_pointer) {
    Scan& scan = *static_cast<Scan*>(scan_pointer);
    const Expression& expression = (*scan.expressions)[index];
    const auto end = static_cast<std::uint32_t>(to);
    const auto start =
        expression.longest == 0 ? static_cast<std::uint32_t>(from) : clause_start(scan.text, end, expression.longest);
    if (end > start) scan.collector.add(expression.id, {start, end});
    return 0;
  }
};

// A later match may reach back over two earlier ones; this joins what the collector could not yet know.
std::vector<PatternHit> joined(std::vector<PatternHit> hits) {
  std::sort(hits.begin(), hits.end(), [](const PatternHit& a, const PatternHit& b) {
    return a.id != b.id ? a.id < b.id : a.span.start < b.span.start;
  });
  std::vector<PatternHit> result;
  result.reserve(hits.size());
  for (const PatternHit& hit : hits) {
    if (!result.empty() && result.back().id == hit.id && overlap(result.back().span, hit.span)) {
      result.back().span.end = std::max(result.back().span.end, hit.span.end);
    } else {
      result.push_back(hit);
    }
  }
  std::sort(result.begin(), result.end(), [](const PatternHit& a, const PatternHit& b) {
    if (a.span.start != b.span.start) return a.span.start < b.span.start;
    return a.span.end != b.span.end ? a.span.end < b.span.end : a.id < b.id;
  });
  return result;
}

tl::unexpected<Error> wrong_processor() {
  return fail(ErrorCode::internal, Said{"pattern.processor", {}}, "this processor cannot run the pattern automaton", {},
              "it needs x86-64-v2 (SSE4.2), which every x86-64 machine since 2009 has");
}

}  // namespace

void PatternSet::Free::operator()(hs_database* database) const { hs_free_database(database); }
void PatternSet::Scratch::Free::operator()(hs_scratch* scratch) const { hs_free_scratch(scratch); }

Result<PatternSet> PatternSet::compile(const std::vector<Pattern>& patterns) {
  if (patterns.empty()) return PatternSet();
  std::vector<const char*> expressions;
  std::vector<unsigned> flags, ids;
  PatternSet set;
  for (const Pattern& pattern : patterns) {
    if (pattern.expression.find('\0') != std::string::npos) {
      return fail(ErrorCode::bad_data, Said{"pattern.nul", {}}, "a pattern contains a NUL byte", pattern.where,
                  "write it as \\x00");
    }
    if (valid_prefix(pattern.expression) != pattern.expression.size()) {
      return fail(ErrorCode::bad_data, Said{"data.not_utf8", {}}, "a pattern is not valid UTF-8", pattern.where,
                  "save the file as UTF-8");
    }
    expressions.push_back(pattern.expression.c_str());
    const bool exact = pattern.start == Pattern::Start::exact;
    flags.push_back(exact ? exact_flags : pattern_flags);
    ids.push_back(static_cast<unsigned>(ids.size()));
    std::uint32_t longest = 0;
    if (!exact) {
      hs_expr_info_t* made_info = nullptr;
      hs_compile_error_t* ignored = nullptr;  // a broken expression is reported by the compilation below
      longest = longest_clause;
      if (hs_expression_info(pattern.expression.c_str(), pattern_flags, &made_info, &ignored) == HS_SUCCESS)
        longest = std::clamp(made_info->max_width, 1U, longest_clause);
      std::free(made_info);
      if (ignored != nullptr) hs_free_compile_error(ignored);
    }
    set.expressions_.push_back({pattern.id, longest});
  }
  hs_database_t* made = nullptr;
  hs_compile_error_t* said = nullptr;
  const hs_error_t status =
      hs_compile_multi(expressions.data(), flags.data(), ids.data(), static_cast<unsigned>(patterns.size()),
                       HS_MODE_BLOCK, &baseline, &made, &said);
  const std::unique_ptr<hs_compile_error_t, CompileErrorFree> error(said);
  if (status != HS_SUCCESS) {
    const bool known = error && error->expression >= 0 && std::size_t(error->expression) < patterns.size();
    std::string what = "pattern does not compile";
    if (known) what += " «" + patterns[error->expression].expression + "»";
    if (error && error->message) what += std::string(": ") + error->message;
    Said wrong{"pattern.wrong",
               {{"pattern", known ? patterns[error->expression].expression : "?"},
                {"said", error && error->message ? error->message : "?"}}};
    return fail(ErrorCode::bad_data, std::move(wrong), std::move(what), known ? patterns[error->expression].where : "",
                "patterns use PCRE without back-references and look-around, and must not match the empty text");
  }
  set.database_.reset(made);
  return set;
}

std::string PatternSet::maker() {
#if defined(__x86_64__)
  constexpr std::string_view family = "x86-64";
#elif defined(__aarch64__)
  constexpr std::string_view family = "aarch64";
#else
  constexpr std::string_view family = "other";
#endif
  return std::string(hs_version()).append(" ").append(family);
}

Result<PatternSet> PatternSet::load(std::string_view bytes) {
  if (bytes.empty()) return PatternSet();
  const auto damaged = [] {
    return fail(ErrorCode::bad_data, "the compiled patterns are damaged or were made by another version of Vectorscan",
                {}, "build the knowledge snapshot again");
  };
  PatternSet set;
  std::uint32_t count = 0;
  if (bytes.size() < sizeof count) return damaged();
  std::memcpy(&count, bytes.data(), sizeof count);
  bytes.remove_prefix(sizeof count);
  if (count > bytes.size() / sizeof(Expression)) return damaged();
  set.expressions_.resize(count);
  std::memcpy(set.expressions_.data(), bytes.data(), count * sizeof(Expression));
  bytes.remove_prefix(count * sizeof(Expression));
  if (hs_valid_platform() != HS_SUCCESS) return wrong_processor();
  hs_database_t* made = nullptr;
  const hs_error_t status = hs_deserialize_database(bytes.data(), bytes.size(), &made);
  if (status == HS_DB_PLATFORM_ERROR) return wrong_processor();
  if (status != HS_SUCCESS) return damaged();
  set.database_.reset(made);
  return set;
}

Result<std::string> PatternSet::serialize() const {
  if (!database_) return std::string();
  char* bytes = nullptr;
  std::size_t size = 0;
  if (hs_serialize_database(database_.get(), &bytes, &size) != HS_SUCCESS) {
    return fail(ErrorCode::internal, "the compiled patterns could not be written");
  }
  const auto count = static_cast<std::uint32_t>(expressions_.size());
  std::string result(reinterpret_cast<const char*>(&count), sizeof count);
  result.append(reinterpret_cast<const char*>(expressions_.data()), count * sizeof(Expression));
  result.append(bytes, size);
  std::free(bytes);
  return result;
}

Result<PatternSet::Scratch> PatternSet::make_scratch() const {
  Scratch scratch;
  if (!database_) return scratch;
  hs_scratch_t* made = nullptr;
  if (hs_alloc_scratch(database_.get(), &made) != HS_SUCCESS) {
    return fail(ErrorCode::internal, "no memory for the pattern scratch");
  }
  scratch.scratch_.reset(made);
  return scratch;
}

std::vector<PatternHit> PatternSet::scan(std::string_view text, Scratch& scratch) const {
  if (!database_ || !scratch.scratch_) return {};
  // What Vectorscan does with invalid UTF-8 is undefined; a caller's mistake must not become a sender's chance.
  text = text.substr(0, valid_prefix(text.substr(0, limits::message_bytes)));
  Scan<Expression> state{text, &expressions_, {}};
  hs_scan(database_.get(), text.data(), static_cast<unsigned>(text.size()), 0, scratch.scratch_.get(),
          Scan<Expression>::on_match, &state);
  return joined(std::move(state.collector.hits));
}

}  // namespace sekisho::text
