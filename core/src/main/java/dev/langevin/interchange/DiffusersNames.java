package dev.langevin.interchange;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What diffusers called the parts of a network before, and calls them now. The arrays are the same. */
public final class DiffusersNames {
  private static final Pattern OLD =
      Pattern.compile("(.*attentions\\.\\d+\\.)(query|key|value|proj_attn)(\\.(?:weight|bias))");
  private static final Map<String, String> NOW =
      Map.of("query", "to_q", "key", "to_k", "value", "to_v", "proj_attn", "to_out.0");
  private static final String BLOCK = "UNetRes";

  private DiffusersNames() {}

  /** The name of an array: {@code …attentions.0.query.weight} is {@code …attentions.0.to_q.weight} since diffusers 0.15; others stay. */
  public static String array(String name) {
    Matcher old = OLD.matcher(name);
    return old.matches() ? old.group(1) + NOW.get(old.group(2)) + old.group(3) : name;
  }

  /** The name of a block's type: {@code UNetResDownBlock2D} is {@code DownBlock2D}; others stay. */
  public static String block(String type) {
    return type.startsWith(BLOCK) ? type.substring(BLOCK.length()) : type;
  }
}
