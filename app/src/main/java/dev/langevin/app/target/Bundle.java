package dev.langevin.app.target;

import dev.langevin.app.target.Reference.Quantity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON files beside this class: data of posteriors and their reference moments. */
final class Bundle {
  private Bundle() {}

  /** The JSON in the file of this name, or in that name with {@code .gz}. */
  static JsonNode json(String name) {
    try (InputStream in = open(name)) {
      return JsonMapper.builder().build().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("resource " + name + " cannot be read", e);
    }
  }

  private static InputStream open(String name) throws IOException {
    InputStream plain = Bundle.class.getResourceAsStream(name);
    if (plain != null) {
      return plain;
    }
    InputStream packed = Bundle.class.getResourceAsStream(name + ".gz");
    if (packed == null) {
      throw new IllegalStateException("resource " + name + " is missing from this build");
    }
    return new GZIPInputStream(packed, 1 << 16);
  }

  /** The numbers of an array. */
  static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).doubleValue();
    }
    return numbers;
  }

  /** The numbers of an array of arrays. */
  static double[][] table(JsonNode array) {
    double[][] table = new double[array.size()][];
    for (int i = 0; i < table.length; i++) {
      table[i] = numbers(array.get(i));
    }
    return table;
  }

  /** The reference moments in {@code name.reference.json}. */
  static List<Quantity> quantities(String name) {
    List<Quantity> quantities = new ArrayList<>();
    json(name + ".reference.json")
        .properties()
        .forEach(entry -> quantities.add(quantity(entry.getKey(), entry.getValue())));
    return quantities;
  }

  private static Quantity quantity(String name, JsonNode values) {
    return new Quantity(
        name,
        number(values, "mean"),
        number(values, "sd"),
        number(values, "mcse_mean"),
        number(values, "mean_sq"),
        number(values, "mcse_mean_sq"),
        number(values, "q05"),
        number(values, "q50"),
        number(values, "q95"));
  }

  private static double number(JsonNode values, String field) {
    return values.required(field).doubleValue();
  }
}
