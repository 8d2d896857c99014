#include "paper/paper.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/limits.h"

namespace sekisho::paper {
namespace {

std::string with_blocks(const std::string& blocks) {
  return R"({"schema":"sekisho.paper/1","lang":"ja","title":"t","made":"2026-11-23T12:00:00+09:00","blocks":[)" +
         blocks + "]}";
}

std::string fault(const std::string& json) {
  const auto read = read_paper(json);
  return read ? "" : read.error().where + ": " + read.error().what;
}

std::string repeated(std::size_t n, const std::string& what) {
  std::string out;
  for (std::size_t i = 0; i < n; ++i) out += (i > 0 ? "," : "") + what;
  return out;
}

Paper everything() {
  Paper paper;
  paper.title = "相談の記録";
  paper.subject = "s";
  paper.made = "2026-11-23T12:00:00+09:00";
  paper.header = "上";
  paper.footer = "下";
  paper.blocks = {Heading{2, "見出し"},
                  Paragraph{"一行目\n二行目", Paragraph::Style::small},
                  List{List::Mark::tick, {{"する", "いつ", true}, {"する", "", false}}},
                  Pairs{{{"氏名", "花子"}, {"電話", ""}}},
                  Table{{{"番号", 3, false}, {"SHA-256", 9, true}}, {{"1", "ab"}, {"2", "cd"}}},
                  Timeline{{{"11/20", "届いた", "注", true}}},
                  DotChart{"c", "h", {"11/20", "11/21"}, {{1, 1439}}, {{0, 0, "おとり"}}},
                  Box{"注意", "本文", Box::Tone::warning},
                  Quote{"証拠 1", "a\n b"},
                  Picture{"写し", std::string("\x89PNG\0\xff", 6)},
                  Lines{{"受理番号", ""}},
                  PageBreak{}};
  return paper;
}

TEST(Paper, EveryKindOfBlockComesBackAsItWasWritten) {
  const std::string written = write_paper(everything());
  const auto read = read_paper(written);
  ASSERT_TRUE(read) << to_line(read.error());
  EXPECT_EQ(write_paper(*read), written);
  ASSERT_EQ(read->blocks.size(), 12u);
  EXPECT_TRUE(std::get<List>(read->blocks[2]).items[0].ticked);
  EXPECT_EQ(std::get<Table>(read->blocks[4]).columns[1].width, 9u);
  EXPECT_TRUE(std::get<Table>(read->blocks[4]).columns[1].mono);
  EXPECT_EQ(std::get<DotChart>(read->blocks[6]).dots[0].minute, 1439u);
  EXPECT_EQ(std::get<Box>(read->blocks[7]).tone, Box::Tone::warning);
  EXPECT_EQ(std::get<Picture>(read->blocks[9]).png, std::string("\x89PNG\0\xff", 6));
}

TEST(Paper, IllFormedTextIsReplacedOnTheWayOutAndRefusedOnTheWayIn) {
  Paper paper = everything();
  paper.blocks = {Paragraph{"a\xff\xe3\x81 b", Paragraph::Style::plain}};
  const auto read = read_paper(write_paper(paper));
  ASSERT_TRUE(read);
  EXPECT_EQ(std::get<Paragraph>(read->blocks[0]).text, "a\uFFFD\uFFFD b");
  EXPECT_NE(fault(with_blocks("{\"type\":\"paragraph\",\"text\":\"\xff\"}")), "");
}

TEST(Paper, WhatIsWrongIsSaidWithItsPlace) {
  EXPECT_EQ(fault(with_blocks(R"({"type":"page_break"},{"type":"script"})")), "blocks[1].type: unknown kind of block");
  EXPECT_EQ(fault(with_blocks(R"({"type":"table","columns":[{"title":"a"}],"rows":[["1"],["1","2"]]})")),
            "blocks[0].rows[1]: a list of 1 cells was expected here");
  EXPECT_EQ(fault(with_blocks(R"({"type":"table","columns":[],"rows":[]})")),
            "blocks[0].columns: a table needs a column");
  EXPECT_EQ(fault(with_blocks(R"({"type":"heading","level":4,"text":"x"})")),
            "blocks[0].level: a whole number from 1 to 3 was expected here");
  EXPECT_EQ(fault(with_blocks(R"({"type":"paragraph","text":7})")), "blocks[0].text: text was expected here");
  EXPECT_EQ(fault(with_blocks(R"({"type":"paragraph","text":"x","colour":"red"})")),
            "blocks[0]: unknown key of 6 bytes beside type, text, style");
  EXPECT_EQ(fault(with_blocks(R"({"type":"paragraph","text":"x","style":"huge"})")),
            "blocks[0].style: one of plain, strong, small was expected here");
  EXPECT_EQ(fault(with_blocks(R"({"type":"dot_chart","days":["1"],"dots":[{"day":1,"minute":0}]})")),
            "blocks[0].dots[0].day: a whole number from 0 to 0 was expected here");
  EXPECT_EQ(fault(with_blocks(R"({"type":"picture","png":"a*"})")), "blocks[0].png: this is not base64");
  EXPECT_EQ(fault(with_blocks("7")), "blocks[0]: an object was expected here");
  EXPECT_EQ(fault(R"({"schema":"sekisho.paper/2","lang":"ja","made":"2026-11-23T12:00:00+09:00"})"),
            "schema: 'sekisho.paper/1' was expected here");
  EXPECT_EQ(fault(R"({"schema":"sekisho.paper/1","lang":"ja","made":"today"})"),
            "made: a time like 2026-11-23T12:00:00+09:00 was expected here");
  for (const char* broken : {"", "{", "[]", "7", "{}x", "nul"}) EXPECT_NE(fault(broken), "") << broken;
}

TEST(Paper, NestingDeeperThanTheFormatIsRefused) {
  EXPECT_NE(fault(std::string(100'000, '[')), "");
  EXPECT_NE(fault(with_blocks(R"({"type":"paragraph","text":[[[[[["x"]]]]]]})")), "");
}

TEST(Paper, LimitsHoldAtTheirValueAndRefuseOneMore) {
  const std::string block = R"({"type":"page_break"})";
  EXPECT_EQ(fault(with_blocks(repeated(limits::paper_blocks, block))), "");
  EXPECT_NE(fault(with_blocks(repeated(limits::paper_blocks + 1, block))), "");

  const auto text_of = [](std::size_t n) { return R"({"type":"paragraph","text":")" + std::string(n, 'a') + "\"}"; };
  EXPECT_EQ(fault(with_blocks(text_of(limits::paper_one_text_bytes))), "");
  EXPECT_NE(fault(with_blocks(text_of(limits::paper_one_text_bytes + 1))), "");
  // The schema, the language, the title and the date count as text too.
  std::size_t left = limits::paper_text_bytes - 15 - 2 - 1 - 25;
  std::string all;
  for (; left > limits::paper_one_text_bytes; left -= limits::paper_one_text_bytes)
    all += text_of(limits::paper_one_text_bytes) + ",";
  EXPECT_EQ(fault(with_blocks(all + text_of(left))), "");
  EXPECT_NE(fault(with_blocks(all + text_of(left + 1))), "");

  const auto heading_of = [](std::size_t n) { return R"({"type":"heading","text":")" + std::string(n, 'a') + "\"}"; };
  EXPECT_EQ(fault(with_blocks(heading_of(limits::paper_label_bytes))), "");
  EXPECT_NE(fault(with_blocks(heading_of(limits::paper_label_bytes + 1))), "");

  const auto rows_of = [](std::size_t n) {
    return R"({"type":"table","columns":[{"title":"a"}],"rows":[)" + repeated(n, R"(["1"])") + "]}";
  };
  EXPECT_EQ(fault(with_blocks(rows_of(limits::paper_rows))), "");
  EXPECT_NE(fault(with_blocks(rows_of(limits::paper_rows + 1))), "");
  const auto columns_of = [](std::size_t n) {
    return R"({"type":"table","columns":[)" + repeated(n, R"({"title":"a"})") + "]}";
  };
  EXPECT_EQ(fault(with_blocks(columns_of(limits::paper_columns))), "");
  EXPECT_NE(fault(with_blocks(columns_of(limits::paper_columns + 1))), "");
  const auto cell_of = [](std::size_t n) {
    return R"({"type":"table","columns":[{"title":"a"}],"rows":[[")" + std::string(n, 'a') + "\"]]}";
  };
  EXPECT_EQ(fault(with_blocks(cell_of(limits::paper_cell_bytes))), "");
  EXPECT_NE(fault(with_blocks(cell_of(limits::paper_cell_bytes + 1))), "");

  const auto chart_of = [](std::size_t days, std::size_t dots, std::size_t marks) {
    return R"({"type":"dot_chart","days":[)" + repeated(days, R"("d")") + R"(],"dots":[)" +
           repeated(dots, R"({"day":0,"minute":0})") + R"(],"marks":[)" +
           repeated(marks, R"({"day":0,"minute":0,"text":"m"})") + "]}";
  };
  EXPECT_EQ(fault(with_blocks(chart_of(limits::paper_chart_days, limits::paper_chart_dots, limits::paper_chart_marks))),
            "");
  EXPECT_NE(fault(with_blocks(chart_of(limits::paper_chart_days + 1, 0, 0))), "");
  EXPECT_NE(fault(with_blocks(chart_of(1, limits::paper_chart_dots + 1, 0))), "");
  EXPECT_NE(fault(with_blocks(chart_of(1, 0, limits::paper_chart_marks + 1))), "");

  const std::string picture = R"({"type":"picture","png":"AAAA"})";
  EXPECT_EQ(fault(with_blocks(repeated(limits::paper_pictures, picture))), "");
  EXPECT_NE(fault(with_blocks(repeated(limits::paper_pictures + 1, picture))), "");
}

TEST(Paper, APictureOrADocumentLargerThanItsLimitIsRefused) {
  Paper paper = everything();
  paper.blocks = {Picture{"", std::string(limits::paper_picture_bytes, 'x')}};
  EXPECT_EQ(fault(write_paper(paper)), "");
  paper.blocks = {Picture{"", std::string(limits::paper_picture_bytes + 1, 'x')}};
  EXPECT_NE(fault(write_paper(paper)), "");

  std::string document = with_blocks("");
  document.resize(limits::paper_bytes, ' ');
  EXPECT_EQ(fault(document), "");
  document += ' ';
  EXPECT_NE(fault(document), "");
}

}  // namespace
}  // namespace sekisho::paper
