package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {
  private static String page() {
    Page page = new Page("A <page>");
    page.banner("over", "lead & more").section("One").text("x < y").note("n");
    page.cards(List.of(new Page.Card("5", "five", "\"quoted\"")));
    page.table("t", List.of("a", "b"), List.of(List.of("1", "<b>")));
    page.side().pixels(new byte[] {1, 2, 3}, "a \"picture\"", "caption").endSide();
    page.drawing(
        Drawing.lines(
            "lines",
            "x",
            "y",
            List.of(new Drawing.Series("s", new double[] {1, 10, 100}, new double[] {3, 2, 1}))),
        "d");
    page.drawing(
        Drawing.intervals(
            "intervals",
            "x",
            List.of(
                new Drawing.Interval("i", new double[] {-1, 0, 2}, new double[] {-1, 1, 3}),
                new Drawing.Interval("j", new double[] {-1, 0, 2}, new double[0]))),
        "e");
    page.section("Two").list(List.of("item")).command("ls > x");
    return page.html("foot");
  }

  @Test
  void textsAreEscaped() {
    assertThat(page())
        .contains("<title>A &lt;page&gt;</title>", "lead &amp; more", "x &lt; y", "ls &gt; x")
        .contains("alt=\"a &quot;picture&quot;\"")
        .doesNotContain("<b>\"");
  }

  @Test
  void nothingIsFetchedAndNothingRuns() {
    assertThat(page())
        .doesNotContain("http://", "https://", "<script", "<link", "@import", "url(")
        .contains("data:image/png;base64,AQID");
  }

  @Test
  void elementsAreClosed() {
    String html = page().replaceAll("(?s)<style>.*?</style>", "");
    for (String name :
        List.of("section", "div", "table", "tr", "figure", "svg", "g", "main", "p", "ul", "text")) {
      assertThat(html.split("<" + name + "[ >]", -1))
          .as(name)
          .hasSameSizeAs(html.split("</" + name + ">", -1));
    }
  }

  @Test
  void everyPictureSaysWhatItShows() {
    assertThat(page().split("<img ", -1)).hasSize(2);
    assertThat(page()).contains("<title>lines</title>", "<title>intervals</title>");
  }

  @Test
  void ticksAreRoundAndInside() {
    assertThat(Drawing.ticks(-7.3, 21.4, 6)).containsExactly(-5, 0, 5, 10, 15, 20);
    assertThat(Drawing.decades(9, 300)).containsExactly(10, 20, 50, 100, 200);
  }
}
