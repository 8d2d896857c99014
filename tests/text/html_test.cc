// What a reader sees of HTML, and what was hidden: src/text/html.h.
#include "text/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"

namespace sekisho::text {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

constexpr std::size_t plenty = 1 << 20;

std::string seen(std::string_view html) { return read_html(html, plenty).text; }

std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out.append(piece);
  return out;
}

// `html` must show exactly "seen" and hide exactly `text` for that reason.
void expect_hidden(std::string_view html, HiddenRun::Why why, std::string_view text = "secret") {
  const VisibleHtml page = read_html(html, plenty);
  EXPECT_EQ(page.text, "seen") << html;
  EXPECT_EQ(page.hidden, text) << html;
  ASSERT_THAT(page.hidden_runs, SizeIs(1)) << html;
  EXPECT_EQ(page.hidden_runs[0].why, why) << html;
}

void expect_shown(std::string_view html) {
  const VisibleHtml page = read_html(html, plenty);
  EXPECT_EQ(page.text, "seen") << html;
  EXPECT_EQ(page.hidden, "") << html;
}

using enum HiddenRun::Why;

TEST(Html, CollapsesWhiteSpaceAcrossElements) { EXPECT_EQ(seen("  a <b> b</b>\n\t<i> c </i> "), "a b c"); }
TEST(Html, PutsABlankLineBetweenParagraphs) { EXPECT_EQ(seen("<p>a<p>b</p>c"), "a\n\nb\n\nc"); }
TEST(Html, BreaksLinesAtBlocksOnce) { EXPECT_EQ(seen("<div><div>a</div></div><div>b</div>c"), "a\nb\nc"); }
TEST(Html, BreaksLinesAtBr) { EXPECT_EQ(seen("a<br>b<br/><br>c</br>d"), "a\nb\n\nc\nd"); }
TEST(Html, SeparatesCellsByTabsAndRowsByLines) {
  EXPECT_EQ(seen("<table><tr><td>a<td>b<tr><td>c<td>d</table>e"), "a\tb\nc\td\ne");
}
TEST(Html, ImpliesARowForALooseCell) { EXPECT_EQ(seen("<table><td>a<td>b</table>"), "a\tb"); }
TEST(Html, IgnoresCellsOutsideOfATable) { EXPECT_EQ(seen("<td>a<td>b"), "ab"); }
TEST(Html, ListsItemsOnLines) { EXPECT_EQ(seen("<ul><li>a<li>b</ul><ol><li>c</ol>"), "a\nb\nc"); }
TEST(Html, KeepsWhiteSpaceOfPre) { EXPECT_EQ(seen("<pre>\na  b\n c</pre>"), "a  b\n c"); }
TEST(Html, KeepsWhiteSpaceOfCssPre) { EXPECT_EQ(seen("<div style='white-space:pre-wrap'>a  b\nc</div>"), "a  b\nc"); }
TEST(Html, MakesNoBreakSpacesSpacesAndKeepsThem) {
  EXPECT_EQ(seen("a&nbsp;&nbsp;b\xC2\xA0"
                 "c"),
            "a  b c");
}
TEST(Html, JoinsJapaneseLinesWrappedInTheSource) {
  EXPECT_EQ(seen("重要な\n  お知らせ abc\n def"), "重要なお知らせ abc def");
}
TEST(Html, KeepsASpaceBeforeTheEndOfAJapaneseLine) { EXPECT_EQ(seen("重要な \nお知らせ"), "重要な お知らせ"); }
TEST(Html, KeepsOtherTwoByteLetters) { EXPECT_EQ(seen("caf\xC3\xA9 \xC2\xA9"), "caf\xC3\xA9 \xC2\xA9"); }
TEST(Html, BreaksLinesBetweenItemsOfAFlexBox) {
  EXPECT_EQ(seen("<div style='display:flex'>a<span>b</span><b>c</b></div>d"), "a\nb\nc\nd");
}
TEST(Html, BreaksNoLineAtAnInlineBlock) { EXPECT_EQ(seen("a<b style='display:inline-block'> b </b>c"), "a b c"); }
TEST(Html, ListsOptionsOfASelect) { EXPECT_EQ(seen("<select>x<option>A<option>B</select>"), "A\nB"); }
TEST(Html, ShowsButtonsButNoTextareaNorInput) {
  EXPECT_EQ(seen("<button>Go</button><textarea>x</textarea><input value=y>"), "Go");
}
TEST(Html, ShowsNoHeadNoScriptNoStyle) {
  const VisibleHtml page =
      read_html("<head><title> A\n b &amp; </title><style>p{}</style><script>x</script></head>t", plenty);
  EXPECT_EQ(page.text, "t");
  EXPECT_EQ(page.title, "A b &");
  EXPECT_TRUE(page.has_script);
  EXPECT_EQ(page.hidden, "");
}
TEST(Html, ShowsNoscriptAsMailProgramsDo) { EXPECT_EQ(seen("<noscript>a</noscript>"), "a"); }

TEST(HtmlTokens, ReadsNamedAndNumericReferences) {
  EXPECT_EQ(seen("&lt;&#x41;&#66;&copy&notit;&hellip;&#128;&NotEqualTilde;"), "<AB©¬it;…€≂̸");
}
TEST(HtmlTokens, MendsImpossibleNumbers) { EXPECT_EQ(seen("&#0;&#xD800;&#x110000;&#99999999999;"), "����"); }
TEST(HtmlTokens, LeavesAmpersandsThatMeanNothing) {
  EXPECT_EQ(seen("a & b &; &# &#x; &zzz;"), "a & b &; &# &#x; &zzz;");
}
TEST(HtmlTokens, ReadsReferencesInAttributesByTheirOwnRule) {
  const VisibleHtml page = read_html("<a href='/?a=1&copy=2&amp;b&lt'>x</a>", plenty);
  ASSERT_THAT(page.links, SizeIs(1));
  EXPECT_EQ(page.links[0].href, "/?a=1&copy=2&b<");
}
TEST(HtmlTokens, EndsCommentsWhereABrowserDoes) {
  EXPECT_EQ(seen("a<!-- x -->b<!-->c<!--->d<!-- x --!>e<!-- > -- -->f"), "abcdef");
}
TEST(HtmlTokens, LosesTheRestInAnOpenComment) { EXPECT_EQ(seen("a<!-- b <p>c"), "a"); }
TEST(HtmlTokens, SkipsBogusMarkup) { EXPECT_EQ(seen("a<?xml x?>b<!x>c</>d</ x>e<![CDATA[f]]>g"), "abcdeg"); }
TEST(HtmlTokens, ReadsCdataInsideOfSvg) { EXPECT_EQ(seen("<svg><text><![CDATA[a<b]]></text></svg>c"), "a<bc"); }
TEST(HtmlTokens, KeepsALonelyLessThan) { EXPECT_EQ(seen("1 < 2 <3 <"), "1 < 2 <3 <"); }
TEST(HtmlTokens, DropsAnUnfinishedTag) { EXPECT_EQ(seen("a<b title='x>y"), "a"); }
TEST(HtmlTokens, ReadsScriptsWithCommentsInside) {
  EXPECT_EQ(seen("<script><!-- <script> </script> x </script> --></script>a"), "-->a");
}
TEST(HtmlTokens, ReadsXmpAndPlaintextRaw) {
  EXPECT_EQ(seen("<xmp><b>&amp;</b></xmp><plaintext><i>"), "<b>&amp;</b>\n<i>");
}
TEST(HtmlTokens, DropsNulBytes) { EXPECT_EQ(seen(std::string_view("a\0b", 3)), "ab"); }

TEST(HtmlOutlook, SkipsConditionalCommentsAsABrowserDoes) {
  EXPECT_EQ(seen("<!--[if mso]><p>outlook</p><![endif]-->a<![if !mso]>b<![endif]><!--[if !mso]><!-->c<!--<![endif]-->"),
            "abc");
}
TEST(HtmlOutlook, ShowsAButtonThatOnlyOutlookHides) {
  expect_shown("<a href=x style='mso-hide:all;padding:1px'>seen</a>");
}
TEST(HtmlOutlook, HidesMsoHideOnWhatIsNearlyGone) {
  expect_hidden("seen<div style='mso-hide:all;max-height:0'>secret</div>", mso_hide);
}

TEST(HtmlHidden, DisplayNone) { expect_hidden("seen<div style='DISPLAY : none '>secret</div>", display_none); }
TEST(HtmlHidden, DisplayNoneWithEverythingInside) {
  expect_hidden("seen<div style='display:none'><p style='display:block'>secret", display_none);
}
TEST(HtmlHidden, DisplayNoneByEscapesCommentsAndReferences) {
  expect_hidden("seen<i style='displ\\61y:/**/none'>secret</i>", display_none);
  expect_hidden("seen<i style='font-family:&quot;A;&quot;;displa&#121;:none'>secret</i>", display_none);
}
TEST(HtmlHidden, Visibility) {
  expect_hidden("<div style='visibility:hidden'>secret<b style='visibility:visible'>seen</b></div>", visibility);
}
TEST(HtmlHidden, LeavesWordsWholeAroundUnseenText) {
  EXPECT_EQ(seen("lo<i style='visibility:hidden;position:absolute;font-size:0'>x</i>gin"), "login");
  EXPECT_EQ(seen("lo<i style='position:absolute;font-size:0'>x</i>gin"), "login");
  EXPECT_EQ(seen("lo<i style='display:none'><p>x</p></i>gin"), "login");
  EXPECT_EQ(seen("lo<i style='position:absolute'>x</i>gin"), "lo\nx\ngin");
}
TEST(HtmlHidden, Opacity) {
  expect_hidden("seen<div style='opacity:.2'><b style='opacity:20%'>secret</b></div>", opacity);
  expect_shown("<div style='opacity:.2'>seen</div>");
}
TEST(HtmlHidden, TinyFont) {
  for (const char* size : {"0", "0px", "1px", "2pt", "0.1em", "5%", "calc(0px)"}) {
    expect_hidden(std::string("seen<p style='font-size:") + size + "'>secret", tiny_font);
  }
  expect_hidden("seen<p style='font:0/0 a'>secret", tiny_font);
  expect_hidden("seen<p style='font-size:40%'><b style='font-size:40%'>secret</b>", tiny_font);
  expect_shown("<p style='font-size:0'><b style='font-size:4px'>seen</b>");
  expect_shown("<p style='font:700 12px/0 a'>seen");
}
TEST(HtmlHidden, SameColor) {
  expect_hidden("seen<font color=white>secret</font>", same_color);
  expect_hidden("seen<font color='#FEFEFE'>secret</font>", same_color);
  expect_hidden("seen<b style='color:rgba(0,0,0,0)'>secret</b>", same_color);
  expect_hidden("seen<b style='color:hsl(0 0% 99%)'>secret</b>", same_color);
  expect_hidden("seen<table bgcolor=#111><tr><td style='color:#141414'>secret</table>", same_color);
  expect_hidden("<body bgcolor=#000 text=#000>secret<b style='color:red'>seen</b>", same_color);
  expect_hidden("seen<p style='background:#123456 none'><b style='color:rgb(18,52,86)'>secret</b>", same_color);
  expect_shown("<table bgcolor=black><tr><td style='color:white'>seen</table>");
  expect_shown("<div style='background:url(x.png)'><font color=white>seen</font></div>");
  expect_shown("<font color=white><a href=x>seen</a></font>");  // a link has its own colour
}
TEST(HtmlHidden, ZeroBox) {
  expect_hidden("seen<div style='max-height:0;overflow:hidden'>secret</div>", zero_box);
  expect_hidden("seen<div style='width:1px;height:1px;overflow:hidden'>secret</div>", zero_box);
  expect_shown("<div style='height:0'>seen</div>");
  expect_shown("<span style='height:0;overflow:hidden'>seen</span>");
}
TEST(HtmlHidden, OffScreen) {
  expect_hidden("seen<div style='position:absolute;left:-9999px'>secret</div>", off_screen);
  expect_hidden("seen<div style='position:fixed;top:-2000px'>secret</div>", off_screen);
  expect_hidden("seen<div style='margin:0 0 0 -9999px'>secret</div>", off_screen);
  expect_shown("<div style='left:-9999px'>seen</div>");
}
TEST(HtmlHidden, Clipped) {
  expect_hidden("seen<div style='position:absolute;clip:rect(0,0,0,0)'>secret</div>", clipped);
  expect_hidden("seen<div style='clip-path:inset(50%)'>secret</div>", clipped);
}
TEST(HtmlHidden, Indent) { expect_hidden("seen<p style='text-indent:-9999px'>secret", indent); }
TEST(HtmlHidden, HiddenAttribute) {
  expect_hidden("seen<p hidden>secret", hidden_attribute);
  expect_shown("<p hidden style='display:block'>seen");
}
TEST(HtmlHidden, SaysWhereEachRunWouldHaveStood) {
  const VisibleHtml page = read_html("ab<i style='display:none'>x <b>y</b></i>cd<i style='font-size:0'>z</i>", plenty);
  EXPECT_EQ(page.text, "abcd");
  EXPECT_EQ(page.hidden, "x y\nz");
  ASSERT_THAT(page.hidden_runs, SizeIs(2));
  EXPECT_EQ(page.hidden_runs[0].text, (Span{0, 3}));
  EXPECT_EQ(page.hidden_runs[0].at, 2U);
  EXPECT_EQ(page.hidden_runs[1].text, (Span{4, 5}));
  EXPECT_EQ(page.hidden_runs[1].at, 4U);
}

TEST(HtmlSheet, HidesByTypeClassIdAndList) {
  expect_hidden("<style>.h{display:none}</style>seen<p class='a h'>secret", display_none);
  expect_hidden("<style>i,#x{display:none}</style>seen<p id=x>secret", display_none);
  expect_hidden("<style><!-- b{display:none} --></style>seen<b>secret</b>", display_none);
  expect_hidden("<style>p.h.k{display:none}</style>seen<p class='k h'>secret", display_none);
  expect_shown("<style>p.h.k{display:none}</style><p class=h>seen");
}
TEST(HtmlSheet, HidesByAncestors) {
  expect_hidden("<style>.a b{display:none}</style><b>seen</b><p class=a><i><b>secret</b></i>", display_none);
  expect_hidden("<style>.a > b{display:none}</style><p class=a><i><b>seen</b></i><b>secret</b>", display_none);
}
TEST(HtmlSheet, WeighsSpecificityOrderAndImportant) {
  expect_shown("<style>#x{display:block} .a{display:none}</style><p id=x class=a>seen");
  expect_shown("<style>.a{display:none} .a{display:block}</style><p class=a>seen");
  expect_shown("<style>.a{display:none}</style><p class=a style='display:block'>seen");
  expect_hidden("<style>.a{display:none!important}</style>seen<p class=a style='display:block'>secret", display_none);
  expect_hidden("<style>p.a{display:none} .a{display:block}</style>seen<p class=a>secret", display_none);
}
TEST(HtmlSheet, TakesMediaOfAScreenInLightMode) {
  expect_hidden("<style>@media screen{.a{display:none}}</style>seen<p class=a>secret", display_none);
  expect_hidden("<style>@media (min-width:480px){.a{display:none}}</style>seen<p class=a>secret", display_none);
  expect_shown("<style>@media print{.a{display:none}}</style><p class=a>seen");
  expect_shown("<style>@media only screen and (max-width:600px){.a{display:none}}</style><p class=a>seen");
  expect_shown("<style>@media (prefers-color-scheme:dark){.a{color:white}}</style><p class=a>seen");
  expect_shown("<style media=print>.a{display:none}</style><p class=a>seen");
}
TEST(HtmlSheet, GoesOnAfterWhatItDoesNotUnderstand) {
  expect_hidden(
      "<style>@import 'x'; @font-face{a:b} p:hover{display:none} }x{} .b:nth-child(1){} "
      ".a{foo:'}';display:none}</style>"
      "<p>seen<p class=a>secret",
      display_none);
}
TEST(HtmlSheet, StylesWhatStandsBeforeIt) {
  expect_hidden("<p>seen<p class=a>secret</p><style>.a{display:none}</style>", display_none);
}
TEST(HtmlSheet, IgnoresAStyleInAComment) { expect_shown("<!--<style>p{display:none}</style>--><p>seen"); }

TEST(HtmlTree, ReopensFormattingAfterABlock) {
  expect_hidden("seen<p><font color=white>secret<p>also</p></font>", same_color, "secret\nalso");
}
TEST(HtmlTree, EndsFormattingAroundAnOpenBlock) { EXPECT_EQ(seen("<i style='display:none'>x<div>y</i>z</div>"), "z"); }
TEST(HtmlTree, KeepsFormattingInsideItsCell) {
  EXPECT_EQ(seen("<table><td><font color=white>x<td>y</table>z"), "\ty\nz");
}
TEST(HtmlTree, IgnoresEndTagsThatMatchNothing) {
  EXPECT_EQ(seen("<div style='display:none'></b></p></td></x>a</div>b"), "b");
}

TEST(HtmlLinks, SaysWhereTheirTextIs) {
  const VisibleHtml page = read_html("go <a href=' http://a.example/ ' title=t> he<b>re</b> </a>now", plenty);
  ASSERT_THAT(page.links, SizeIs(1));
  EXPECT_EQ(page.links[0].href, " http://a.example/ ");
  EXPECT_EQ(page.text.substr(page.links[0].text.start, page.links[0].text.size()), "here");
  EXPECT_EQ(page.links[0].alt, "");
  EXPECT_FALSE(page.links[0].hidden);
}
TEST(HtmlLinks, OfAnImageHaveItsAlt) {
  const VisibleHtml page = read_html("<a href=x><img src=i.png alt=Login width=100 height=20px></a>", plenty);
  ASSERT_THAT(page.links, SizeIs(1));
  EXPECT_EQ(page.links[0].alt, "Login");
  EXPECT_TRUE(page.links[0].text.empty());
  EXPECT_FALSE(page.links[0].hidden);
  ASSERT_THAT(page.images, SizeIs(1));
  EXPECT_EQ(page.images[0].src, "i.png");
  EXPECT_EQ(page.images[0].width, 100);
  EXPECT_EQ(page.images[0].height, 20);
}
TEST(HtmlLinks, AreHiddenWithoutAnythingToTap) {
  const VisibleHtml page = read_html(
      "<a href=a></a><a href=b><i style='display:none'>x</i></a><a href=c><img width=1></a>"
      "<a href=d style='display:block;width:9px;height:9px'></a>",
      plenty);
  ASSERT_THAT(page.links, SizeIs(4));
  EXPECT_TRUE(page.links[0].hidden);
  EXPECT_TRUE(page.links[1].hidden);
  EXPECT_TRUE(page.links[2].hidden);
  EXPECT_FALSE(page.links[3].hidden);
}
TEST(HtmlLinks, AreFoundElsewhereToo) {
  const VisibleHtml page = read_html(
      "<base href='http://b.example/'><meta http-equiv=Refresh content=\"0; URL='http://r.example/'\"><map><area "
      "href=m></map>"
      "<form action=f method=POST><input type=Password name=pw><button formaction=g>x</button></form>"
      "<iframe src=i></iframe><body background=bg.png>",
      plenty);
  std::vector<std::string> found;
  for (const HtmlLink& link : page.links) found.push_back(std::to_string(static_cast<int>(link.kind)) + link.href);
  EXPECT_THAT(found, ElementsAre("3http://r.example/", "1m", "2f", "2g", "5i"));
  EXPECT_EQ(page.base_href, "http://b.example/");
  EXPECT_TRUE(page.has_embed);
  ASSERT_THAT(page.forms, SizeIs(1));
  EXPECT_EQ(page.forms[0].action, "f");
  EXPECT_EQ(page.forms[0].method, "post");
  EXPECT_TRUE(page.forms[0].has_password);
  EXPECT_THAT(page.forms[0].input_types, ElementsAre("password", "submit"));
  EXPECT_THAT(page.forms[0].input_names, ElementsAre("pw", ""));
}
TEST(HtmlLinks, ScriptIsSeenInHandlersAndUrls) {
  EXPECT_TRUE(read_html("<p onclick='x()'>", plenty).has_script);
  EXPECT_TRUE(read_html("<a href=' java\nscript&colon;x'>", plenty).has_script);
  EXPECT_FALSE(read_html("<a href='/javascript:x' data-on=x>", plenty).has_script);
}

TEST(HtmlLimits, TextBudgetAtBelowAndAbove) {
  const auto read = [](std::size_t budget) { return read_html("ab<i hidden>cd</i>é", budget); };
  EXPECT_FALSE(read(6).over_budget);
  EXPECT_EQ(read(6).text, "abé");
  EXPECT_TRUE(read(5).over_budget);
  EXPECT_EQ(read(5).text, "ab");  // no half character
  EXPECT_FALSE(read(7).over_budget);
  EXPECT_TRUE(read(3).over_budget);
  EXPECT_EQ(read(3).hidden, "c");
  EXPECT_TRUE(read(0).over_budget);
}
TEST(HtmlLimits, OpenElementsAtBelowAndAbove) {
  const auto nested = [](std::size_t open) {  // html, body, divs and the p
    return read_html(repeated("<div>", open - 3) + "<p style='display:none'>x</p>" + repeated("</div>", open - 3) + "y",
                     plenty);
  };
  for (const std::size_t within : {limits::html_open_elements - 1, limits::html_open_elements}) {
    EXPECT_EQ(nested(within).text, "y");
    EXPECT_FALSE(nested(within).over_budget);
  }
  EXPECT_TRUE(nested(limits::html_open_elements + 1).over_budget);
  EXPECT_EQ(nested(limits::html_open_elements + 1).text, "x\n\ny");  // inherits: nothing said it was hidden
}
TEST(HtmlLimits, AttributesAtAndAbove) {
  const auto tag = [](std::size_t before) { return read_html("<p " + repeated("x=y ", before) + "hidden>a", plenty); };
  EXPECT_EQ(tag(limits::html_attributes - 1).text, "");
  EXPECT_FALSE(tag(limits::html_attributes - 1).over_budget);
  EXPECT_EQ(tag(limits::html_attributes).text, "a");
  EXPECT_TRUE(tag(limits::html_attributes).over_budget);
}
TEST(HtmlLimits, LinksImagesAndFormsAtAndAbove) {
  EXPECT_FALSE(read_html(repeated("<a href=x>y</a>", limits::links), plenty).over_budget);
  const VisibleHtml many = read_html(repeated("<a href=x>y</a>", limits::links + 1), plenty);
  EXPECT_TRUE(many.over_budget);
  EXPECT_EQ(many.links.size(), limits::links);
  EXPECT_FALSE(read_html(repeated("<img>", limits::html_images), plenty).over_budget);
  EXPECT_EQ(read_html(repeated("<img>", limits::html_images + 1), plenty).images.size(), limits::html_images);
  EXPECT_FALSE(read_html(repeated("<form></form>", limits::html_forms), plenty).over_budget);
  EXPECT_TRUE(read_html(repeated("<form></form>", limits::html_forms + 1), plenty).over_budget);
  EXPECT_FALSE(read_html(repeated("<input>", limits::html_form_inputs), plenty).over_budget);
  EXPECT_TRUE(read_html(repeated("<input>", limits::html_form_inputs + 1), plenty).over_budget);
}
TEST(HtmlLimits, HiddenRunsAboveStayInTheLast) {
  const VisibleHtml page = read_html(repeated("a<i hidden>b</i>", limits::html_hidden_runs + 5), plenty);
  EXPECT_TRUE(page.over_budget);
  EXPECT_EQ(page.hidden_runs.size(), limits::html_hidden_runs);
  EXPECT_EQ(page.hidden_runs.back().text.end, page.hidden.size());
  EXPECT_FALSE(read_html(repeated("a<i hidden>b</i>", limits::html_hidden_runs), plenty).over_budget);
}
TEST(HtmlLimits, CssRulesAndBytesAtAndAbove) {
  const auto rules = [](std::size_t count) {
    return read_html("<style>" + repeated("b{display:block}", count - 1) + ".a{display:none}</style><p class=a>x",
                     plenty);
  };
  EXPECT_EQ(rules(limits::css_rules).text, "");
  EXPECT_FALSE(rules(limits::css_rules).over_budget);
  EXPECT_EQ(rules(limits::css_rules + 1).text, "x");
  EXPECT_TRUE(rules(limits::css_rules + 1).over_budget);
  const std::string rule = ".a{display:none}";
  const auto bytes = [&rule](std::size_t size) {
    return read_html("<style>" + std::string(size - rule.size(), ' ') + rule + "</style><p class=a>x", plenty);
  };
  EXPECT_EQ(bytes(limits::css_bytes).text, "");
  EXPECT_FALSE(bytes(limits::css_bytes).over_budget);
  EXPECT_TRUE(bytes(limits::css_bytes + rule.size()).over_budget);
}
TEST(HtmlLimits, FormattingThatWaitsToBeReopened) {
  const auto fonts = [](std::size_t count) {
    std::string html = "<p>";
    for (std::size_t i = 0; i < count; ++i) html += "<font size=" + std::to_string(i + 1) + ">";
    return read_html(html + "x<p>y", plenty);
  };
  EXPECT_FALSE(fonts(limits::html_formatting_elements).over_budget);
  EXPECT_TRUE(fonts(limits::html_formatting_elements + 1).over_budget);
}
TEST(HtmlLimits, ReopeningStopsAndIsSaid) {
  const auto paragraphs = [](std::size_t count) { return read_html("<p><b>x" + repeated("<p>y", count), plenty); };
  EXPECT_FALSE(paragraphs(limits::html_reopened).over_budget);
  EXPECT_TRUE(paragraphs(limits::html_reopened + 1).over_budget);
}
TEST(HtmlLimits, MatchingStopsAndIsSaid) {
  const std::string sheet = "<style>" + repeated("i b{color:red}", limits::css_rules) + "</style>";
  EXPECT_FALSE(read_html(sheet + "<i><b>x</b></i>", plenty).over_budget);
  EXPECT_TRUE(
      read_html(sheet + repeated("<i><b>x</b></i>", limits::css_match_steps / limits::css_rules), plenty).over_budget);
}

// 100 kB of any of these must cost about as much as 100 kB of text: nothing found may grow with the square of the
// input.
TEST(HtmlLimits, NestingLeavesNothingBehind) {
  for (const char* piece :
       {"<div>", "<b>", "<font size=1>", "<table><tr><td>", "<p>", "<b><div></b>", "<a href=x>", "<ul><li>",
        "<select><option>", "<svg><![CDATA[", "<!--", "<x y='", "&", "</p>", "<form>", "<template>", "<a b"}) {
    const std::string html = repeated(piece, 100'000 / std::string_view(piece).size());
    const VisibleHtml page = read_html(html + "end", plenty);
    EXPECT_LE(page.text.size() + page.hidden.size(), html.size() + 16) << piece;
    EXPECT_LE(page.links.size(), limits::links) << piece;
  }
}
TEST(HtmlLimits, DeepNestingEndsWhereItBegan) {
  const VisibleHtml page =
      read_html(repeated("<div>", 20'000) + "in" + repeated("</div>", 20'000) + "<p>after", plenty);
  EXPECT_TRUE(page.over_budget);
  EXPECT_EQ(page.text, "in\n\nafter");
}

}  // namespace
}  // namespace sekisho::text
