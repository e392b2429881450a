package dev.langevin.io;

import dev.langevin.chain.Checkpoint;
import dev.langevin.chain.Draws;
import dev.langevin.chain.RunStore;
import dev.langevin.math.Check;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run of chains on its way: a folder into which draws stream as they are made, so that memory does not grow with their number, and from which a run that was
 * killed goes on. For each chain {@code chain-1.draws}, {@code chain-1.points} and, every few seconds, {@code chain-1.checkpoint}; {@code run.json} says
 * which run it is. A checkpoint is renamed into place only after the rows that it counts are on the disk.
 *
 * <p>One process at a time has such a folder open. It is scaffolding: who has taken the draws out deletes it.
 */
public final class RunFolder implements RunStore, Closeable {
  private static final String FACTS = "run.json";
  private static final String LOCK = "lock";
  private static final int ASKED_EVERY = 16; // draws between two looks at the clock

  private final Path folder;
  private final Shape shape;
  private final long checkpointNanos;
  private final RandomAccessFile lockFile;
  private final List<Lane> lanes = new ArrayList<>();

  /**
   * How large a run is.
   *
   * @param chains number of chains
   * @param columns quantities and statistics of a draw
   * @param dimension coordinates of a point
   */
  public record Shape(int chains, int columns, int dimension) {
    public Shape {
      Check.atLeast("chains", chains, 1);
      Check.atLeast("columns", columns, 1);
      Check.atLeast("dimension", dimension, 1);
    }
  }

  /** One chain's files. */
  private static final class Lane {
    private final RowsFile draws;
    private final RowsFile points;
    private final double[] row;
    private final Optional<Checkpoint> from;
    private long last;
    private int asked;

    Lane(RowsFile draws, RowsFile points, int columns, Optional<Checkpoint> from) {
      this.draws = draws;
      this.points = points;
      this.row = new double[columns];
      this.from = from;
    }
  }

  private RunFolder(
      Path folder, Shape shape, double secondsBetweenCheckpoints, RandomAccessFile lock) {
    this.folder = folder;
    this.shape = shape;
    this.checkpointNanos = (long) (1e9 * secondsBetweenCheckpoints);
    this.lockFile = lock;
  }

  /** Whether there is a run in this folder. */
  public static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(FACTS));
  }

  /**
   * Begins a run in a new folder, or goes on with the one that is there.
   *
   * @param facts which run it is: a run goes on only under equal facts
   * @param pointEvery as {@link dev.langevin.chain.ChainSettings#pointEvery}
   * @param secondsBetweenCheckpoints how much work may be lost; infinity for a folder from which nobody will go on: it has no checkpoints, and waits for no disk
   * @throws InputError if the folder holds another run, is in use, is damaged, or cannot be written
   */
  public static RunFolder at(
      Path folder,
      Shape shape,
      Map<String, Object> facts,
      int pointEvery,
      double secondsBetweenCheckpoints) {
    try {
      boolean there = isIn(folder);
      Files.createDirectories(folder);
      RunFolder opened = new RunFolder(folder, shape, secondsBetweenCheckpoints, lock(folder));
      try {
        Map<String, String> said = texts(facts);
        if (there) {
          opened.requireSame(said);
        } else {
          Json.write(folder.resolve(FACTS), said);
        }
        opened.openLanes(pointEvery);
        return opened;
      } catch (RuntimeException | IOException e) {
        opened.close();
        throw e;
      }
    } catch (IOException e) {
      throw Trouble.writing(folder, e);
    }
  }

  private static Map<String, String> texts(Map<String, Object> facts) {
    Map<String, String> texts = new LinkedHashMap<>();
    facts.forEach((key, value) -> texts.put(key, String.valueOf(value)));
    return texts;
  }

  private static RandomAccessFile lock(Path folder) throws IOException {
    RandomAccessFile file = new RandomAccessFile(folder.resolve(LOCK).toFile(), "rw");
    if (!locked(file)) {
      file.close();
      throw new InputError(
          folder, "is in use by another process", "wait for it, or choose another --out");
    }
    return file;
  }

  private static boolean locked(RandomAccessFile file) throws IOException {
    try {
      @Nullable FileLock lock = file.getChannel().tryLock();
      return lock != null;
    } catch (OverlappingFileLockException ours) {
      return false;
    }
  }

  private void requireSame(Map<String, String> asked) {
    Map<String, Object> found = Json.read(folder.resolve(FACTS));
    for (Map.Entry<String, String> fact : asked.entrySet()) {
      Object there = found.get(fact.getKey());
      if (!Objects.equals(there, fact.getValue())) {
        throw new InputError(
            folder,
            "holds a run with %s %s, not %s".formatted(fact.getKey(), there, fact.getValue()),
            "ask for the same run to go on with it, or delete the folder");
      }
    }
  }

  private void openLanes(int pointEvery) throws IOException {
    for (int c = 0; c < shape.chains(); c++) {
      Path checkpoint = file(c, "checkpoint");
      Optional<Checkpoint> from =
          Files.exists(checkpoint)
              ? Optional.of(CheckpointFile.read(checkpoint))
              : Optional.empty();
      int draws = from.map(Checkpoint::draws).orElse(0);
      RowsFile rows = RowsFile.of(file(c, "draws"), shape.columns(), draws);
      int points = (draws + pointEvery - 1) / pointEvery;
      RowsFile pointRows = RowsFile.of(file(c, "points"), shape.dimension(), points);
      lanes.add(new Lane(rows, pointRows, shape.columns(), from));
    }
  }

  private Path file(int chain, String kind) {
    return folder.resolve("chain-" + (chain + 1) + "." + kind);
  }

  /** Draws of all chains that the last checkpoints count; 0 in a new folder. */
  public long restored() {
    return lanes.stream().mapToLong(lane -> lane.from.map(Checkpoint::draws).orElse(0)).sum();
  }

  /** Whether there is nothing in it that a later process could go on from. */
  public boolean isEmpty() {
    for (int c = 0; c < shape.chains(); c++) {
      if (Files.exists(file(c, "checkpoint"))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Optional<Checkpoint> resume(int chain) {
    Lane lane = lanes.get(chain);
    // A warm-up is never repeated once it is over: the first draw leaves a checkpoint.
    lane.last = System.nanoTime() - (lane.from.isPresent() ? 0 : checkpointNanos);
    return lane.from;
  }

  @Override
  public void draw(int chain, double[] values, double[] statistics) {
    Lane lane = lanes.get(chain);
    System.arraycopy(values, 0, lane.row, 0, values.length);
    System.arraycopy(statistics, 0, lane.row, values.length, statistics.length);
    try {
      lane.draws.append(lane.row);
    } catch (IOException e) {
      throw Trouble.writing(folder, e);
    }
  }

  @Override
  public void point(int chain, double[] x) {
    try {
      lanes.get(chain).points.append(x);
    } catch (IOException e) {
      throw Trouble.writing(folder, e);
    }
  }

  @Override
  public boolean due(int chain) {
    Lane lane = lanes.get(chain);
    if (checkpointNanos == Long.MAX_VALUE
        || lane.asked++ % ASKED_EVERY != 0
        || System.nanoTime() - lane.last < checkpointNanos) {
      return false;
    }
    lane.last = System.nanoTime();
    return true;
  }

  @Override
  public void checkpoint(int chain, Checkpoint checkpoint) {
    if (checkpointNanos == Long.MAX_VALUE) {
      return;
    }
    try {
      lanes.get(chain).draws.flush();
      lanes.get(chain).points.flush();
    } catch (IOException e) {
      throw Trouble.writing(folder, e);
    }
    CheckpointFile.write(file(chain, "checkpoint"), checkpoint);
  }

  /** The first {@code draws} draws of every chain, to be read while this is open. */
  public Draws draws(List<String> names, List<String> statistics, int draws) {
    return new Draws(
        names,
        statistics,
        shape.chains(),
        draws,
        (chain, column, from, count, out) -> {
          try {
            lanes.get(chain).draws.read(column, from, count, out);
          } catch (IOException e) {
            throw Trouble.reading(folder, e);
          }
        });
  }

  /** {@code [chain][point][coordinate]}; as many of each chain. */
  public double[][][] points() {
    int fewest = lanes.stream().mapToInt(lane -> lane.points.rows()).min().orElse(0);
    double[][][] points = new double[shape.chains()][fewest][shape.dimension()];
    double[] series = new double[fewest];
    try {
      for (int c = 0; c < points.length; c++) {
        for (int k = 0; k < shape.dimension(); k++) {
          lanes.get(c).points.read(k, 0, fewest, series);
          for (int i = 0; i < fewest; i++) {
            points[c][i][k] = series[i];
          }
        }
      }
    } catch (IOException e) {
      throw Trouble.reading(folder, e);
    }
    return points;
  }

  @Override
  public void close() {
    try {
      for (Lane lane : lanes) {
        lane.draws.close();
        lane.points.close();
      }
      lockFile.close();
    } catch (IOException e) {
      throw Trouble.writing(folder, e);
    }
  }

  /** Closes and deletes the folder. */
  public void delete() {
    close();
    try {
      Beside.deleteTree(folder);
    } catch (IOException e) {
      throw Trouble.writing(folder, e);
    }
  }
}
