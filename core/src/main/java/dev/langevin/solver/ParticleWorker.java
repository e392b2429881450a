package dev.langevin.solver;

import dev.langevin.density.Density;
import dev.langevin.mcmc.Mala;
import dev.langevin.mcmc.Outcome;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.TunableKernel;
import dev.langevin.random.AddressedRandom;

/**
 * The worker of {@link InnerParticles}.
 *
 * <p>The reweighting is what carries the shares of modes. Chains that were merely started from the level before (tried: 100 particles, modes 8 standard
 * deviations apart in the plane) keep shares of the wrong posterior, and draw from the wrong mode in the end: the spread within a mode came out as 1.44
 * in place of 1.
 *
 * <p>Random numbers of a level: at the first level n d normals; then, for every bridge (a later level is one), a uniform for the resampling and, for every
 * particle and move, the d + 1 numbers of the Langevin kernel.
 */
final class ParticleWorker implements InnerSampling.Worker {
  private static final double TARGET_ACCEPTANCE = Mala.defaults().targetAcceptance();
  private static final double SMALLEST = 1e-12; // of the step size relative to the posterior's

  private final InnerParticles recipe;
  private final Preposterior prior;
  private final BridgedPosterior posterior;
  private final TunableKernel kernel;
  private final WeightedPoints cloud;
  private final int[] ancestors;
  private Particle[] particles;
  private Particle[] spare;
  private boolean fresh;
  private double stepSize;
  private double smallest;
  private double acceptance;
  private long evaluations;
  private long divergences;

  ParticleWorker(InnerParticles recipe, Density density, Preposterior prior) {
    int d = density.dimension();
    int n = recipe.particles();
    this.recipe = recipe;
    this.prior = prior;
    posterior = new BridgedPosterior(density, prior);
    kernel = new Mala(recipe.stepSize()).on(posterior);
    cloud = new WeightedPoints(n, d);
    ancestors = new int[n];
    particles = blank(n, d);
    spare = blank(n, d);
    restart();
  }

  /** A chain's state, with what the target alone says there. */
  private static final class Particle {
    private final State state;
    private final double[] score;
    private double logTarget;

    Particle(int dimension) {
      state = State.blank(dimension);
      score = new double[dimension];
    }

    void note(BridgedPosterior posterior) {
      logTarget = posterior.logTarget();
      System.arraycopy(posterior.targetScore(), 0, score, 0, score.length);
    }

    void copyFrom(Particle other) {
      state.copyFrom(other.state);
      System.arraycopy(other.score, 0, score, 0, score.length);
      logTarget = other.logTarget;
    }
  }

  private static Particle[] blank(int n, int d) {
    Particle[] blank = new Particle[n];
    for (int i = 0; i < n; i++) {
      blank[i] = new Particle(d);
    }
    return blank;
  }

  @Override
  public void restart() {
    fresh = true;
    stepSize = recipe.stepSize();
    evaluations = 0;
    divergences = 0;
  }

  @Override
  public boolean level(double[] y, double sigma, AddressedRandom random) {
    smallest = recipe.particles();
    acceptance = 0;
    boolean alive = fresh ? first(y, sigma, random) : next(y, sigma, random);
    fresh = false;
    if (alive) {
      for (int i = 0; i < particles.length; i++) {
        System.arraycopy(particles[i].state.position(), 0, cloud.point(i), 0, kernel.dimension());
      }
    }
    return alive;
  }

  private boolean first(double[] y, double sigma, AddressedRandom random) {
    posterior.condition(y, sigma, 0);
    for (Particle particle : particles) {
      prior.draw(y, sigma, random, particle.state.position());
      particle.state.evaluate(posterior);
      particle.note(posterior);
      if (!(particle.logTarget < Double.POSITIVE_INFINITY)) { // NaN too
        particle.logTarget = Double.NEGATIVE_INFINITY;
        divergences++;
      }
    }
    evaluations += particles.length;
    cloud.level();
    double before = 0;
    for (int b = 1; b <= recipe.bridges(); b++) {
      double root = (double) b / recipe.bridges();
      double beta = root * root;
      for (int i = 0; i < particles.length; i++) {
        double excess = particles[i].logTarget - prior.logPrior(particles[i].state.position());
        cloud.reweigh(i, (beta - before) * excess);
      }
      posterior.condition(y, sigma, beta);
      if (!renew(sigma, random)) {
        return false;
      }
      before = beta;
    }
    acceptance /= recipe.bridges();
    return true;
  }

  private boolean next(double[] y, double sigma, AddressedRandom random) {
    for (int i = 0; i < particles.length; i++) {
      cloud.reweigh(i, -posterior.logLikelihood(particles[i].state.position()));
    }
    posterior.condition(y, sigma, 1);
    for (int i = 0; i < particles.length; i++) {
      cloud.reweigh(i, posterior.logLikelihood(particles[i].state.position()));
    }
    return renew(sigma, random);
  }

  /** Weighs, resamples where that is due, and moves the particles towards the posterior as it is now conditioned. */
  private boolean renew(double sigma, AddressedRandom random) {
    double u = random.nextDouble();
    if (!cloud.normalise()) {
      return false;
    }
    double effective = 1 / cloud.sumOfSquares();
    smallest = Math.min(smallest, effective);
    if (effective < 0.5 * particles.length || cloud.hasZeroWeight()) {
      resample(u);
    }
    posterior.recalling(true);
    for (Particle particle : particles) {
      posterior.recall(particle.logTarget, particle.score);
      particle.state.evaluate(posterior);
    }
    posterior.recalling(false);
    move(sigma, random);
    return true;
  }

  private void resample(double u) {
    cloud.ancestors(u, ancestors);
    for (int i = 0; i < particles.length; i++) {
      spare[i].copyFrom(particles[ancestors[i]]);
    }
    Particle[] old = particles;
    particles = spare;
    spare = old;
    cloud.level();
  }

  private void move(double sigma, AddressedRandom random) {
    kernel.tuning().stepSize(stepSize * prior.variance(sigma));
    double sum = 0;
    for (Particle particle : particles) {
      for (int k = 0; k < recipe.moves(); k++) {
        Outcome outcome = kernel.step(particle.state, random);
        sum += outcome.acceptance();
        if (outcome.moved()) {
          particle.note(posterior);
        } else if (outcome.diverged()) {
          divergences++;
        }
      }
    }
    long steps = (long) recipe.particles() * recipe.moves();
    evaluations += steps;
    double rate = sum / steps;
    acceptance += rate;
    stepSize = Math.max(SMALLEST, stepSize * StrictMath.exp(2 * (rate - TARGET_ACCEPTANCE)));
  }

  @Override
  public void mean(double[] out) {
    cloud.mean(out);
  }

  @Override
  public void meanErrors(double[] out) {
    cloud.meanErrors(out);
    double factor = resampled();
    for (int j = 0; j < out.length; j++) {
      out[j] *= factor;
    }
  }

  @Override
  public double meanError() {
    return cloud.meanError() * resampled();
  }

  /** How much larger an error is by the smaller of the weights' effective sizes before and after resampling. */
  private double resampled() {
    return Math.sqrt(Math.max(1, 1 / (smallest * cloud.sumOfSquares())));
  }

  @Override
  public double effectiveSamples() {
    return smallest;
  }

  @Override
  public double acceptance() {
    return acceptance;
  }

  @Override
  public long evaluations() {
    return evaluations;
  }

  @Override
  public long divergences() {
    return divergences;
  }

  @Override
  public void pick(double u, double[] out) {
    cloud.pick(u, out);
  }
}
