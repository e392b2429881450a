package dev.langevin.app;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.random.Seed;
import dev.langevin.theory.MmseCurve;
import dev.langevin.theory.SampledMmse;
import dev.langevin.theory.ScoreError;
import java.util.Optional;

/** What is known of the law that a model stands for, on the scale of its denoiser: from this the account of a generation's error is made. */
sealed interface ModelKnowledge {
  /**
   * What the account needs.
   *
   * @param curve the least mean square error of a denoiser at each level, or a bound of it
   * @param error how far the model's own denoiser is from the best, or a bound of it
   * @param secondMoment E‖x₀‖²
   */
  record Facts(MmseCurve curve, ScoreError error, double secondMoment) {}

  /**
   * The facts; empty if nothing is known.
   *
   * @param sigmas positive levels, falling: those of the run
   */
  Optional<Facts> facts(Denoiser denoiser, double[] sigmas);

  /** A mixture, with its exact denoiser. */
  record Law(GaussianMixture mixture) implements ModelKnowledge {
    private static final int QUADRATURE = 64; // components, at most; in the plane
    private static final double WORK = 1e9; // evaluations of a component's coordinate
    private static final Seed ADDRESS = Seed.of(0).child("error account");

    @Override
    public Optional<Facts> facts(Denoiser denoiser, double[] sigmas) {
      double second = 0;
      double[] mean = mixture.mean();
      double[][] covariance = mixture.covariance();
      for (int i = 0; i < mean.length; i++) {
        second += covariance[i][i] + mean[i] * mean[i];
      }
      return Optional.of(new Facts(curve(denoiser, sigmas), ScoreError.none(), second));
    }

    private MmseCurve curve(Denoiser denoiser, double[] sigmas) {
      int d = mixture.dimension();
      Optional<MmseCurve> exact =
          mixture.components() <= QUADRATURE ? MmseCurve.find(mixture) : Optional.empty();
      if (exact.isPresent()) {
        return exact.get();
      }
      double work = (double) sigmas.length * mixture.components() * d;
      int samples = (int) Math.max(100, Math.min(4000, WORK / work));
      return SampledMmse.of(mixture.fork(), denoiser, mixture.mean(), sigmas, samples, ADDRESS);
    }
  }

  /** A network, with its losses on rows that it has not seen, if they were kept. */
  record Learned(Optional<LevelLosses> losses) implements ModelKnowledge {
    @Override
    public Optional<Facts> facts(Denoiser denoiser, double[] sigmas) {
      return losses.map(
          kept -> {
            dev.langevin.theory.HeldOutLoss bounds = kept.bounds(denoiser.dimension());
            return new Facts(bounds.curve(), bounds.score(), kept.secondMoment());
          });
    }
  }
}
