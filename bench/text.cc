// The cost of the text layer a byte: decode, fold, scan. Text is generated, of the same shape as mail: Japanese
// sentences hard-wrapped, English, and what a hostile sender makes of both.
#include <benchmark/benchmark.h>

#include <string>

#include "text/charset.h"
#include "text/fold.h"
#include "text/patterns.h"

namespace {

using namespace sekisho::text;

constexpr std::size_t text_size = 64 * 1024;

std::string repeated(std::string_view piece) {
  std::string text;
  while (text.size() < text_size) text += piece;
  return text;
}

std::string japanese() {
  return repeated(
      "いつもご利用いただきありがとうございます。このたびカードのご利用確認について\r\nお知らせいたします。"
      "2026年11月23日（月）までに、下記のページより手続きを\r\nお願いいたします。\r\n\r\n"
      "https://example.test/login?id=12345 をご確認ください。お問い合わせは 0000-00-0000 まで。\r\n");
}

std::string english() {
  return repeated(
      "Dear customer, your parcel could not be delivered because of an incomplete address. Please confirm\r\n"
      "your details at https://example.test/track?id=98765 within 24 hours, or it will be returned.\r\n\r\n");
}

std::string disguised() {
  return repeated(
      "サ ー ビ ス\u200bの ｱｶｳﾝﾄ ＰＡＳＳＷＯＲＤ クレジッ卜力一ド p\u0430yment c\u00ADo\u00ADn\u00ADf\u00ADirm "
      "か\u3099 ①㈱ ");
}

std::string in(const char* charset) {
  const std::string piece =
      charset == std::string_view("cp932")
          ? "\x82\xa2\x82\xc2\x82\xe0\x82\xb2\x97\x98\x97\x70\x82\xa0\x82\xe8\x82\xaa\x82\xc6\x82\xa4 abc 123\r\n"
      : charset == std::string_view("euc-jp")
          ? "\xa4\xa4\xa4\xc4\xa4\xe2\xa4\xb4\xcd\xf8\xcd\xd1\xa4\xa2\xa4\xea\xa4\xac\xa4\xc8\xa4\xa6 abc 123\r\n"
          : "\x1b$B$$$D$b$4MxMQ$\"$j$,$H$&\x1b(B abc 123\r\n";
  return repeated(piece);
}

void run_decode(benchmark::State& state, const std::string& bytes, const char* declared) {
  for (auto _ : state) benchmark::DoNotOptimize(decode(bytes, declared));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes.size()));
}
void decode_ascii(benchmark::State& state) { run_decode(state, english(), "us-ascii"); }
void decode_utf_8(benchmark::State& state) { run_decode(state, japanese(), "utf-8"); }
void decode_utf_8_undeclared(benchmark::State& state) { run_decode(state, japanese(), ""); }
void decode_iso_2022_jp(benchmark::State& state) { run_decode(state, in("iso-2022-jp"), "iso-2022-jp"); }
void decode_cp932(benchmark::State& state) { run_decode(state, in("cp932"), "shift_jis"); }
void decode_euc_jp(benchmark::State& state) { run_decode(state, in("euc-jp"), "euc-jp"); }
void decode_undeclared_cp932(benchmark::State& state) { run_decode(state, in("cp932"), ""); }
void decode_short_subject(benchmark::State& state) { run_decode(state, "\x1b$B$$$D$b\x1b(B", "iso-2022-jp"); }
void decode_short_gb2312(benchmark::State& state) { run_decode(state, "\xc4\xe3\xba\xc3", "gb2312"); }

void run_fold(benchmark::State& state, const std::string& text) {
  for (auto _ : state) benchmark::DoNotOptimize(fold(text));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
void fold_english(benchmark::State& state) { run_fold(state, english()); }
void fold_japanese(benchmark::State& state) { run_fold(state, japanese()); }
void fold_disguised(benchmark::State& state) { run_fold(state, disguised()); }
void fold_short(benchmark::State& state) { run_fold(state, "【重要】お支払い方法の確認 Account 01"); }
void fold_math_letters(benchmark::State& state) { run_fold(state, repeated("𝐏𝐚𝐲𝐦𝐞𝐧𝐭 ")); }

void scan(benchmark::State& state, const std::string& original) {
  std::vector<Pattern> patterns;
  for (std::uint32_t id = 0; id < static_cast<std::uint32_t>(state.range(0)); ++id) {
    const std::string n = std::to_string(id * 7919 % 10007);
    patterns.push_back({id, id % 2 ? "利用.{0,12}" + n + "件|手続き" + n : "within " + n + " (?:hours|days)", "bench"});
  }
  const auto set = PatternSet::compile(patterns);
  auto scratch = set->make_scratch();
  const Folded folded = fold(original);
  for (auto _ : state) benchmark::DoNotOptimize(set->scan(folded.text(), *scratch));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * folded.text().size()));
}
void scan_english(benchmark::State& state) { scan(state, english()); }
void scan_japanese(benchmark::State& state) { scan(state, japanese()); }

BENCHMARK(decode_ascii);
BENCHMARK(decode_utf_8);
BENCHMARK(decode_utf_8_undeclared);
BENCHMARK(decode_iso_2022_jp);
BENCHMARK(decode_cp932);
BENCHMARK(decode_euc_jp);
BENCHMARK(decode_undeclared_cp932);
BENCHMARK(decode_short_subject);
BENCHMARK(decode_short_gb2312);
BENCHMARK(fold_english);
BENCHMARK(fold_japanese);
BENCHMARK(fold_disguised);
BENCHMARK(fold_short);
BENCHMARK(fold_math_letters);
BENCHMARK(scan_english)->Arg(100)->Arg(1000);
BENCHMARK(scan_japanese)->Arg(100)->Arg(1000);

}  // namespace

BENCHMARK_MAIN();
