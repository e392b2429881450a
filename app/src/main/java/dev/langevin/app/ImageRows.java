package dev.langevin.app;

import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import dev.langevin.table.Dataset;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The images that are compared, k of each kind, disjoint: samples, rows that the model learned from, and other real rows for the floor, which are rows held out and, where
 * these are too few, further rows learned from.
 *
 * @param samples indices into the samples
 * @param learned indices into all real rows
 * @param others indices into all real rows
 */
@SuppressWarnings("ArrayRecordComponent") // indices, lent
record ImageRows(int[] samples, int[] learned, int[] others) {
  /** Chooses at random; k is the largest that rows and {@code most} allow. */
  static ImageRows of(Dataset fresh, Split split, int most, Seed seed) {
    int real = split.training().length + split.heldOut().length;
    int k = Math.min(Math.min(fresh.rows(), most), Math.min(split.training().length, real / 2));
    int[] samples = shuffled(IntStream.range(0, fresh.rows()).toArray(), seed.child("samples"));
    int[] learned = shuffled(split.training(), seed.child("learned"));
    int[] heldOut = shuffled(split.heldOut(), seed.child("held out"));
    int[] others = Arrays.copyOf(heldOut, k);
    for (int i = heldOut.length; i < k; i++) {
      others[i] = learned[k + i - heldOut.length];
    }
    return new ImageRows(Arrays.copyOf(samples, k), Arrays.copyOf(learned, k), others);
  }

  /** How many of each kind. */
  int count() {
    return samples.length;
  }

  private static int[] shuffled(int[] given, Seed seed) {
    int[] order = given.clone();
    AddressedRandom random = seed.random();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }
}
