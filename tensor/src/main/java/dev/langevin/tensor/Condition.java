package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What a network is told beside the rows.
 *
 * @param noise {@code [rows or 1, noiseColumns]}: the noise level of each row, or of all
 * @param labels {@code [rows or 1, labelColumns]}; null where the network knows no labels
 */
record Condition(Tensor noise, @Nullable Tensor labels) {}
