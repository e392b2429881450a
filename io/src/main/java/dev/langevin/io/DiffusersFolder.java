package dev.langevin.io;

import dev.langevin.interchange.DiffusersNames;
import dev.langevin.math.NamedArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An unconditional pipeline of Hugging Face diffusers on the disk: a network and a scheduler.
 *
 * <pre>
 * model_index.json                                which classes
 * unet/config.json                                the network's settings
 * unet/diffusion_pytorch_model.safetensors        its arrays
 * scheduler/scheduler_config.json
 * </pre>
 *
 * <p>Read too: the layout of the first repositories, all four in one folder; a network without a pipeline; weights in several files with an index, or in 16 bits ({@code .fp16.safetensors}); the old
 * names of attention arrays ({@code query}, {@code key}, {@code value}, {@code proj_attn}) and of block types ({@code UNetRes…}), which are given their present ones. Not read: {@code .bin} files,
 * which are pickles and can run code when they are opened; the error says how to convert them.
 *
 * <p>Written: the present layout, as diffusers writes it to the byte but for the text about the arrays, which also holds the provenance, and for the list of its files by which {@link AtomicFolder}
 * knows the folder again ({@value AtomicFolder#LIST}; diffusers does not look at it).
 *
 * @param pipeline its class, for example {@code DDPMPipeline}; empty for a network alone
 * @param network the network's config by key, sorted, with {@code _class_name}
 * @param weights the network's arrays
 * @param scheduler the scheduler's config by key, sorted, with {@code _class_name}; empty if there is none
 */
public record DiffusersFolder(
    String pipeline,
    Map<String, @Nullable Object> network,
    List<NamedArray> weights,
    Map<String, @Nullable Object> scheduler) {
  /** The version whose files these are. */
  public static final String VERSION = "0.40.0";

  private static final String INDEX = "model_index.json";
  private static final String CONFIG = "config.json";
  private static final String SCHEDULER = "scheduler_config.json";
  private static final String WEIGHTS = "diffusion_pytorch_model";
  private static final String NETWORK = "UNet2DModel";
  private static final String CLASS = "_class_name";
  private static final String DIFFUSERS = "_diffusers_version";
  private static final String ONLY = "only pipelines of a UNet2DModel and a scheduler can be read";

  public DiffusersFolder {
    network = Collections.unmodifiableMap(new TreeMap<>(network));
    weights = List.copyOf(weights);
    scheduler = Collections.unmodifiableMap(new TreeMap<>(scheduler));
  }

  /** Whether this looks like one: a folder with a {@code model_index.json}, or a {@code config.json} of the network's class. */
  public static boolean is(Path folder) {
    if (Files.isRegularFile(folder.resolve(INDEX))) {
      return true;
    }
    Path config = folder.resolve(CONFIG);
    return Files.isRegularFile(config) && NETWORK.equals(Json.readPython(config).get(CLASS));
  }

  /**
   * Reads a pipeline or a network.
   *
   * @throws InputError if something is missing, damaged, a pickle, or belongs to another kind of pipeline
   */
  public static DiffusersFolder read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputError(
          folder,
          Files.exists(folder) ? "is a file, not a folder" : "there is no such folder",
          "name a folder that diffusers' save_pretrained wrote");
    }
    Path index = folder.resolve(INDEX);
    String pipeline = Files.exists(index) ? pipeline(index) : "";
    Path unet = Files.isDirectory(folder.resolve("unet")) ? folder.resolve("unet") : folder;
    return new DiffusersFolder(
        pipeline, network(unet.resolve(CONFIG)), weights(unet), scheduler(folder));
  }

  /** The pipeline's class; refuses parts that would be missing. */
  private static String pipeline(Path index) {
    Map<String, Object> parts = Json.readPython(index);
    for (Map.Entry<String, @Nullable Object> part : parts.entrySet()) {
      boolean ours = Set.of("unet", "scheduler").contains(part.getKey());
      boolean absent = !(part.getValue() instanceof List<?> names) || names.contains(null);
      if (!ours && !part.getKey().startsWith("_") && !absent) {
        String name = CsvColumns.shortened(part.getKey());
        throw new InputError(index, "the pipeline has another part, \"" + name + "\"", ONLY);
      }
    }
    return parts.get(CLASS) instanceof String name ? name : "";
  }

  private static Map<String, @Nullable Object> network(Path file) {
    if (!Files.exists(file)) {
      throw new InputError(file, "there is no such file", "download the whole model");
    }
    Map<String, @Nullable Object> config = new TreeMap<>(Json.readPython(file));
    Object name = config.getOrDefault(CLASS, NETWORK);
    if (!NETWORK.equals(name)) {
      throw new InputError(file, "is of a " + CsvColumns.shortened(String.valueOf(name)), ONLY);
    }
    config.put(CLASS, NETWORK);
    for (String key : List.of("down_block_types", "up_block_types")) {
      if (config.get(key) instanceof List<?> blocks) {
        config.put(
            key,
            blocks.stream().map(b -> b instanceof String t ? DiffusersNames.block(t) : b).toList());
      }
    }
    return config;
  }

  private static Map<String, @Nullable Object> scheduler(Path folder) {
    for (Path file :
        List.of(folder.resolve("scheduler").resolve(SCHEDULER), folder.resolve(SCHEDULER))) {
      if (Files.exists(file)) {
        return new TreeMap<>(Json.readPython(file));
      }
    }
    return Map.of();
  }

  private static List<NamedArray> weights(Path folder) {
    Path file = folder.resolve(WEIGHTS + ".safetensors");
    Path index = folder.resolve(WEIGHTS + ".safetensors.index.json");
    Path half = folder.resolve(WEIGHTS + ".fp16.safetensors");
    if (Files.exists(file)) {
      return renamed(file, Safetensors.read(file).arrays());
    }
    if (Files.exists(index)) {
      return renamed(index, SafetensorsShards.read(index));
    }
    if (Files.exists(half)) {
      return renamed(half, Safetensors.read(half).arrays());
    }
    Path pickle = folder.resolve(WEIGHTS + ".bin");
    if (Files.exists(pickle) || Files.exists(folder.resolve(WEIGHTS + ".bin.index.json"))) {
      throw new InputError(
          pickle,
          "is a pickle, which can run any code when it is opened, and is not read",
          "if you trust it, convert it in Python: UNet2DModel.from_pretrained(\""
              + folder
              + "\", use_safetensors=False).save_pretrained(\""
              + folder
              + "\")");
    }
    throw new InputError(file, "there is no such file", "download the whole model");
  }

  private static List<NamedArray> renamed(Path file, List<NamedArray> arrays) {
    List<NamedArray> renamed = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (NamedArray array : arrays) {
      String name = DiffusersNames.array(array.name());
      if (!names.add(name)) {
        throw new InputError(
            file,
            "holds " + CsvColumns.shortened(name) + " twice, under an old name and a new one",
            "the file is damaged: download it again");
      }
      renamed.add(
          name.equals(array.name()) ? array : new NamedArray(name, array.shape(), array.values()));
    }
    return renamed;
  }

  /**
   * Writes a pipeline; all of its parts must be there.
   *
   * @param target a new folder, or one that Langevin wrote
   * @param provenance goes into the text about the arrays
   * @throws IllegalArgumentException if the pipeline or the scheduler has no class
   * @throws InputError if it cannot be written
   */
  public void write(Path target, Provenance provenance) {
    if (pipeline.isEmpty() || !(scheduler.get(CLASS) instanceof String schedulerClass)) {
      throw new IllegalArgumentException(
          "pipeline and scheduler must have a class, got \"" + pipeline + "\" and " + scheduler);
    }
    Map<String, Object> index = new LinkedHashMap<>();
    index.put(CLASS, pipeline);
    index.put(DIFFUSERS, versioned(network).get(DIFFUSERS));
    index.put("scheduler", List.of("diffusers", schedulerClass));
    index.put("unet", List.of("diffusers", NETWORK));
    AtomicFolder.write(
        target,
        folder -> {
          Path unet = Files.createDirectory(folder.resolve("unet"));
          Path beside = Files.createDirectory(folder.resolve("scheduler"));
          AtomicFile.write(folder.resolve(INDEX), PythonJson.text(index));
          AtomicFile.write(unet.resolve(CONFIG), PythonJson.text(versioned(network)));
          AtomicFile.write(beside.resolve(SCHEDULER), PythonJson.text(versioned(scheduler)));
          Path file = unet.resolve(WEIGHTS + ".safetensors");
          Safetensors.write(file, weights, Map.of("format", "pt"), provenance);
        });
  }

  private static Map<String, @Nullable Object> versioned(Map<String, @Nullable Object> config) {
    Map<String, @Nullable Object> all = new TreeMap<>(config);
    all.putIfAbsent(DIFFUSERS, VERSION);
    return all;
  }
}
