package dev.langevin.app;

import dev.langevin.diffusion.Prediction;
import dev.langevin.diffusion.Timesteps;
import dev.langevin.interchange.SchedulerConfig;
import dev.langevin.interchange.SchedulerExport;
import dev.langevin.io.AtomicFolder;
import dev.langevin.io.DiffusersFolder;
import dev.langevin.io.Hashes;
import dev.langevin.io.InputError;
import dev.langevin.io.Provenance;
import dev.langevin.math.NamedArray;
import dev.langevin.objective.DenoisingObjective;
import dev.langevin.objective.TimestepPreconditioning;
import dev.langevin.solver.DpmSolverPlusPlus;
import dev.langevin.solver.Solver;
import dev.langevin.tensor.NetworkFunction;
import dev.langevin.tensor.UNet2D;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Does an {@link ExportJob}. */
final class Export {
  private static final String FITS =
      "fit one that can be: images, a network of diffusers' kind (--size small, say), and --objective ddpm, v or x0";

  /** The pipelines of diffusers that start where these schedulers do; others scale the start, which a pipeline must know. */
  private static final Map<String, String> PIPELINES =
      Map.of(
          "DDPMScheduler", "DDPMPipeline",
          "DDIMScheduler", "DDIMPipeline",
          "PNDMScheduler", "PNDMPipeline",
          "DPMSolverMultistepScheduler", "DDPMPipeline");

  private final ExportJob job;
  private final ModelFolder folder;

  Export(ExportJob job) {
    this.job = job;
    folder = new ModelFolder(job.model());
  }

  Ending run(Console console) {
    AtomicFolder.requireReplaceable(job.out());
    ModelConfig config = folder.config();
    UNet2D unet = network(config);
    SchedulerConfig scheduler = scheduler(chain(config));
    requirePixels(config);
    DiffusersFolder written =
        new DiffusersFolder(
            PIPELINES.getOrDefault(scheduler.className(), "DDPMPipeline"),
            unet.toConfig(),
            weights(config),
            scheduler.toMap(DiffusersFolder.VERSION));
    written.write(job.out(), provenance(config));
    console.line(
        "Wrote %s: %s of a UNet2DModel of %,d weights and a %s."
            .formatted(job.out(), written.pipeline(), unet.parameters(), scheduler.className()));
    return Ending.FINISHED;
  }

  private InputError refused(String why, String remedy) {
    return new InputError(job.model().toString(), why, remedy);
  }

  private UNet2D network(ModelConfig config) {
    if (config.training().architecture() instanceof UNet2D unet) {
      return unet;
    }
    throw refused(
        "its network is a %s, which diffusers has not: only a UNet2D is a UNet2DModel"
            .formatted(config.training().architecture().getClass().getSimpleName()),
        FITS);
  }

  /** What the network answers, and at which timesteps: with EDM's or another clock no scheduler of diffusers would tell it the level. */
  private TimestepPreconditioning chain(ModelConfig config) {
    if (config.training().objective() instanceof DenoisingObjective parts
        && parts.preconditioning() instanceof TimestepPreconditioning chain
        && chain.form() != Prediction.SCORE) {
      return chain;
    }
    throw refused(
        "what its network is told and answers is of no pipeline of diffusers: those tell timesteps, and take noise, velocity or clean pixels",
        FITS);
  }

  private SchedulerConfig scheduler(TimestepPreconditioning chain) {
    Solver solver = SolverMenu.named(job.solver()).of(job.set());
    boolean multistep = solver instanceof DpmSolverPlusPlus;
    Timesteps.Rule rule = multistep ? Timesteps.Rule.LINSPACE : Timesteps.Rule.LEADING;
    Timesteps spacing =
        new Timesteps(chain.schedule(), rule, 0, Timesteps.Between.ROUNDED, !multistep);
    try {
      SchedulerConfig config = SchedulerExport.of(solver, spacing, chain.form());
      if (PIPELINES.containsKey(config.className())) {
        return config;
      }
      throw new IllegalArgumentException(
          "no pipeline of diffusers starts where its " + config.className() + " does");
    } catch (IllegalArgumentException refused) {
      throw new InputError(
          "--solver",
          String.valueOf(refused.getMessage()),
          "choose ddpm, ddim, plms, or dpm++ with --set order=2; in Python another scheduler can be made of its config",
          refused);
    }
  }

  /** The pipelines turn -1 … 1 into pixels. */
  private void requirePixels(ModelConfig config) {
    Scaling own = config.scaling();
    for (int c = 0; c < own.shift().length; c++) {
      boolean low = own.low()[c] == own.shift()[c] - own.scale()[c];
      if (!low || own.high()[c] != own.shift()[c] + own.scale()[c]) {
        throw refused("its pixels do not lie between -1 and 1, as a pipeline's do", FITS);
      }
    }
  }

  /** In the network's order, complete and finite. */
  private List<NamedArray> weights(ModelConfig config) {
    if (!job.raw()) {
      Path file = job.model().resolve(ModelFolder.WEIGHTS);
      return checked(file, config, folder.weights());
    }
    Path file = job.model().resolve(ModelFolder.TRAINING);
    return checked(file, config, folder.saved(config).checkpoint().rawWeights());
  }

  private static List<NamedArray> checked(Path file, ModelConfig config, List<NamedArray> stored) {
    try (NetworkFunction network = new NetworkFunction(config.training().architecture(), stored)) {
      return network.weights();
    } catch (IllegalArgumentException unfit) {
      throw ModelFolder.mismatch(file, unfit);
    }
  }

  private Provenance provenance(ModelConfig config) {
    Provenance fit = config.provenance();
    Map<String, Object> settings = new LinkedHashMap<>(fit.settings());
    settings.put("scaling", config.scaling().toMap());
    settings.put("raw", job.raw());
    String name = String.valueOf(job.model().toAbsolutePath().normalize().getFileName());
    StringBuilder command = new StringBuilder("langevin export " + name);
    command.append(" --solver " + job.solver());
    job.set().forEach((key, value) -> command.append(" --set " + key + "=" + value));
    String weights = job.raw() ? ModelFolder.TRAINING : ModelFolder.WEIGHTS;
    return new Provenance(
        Version.current(),
        command + (job.raw() ? " --raw" : ""),
        fit.seed(),
        settings,
        Map.of(
            "data", config.data().sha256(),
            "weights", Hashes.sha256(job.model().resolve(weights))));
  }
}
