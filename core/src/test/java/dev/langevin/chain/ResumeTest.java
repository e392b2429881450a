package dev.langevin.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langevin.adapt.LearnedIndependence;
import dev.langevin.adapt.MetricAdaptation;
import dev.langevin.anneal.ParallelTempering;
import dev.langevin.density.target.Gaussian;
import dev.langevin.mcmc.Barker;
import dev.langevin.mcmc.CoordinateGibbs;
import dev.langevin.mcmc.Hmc;
import dev.langevin.mcmc.Mala;
import dev.langevin.mcmc.Mams;
import dev.langevin.mcmc.Mclmc;
import dev.langevin.mcmc.Nuts;
import dev.langevin.mcmc.RandomWalkMetropolis;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.Slice;
import dev.langevin.mcmc.Ula;
import dev.langevin.mcmc.Underdamped;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that is stopped, again and again, and goes on from its store leaves what an undisturbed one does, to the last bit. */
class ResumeTest {
  private static final ChainSettings SETTINGS =
      new ChainSettings(2, 60, 50, 3, Double.NaN, MetricAdaptation.DENSE, Seed.of(4));

  static List<Sampler> samplers() {
    return List.of(
        RandomWalkMetropolis.defaults(),
        Ula.defaults(),
        Mala.defaults(),
        Barker.defaults(),
        Underdamped.defaults(),
        Hmc.defaults(),
        Nuts.defaults(),
        Mams.defaults(),
        Mclmc.defaults(),
        Slice.defaults(),
        CoordinateGibbs.defaults(),
        LearnedIndependence.defaults(),
        ParallelTempering.defaults());
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void aRunInPiecesIsTheRunInOne(Sampler sampler) {
    Kept whole = new Kept(7);
    RunEnd end = run(sampler, whole, Integer.MAX_VALUE);
    assertThat(end.interrupted()).isFalse();
    Kept pieces = new Kept(7);
    RunEnd last = run(sampler, pieces, 151);
    int stops = 0;
    while (last.interrupted()) {
      stops++;
      last = run(sampler, pieces, 151);
    }
    assertThat(stops).isGreaterThan(2);
    assertThat(pieces.rows).isEqualTo(whole.rows);
    assertThat(pieces.points).isEqualTo(whole.points);
    assertThat(last).isEqualTo(end);
    assertThat(whole.rows.get(0)).hasSize(50);
  }

  private static RunEnd run(Sampler sampler, Kept store, int iterations) {
    store.forgetWhatIsNotKept();
    int[] left = {iterations};
    ChainListener listener =
        new ChainListener() {
          @Override
          public void advanced(int chain, int done, int total, boolean warmup) {
            left[0]--;
          }

          @Override
          public boolean cancelled() {
            return left[0] <= 0;
          }
        };
    Gaussian target = Gaussian.illConditioned(3, 50);
    return Chains.run(sampler, target, SETTINGS, Runnable::run, listener, store);
  }

  /** A store that loses, with each process, all that came after the last checkpoint. */
  private static final class Kept implements RunStore {
    private final int every;
    private final List<List<List<Double>>> rows = List.of(new ArrayList<>(), new ArrayList<>());
    private final List<List<List<Double>>> points = List.of(new ArrayList<>(), new ArrayList<>());
    private final Map<Integer, Checkpoint> checkpoints = new HashMap<>();
    private final int[] keptPoints = new int[2];

    Kept(int every) {
      this.every = every;
    }

    void forgetWhatIsNotKept() {
      for (int chain = 0; chain < 2; chain++) {
        Checkpoint kept = checkpoints.get(chain);
        cut(rows.get(chain), kept == null ? 0 : kept.draws());
        cut(points.get(chain), keptPoints[chain]);
      }
    }

    private static void cut(List<List<Double>> list, int length) {
      list.subList(length, list.size()).clear();
    }

    @Override
    public Optional<Checkpoint> resume(int chain) {
      return Optional.ofNullable(checkpoints.get(chain));
    }

    @Override
    public void draw(int chain, double[] values, double[] statistics) {
      rows.get(chain)
          .add(
              DoubleStream.concat(Arrays.stream(values), Arrays.stream(statistics))
                  .boxed()
                  .toList());
    }

    @Override
    public void point(int chain, double[] x) {
      points.get(chain).add(Arrays.stream(x).boxed().toList());
    }

    @Override
    public boolean due(int chain) {
      return rows.get(chain).size() % every == 0;
    }

    @Override
    public void checkpoint(int chain, Checkpoint checkpoint) {
      checkpoints.put(chain, checkpoint);
      keptPoints[chain] = points.get(chain).size();
    }
  }
}
