package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.diffusion.VarianceExploding;
import dev.langevin.math.Check;

/**
 * A solver on the σ clock that starts as on a variance-preserving process, a² + b² = 1: from N(0, I) for x_T, which is N(0, (1 + σ_max²) I) for x_T/a. That is where
 * the papers and diffusers start DDPM, DDIM, DPM-Solver++ and UniPC; it is nearer to the truth where the data have unit variance. Beside N(0, σ_max² I) the
 * spread differs by the share 1/(2σ_max²).
 *
 * @param solver one whose {@link Solver#noising()} is {@link VarianceExploding}
 */
public record UnitStart(Solver solver) implements Solver {
  public UnitStart {
    if (!(solver.noising() instanceof VarianceExploding)) {
      throw new IllegalArgumentException("solver must be one on the sigma clock, got " + solver);
    }
  }

  @Override
  public double startingScale(double t) {
    Check.positive("t", t);
    return Math.sqrt(1 + t * t);
  }

  @Override
  public String name() {
    return solver.name();
  }

  @Override
  public Noising noising() {
    return solver.noising();
  }

  @Override
  public int noises() {
    return solver.noises();
  }

  @Override
  public int noises(TimeGrid grid, int k) {
    return solver.noises(grid, k);
  }

  @Override
  public int defaultSteps() {
    return solver.defaultSteps();
  }

  @Override
  public Spacing spacing() {
    return solver.spacing();
  }

  @Override
  public boolean remembers() {
    return solver.remembers();
  }

  @Override
  public int evaluations(TimeGrid grid, int k) {
    return solver.evaluations(grid, k);
  }

  @Override
  public Worker on(Denoiser denoiser, TimeGrid grid, int rows) {
    return solver.on(denoiser, grid, rows);
  }
}
