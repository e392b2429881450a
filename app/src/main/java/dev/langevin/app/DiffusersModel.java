package dev.langevin.app;

import dev.langevin.diffusion.Timesteps;
import dev.langevin.interchange.Compatibility;
import dev.langevin.interchange.NamedTimesteps;
import dev.langevin.interchange.SchedulerConfig;
import dev.langevin.interchange.SchedulerRun;
import dev.langevin.io.DiffusersFolder;
import dev.langevin.io.Hashes;
import dev.langevin.io.InputError;
import dev.langevin.objective.Preconditioning;
import dev.langevin.objective.TimestepPreconditioning;
import dev.langevin.solver.Generation;
import dev.langevin.tensor.NetworkDenoiser;
import dev.langevin.tensor.Precision;
import dev.langevin.tensor.UNet2D;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A folder of Hugging Face diffusers as a model: its network, asked and stepped as its scheduler says for a run of so many steps, or as another scheduler would that has its settings
 * ({@code from_config} there); or a solver of ours on the levels that the network knows, without the scheduler's clipping.
 *
 * <p>Pictures are what diffusers' pipelines make of them: -1 … 1 is 0 … 255, rounded.
 */
final class DiffusersModel {
  private static final int MOST_NUMBERS = 1 << 24; // of a picture: 3×2048×2048 and more
  private static final int TOP = 255;

  private final Path path;
  private final SolverSettings how;
  private final DiffusersFolder folder;
  private final UNet2D unet;
  private final SchedulerConfig scheduler;
  private final SchedulerRun run;

  /**
   * Reads all but the weights into the network.
   *
   * @param how solver and grid as they were asked for
   * @throws InputError if the folder cannot be used, or not so
   */
  DiffusersModel(Path path, SolverSettings how, Compatibility compatibility) {
    this.path = path;
    this.how = how;
    folder = DiffusersFolder.read(path);
    unet = unet();
    scheduler = scheduler();
    if (how.targetTv().isPresent()) {
      throw new InputError(
          "--target-tv", "nothing is known of the errors of " + path, "choose --steps instead");
    }
    run = run(compatibility);
  }

  /** Whether this is such a folder. */
  static boolean is(Path path) {
    return Files.isDirectory(path)
        && !Files.exists(path.resolve(ModelFolder.WEIGHTS))
        && (DiffusersFolder.is(path) || DiffusersFolder.is(path.resolve("unet")));
  }

  private UNet2D unet() {
    UNet2D read;
    int[] shape;
    try {
      read = UNet2D.fromConfig(new HashMap<>(folder.network()));
      shape = read.rowShape();
    } catch (IllegalArgumentException | IllegalStateException refused) {
      throw network(refused);
    }
    if ((double) shape[0] * shape[1] * shape[2] > MOST_NUMBERS) {
      throw refusal(
          "its pictures of " + DataFacts.written(shape) + " are too large",
          "set a smaller sample_size in the network's config.json");
    }
    if (read.classEmbedType() != null || read.numClassEmbeds() != null) {
      throw refusal(
          "its network is told a class of every picture, which its pipeline does not say",
          "use a network without classes");
    }
    return read;
  }

  private InputError refusal(String problem, String remedy) {
    return new InputError(path.toString(), problem, remedy);
  }

  private InputError network(RuntimeException refused) {
    return new InputError(
        path.toString(),
        "its network cannot be used: " + refused.getMessage(),
        "see config.json beside the weights; only networks of UNet2DModel can be read",
        refused);
  }

  /** The folder's, or one that is asked for by its class with those of the folder's settings that it has. */
  private SchedulerConfig scheduler() {
    Map<String, Object> own = new HashMap<>(folder.scheduler());
    if (own.isEmpty() && !how.isScheduler()) {
      throw refusal(
          "holds a network without a scheduler, so that its noise levels are not known",
          "name the class of the scheduler that it was trained with: --solver DDPMScheduler");
    }
    try {
      if (!how.isScheduler()) {
        return SchedulerConfig.of(own);
      }
      SchedulerConfig asked = SchedulerConfig.of(how.solver());
      Map<String, Object> known = new HashMap<>(own);
      known.keySet().retainAll(asked.settings().keySet());
      return new SchedulerConfig(how.solver(), known);
    } catch (IllegalArgumentException refused) {
      throw schedule(refused);
    }
  }

  private InputError schedule(IllegalArgumentException refused) {
    return new InputError(
        path.toString(),
        "its scheduler cannot be followed: " + refused.getMessage(),
        "choose another with --solver or --steps, or mend scheduler_config.json",
        refused);
  }

  private SchedulerRun run(Compatibility compatibility) {
    try {
      SchedulerConfig spaced = scheduler;
      if (!how.isPlain()) {
        requireOfScheduler();
        spaced =
            how.spacing().isEmpty()
                ? scheduler
                : scheduler.with("timestep_spacing", how.spacing().get());
      }
      int steps = how.isPlain() ? 2 : how.steps().orElseGet(this::usualSteps);
      return spaced.run(steps, how.set().getOrDefault(SolverSettings.ETA, 0.0), compatibility);
    } catch (IllegalArgumentException refused) {
      throw schedule(refused);
    }
  }

  /** What is for solvers only, where none is named. */
  private void requireOfScheduler() {
    boolean spaced = how.spacing().map(SolverSettings.TIMESTEPS::contains).orElse(true);
    boolean eta = how.set().containsKey(SolverSettings.ETA);
    boolean ddim = scheduler.className().equals("DDIMScheduler");
    if (how.sigmaMin().isPresent()
        || how.sigmaMax().isPresent()
        || !spaced
        || how.set().size() > (eta && ddim ? 1 : 0)) {
      throw new InputError(
          "--spacing, --set, --sigma-min, --sigma-max",
          "belong to a solver, and " + scheduler.className() + " has levels of its own",
          "name a solver too, for example --solver heun");
    }
  }

  /** What diffusers' pipelines take where nothing is said, but for chains that are shorter. */
  private int usualSteps() {
    String maker = how.isScheduler() ? scheduler.className() : folder.pipeline();
    if (maker.isEmpty()) {
      maker = scheduler.className();
    }
    int usual =
        maker.startsWith("DDPMPipeline") || maker.startsWith("DDPMScheduler")
            ? 1000
            : maker.startsWith("ScoreSdeVe") ? 2000 : 50;
    return scheduler.settings().get("num_train_timesteps") instanceof Number most
            && most.intValue() >= 1
        ? Math.min(usual, most.intValue())
        : usual;
  }

  /**
   * The model, ready to generate.
   *
   * @param precision of the network's products
   * @param console is warned of what is done otherwise than in diffusers
   */
  ModelSource source(Precision precision, Console console) {
    notes().forEach(note -> console.warn(path + ": " + note));
    NetworkDenoiser network = denoiser().in(precision);
    return new ModelSource(
        String.valueOf(path.toAbsolutePath().normalize().getFileName()),
        String.format(
            Locale.ROOT,
            "UNet2DModel of %,d weights, %s",
            unet.parameters(),
            scheduler.className()),
        how.isPlain() ? network : run.clipped(network),
        pixels(),
        unet.rowShape(),
        List.of(),
        inputs(),
        new ModelKnowledge.Learned(Optional.empty()),
        network,
        generation(),
        null);
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (String key : UNet2D.unknownKeys(new HashMap<>(folder.network()))) {
      notes.add("its network's setting " + key + " is none of UNet2DModel's and has no effect");
    }
    if (unet.outChannels() > unet.inChannels()) {
      notes.add("its network answers with a variance too, which is not used");
    }
    if (!how.isPlain()) {
      notes.addAll(run.notes());
    } else if (clips()) {
      notes.add("its scheduler clips, and " + how.solver() + " does not");
    }
    return notes;
  }

  private boolean clips() {
    return Boolean.TRUE.equals(scheduler.settings().get("clip_sample"))
        || Boolean.TRUE.equals(scheduler.settings().get("thresholding"));
  }

  private NetworkDenoiser denoiser() {
    try {
      return new NetworkDenoiser(unet, call(), folder.weights());
    } catch (IllegalArgumentException unfit) {
      throw network(unfit);
    }
  }

  /** A scheduler's names of its own levels are for those; a solver's levels have the chain's times. */
  private Preconditioning call() {
    return how.isPlain() && run.call() instanceof NamedTimesteps named ? named.chain() : run.call();
  }

  /** The scheduler's, or the solver's between the ends of what the network has learned. */
  private Generation generation() {
    if (!how.isPlain()) {
      return run.generation();
    }
    Generation asked = how.recipe();
    double low = run.generation().sigmaMin();
    double high = run.generation().sigmaMax();
    if (!(call() instanceof TimestepPreconditioning chain)) {
      return within(asked, low, high);
    }
    int steps = chain.schedule().steps();
    try {
      Generation within = within(asked, chain.schedule().sigma(1), chain.schedule().sigma(steps));
      return asked.spacing() instanceof Timesteps known ? on(chain, known, within) : within;
    } catch (IllegalArgumentException refused) {
      throw schedule(refused);
    }
  }

  private Generation within(Generation asked, double low, double high) {
    return new Generation(
        asked.solver(),
        asked.spacing(),
        asked.steps(),
        how.sigmaMin().orElse(low),
        how.sigmaMax().orElse(high));
  }

  /** On the timesteps of this chain. */
  private static Generation on(TimestepPreconditioning chain, Timesteps asked, Generation run) {
    Timesteps own =
        new Timesteps(
            chain.schedule(), asked.rule(), asked.offset(), asked.between(), asked.first());
    Generation all = new Generation(run.solver(), own, run.steps(), run.sigmaMin(), run.sigmaMax());
    all.grid(); // refuses more steps than the chain has
    return all;
  }

  /** -1 … 1 is 0 … 255. */
  static Scaling pixels() {
    double half = TOP / 2.0;
    return new Scaling(
        new double[] {half},
        new double[] {half},
        new double[] {0},
        new double[] {TOP},
        new boolean[] {true},
        true);
  }

  private Map<String, String> inputs() {
    Path network = path.resolve("unet");
    Path levels = path.resolve("scheduler");
    if (!Files.isDirectory(network)) {
      return Map.of("model", Hashes.sha256(path));
    }
    return Files.isDirectory(levels)
        ? Map.of("network", Hashes.sha256(network), "scheduler", Hashes.sha256(levels))
        : Map.of("network", Hashes.sha256(network));
  }
}
