package dev.langevin.solver;

import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.TimeGrid;
import java.util.Arrays;
import java.util.function.DoubleFunction;

/**
 * RePaint on normal data in the plane whose first coordinate is known, as printed (Lugmayr et al. 2022, algorithm 1, with the schedule of appendix B as a list of levels to visit), by mean
 * and covariance. Written from the paper and not from the solver.
 *
 * @param of the recipe; coordinate 0 known
 * @param inner one step of its solver
 * @param data mean and covariance
 */
record RepaintCase(Inpainting of, Inner inner, AffineLaw data) {
  /** x' = point · x + mean · D(x/a) + fresh · z, given {s, t}. */
  @FunctionalInterface
  interface Inner {
    double[] step(double s, double t);
  }

  /** Song, Meng &amp; Ermon 2021, eq. 12 and 16, in the variables x/a. */
  static Inner ddim(double eta) {
    return (s, t) -> {
      double fresh = eta * t / s * Math.sqrt(s * s - t * t);
      double old = Math.sqrt(t * t - fresh * fresh) / s;
      return new double[] {old, 1 - old, fresh};
    };
  }

  /** Euler–Maruyama with the score (a D - x)/b²; to time 0 the posterior mean. */
  static Inner maruyama(Noising noising) {
    return (s, t) -> {
      double h = s - t;
      double g2 = noising.diffusion(s);
      double b2 = noising.noise(s) * noising.noise(s);
      double point = 1 - h * noising.drift(s) - h * g2 / b2;
      return t > 0
          ? new double[] {point, h * g2 * noising.signal(s) / b2, Math.sqrt(h * g2)}
          : new double[] {0, 1, 0};
    };
  }

  /** What the unknown coordinate should be: mean and variance of x₁ given x₀ = v. */
  double[] conditional() {
    double[][] v = data.covariance();
    double gain = v[1][0] / v[0][0];
    double mean = data.mean()[1] + gain * (of.values()[0] - data.mean()[0]);
    return new double[] {mean, v[1][1] - gain * v[0][1]};
  }

  /** The levels that are visited, as places in the grid: t_T, …, with the ways back. */
  private static int[] visits(int steps, int last, int jump, int resamplings) {
    int[] left = new int[last + 1]; // jumps still to be made, by the number of levels below
    for (int t = 0; t + jump <= last; t += jump) {
      left[t] = resamplings - 1;
    }
    int[] visits = new int[1 + steps * (1 + 2 * resamplings)];
    int count = 1;
    int at = 0;
    while (at < steps) {
      at++;
      visits[count++] = at;
      if (at <= last && left[last - at] > 0) {
        left[last - at]--;
        at -= jump;
        visits[count++] = at;
      }
    }
    return Arrays.copyOf(visits, count);
  }

  AffineLaw law(TimeGrid grid, Planted c) {
    int steps = grid.steps();
    int last = grid.time(steps) > 0 ? steps : steps - 1;
    double scale = of.startingScale(grid.time(0));
    AffineLaw law =
        new AffineLaw(new double[2], new double[][] {{scale * scale, 0}, {0, scale * scale}});
    int[] visits = visits(steps, last, of.jump(), of.resamplings());
    for (int i = 1; i < visits.length; i++) {
      double from = grid.time(visits[i - 1]);
      double to = grid.time(visits[i]);
      law = to < from ? known(down(law, from, to, c), to, c) : up(law, from, to, c);
    }
    return law;
  }

  private AffineLaw down(AffineLaw law, double s, double t, Planted c) {
    double[] step = inner.step(s, t);
    double point = c.of("point", step[0]);
    double weight = c.of("mean", step[1]);
    double fresh = c.of("fresh", step[2]);
    double a = of.noising().signal(s);
    double[][] gain = gain(of.noising().sigma(s));
    double[] mean = new double[2];
    double[][] map = new double[2][2];
    for (int i = 0; i < 2; i++) {
      double denoised = data.mean()[i];
      for (int j = 0; j < 2; j++) {
        denoised += gain[i][j] * (law.mean()[j] / a - data.mean()[j]);
        map[i][j] = (i == j ? point : 0) + weight * gain[i][j] / a;
      }
      mean[i] = point * law.mean()[i] + weight * denoised;
    }
    return new AffineLaw(mean, conjugated(map, law.covariance(), fresh * fresh));
  }

  /** Σ(Σ + σ²I)⁻¹. */
  private double[][] gain(double sigma) {
    double[][] v = data.covariance();
    double p = v[0][0] + sigma * sigma;
    double q = v[1][1] + sigma * sigma;
    double r = v[0][1];
    double det = p * q - r * r;
    return new double[][] {
      {(v[0][0] * q - r * r) / det, r * sigma * sigma / det},
      {r * sigma * sigma / det, (v[1][1] * p - r * r) / det}
    };
  }

  private static double[][] conjugated(double[][] m, double[][] v, double added) {
    double[][] out = new double[2][2];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        for (int k = 0; k < 2; k++) {
          for (int l = 0; l < 2; l++) {
            out[i][j] += m[i][k] * v[k][l] * m[j][l];
          }
        }
      }
      out[i][i] += added;
    }
    return out;
  }

  /** x_known = a v + b z, whatever the step made of it. */
  private AffineLaw known(AffineLaw law, double t, Planted c) {
    double b = c.of("known noise", of.noising().noise(t));
    double a = c.of("known signal", of.noising().signal(t));
    return new AffineLaw(
        new double[] {a * of.values()[0], law.mean()[1]},
        new double[][] {{b * b, 0}, {0, law.covariance()[1][1]}});
  }

  /** x_s = ρ x_t + √(b_s² - ρ² b_t²) z. */
  private AffineLaw up(AffineLaw law, double t, double s, Planted c) {
    DoubleFunction<Double> square = u -> of.noising().noise(u) * of.noising().noise(u);
    double rho = of.noising().signal(s) / of.noising().signal(t);
    double noise = c.of("noise back", Math.sqrt(square.apply(s) - rho * rho * square.apply(t)));
    double keep = c.of("way back", rho);
    double[] mean = {keep * law.mean()[0], keep * law.mean()[1]};
    double[][] map = {{keep, 0}, {0, keep}};
    return new AffineLaw(mean, conjugated(map, law.covariance(), noise * noise));
  }
}
