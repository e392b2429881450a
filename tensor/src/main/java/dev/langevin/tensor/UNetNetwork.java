package dev.langevin.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The wiring of every U-Net here, {@link UNet} and {@link UNet2D} alike. Names, shapes and order of the weights are those of diffusers'
 * UNet2DModel ({@code down_blocks.0.resnets.1.conv1.weight}); the order matters for {@link TorchStart}.
 *
 * <p>The two recipes share it because they differ in nothing but numbers: what the noise level looks like, which normalisation
 * has how many groups, and how the weights start.
 */
final class UNetNetwork implements Network {
  private final Layout layout;
  private final UNetPlan plan;
  private final Convolution entrance;
  private final TimeFeatures time;
  private final NoiseEmbedding embedding;
  private final @Nullable ClassEmbedding classes;
  private final List<UNetStage> down = new ArrayList<>();
  private final @Nullable UNetMiddle middle;
  private final List<UNetStage> up = new ArrayList<>();
  private final GroupNorm exitNorm;
  private final Convolution exit;

  UNetNetwork(UNetPlan plan) {
    this.plan = plan;
    layout = new Layout(plan.convention());
    int pixels = plan.patch() * plan.patch();
    int base = plan.down().get(0).width();
    Style style = plan.style();
    entrance = new Convolution(layout, "conv_in", plan.inputs() * pixels, base, 3, 1);
    time = plan.time().apply(layout);
    embedding = new NoiseEmbedding(layout, "time_embedding", time.width(), plan.noise());
    classes = plan.classes() == null ? null : plan.classes().apply(layout, time);
    Deque<Integer> skips = new ArrayDeque<>();
    int lowest = wireDown(base, skips);
    middle =
        plan.middle() == null
            ? null
            : new UNetMiddle(layout, "mid_block", lowest, plan.middle(), style, plan.noise());
    int highest = wireUp(lowest, skips);
    exitNorm = new GroupNorm(layout, "conv_norm_out", highest, style);
    exit = new Convolution(layout, "conv_out", highest, plan.outputs() * pixels, 3, 0);
  }

  /** Adds the stages down, pushes the channels of all that is put aside, and returns those at the lowest resolution. */
  private int wireDown(int base, Deque<Integer> skips) {
    int width = base;
    skips.push(base);
    for (int i = 0; i < plan.down().size(); i++) {
      UNetPlan.Stage stage = plan.down().get(i);
      down.add(
          UNetStage.down(
              layout, "down_blocks." + i, width, plan.layers(), stage, plan.style(), plan.noise()));
      width = stage.width();
      int put = plan.layers() + (stage.change() == UNetPlan.Change.NONE ? 0 : 1);
      for (int j = 0; j < put; j++) {
        skips.push(width);
      }
    }
    return width;
  }

  /** Adds the stages up, pops the channels of all that they take, and returns those at the highest resolution. */
  private int wireUp(int lowest, Deque<Integer> skips) {
    int width = lowest;
    for (int i = 0; i < plan.up().size(); i++) {
      UNetPlan.Stage stage = plan.up().get(i);
      List<Integer> taken = new ArrayList<>();
      for (int j = 0; j <= plan.layers(); j++) {
        taken.add(skips.pop());
      }
      up.add(
          UNetStage.up(layout, "up_blocks." + i, width, taken, stage, plan.style(), plan.noise()));
      width = stage.width();
    }
    return width;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public int rowsAtOnce() {
    return plan.rowsAtOnce();
  }

  @Override
  public int noiseColumns() {
    return time.columns();
  }

  @Override
  public void noise(double level, float[] out, int row) {
    time.fill(level, out, row);
  }

  @Override
  public int labelColumns() {
    return classes == null ? 0 : classes.columns();
  }

  @Override
  public Tensor forward(Parameters p, Tensor x, Condition condition, Dropout dropout) {
    Tensor level = level(p, condition);
    Deque<Tensor> skips = new ArrayDeque<>();
    Tensor h = entrance.apply(p, seen(x));
    skips.push(h);
    for (UNetStage stage : down) {
      h = stage.down(p, h, level, dropout, skips);
    }
    h = middle == null ? h : middle.apply(p, h, level, dropout);
    for (UNetStage stage : up) {
      h = stage.up(p, h, level, dropout, skips);
    }
    h = exit.apply(p, torch.silu(exitNorm.apply(p, h)));
    h = plan.patch() == 1 ? h : torch.pixel_shuffle(h, plan.patch());
    return time.finished(h, condition.noise());
  }

  /** What every block reads: noise level and label, after the activation. */
  private Tensor level(Parameters p, Condition condition) {
    Tensor level = embedding.apply(p, time.apply(p, condition.noise()));
    if (classes != null) {
      level = level.add(classes.apply(p, Objects.requireNonNull(condition.labels())));
    }
    return plan.style().activation().of(level);
  }

  private Tensor seen(Tensor x) {
    Tensor image = plan.centred() ? x.mul(new Scalar(2.0)).sub(new Scalar(1.0)) : x;
    return plan.patch() == 1 ? image : torch.pixel_unshuffle(image, plan.patch());
  }
}
