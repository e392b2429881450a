package dev.langevin.io;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.langevin.table.Dataset;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A CSV of numbers, read line by line: separator and header are detected, lines that begin with {@code #} skipped, and the first
 * cell that is wrong is named as {@code file:line:field}.
 */
final class CsvTable {
  private static final int LONGEST_FIELD = 1 << 16;
  private static final int MOST_FIELDS = 1 << 20;
  private static final int LONGEST_LINE = 1 << 28;

  private final Source source;
  private final ReadOptions options;
  private final CsvColumns columns;
  private final GrowingArray values;
  private final Labels labels = new Labels();
  private boolean first = true;

  private CsvTable(Source source, ReadOptions options, CsvColumns columns) {
    this.source = source;
    this.options = options;
    this.columns = columns;
    this.values = new GrowingArray(source.path().toString());
  }

  static Dataset read(Source source, ReadOptions options) throws IOException {
    byte[] start = source.peek(Source.PEEK);
    Charset charset = charset(start);
    String text = new String(start, charset);
    if (Separator.looksSpaced(text)) {
      throw new InputError(
          source.path(),
          "its numbers are separated by spaces",
          "separate them by commas: tr -s ' ' ',' < FILE > FILE.csv");
    }
    Reader reader =
        new InputStreamReader(
            source.stream(),
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    if (text.startsWith("\uFEFF") && reader.read() != 0xFEFF) {
      throw new AssertionError("the byte order mark that was there is gone");
    }
    return parse(source, options, reader, Separator.of(text));
  }

  private static Dataset parse(Source source, ReadOptions options, Reader reader, char separator)
      throws IOException {
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .fieldSeparator(separator)
            .commentStrategy(CommentStrategy.SKIP)
            .skipEmptyLines(true)
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .build(handler(), reader)) {
      return table(source, options, csv.iterator());
    } catch (CsvParseException e) {
      throw new InputError(
          source.path().toString(),
          "is not a readable CSV (" + reason(e) + ")",
          "look at that line, mostly a quotation mark is missing",
          e);
    } catch (UncheckedIOException e) {
      throw Trouble.reading(source.path(), e);
    }
  }

  private static CsvRecordHandler handler() {
    return CsvRecordHandler.builder()
        .maxFields(MOST_FIELDS)
        .maxFieldSize(LONGEST_FIELD)
        .maxRecordSize(LONGEST_LINE)
        .build();
  }

  private static String reason(CsvParseException e) {
    StringBuilder reason = new StringBuilder(String.valueOf(e.getMessage()));
    if (e.getCause() instanceof CsvParseException inner) {
      reason.append(": ").append(inner.getMessage());
    }
    return reason.toString();
  }

  private static Charset charset(byte[] start) {
    if (start.length >= 2 && start[0] == (byte) 0xFF && start[1] == (byte) 0xFE) {
      return StandardCharsets.UTF_16LE;
    }
    if (start.length >= 2 && start[0] == (byte) 0xFE && start[1] == (byte) 0xFF) {
      return StandardCharsets.UTF_16BE;
    }
    return StandardCharsets.UTF_8;
  }

  private static Dataset table(Source source, ReadOptions options, Iterator<CsvRecord> records) {
    if (!records.hasNext()) {
      throw new InputError(
          source.path(), "has no lines of data", "check that it is the right file");
    }
    CsvRecord one = records.next();
    Optional<CsvRecord> two = records.hasNext() ? Optional.of(records.next()) : Optional.empty();
    CsvColumns columns = CsvColumns.of(source.path(), one, two, options);
    CsvTable table = new CsvTable(source, options, columns);
    if (!columns.named()) {
      table.add(one);
    }
    two.ifPresent(table::add);
    while (records.hasNext()) {
      table.add(records.next());
    }
    return table.dataset();
  }

  private void add(CsvRecord record) {
    if (record.getFieldCount() != columns.count()) {
      throw ragged(record);
    }
    for (int f = 0; f < columns.count(); f++) {
      String cell = record.getField(f);
      if (f == columns.label()) {
        labels.add(label(record, f, cell));
        continue;
      }
      double value = Numbers.parse(cell);
      if (!Double.isFinite(value)) {
        throw notANumber(record, f, cell);
      }
      values.add(value);
    }
    first = false;
  }

  private String label(CsvRecord record, int f, String cell) {
    if (Numbers.missing(cell)) {
      throw new InputError(
          place(record, f),
          "the class in column " + columns.quoted(f) + " is missing",
          "fill it in, or remove the line");
    }
    double value = Numbers.parse(cell);
    return Double.isNaN(value) ? cell.trim() : Numbers.text(value);
  }

  private Dataset dataset() {
    List<String> names = new ArrayList<>(columns.names());
    int[] classes = new int[0];
    List<String> called = List.of();
    if (columns.label() >= 0) {
      names.remove(columns.label());
      String place = source.path() + ", column " + columns.quoted(columns.label());
      classes = labels.toArray(place);
      called = labels.names(place);
    }
    if (names.isEmpty()) {
      throw new InputError(
          source.path(), "has no column but the label", "name the column that holds the class");
    }
    int[] shape = {names.size()};
    return Datasets.dataset(
        source.path(), shape, names, values.toArray(), classes, called, options);
  }

  private String place(CsvRecord record, int field) {
    return CsvColumns.place(source.path(), record, field);
  }

  private InputError ragged(CsvRecord record) {
    int fields = record.getFieldCount();
    int expected = columns.count();
    return new InputError(
        place(record, Math.min(fields, expected)),
        "this line has "
            + fields
            + (fields == 1 ? " field" : " fields")
            + ", the first has "
            + expected,
        fields < expected
            ? "complete the line, or remove it"
            : "put text that contains the separator into quotation marks, or remove what is too much");
  }

  private InputError notANumber(CsvRecord record, int f, String cell) {
    String column = "column " + columns.quoted(f);
    if (Numbers.missing(cell)) {
      String written = cell.isBlank() ? "empty" : "\"" + CsvColumns.shortened(cell) + "\"";
      return new InputError(
          place(record, f),
          "the value in " + column + " is missing (" + written + ")",
          "fill it in, or remove the line or the column");
    }
    if (Double.isInfinite(Numbers.parse(cell))
        || cell.trim().toLowerCase(Locale.ROOT).matches("[-+]?inf(inity)?")) {
      return new InputError(
          place(record, f), column + " is infinite", "fill in a finite number, or remove the line");
    }
    if (cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0) {
      throw new InputError(
          place(record, f),
          "the quotation mark in " + column + " is not closed on its line",
          "close it, or remove it");
    }
    String said = column + " holds \"" + CsvColumns.shortened(cell) + "\"";
    String remedy = decimalComma(cell);
    if (remedy == null && first) {
      return textColumn(record, f, said);
    }
    return new InputError(
        place(record, f),
        said + ", which is not a number",
        remedy == null ? "correct the cell, or remove the line" : remedy);
  }

  /** In the first line of data: a column of text, perhaps one of several. */
  private InputError textColumn(CsvRecord record, int f, String said) {
    int others = 0;
    for (int g = f + 1; g < columns.count(); g++) {
      String cell = record.getField(g);
      boolean text = Double.isNaN(Numbers.parse(cell)) && !Numbers.missing(cell);
      others += text && g != columns.label() ? 1 : 0;
    }
    String more =
        others == 0
            ? ""
            : ", and " + others + (others == 1 ? " more column too" : " more columns too");
    String mend = "turn " + (others == 0 ? "it" : "them") + " into numbers, or remove ";
    String remedy =
        columns.label() >= 0
            ? mend + (others == 0 ? "the column" : "the columns")
            : others == 0
                ? "if it is the class of each row, pass --label "
                    + columns.argument(f)
                    + "; otherwise turn it into numbers or remove it"
                : mend
                    + "the columns; one may be the class of each row: --label "
                    + columns.argument(f);
    return new InputError(place(record, f), said + ", text instead of numbers" + more, remedy);
  }

  private static @Nullable String decimalComma(String cell) {
    return cell.matches("\\s*[-+]?\\d+,\\d+(e[-+]?\\d+)?\\s*")
        ? "write numbers with a decimal point, and without thousands separators"
        : null;
  }
}
