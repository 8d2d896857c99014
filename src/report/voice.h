// The sentences of the program in one language, all from knowledge/words*.yaml. Borrowed by every printer; the snapshot
// must outlive it. Free to share between threads.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "knowledge/snapshot.h"

namespace sekisho::report {

class Voice {
 public:
  Voice(const knowledge::Snapshot& knowledge, std::string lang) : knowledge_(&knowledge), lang_(std::move(lang)) {}

  const std::string& lang() const { return lang_; }
  bool japanese() const { return lang_ == "ja"; }

  /// The sentence of `key`.
  std::string say(std::string_view key) const { return std::string(knowledge_->words(key).in(lang_)); }
  /// The same with every "{name}" replaced.
  std::string say(std::string_view key, std::initializer_list<std::pair<std::string_view, std::string>> values) const;

  /// "label: value" as the language writes it.
  std::string pair(std::string_view key, std::string_view value) const;
  /// A passage of the mail in the language's quotation marks.
  std::string quoted(std::string_view passage) const;

  /// What was wrong and what can be done about it, each a sentence safe for a terminal; the second may be empty.
  struct Worded {
    std::string what, hint;
  };
  Worded worded(const Error& error) const;
  /// What to print on standard error: "sekisho: WHERE: WHAT" and, on the next line, what can be done.
  std::string complaint(const Error& error) const;
  /// The same in one line, for a list of problems: "WHERE: WHAT (HINT)".
  std::string problem(const Error& error) const;

 private:
  std::string filled(std::string_view key, const Said& said) const;

  const knowledge::Snapshot* knowledge_;
  std::string lang_;
};

}  // namespace sekisho::report
