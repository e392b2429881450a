package dev.langevin.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a fit went: the loss on the data learned from and on held-out data, at steps that stand further and further apart. It belongs to
 * a checkpoint, and a run that resumes goes on with it as if it had never stopped.
 */
final class History {
  private static final long FIRST = 10;
  private static final double SPREAD = 1.2;

  /**
   * One entry.
   *
   * @param step optimizer steps done
   * @param training mean loss of the steps since the entry before
   * @param heldOut loss on held-out rows, NaN if there are none
   */
  record Entry(long step, double training, double heldOut) {}

  private final List<Entry> entries = new ArrayList<>();
  private double seconds;
  private double sum;
  private long count;

  /** Counts a step's loss. */
  void add(double loss) {
    sum += loss;
    count++;
  }

  /** Whether after so many steps it is time for an entry. */
  boolean isDue(long step) {
    long last = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).step();
    return step >= Math.max(FIRST, (long) Math.ceil(last * SPREAD));
  }

  /** Makes an entry of the steps since the last one. */
  void enter(long step, OptionalDouble heldOut) {
    entries.add(new Entry(step, sum / count, heldOut.orElse(Double.NaN)));
    sum = 0;
    count = 0;
  }

  /** Whether steps were counted that no entry holds yet. */
  boolean isOpen() {
    return count > 0;
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** The latest losses in words. */
  String summary() {
    if (entries.isEmpty()) {
      return "no loss yet";
    }
    Entry last = entries.get(entries.size() - 1);
    String training = String.format(Locale.ROOT, "loss %.4f", last.training());
    return Double.isNaN(last.heldOut())
        ? training
        : training + String.format(Locale.ROOT, ", held out %.4f", last.heldOut());
  }

  /** The last entry's loss on held-out rows, else on the rows learned from; NaN before the first entry. */
  double latest() {
    if (entries.isEmpty()) {
      return Double.NaN;
    }
    Entry last = entries.get(entries.size() - 1);
    return Double.isNaN(last.heldOut()) ? last.training() : last.heldOut();
  }

  /** The entry with the smallest loss on held-out rows, if it is clearly below that of the last one: learning by heart set in. */
  Optional<Entry> bestIfPassed() {
    Entry best = null;
    for (Entry entry : entries) {
      if (best == null || entry.heldOut() < best.heldOut()) {
        best = entry;
      }
    }
    boolean passed = best != null && latest() > best.heldOut() + 0.05 * Math.abs(best.heldOut());
    return passed ? Optional.ofNullable(best) : Optional.empty();
  }

  /** Seconds of work, of all runs together. */
  double seconds() {
    return seconds;
  }

  void seconds(double total) {
    seconds = total;
  }

  /** As a JSON object. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("seconds", seconds);
    map.put("open_sum", sum);
    map.put("open_count", count);
    map.put("steps", entries.stream().map(Entry::step).toList());
    map.put("training_loss", entries.stream().map(Entry::training).toList());
    map.put("held_out_loss", heldOut());
    return map;
  }

  private List<Double> heldOut() {
    boolean none = entries.stream().anyMatch(entry -> Double.isNaN(entry.heldOut()));
    return none ? List.of() : entries.stream().map(Entry::heldOut).toList();
  }

  /** The inverse of {@link #toMap()}. */
  static History from(Fields fields) {
    History history = new History();
    history.seconds = fields.number("seconds");
    history.sum = fields.number("open_sum");
    history.count = fields.whole("open_count");
    double[] steps = fields.numbers("steps");
    double[] training = fields.numbers("training_loss");
    double[] heldOut = fields.numbers("held_out_loss");
    if (training.length != steps.length
        || (heldOut.length != 0 && heldOut.length != steps.length)) {
      throw fields.wrong("steps", "and the losses have different lengths");
    }
    for (int i = 0; i < steps.length; i++) {
      double apart = heldOut.length == 0 ? Double.NaN : heldOut[i];
      history.entries.add(new Entry((long) steps[i], training[i], apart));
    }
    return history;
  }
}
