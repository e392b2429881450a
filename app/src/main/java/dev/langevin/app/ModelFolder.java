package dev.langevin.app;

import dev.langevin.io.AtomicFolder;
import dev.langevin.io.InputError;
import dev.langevin.io.Json;
import dev.langevin.io.Provenance;
import dev.langevin.io.Safetensors;
import dev.langevin.math.NamedArray;
import dev.langevin.objective.ConsistencyPreconditioning;
import dev.langevin.objective.Objective;
import dev.langevin.objective.Preconditioning;
import dev.langevin.tensor.Checkpoint;
import dev.langevin.tensor.NetworkDenoiser;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model on the disk: what it is ({@value #CONFIG}), the weights that are used ({@value #WEIGHTS}, their moving average), and what
 * is needed to go on learning ({@value #TRAINING}). The folder is complete from its first moment on, and every file is replaced as a
 * whole; the training state is written last and is what counts when a run resumes.
 */
final class ModelFolder {
  static final String CONFIG = "config.json";
  static final String WEIGHTS = "weights.safetensors";
  static final String TRAINING = "training.safetensors";

  private static final String STEP = "step";
  private static final String PROGRESS = "progress";
  private static final long BEYOND_ANY_END = Long.MAX_VALUE - 1;

  private final Path path;
  private final Optional<Distilled> distilled;
  private final Optional<Path> latent;

  ModelFolder(Path path) {
    this(path, Optional.empty(), Optional.empty());
  }

  /**
   * A folder for a model that is more than its weights.
   *
   * @param distilled what a new model is, beside its description
   * @param latent where the autoencoder of a new model of latents lies
   */
  ModelFolder(Path path, Optional<Distilled> distilled, Optional<Path> latent) {
    this.path = path;
    this.distilled = distilled;
    this.latent = latent;
  }

  /** A training state with its history. */
  record Saved(Checkpoint checkpoint, History history) {}

  /** A trained network, ready for use, and how many steps it has seen. */
  record Trained(NetworkDenoiser denoiser, long steps) {}

  Path path() {
    return path;
  }

  /** Whether there is a model here. */
  boolean exists() {
    return Files.isRegularFile(path.resolve(CONFIG));
  }

  /** Refuses to put a model where something else is. */
  void requireFree() {
    if (exists() && Distilled.read(path).isPresent() != distilled.isPresent()) {
      throw new InputError(
          path.toString(),
          distilled.isPresent() ? "holds a denoiser" : "holds a consistency function",
          "choose another --out");
    }
    if (Files.isDirectory(path) && !exists()) {
      try (var files = Files.list(path)) {
        if (files.findAny().isPresent()) {
          throw new InputError(
              path.toString(), "is a folder that holds no model", "choose a new name for --out");
        }
      } catch (IOException unreadable) {
        throw new InputError(
            path.toString(), "may not be read", "choose another place for --out", unreadable);
      }
    } else if (Files.exists(path) && !exists()) {
      throw new InputError(path.toString(), "is a file", "choose a new name for --out");
    }
  }

  /** Creates the folder, or replaces the model in it. */
  void create(ModelConfig config, Checkpoint checkpoint, History history) {
    AtomicFolder.write(
        path,
        folder -> {
          Json.write(folder.resolve(CONFIG), description(config));
          distilled.ifPresent(known -> known.write(folder));
          latent.ifPresent(from -> Latent.copy(from, folder));
          writeWeights(folder.resolve(WEIGHTS), config, checkpoint);
          writeTraining(folder.resolve(TRAINING), config, checkpoint, history);
        });
  }

  /** Writes a model of other weights, which cannot be learned on, into this folder, which is empty. */
  void write(ModelConfig config, List<NamedArray> weights, Checkpoint made) {
    Json.write(path.resolve(CONFIG), description(config));
    distilled.ifPresent(known -> known.write(path));
    latent.ifPresent(from -> Latent.copy(from, path));
    Safetensors.write(path.resolve(WEIGHTS), weights, metadata(config, made));
  }

  /** Replaces the weights and the training state. */
  void save(ModelConfig config, Checkpoint checkpoint, History history) {
    writeWeights(path.resolve(WEIGHTS), config, checkpoint);
    writeTraining(path.resolve(TRAINING), config, checkpoint, history);
  }

  /** Replaces the description. */
  void save(ModelConfig config) {
    Json.write(path.resolve(CONFIG), description(config));
  }

  private Map<String, Object> description(ModelConfig config) {
    Map<String, Object> map = config.toMap();
    map.put("provenance", provenance(config).toMap());
    return map;
  }

  private void writeWeights(Path file, ModelConfig config, Checkpoint checkpoint) {
    Safetensors.write(file, checkpoint.weights(), metadata(config, checkpoint));
  }

  private void writeTraining(
      Path file, ModelConfig config, Checkpoint checkpoint, History history) {
    Map<String, String> metadata = metadata(config, checkpoint);
    metadata.put(PROGRESS, Json.line(history.toMap()));
    Safetensors.write(file, checkpoint.arrays(), metadata);
  }

  private Map<String, String> metadata(ModelConfig config, Checkpoint checkpoint) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(STEP, Long.toString(checkpoint.step()));
    metadata.put("provenance", provenance(config).line());
    return metadata;
  }

  /**
   * Reads the description.
   *
   * @throws InputError if there is none, or it was tampered with
   */
  ModelConfig config() {
    Path file = path.resolve(CONFIG);
    if (!Files.isDirectory(path)) {
      throw new InputError(
          path.toString(),
          Files.exists(path) ? "is a file, not a model's folder" : "there is no such model",
          "make one: langevin fit DATA --out " + path);
    }
    if (!Files.exists(file)) {
      throw new InputError(
          path.toString(),
          "is no model: there is no " + CONFIG + " in it",
          "name a folder that 'langevin fit' wrote");
    }
    return ModelConfig.from(file.toString(), Json.read(file));
  }

  /** Reads the training state. */
  Saved saved(ModelConfig config) {
    Path file = path.resolve(TRAINING);
    Safetensors stored = Safetensors.read(file);
    Fields progress =
        new Fields(file.toString(), Json.parse(file.toString(), entry(file, stored, PROGRESS)));
    long step = step(file, stored);
    return new Saved(
        new Checkpoint(config.training(), step, stored.arrays()), History.from(progress));
  }

  /** Reads the weights. */
  List<NamedArray> weights() {
    return Safetensors.read(path.resolve(WEIGHTS)).arrays();
  }

  /** Reads the weights into a network. */
  Trained trained(ModelConfig config) {
    Path file = path.resolve(WEIGHTS);
    Safetensors stored = Safetensors.read(file);
    try {
      NetworkDenoiser denoiser =
          new NetworkDenoiser(
              config.training().architecture(), preconditioning(config), stored.arrays());
      return new Trained(denoiser, step(file, stored));
    } catch (IllegalArgumentException unfit) {
      throw mismatch(file, unfit);
    }
  }

  private Provenance provenance(ModelConfig config) {
    return distilled.map(known -> known.provenance(config)).orElseGet(() -> config.provenance());
  }

  /** What the network's output means. */
  private Preconditioning preconditioning(ModelConfig config) {
    Objective objective = config.training().objective();
    return Distilled.read(path)
        .<Preconditioning>map(
            known -> new ConsistencyPreconditioning(objective, known.recipe().sigmaMin()))
        .orElse(objective);
  }

  /** The error for arrays that do not belong to the network that the description speaks of. */
  static InputError mismatch(Path file, IllegalArgumentException unfit) {
    return new InputError(
        file.toString(),
        "does not belong to the network in " + CONFIG + ": " + unfit.getMessage(),
        "restore the folder, or fit again with --fresh",
        unfit);
  }

  private static long step(Path file, Safetensors stored) {
    String text = entry(file, stored, STEP);
    if (!text.matches("\\d{1,18}")) {
      throw damaged(file, "its step is \"" + text + "\"");
    }
    return Long.parseLong(text);
  }

  private static String entry(Path file, Safetensors stored, String name) {
    @Nullable String value = stored.metadata().get(name);
    if (value == null) {
      throw damaged(file, "it has no \"" + name + "\"");
    }
    return value;
  }

  private static InputError damaged(Path file, String why) {
    return new InputError(
        file.toString(),
        "was not written by 'langevin fit': " + why,
        "restore the folder, or fit again with --fresh");
  }

  /**
   * Keeps other processes from learning in this folder at the same time. A process that is killed leaves nothing behind.
   *
   * @return to be closed when done
   */
  FileChannel lock() throws IOException {
    FileChannel channel =
        FileChannel.open(path.resolve(CONFIG), StandardOpenOption.READ, StandardOpenOption.WRITE);
    @Nullable FileLock lock = null;
    try {
      lock = channel.tryLock(BEYOND_ANY_END, 1, false); // readers of the content are not disturbed
    } catch (OverlappingFileLockException held) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new InputError(
          path.toString(),
          "another 'langevin fit' is at work here",
          "wait for it, stop it, or choose another --out");
    }
    return channel;
  }
}
