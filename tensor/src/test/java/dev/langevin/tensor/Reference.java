package dev.langevin.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What diffusers computed, from the resources beside the tests. */
final class Reference {
  private static final Pattern ARRAY =
      Pattern.compile(
          "\"(\\w+)\":\\{\"dtype\":\"(F32|I64)\",\"shape\":\\[[^]]*],\"data_offsets\":\\[(\\d+),(\\d+)]}");

  private Reference() {}

  static byte[] bytes(String name) {
    try (InputStream in = Reference.class.getResourceAsStream("/diffusers/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return in.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static List<String> lines(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8).lines().toList();
  }

  /** The arrays of a safetensors file of known origin; the reader for all others is in io, which tests here cannot see. */
  static Map<String, float[]> arrays(String name) {
    ByteBuffer file = ByteBuffer.wrap(bytes(name)).order(ByteOrder.LITTLE_ENDIAN);
    int head = (int) file.getLong();
    String json = new String(file.array(), 8, head, StandardCharsets.UTF_8);
    Map<String, float[]> arrays = new LinkedHashMap<>();
    Matcher found = ARRAY.matcher(json);
    while (found.find()) {
      boolean floats = found.group(2).equals("F32");
      int from = 8 + head + Integer.parseInt(found.group(3));
      int to = 8 + head + Integer.parseInt(found.group(4));
      float[] values = new float[(to - from) / (floats ? 4 : 8)];
      for (int i = 0; i < values.length; i++) {
        values[i] = floats ? file.getFloat(from + 4 * i) : file.getLong(from + 8 * i);
      }
      arrays.put(found.group(1), values);
    }
    return arrays;
  }

  /**
   * The weights in the order of PyTorch's {@code model.parameters()}, which is that of the modules' registration and not that of their making: the
   * middle after the way up, attention before the residual blocks.
   */
  static List<Layout.Entry> parametersInOrder(Layout layout) {
    List<Layout.Entry> entries = new ArrayList<>(layout.entries());
    entries.sort(Comparator.comparing(entry -> rank(entry.name())));
    return entries;
  }

  private static String rank(String name) {
    String[] parts = name.split("\\.");
    int stage =
        List.of(
                "conv_in",
                "time_embedding",
                "class_embedding",
                "down_blocks",
                "up_blocks",
                "mid_block",
                "conv_norm_out",
                "conv_out")
            .indexOf(parts[0]);
    String number = parts[0].endsWith("_blocks") ? parts[1] : "0";
    String kind = parts[0].endsWith("_blocks") ? parts[2] : parts[1];
    int within = List.of("attentions", "resnets", "downsamplers", "upsamplers").indexOf(kind);
    return "%d.%s.%d".formatted(stage, number, within + 1);
  }
}
