package dev.langevin.app;

import dev.langevin.app.target.Catalogue;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.EmpiricalDenoiser;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.interchange.Compatibility;
import dev.langevin.io.Hashes;
import dev.langevin.io.InputError;
import dev.langevin.objective.ConsistencyPreconditioning;
import dev.langevin.solver.Generation;
import dev.langevin.tensor.BackendUnavailable;
import dev.langevin.tensor.NetworkDenoiser;
import dev.langevin.tensor.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A model as a user names it, ready to generate: a folder that 'fit' wrote, a folder of diffusers ({@link DiffusersModel}), or the exact denoiser of a normal law or mixture of the catalogue,
 * or of the rows of a data set.
 * One is as good as the other to a solver.
 *
 * @param name as in messages: the folder's last name, or the mixture's
 * @param about what it is, in a few words
 * @param denoiser on the network's scale, where data have a standard deviation of 0.5
 * @param scaling back to the data's own scale, or the latents'
 * @param shape shape of a row
 * @param columns names of the columns; empty for images
 * @param inputs SHA-256 of what it was made from
 * @param knowledge what is known of the law behind it
 * @param network what the denoiser asks, where it holds native memory
 * @param scheduled solver and grid, where the scheduler of a folder of diffusers has a say in them
 * @param latent the autoencoder of a model of latents
 */
record ModelSource(
    String name,
    String about,
    Denoiser denoiser,
    Scaling scaling,
    int[] shape,
    List<String> columns,
    Map<String, String> inputs,
    ModelKnowledge knowledge,
    @Nullable NetworkDenoiser network,
    @Nullable Generation scheduled,
    @Nullable Latent latent)
    implements AutoCloseable {
  /** A model of the rows themselves. */
  ModelSource(
      String name,
      String about,
      Denoiser denoiser,
      Scaling scaling,
      int[] shape,
      List<String> columns,
      Map<String, String> inputs,
      ModelKnowledge knowledge,
      @Nullable NetworkDenoiser network) {
    this(name, about, denoiser, scaling, shape, columns, inputs, knowledge, network, null, null);
  }

  /** Rows on the data's own scale, from the denoiser's: decoded, where it works on latents. */
  double[] toData(double[] z) {
    double[] rows = scaling.toData(z);
    return latent == null ? rows : latent.decode(rows);
  }

  /** The scale of the rows that come out. */
  Scaling rowScaling() {
    return latent == null ? scaling : latent.scaling();
  }

  /**
   * Opens a model.
   *
   * @throws InputError if there is none, or its files cannot be used
   */
  static ModelSource open(String model) {
    return open(
        model,
        SolverSettings.of(SolverSettings.OWN),
        Compatibility.CORRECTED,
        Precision.FP32,
        Console.silent());
  }

  /**
   * Opens a model for a run. To a folder of diffusers it matters which: its scheduler tells the network, and clips, what its own levels ask for.
   *
   * @param how solver and grid as they were asked for
   * @param compatibility what to do where diffusers errs
   * @param precision of a network's products
   * @param console is warned of what is done otherwise than there, a sentence each
   * @throws InputError if there is none, or its files or the settings cannot be used
   */
  static ModelSource open(
      String model,
      SolverSettings how,
      Compatibility compatibility,
      Precision precision,
      Console console) {
    boolean exact = Catalogue.normals().contains(model) || model.startsWith(EmpiricalModel.PREFIX);
    if (exact && precision != Precision.FP32) {
      throw new InputError("--precision", model + " is exact, and no network", "leave it out");
    }
    if (Catalogue.normals().contains(model)) {
      return exact(model);
    }
    if (model.startsWith(EmpiricalModel.PREFIX)) {
      return empirical(EmpiricalModel.source(model));
    }
    try {
      Path path = Path.of(model);
      return DiffusersModel.is(path)
          ? new DiffusersModel(path, how, compatibility).source(precision, console)
          : fitted(path, precision);
    } catch (BackendUnavailable missing) {
      throw new InputError("tensor backend", String.valueOf(missing.getMessage()), "", missing);
    }
  }

  private static ModelSource fitted(Path path, Precision precision) {
    if (!Files.exists(path)) {
      throw new InputError(
          path.toString(),
          "there is no such model",
          "make one with 'langevin fit DATA --out "
              + path
              + "', or use one that ships: "
              + Catalogue.normals());
    }
    ModelFolder folder = new ModelFolder(path);
    ModelConfig config = folder.config();
    if (config.encodes()) {
      throw new InputError(
          path.toString(),
          "is an autoencoder, from which nothing is generated",
          "fit a model in its latents: langevin fit DATA --latent " + path + " --out MODEL");
    }
    if (config.isEnergy()) {
      throw new InputError(
          path.toString(),
          "is the energy of one density, which knows no noise to generate from",
          "draw from it: langevin sample " + path);
    }
    ModelFolder.Trained trained = folder.trained(config);
    NetworkDenoiser network = trained.denoiser().in(precision);
    Latent latent = Latent.in(path).orElse(null);
    return new ModelSource(
        String.valueOf(path.toAbsolutePath().normalize().getFileName()),
        "%s, %d steps on %s"
            .formatted(
                config.training().architecture().getClass().getSimpleName(),
                trained.steps(),
                config.data().name()),
        config
            .classes()
            .filter(known -> known.none().isPresent()) // otherwise a class must be named
            .<Denoiser>map(known -> known.together(path.toString(), network))
            .orElse(network),
        config.scaling(),
        latent == null ? config.data().shape() : latent.shape(),
        config.data().columns(),
        Map.of(
            "data", config.data().sha256(),
            "weights", Hashes.sha256(path.resolve(ModelFolder.WEIGHTS))),
        new ModelKnowledge.Learned(LevelLosses.read(path, trained.steps())),
        network,
        null,
        latent);
  }

  /** Named by the data's last name, so that the same data elsewhere give the same bytes. */
  private static ModelSource empirical(DataSource data) {
    EmpiricalModel model = EmpiricalModel.of(data.read());
    return new ModelSource(
        EmpiricalModel.PREFIX + Path.of(data.name()).getFileName(),
        "exact denoiser of " + model.rows().rows() + " rows",
        model.denoiser(),
        model.scaling(),
        model.rows().shape(),
        model.rows().columns(),
        Map.of("data", data.sha256()),
        new ModelKnowledge.Law(model.law()),
        null);
  }

  private static ModelSource exact(String name) {
    ExactModel model = ExactModel.named(name);
    int components = model.law().components();
    return new ModelSource(
        name,
        components == 1
            ? "exact denoiser of a normal law"
            : "exact denoiser of a Gaussian mixture of " + components + " components",
        model.denoiser(),
        model.scaling(),
        new int[] {model.mean().length},
        model.law().outputs(),
        Map.of(),
        new ModelKnowledge.Law(model.scaled()),
        null);
  }

  /** Equal denoisers for other threads; empty for a network, which has threads of its own. */
  Optional<Supplier<Denoiser>> twins() {
    if (denoiser instanceof GaussianMixtureDenoiser exact) {
      return Optional.of(exact::fork);
    }
    return denoiser instanceof EmpiricalDenoiser exact
        ? Optional.of(exact::fork)
        : Optional.empty();
  }

  /** σ_min of a consistency function, where it is the identity; empty for a denoiser. */
  OptionalDouble consistencyFloor() {
    return network != null
            && network.preconditioning() instanceof ConsistencyPreconditioning function
        ? OptionalDouble.of(function.sigmaMin())
        : OptionalDouble.empty();
  }

  @Override
  public void close() {
    if (network != null) {
      network.close();
    }
    if (latent != null) {
      latent.close();
    }
  }
}
