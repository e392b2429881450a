package dev.langevin.app;

import dev.langevin.app.target.Catalogue;
import dev.langevin.app.target.Target;
import dev.langevin.density.Density;
import dev.langevin.density.Model;
import dev.langevin.io.Hashes;
import dev.langevin.io.InputError;
import dev.langevin.tensor.BackendUnavailable;
import dev.langevin.tensor.Conservative;
import dev.langevin.tensor.NetworkEnergy;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A density that was learned by implicit or sliced matching or contrastive divergence, as a target of samplers: they move on the network's scale, where columns have the standard
 * deviation ½, and report the data's columns, which are not rounded. Freed by {@link #close}.
 */
final class FittedEnergy implements AutoCloseable {
  private final String folder;
  private final ModelConfig config;
  private final NetworkEnergy energy;
  private final String name;

  private FittedEnergy(String folder, ModelConfig config, NetworkEnergy energy, String name) {
    this.folder = folder;
    this.config = config;
    this.energy = energy;
    this.name = name;
  }

  /**
   * The energy in this folder; null where the name is that of a density that ships, or there is no model of that name.
   *
   * @throws InputError if the model there is no energy
   */
  static @Nullable FittedEnergy open(String target) {
    if (!isFolder(target)) {
      return null;
    }
    Path path = Path.of(target);
    ModelFolder folder = new ModelFolder(path);
    ModelConfig config = folder.config();
    if (!config.isEnergy() || !(config.training().architecture() instanceof Conservative network)) {
      throw new InputError(
          target,
          "is no energy, which has one density, but a model of noised rows",
          "draw from it with 'langevin generate " + target + "', or fit --objective sliced");
    }
    Path weights = path.resolve(ModelFolder.WEIGHTS);
    try {
      NetworkEnergy energy =
          new NetworkEnergy(network, config.training().objective(), folder.weights());
      String hash = Hashes.sha256(weights).substring(0, 12);
      return new FittedEnergy(target, config, energy, path.getFileName() + "@" + hash);
    } catch (IllegalArgumentException unfit) {
      throw ModelFolder.mismatch(weights, unfit);
    } catch (BackendUnavailable missing) {
      throw new InputError("tensor backend", String.valueOf(missing.getMessage()), "", missing);
    }
  }

  private static boolean isFolder(String target) {
    if (Catalogue.all().stream().anyMatch(known -> known.name().equals(target))) {
      return false;
    }
    try {
      return new ModelFolder(Path.of(target)).exists();
    } catch (InvalidPathException unnameable) {
      return false;
    }
  }

  /** As a target; valid until {@link #close}. */
  Target target() {
    return new Target(
        folder,
        "energy learned from " + config.data().name(),
        energy.dimension(),
        () -> new Learned(energy.at(1)),
        Optional.empty());
  }

  @Override
  public void close() {
    energy.close();
  }

  /** For one chain; chains share the weights. */
  private final class Learned implements Model {
    private final Density density;

    Learned(Density density) {
      this.density = density;
    }

    /** The folder's last name and the beginning of the weights' SHA-256. */
    @Override
    public String name() {
      return name;
    }

    @Override
    public int dimension() {
      return density.dimension();
    }

    @Override
    public double logDensity(double[] z, double[] gradient) {
      return density.logDensity(z, gradient);
    }

    @Override
    public List<String> outputs() {
      List<String> columns = config.data().columns();
      return columns.isEmpty()
          ? IntStream.rangeClosed(1, dimension()).mapToObj(i -> "x[" + i + "]").toList()
          : columns;
    }

    @Override
    public void report(double[] z, double[] out) {
      double[] shift = config.scaling().shift();
      double[] scale = config.scaling().scale();
      for (int j = 0; j < out.length; j++) {
        out[j] = shift[j] + scale[j] * z[j];
      }
    }

    @Override
    public Model fork() {
      return new Learned(energy.at(1));
    }
  }
}
