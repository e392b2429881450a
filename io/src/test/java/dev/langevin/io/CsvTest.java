package dev.langevin.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.table.Dataset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  private static final ReadOptions DEFAULTS = ReadOptions.defaults();

  @TempDir Path folder;

  private Dataset read(String text, ReadOptions options) throws IOException {
    return Datasets.read(Files.writeString(folder.resolve("d.csv"), text), options);
  }

  private Dataset read(String text) throws IOException {
    return read(text, DEFAULTS);
  }

  /** The message for this text, without the folder. */
  private String error(String text, ReadOptions options) throws IOException {
    Path file = Files.writeString(folder.resolve("d.csv"), text);
    try {
      Datasets.read(file, options);
    } catch (InputError e) {
      return e.getMessage().replace(folder + "/", "");
    }
    throw new AssertionError("was read without an error: " + text);
  }

  private String error(String text) throws IOException {
    return error(text, DEFAULTS);
  }

  @Test
  void theBundledDigitsAreThere() {
    Dataset digits = Datasets.digits();
    assertThat(digits.rows()).isEqualTo(1797);
    assertThat(digits.shape()).containsExactly(1, 8, 8);
    assertThat(digits.values()).startsWith(0, 0, 5, 13, 9, 1, 0, 0).doesNotContain(17);
    assertThat(digits.labels()).startsWith(0, 1, 2, 3).hasSize(1797).contains(9);
    assertThat(java.util.Arrays.stream(digits.values()).max()).hasValue(16);
  }

  @Test
  void aHeaderIsDetected() throws IOException {
    Dataset data = read("height,weight\n1.5,2\n3,-4e-1\n");
    assertThat(data.columns()).containsExactly("height", "weight");
    assertThat(data.values()).containsExactly(1.5, 2, 3, -0.4);
    assertThat(data.shape()).containsExactly(2);
    assertThat(data.name()).isEqualTo("d.csv");
  }

  @Test
  void numbersOnlyHaveNoHeader() throws IOException {
    Dataset data = read("1,2\n3,4\n");
    assertThat(data.columns()).containsExactly("x1", "x2");
    assertThat(data.rows()).isEqualTo(2);
    assertThat(read("7,8,9").values()).containsExactly(7, 8, 9);
  }

  @Test
  void theCountingHeaderOfPandasIsAHeader() throws IOException {
    assertThat(read("0,1,2,3\n5,6,7,8\n").values()).containsExactly(5, 6, 7, 8);
    assertThat(read("0,1,2,3\n5,6,7,8\n", DEFAULTS.withHeader(false)).rows()).isEqualTo(2);
  }

  @Test
  void aLastTextColumnWithoutHeaderIsALabelAndLosesNoRow() throws IOException {
    Dataset iris =
        read("5.1,3.5,setosa\n6.2,2.9,virginica\n4.9,3.0,setosa\n", DEFAULTS.withLabel("3"));
    assertThat(iris.values()).containsExactly(5.1, 3.5, 6.2, 2.9, 4.9, 3.0);
    assertThat(iris.labels()).containsExactly(0, 1, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void theSeparatorIsDetected(String separator) throws IOException {
    String text = "a,b,c\n1,2,3\n4,5,6\n".replace(",", separator);
    assertThat(read(text).values()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void commentsBlankLinesQuotesBlanksAndByteOrderMarksAreUnderstood() throws IOException {
    Dataset data =
        read("\uFEFF# a comment, with; all\tof them\n\n\"a\"\"x\", b\r\n 1 ,\"2\"\r\n\n3,4");
    assertThat(data.columns()).containsExactly("a\"x", "b");
    assertThat(data.values()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void gzipIsToldByContentAndUtf16ByItsMark() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
    }
    Path file = Files.write(folder.resolve("d.data"), bytes.toByteArray());
    assertThat(Datasets.read(file).values()).containsExactly(1, 2);
    Files.writeString(file, "\uFEFFa\tb\n1\t2\n", StandardCharsets.UTF_16LE);
    assertThat(Datasets.read(file).values()).containsExactly(1, 2);
  }

  @Test
  void labelsByNameOrNumberAndAsTextOrNumbers() throws IOException {
    String text = "x,kind,y\n1,7,2\n3,5,4\n";
    assertThat(read(text, DEFAULTS.withLabel("kind")).labels()).containsExactly(7, 5);
    assertThat(read(text, DEFAULTS.withLabel("2")).labels()).containsExactly(7, 5);
    assertThat(read(text, DEFAULTS.withLabel("kind")).columns()).containsExactly("x", "y");
    String text2 = "x,kind\n1,-1\n2,1\n3,10000\n4,1.0\n";
    assertThat(read(text2, DEFAULTS.withLabel("kind")).labels()).containsExactly(0, 1, 2, 1);
  }

  @Test
  void imagesHaveAShape() throws IOException {
    String text = "a,b,c,d,e,f,k\n1,2,3,4,5,6,0\n";
    Dataset data =
        read(text, DEFAULTS.withLabel("k").withShape(ReadOptions.shape("--image", "2x3")));
    assertThat(data.shape()).containsExactly(1, 2, 3);
    assertThat(data.columns()).isEmpty();
    assertThat(error(text, DEFAULTS.withShape(2, 3)))
        .isEqualTo(
            "d.csv: has rows of 7 numbers, but the shape 2x3 needs 6. If one column is the class of"
                + " each row, pass it: --label k.");
    assertThat(read("1,2,3\n", DEFAULTS.withShape(3, 1, 1)).shape()).containsExactly(3, 1, 1);
    assertThatThrownBy(() -> ReadOptions.shape("--image", "8by8"))
        .hasMessage(
            "--image: \"8by8\" is not a shape. Write height x width, for example 8x8, or channels x"
                + " height x width, for example 3x32x32.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NaN", "nan", "NA", "?", "null", " "})
  void aMissingValueIsNamedWithLineAndField(String missing) throws IOException {
    String written = missing.isBlank() ? "empty" : "\"" + missing + "\"";
    assertThat(error("a,b\n1,2\n3," + missing + "\n5,6\n"))
        .isEqualTo(
            "d.csv:3:2: the value in column \"b\" is missing ("
                + written
                + "). Fill it in, or remove the line or the column.");
  }

  @Test
  void otherWrongCellsAreNamedToo() throws IOException {
    assertThat(error("a,b\n1,2\n3,4x\n"))
        .isEqualTo(
            "d.csv:3:2: column \"b\" holds \"4x\", which is not a number. Correct the cell, or"
                + " remove the line.");
    assertThat(error("1,2\n3,1f\n"))
        .startsWith("d.csv:2:2: column 2 holds \"1f\", which is not a number.");
    assertThat(error("a;b\n1;2,5\n"))
        .isEqualTo(
            "d.csv:2:2: column \"b\" holds \"2,5\", which is not a number. Write numbers with a"
                + " decimal point, and without thousands separators.");
    assertThat(error("a,b\n1,inf\n"))
        .isEqualTo(
            "d.csv:2:2: column \"b\" is infinite. Fill in a finite number, or remove the line.");
    assertThat(error("a,b\n1,1e999\n")).contains("is infinite");
  }

  @Test
  void aTableWithTextNamesTheFirstTextColumnAndTheLabelFlag() throws IOException {
    assertThat(error("age,job\n39,clerk\n50,boss\n"))
        .isEqualTo(
            "d.csv:2:2: column \"job\" holds \"clerk\", text instead of numbers. If it is the class"
                + " of each row, pass --label job; otherwise turn it into numbers or remove it.");
    String text = "age,job,species\n39,clerk,dog\n50,boss,cat\n";
    assertThat(error(text))
        .isEqualTo(
            "d.csv:2:2: column \"job\" holds \"clerk\", text instead of numbers, and 1 more"
                + " column too. Turn them into numbers, or remove the columns; one may be the class of"
                + " each row: --label job.");
    assertThat(error(text, DEFAULTS.withLabel("species")))
        .isEqualTo(
            "d.csv:2:2: column \"job\" holds \"clerk\", text instead of numbers. Turn it into"
                + " numbers, or remove the column.");
    assertThat(error("1,a b,3\n4,c d,6\n")).contains("pass --label 2;");
  }

  @Test
  void raggedRowsAreNamed() throws IOException {
    assertThat(error("a,b,c\n1,2,3\n# note\n4,5\n"))
        .isEqualTo(
            "d.csv:4:3: this line has 2 fields, the first has 3. Complete the line, or remove it.");
    assertThat(error("a,b\n1,2\n4,5,6\n"))
        .isEqualTo(
            "d.csv:3:3: this line has 3 fields, the first has 2. Put text that contains the"
                + " separator into quotation marks, or remove what is too much.");
  }

  @Test
  void emptyFilesAndHeadersAloneAreNamed() throws IOException {
    assertThat(error(""))
        .isEqualTo("d.csv: is empty. Check that the program that writes it has finished.");
    assertThat(error("# only a comment\n"))
        .isEqualTo("d.csv: has no lines of data. Check that it is the right file.");
    assertThat(error("a,b\n")).isEqualTo("d.csv: has a header but no lines of data. Add the data.");
  }

  @Test
  void headersThatRepeatOrAreEmptyAreNamed() throws IOException {
    assertThat(error("a,b,a\n1,2,3\n"))
        .isEqualTo("d.csv:1:3: columns 1 and 3 are both named \"a\". Rename one of them.");
    assertThat(error(",a,b\n0,1,2\n"))
        .isEqualTo(
            "d.csv:1:1: column 1 has no name. Name it; if it only counts the rows, remove it"
                + " (pandas: to_csv(…, index=False)).");
  }

  @Test
  void aLineThatIsNeitherHeaderNorDataIsNotGuessed() throws IOException {
    assertThat(error("1,2,x3\n4,5,6\n"))
        .isEqualTo(
            "d.csv:1:3: \"x3\" is text but \"1\" in the same line a number: neither a line of names"
                + " nor one of data. Correct the cell, or say which it is: --header yes or --header no.");
    assertThat(read("1,2,x3\n4,5,6\n", DEFAULTS.withHeader(true)).columns())
        .containsExactly("1", "2", "x3");
    assertThat(error("1,2,x3\n4,5,6\n", DEFAULTS.withHeader(false))).startsWith("d.csv:1:3");
  }

  @Test
  void anUnknownLabelColumnIsNamedWithTheNearest() throws IOException {
    assertThat(error("height,weight,digit\n1,2,3\n", DEFAULTS.withLabel("digits")))
        .isEqualTo(
            "d.csv:1: there is no column \"digits\". Did you mean \"digit\"? The columns are height,"
                + " weight, digit.");
    assertThat(error("1,2\n3,4\n", DEFAULTS.withLabel("digit")))
        .isEqualTo(
            "d.csv:1: there is no column \"digit\", since the first line holds no names. Give the"
                + " column's number, 1 to 2.");
    assertThat(error("a,b\n1,2\n", DEFAULTS.withLabel("3"))).contains("there is no column \"3\"");
  }

  @Test
  void aMissingClassAndAColumnThatIsNoneAreNamed() throws IOException {
    assertThat(error("a,k\n1,x\n2,\n", DEFAULTS.withLabel("k")))
        .isEqualTo(
            "d.csv:3:2: the class in column \"k\" is missing. Fill it in, or remove the line.");
    StringBuilder text = new StringBuilder("a,k\n");
    for (int i = 0; i < 2000; i++) {
      text.append(i).append(',').append(i + 0.5).append('\n');
    }
    assertThat(error(text.toString(), DEFAULTS.withLabel("k")))
        .startsWith("d.csv, column \"k\": has 2000 different values in 2000 rows, too many");
  }

  @Test
  void brokenTextIsNamed() throws IOException {
    assertThat(error("a,b\n1,\"2\n3,4\n")).startsWith("d.csv: is not a readable CSV");
    assertThat(error("a,b\n1,\"2\n3,4\"\n"))
        .isEqualTo(
            "d.csv:2:2: the quotation mark in column \"b\" is not closed on its line. Close it, or"
                + " remove it.");
    Path file = folder.resolve("d.csv");
    Files.writeString(file, "größe,b\n1,2\n", Charset.forName("ISO-8859-1"));
    assertThatThrownBy(() -> Datasets.read(file))
        .hasMessage(
            file + ": is not UTF-8 text. Save it as UTF-8, or check that it is the right file.");
    assertThat(error("1.0 2.0 3.0\n4 5 6\n"))
        .isEqualTo(
            "d.csv: its numbers are separated by spaces. Separate them by commas: tr -s ' ' ',' <"
                + " FILE > FILE.csv.");
  }

  @Test
  void aCutOffGzipIsNamed() throws IOException {
    Path file = folder.resolve("d.csv.gz");
    Csv.write(file, List.of("a"), new double[10_000], Origins.ALL);
    byte[] all = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(all, all.length / 2));
    assertThatThrownBy(() -> Datasets.read(file))
        .hasMessage(file + ": ends too early. It was cut off: copy or download it again.");
  }

  @Test
  void whatIsWrittenIsReadBackToTheLastBit() throws IOException {
    double[] values = {1, -2.5, 1e-300, 0.1 + 0.2, Math.PI, 123456789012345.0, 4.9E-324, -0.0};
    Path file = folder.resolve("w.csv.gz");
    Dataset data =
        new Dataset("w", new int[] {2}, List.of("a b", "c,\"d"), values, new int[] {3, 1, 4, 1});
    Csv.write(file, data, Origins.ALL);
    Dataset back = Datasets.read(file, DEFAULTS.withLabel("label"));
    assertThat(back.values()).isEqualTo(values);
    assertThat(back.labels()).containsExactly(3, 1, 4, 1);
    assertThat(back.columns()).containsExactly("a b", "c,\"d");
  }

  @Test
  void theWrittenBytesAreTheseAndTheGzipHasNoTime() throws IOException {
    Path file = folder.resolve("w.csv");
    Csv.write(
        file,
        List.of("a", "b"),
        new double[] {1, 0.5, Double.NaN, 1e21},
        new Provenance("0.1", "c", 1, java.util.Map.of(), java.util.Map.of()));
    assertThat(file)
        .hasContent(
            "# Langevin 0.1\n"
                + "# provenance = {\"version\":\"0.1\",\"command\":\"c\",\"seed\":1,\"settings\":{},\"inputs\":{}}\n"
                + "a,b\n1,0.5\nnan,1.0E21\n");
    Path zipped = folder.resolve("w.csv.gz");
    Csv.write(zipped, List.of("a"), new double[] {1}, Origins.ALL);
    byte[] head = java.util.Arrays.copyOf(Files.readAllBytes(zipped), 8);
    assertThat(head).containsExactly(0x1F, 0x8B, 8, 0, 0, 0, 0, 0);
  }

  @Test
  void numbersOfManyDigitsAndColumnsOfManyFieldsAreRead() throws IOException {
    int d = 30_000;
    String line = "0.12345678901234567890123456789,".repeat(d - 1) + "1\n";
    Dataset data = read(line + line);
    assertThat(data.width()).isEqualTo(d);
    assertThat(data.values()[0]).isEqualTo(0.12345678901234568);
  }

  @Test
  void aNameIsFoundNearby() {
    assertThat(Nearest.of("eigth-schools", List.of("banana", "eight-schools")))
        .isEqualTo("eight-schools");
    assertThat(Nearest.of("FUNNEL", List.of("banana", "funnel"))).isEqualTo("funnel");
    assertThat(Nearest.of("xyz", List.of("banana", "funnel"))).isEmpty();
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    assertThat(Nearest.distance("abc", "abc")).isZero();
  }
}
