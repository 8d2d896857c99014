// A list of rules from anywhere: whatever the bytes, it is read or refused, what it writes it reads again, and no rule
// that it accepts is a mistake when typed again.
#include <cstdint>
#include <cstdlib>

#include "rules/age.h"
#include "rules/decide.h"
#include "rules/export.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sekisho::rules;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto list = read_rule_list(text, "fuzz");
  if (!list) return 0;
  const auto again = read_rule_list(write_rule_list(list->rules), "fuzz");
  if (!again || again->rules.size() != list->rules.size() || !again->mistakes.empty()) std::abort();
  for (std::size_t i = 0; i < list->rules.size(); ++i) {
    if (!again->rules[i].same_as(list->rules[i])) std::abort();
    if (again->rules[i].sender && again->rules[i].sender->mode == Mode::exact &&
        !matches(*again->rules[i].sender, again->rules[i].sender->value, Reading{}))
      std::abort();
  }
  if (list->rules.size() < 200) age(*list, Evidence{}, Reading{});
  for (const Mistake& mistake : list->mistakes)
    if (mistake.likely) (void)to_line(*mistake.likely);
  decide(*list, {{"a@lamp.test"}, {"lamp.test"}, {"/aa1/"}, {"from x ([198.51.100.7])"}}, Reading{});
  for (const Exported& exported :
       {to_sieve(*list, "Junk"), to_postfix_access(*list), to_postfix_header_checks(*list), to_gmail(*list, "x")})
    if (exported.text.empty()) std::abort();
  return 0;
}
