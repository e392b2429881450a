package dev.langevin.io;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * JSON byte for byte as Python's {@code json.dumps(value, indent=2)} prints it, in which diffusers writes its configs: every element of a list on a line of its own, ASCII, floats by {@code repr}
 * ({@code 1e-05}, {@code 1.0}), {@code NaN} and {@code -Infinity} for what JSON has no word for.
 */
final class PythonJson {
  private static final double LARGE = 1e16;
  private static final double SMALL = 1e-4;

  private final StringBuilder out = new StringBuilder();

  private PythonJson() {}

  /** Maps, lists, texts, numbers, booleans and null, the keys in the order of the map; a line break at the end. */
  static String text(Map<String, ? extends @Nullable Object> value) {
    PythonJson json = new PythonJson();
    json.value(value, 0);
    return json.out.append('\n').toString();
  }

  private void value(@Nullable Object value, int depth) {
    if (value instanceof Map<?, ?> map) {
      all('{', map.entrySet(), '}', depth, entry -> entry(entry, depth + 1));
    } else if (value instanceof List<?> list) {
      all('[', list, ']', depth, element -> value(element, depth + 1));
    } else if (value instanceof Double || value instanceof Float) {
      out.append(repr(((Number) value).doubleValue()));
    } else if (value instanceof String text) {
      out.append(quoted(text));
    } else {
      out.append(value); // whole numbers, true, false and null are the same in both
    }
  }

  private <T> void all(char open, Iterable<T> parts, char close, int depth, Consumer<T> print) {
    Iterator<T> each = parts.iterator();
    out.append(open);
    if (each.hasNext()) {
      while (each.hasNext()) {
        out.append('\n').append("  ".repeat(depth + 1));
        print.accept(each.next());
        if (each.hasNext()) {
          out.append(',');
        }
      }
      out.append('\n').append("  ".repeat(depth));
    }
    out.append(close);
  }

  private void entry(Map.Entry<?, ?> entry, int depth) {
    out.append(quoted(String.valueOf(entry.getKey()))).append(": ");
    value(entry.getValue(), depth);
  }

  /** Python's {@code repr} of a float: shortest digits, an exponent below 10⁻⁴ and from 10¹⁶ on. */
  static String repr(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal digits = new BigDecimal(Json.line(value)).stripTrailingZeros();
    double size = Math.abs(value);
    if (size >= SMALL && size < LARGE) {
      String plain = digits.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    return scientific(digits);
  }

  private static String scientific(BigDecimal digits) {
    String figures = digits.unscaledValue().abs().toString();
    int exponent = figures.length() - 1 - digits.scale();
    String fraction = figures.length() > 1 ? "." + figures.substring(1) : "";
    String size = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
    return (digits.signum() < 0 ? "-" : "")
        + figures.charAt(0)
        + fraction
        + "e"
        + (exponent < 0 ? "-" : "+")
        + size;
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      quoted.append(escaped(text.charAt(i)));
    }
    return quoted.append('"').toString();
  }

  private static String escaped(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      default -> c >= ' ' && c < 0x7F ? String.valueOf(c) : "\\u%04x".formatted((int) c);
    };
  }
}
