package dev.langevin.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The wiring of {@link Perceptron}. */
final class PerceptronNetwork implements Network {
  private final Layout layout = new Layout();
  private final List<Linear> layers = new ArrayList<>();
  private final Linear exit;

  PerceptronNetwork(Perceptron perceptron) {
    int inputs = perceptron.dimension();
    for (int j = 0; j < perceptron.depth(); j++) {
      layers.add(new Linear(layout, "layers." + j, inputs, perceptron.width(), 1));
      inputs = perceptron.width();
    }
    exit = new Linear(layout, "proj_out", inputs, perceptron.dimension(), 0);
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public int rowsAtOnce() {
    return 256;
  }

  @Override
  public int labelColumns() {
    return 0;
  }

  @Override
  public Tensor forward(Parameters p, Tensor x, Condition condition, Dropout dropout) {
    Tensor h = x;
    for (Linear layer : layers) {
      h = torch.tanh(layer.apply(p, h));
    }
    return exit.apply(p, h);
  }
}
