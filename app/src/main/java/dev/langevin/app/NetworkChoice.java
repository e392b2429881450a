package dev.langevin.app;

import dev.langevin.io.InputError;
import dev.langevin.io.Json;
import dev.langevin.tensor.Architecture;
import dev.langevin.tensor.Size;
import dev.langevin.tensor.UNet2D;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which network is fitted. */
@SuppressWarnings("exports") // only this module asks it for the network
public sealed interface NetworkChoice {
  /** The one that suits the data. */
  NetworkChoice SUITING = new Suiting();

  /**
   * The one of a named size.
   *
   * @throws IllegalArgumentException if there is none
   */
  static NetworkChoice sized(String name) {
    return new Sized(Size.named(name));
  }

  /** Makes it for rows of this shape, {@code [d]} or {@code [channels, height, width]}. */
  Architecture of(int[] shape);

  /**
   * The network with labels for these classes.
   *
   * @throws InputError if it has labels already, and not as many
   */
  default Architecture of(int[] shape, Optional<Classes> classes) {
    Architecture plain = of(shape);
    int wanted = classes.map(Classes::labels).orElse(0);
    if (plain.labels() == wanted) {
      return plain;
    }
    if (plain.labels() != 0) {
      throw new InputError(
          "--network",
          "takes " + plain.labels() + " labels, and the data give " + wanted,
          "say --labels, or take the labels out of the network's file: --labels adds as many as are needed");
    }
    return plain.withLabels(wanted);
  }

  /** The one that suits the data. */
  record Suiting() implements NetworkChoice {
    @Override
    public Architecture of(int[] shape) {
      return Architecture.fitting(shape);
    }
  }

  /** The one of a named size: for images a UNet2DModel of diffusers', for points a perceptron. */
  record Sized(Size size) implements NetworkChoice {
    @Override
    public Architecture of(int[] shape) {
      try {
        return Architecture.sized(size, shape);
      } catch (IllegalArgumentException refused) {
        throw new InputError(
            "--size",
            String.valueOf(refused.getMessage()),
            "leave it out, or say a width",
            refused);
      }
    }
  }

  /** The one that a file describes: ours as in a model's config.json, or the config.json of a UNet2DModel. */
  record Described(Path file) implements NetworkChoice {
    @Override
    public Architecture of(int[] shape) {
      try {
        return fitted(Architecture.fromConfig(Json.read(file)), shape);
      } catch (IllegalArgumentException | IllegalStateException refused) {
        throw wrong(String.valueOf(refused.getMessage()));
      }
    }

    private Architecture fitted(Architecture described, int[] shape) {
      Architecture network = described;
      if (described instanceof UNet2D open && open.sampleSize().isEmpty() && shape.length == 3) {
        network = open.withSampleSize(shape[1], shape[2]);
      }
      if (!Arrays.equals(network.rowShape(), shape)) {
        throw wrong(
            "is for rows of "
                + DataFacts.written(network.rowShape())
                + ", and the data have rows of "
                + DataFacts.written(shape));
      }
      if (network.outputs() != network.dimension()) {
        throw wrong("tells a variance too, which no objective here can learn");
      }
      if (network instanceof UNet2D unet) {
        requireUsual("time_embedding_type", "positional", unet.timeEmbeddingType());
        requireUsual("class_embed_type", null, unet.classEmbedType());
      }
      return network;
    }

    private void requireUsual(String name, @Nullable String usual, @Nullable String given) {
      if (!Objects.equals(usual, given)) {
        throw wrong("must have " + name + " " + usual + " to be fitted here, and has " + given);
      }
    }

    private InputError wrong(String problem) {
      return new InputError(
          file.toString(),
          problem,
          "mend the file, or let the data decide: leave out --network, or say --size small");
    }
  }
}
