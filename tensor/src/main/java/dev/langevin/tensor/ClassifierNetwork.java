package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The wiring of a {@link Classifier}. */
final class ClassifierNetwork {
  /** Rows that one thread takes at a time; decides about rounding, and so is a constant. */
  static final int ROWS_AT_ONCE = 32;

  private static final double RELU = Math.sqrt(2); // keeps the variance (He et al. 2015)

  private final Layout layout = new Layout();
  private final Convolution first;
  private final Convolution second;
  private final Convolution third;
  private final Linear hidden;
  private final Linear last;

  ClassifierNetwork(Classifier recipe) {
    int base = recipe.base();
    first = new Convolution(layout, "conv1", recipe.channels(), base, 5, 2, 2, RELU);
    second = new Convolution(layout, "conv2", base, 2 * base, 3, RELU);
    third = new Convolution(layout, "conv3", 2 * base, 4 * base, 3, RELU);
    int flat = 4 * base * quarter(recipe.height()) * quarter(recipe.width());
    hidden = new Linear(layout, "hidden", flat, recipe.features(), RELU);
    last = new Linear(layout, "classes", recipe.features(), recipe.classes(), 1);
  }

  /** What a stride of two, which rounds up, and the largest of two, which rounds down, leave of a side. */
  private static int quarter(int side) {
    return (side + 1) / 2 / 2;
  }

  Layout layout() {
    return layout;
  }

  /** {@code [rows, features]} of {@code [rows, channels, height, width]}. To be called inside a scope. */
  Tensor features(Parameters p, Tensor x, Dropout dropout) {
    Tensor half = torch.relu(first.apply(p, x));
    Tensor quarter = torch.max_pool2d(torch.relu(second.apply(p, half)), 2, 2);
    Tensor h = torch.relu(third.apply(p, dropout.apply(quarter)));
    h = dropout.apply(h);
    return torch.relu(hidden.apply(p, h.flatten(1, -1)));
  }

  /** {@code [rows, classes]} of {@code [rows, features]}. */
  Tensor logits(Parameters p, Tensor features, Dropout dropout) {
    return last.apply(p, dropout.apply(features));
  }
}
