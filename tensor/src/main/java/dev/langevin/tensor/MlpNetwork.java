package dev.langevin.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The wiring of {@link Mlp}. */
final class MlpNetwork implements Network {
  private final Layout layout = new Layout();
  private final NoiseEmbedding embedding;
  private final @Nullable ClassTable classes;
  private final Linear entrance;
  private final List<Block> blocks = new ArrayList<>();
  private final Norm exitNorm;
  private final Linear exit;

  MlpNetwork(Mlp mlp) {
    int width = mlp.width();
    embedding = new NoiseEmbedding(layout, "time_embedding", NoiseFeatures.COUNT, width);
    classes = mlp.labels() == 0 ? null : new ClassTable(layout, mlp.labels(), width, 0.2);
    entrance = new Linear(layout, "proj_in", mlp.dimension(), width, 1);
    for (int j = 0; j < mlp.depth(); j++) {
      blocks.add(new Block(layout, "blocks." + j, width));
    }
    exitNorm = new Norm(layout, "norm_out", width);
    exit = new Linear(layout, "proj_out", width, mlp.dimension(), 0);
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
    return classes == null ? 0 : 1;
  }

  @Override
  public Tensor forward(Parameters p, Tensor x, Condition condition, Dropout dropout) {
    Tensor level = torch.silu(level(p, condition));
    Tensor h = entrance.apply(p, x);
    for (Block block : blocks) {
      h = block.apply(p, h, level, dropout);
    }
    return exit.apply(p, torch.silu(exitNorm.apply(p, h)));
  }

  private Tensor level(Parameters p, Condition condition) {
    Tensor level = embedding.apply(p, condition.noise());
    return classes == null
        ? level
        : level.add(classes.apply(p, Objects.requireNonNull(condition.labels())));
  }

  /** Mean 0 and variance 1 over the units of each row, then scale and shift (Ba et al. 2016). */
  private static final class Norm {
    private final long width;
    private final int weight;
    private final int bias;

    Norm(Layout layout, String name, int width) {
      this.width = width;
      weight = layout.constant(name + ".weight", 1, width);
      bias = layout.constant(name + ".bias", 0, width);
    }

    Tensor apply(Parameters p, Tensor x) {
      return torch.layer_norm(
          x, new long[] {width}, p.optional(weight), p.optional(bias), 1e-5, false);
    }
  }

  /** x + W₂ dropout(silu(W₁ ((1 + scale) · norm(x) + shift))), scale and shift from the noise level. */
  private static final class Block {
    private final int width;
    private final Norm norm;
    private final Linear noiseProjection;
    private final Linear linear1;
    private final Linear linear2;

    Block(Layout layout, String name, int width) {
      this.width = width;
      norm = new Norm(layout, name + ".norm", width);
      noiseProjection = new Linear(layout, name + ".time_emb_proj", width, 2 * width, 0.1);
      linear1 = new Linear(layout, name + ".linear_1", width, width, 1);
      linear2 = new Linear(layout, name + ".linear_2", width, width, 0);
    }

    Tensor apply(Parameters p, Tensor x, Tensor level, Dropout dropout) {
      return Scope.around(() -> inside(p, x, level, dropout));
    }

    private Tensor inside(Parameters p, Tensor x, Tensor level, Dropout dropout) {
      Tensor affine = noiseProjection.apply(p, level);
      Tensor scale = affine.narrow(1, 0, width).add(new Scalar(1.0));
      Tensor shift = affine.narrow(1, width, width);
      Tensor h = torch.addcmul(shift, norm.apply(p, x), scale);
      h = linear2.apply(p, dropout.apply(torch.silu(linear1.apply(p, h))));
      return h.add_(x);
    }
  }
}
