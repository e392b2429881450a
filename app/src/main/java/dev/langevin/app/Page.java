package dev.langevin.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * A self-contained HTML page, written from top to bottom: pictures inside, no script, nothing fetched. Every text that is handed
 * in is plain text and is escaped here.
 */
final class Page {
  /** A figure with a name, for the row of large numbers. */
  record Card(String value, String label, String note) {}

  private final StringBuilder body = new StringBuilder();
  private final String title;
  private boolean inSection;

  Page(String title) {
    this.title = title;
  }

  /** The head of the page: its title, and what it is in one or two sentences. */
  Page banner(String over, String lead) {
    body.append("<header><p class=\"over\">").append(escaped(over)).append("</p>\n<h1>");
    body.append(escaped(title)).append("</h1>\n<p class=\"lead\">").append(escaped(lead));
    body.append("</p></header>\n");
    return this;
  }

  /** Starts a section. */
  Page section(String heading) {
    endSection();
    inSection = true;
    body.append("<section>\n<h2>").append(escaped(heading)).append("</h2>\n");
    return this;
  }

  /** A heading within a section. */
  Page heading(String text) {
    return element("h3", text);
  }

  /** A paragraph. */
  Page text(String text) {
    return element("p", text);
  }

  /** A paragraph in smaller print. */
  Page note(String text) {
    body.append("<p class=\"note\">").append(escaped(text)).append("</p>\n");
    return this;
  }

  /** A command to type, in fixed width. */
  Page command(String text) {
    body.append("<pre><code>").append(escaped(text)).append("</code></pre>\n");
    return this;
  }

  /** A row of large numbers. */
  Page cards(List<Card> cards) {
    body.append("<div class=\"cards\">\n");
    for (Card card : cards) {
      body.append("<div class=\"card\"><b>").append(escaped(card.value())).append("</b><span>");
      body.append(escaped(card.label())).append("</span><small>").append(escaped(card.note()));
      body.append("</small></div>\n");
    }
    body.append("</div>\n");
    return this;
  }

  /** A table whose first column names the rows; the others are set as numbers. */
  Page table(String caption, List<String> head, List<List<String>> rows) {
    return table(caption, head, rows, "numbers");
  }

  /** A table of names and what they stand for. */
  Page terms(String caption, List<String> head, List<List<String>> rows) {
    return table(caption, head, rows, "terms");
  }

  private Page table(String caption, List<String> head, List<List<String>> rows, String kind) {
    body.append("<div class=\"wide\"><table class=\"").append(kind).append("\">\n<caption>");
    body.append(escaped(caption)).append("</caption>\n<thead><tr>");
    head.forEach(cell -> cell("th scope=\"col\"", "th", cell));
    body.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      body.append("<tr>");
      cell("th scope=\"row\"", "th", row.get(0));
      row.subList(1, row.size()).forEach(cell -> cell("td", "td", cell));
      body.append("</tr>\n");
    }
    body.append("</tbody></table></div>\n");
    return this;
  }

  private void cell(String open, String close, String text) {
    body.append('<').append(open).append('>').append(escaped(text));
    body.append("</").append(close).append('>');
  }

  /** Starts a row of figures that stand side by side where there is room. */
  Page side() {
    body.append("<div class=\"side\">\n");
    return this;
  }

  /** Ends the row of figures. */
  Page endSide() {
    body.append("</div>\n");
    return this;
  }

  /** A PNG picture with what it shows, for those who cannot see it, and a caption. */
  Page picture(byte[] png, String shows, String caption) {
    return image(png, "photo", shows, caption);
  }

  /** A PNG picture of few pixels, enlarged without smoothing. */
  Page pixels(byte[] png, String shows, String caption) {
    return image(png, "pixels", shows, caption);
  }

  private Page image(byte[] png, String kind, String shows, String caption) {
    body.append("<figure><img class=\"").append(kind).append("\" alt=\"").append(escaped(shows));
    body.append("\" src=\"data:image/png;base64,").append(Base64.getEncoder().encodeToString(png));
    body.append("\">\n");
    return endFigure(caption);
  }

  /** A drawing, as an SVG element that has its own title. */
  Page drawing(String svg, String caption) {
    body.append("<figure>").append(svg).append('\n');
    return endFigure(caption);
  }

  private Page endFigure(String caption) {
    body.append("<figcaption>").append(escaped(caption)).append("</figcaption></figure>\n");
    return this;
  }

  /** A list with a bullet for each text. */
  Page list(List<String> items) {
    body.append("<ul>");
    items.forEach(item -> element("li", item));
    body.append("</ul>\n");
    return this;
  }

  private Page element(String name, String text) {
    body.append('<').append(name).append('>').append(escaped(text));
    body.append("</").append(name).append(">\n");
    return this;
  }

  private void endSection() {
    if (inSection) {
      body.append("</section>\n");
    }
  }

  /** The whole page; the foot says in one line where it came from. */
  String html(String foot) {
    endSection();
    inSection = false;
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        + "<meta name=\"color-scheme\" content=\"light dark\">\n<title>"
        + escaped(title)
        + "</title>\n<style>\n"
        + style()
        + "</style>\n</head>\n<body>\n<main>\n"
        + body
        + "</main>\n<footer><p>"
        + escaped(foot)
        + "</p></footer>\n</body>\n</html>\n";
  }

  private static String style() {
    try (InputStream file = Page.class.getResourceAsStream("page.css")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Text as it may stand in HTML, in attributes too. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
