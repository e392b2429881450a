package dev.langevin.diffusion;

import dev.langevin.math.Check;

/**
 * The Ornstein–Uhlenbeck process on another clock, dX = -g(t)²X dt + √2 g(t) dB: with G = ∫g², a = e<sup>-G</sup>, b² = 1 - e<sup>-2G</sup>. Every variance-preserving process
 * is of this kind, dX = -½β X dt + √β dB with β = 2g² (Song et al. 2021, eq. 11): the linear, scaled-linear, sigmoid and cosine schedules, and those without signal at their end, are
 * {@link NoiseSchedule}s.
 *
 * <p>At a finite end of the schedule a = 0, b = 1 and σ = ∞, with infinite drift. Times close to it lose digits, since they are stored as 1 - (what is left) to 2<sup>-53</sup>: a
 * σ above 10⁸ is better kept as σ.
 *
 * @param schedule G and g²
 */
public record TimeRescaled(NoiseSchedule schedule) implements Noising {
  private static final OrnsteinUhlenbeck OWN_CLOCK = new OrnsteinUhlenbeck();

  /** dX = -½β X dt + √β dB with β from 0.1 to 20 (Song et al. 2021). */
  public static TimeRescaled linear() {
    return new TimeRescaled(NoiseSchedule.linear());
  }

  /** Nichol &amp; Dhariwal's (2021), s = 0.008. */
  public static TimeRescaled cosine() {
    return new TimeRescaled(new NoiseSchedule.Cosine(0.008));
  }

  @Override
  public double end() {
    return schedule.end();
  }

  @Override
  public double signal(double t) {
    double total = total(t);
    return total == Double.POSITIVE_INFINITY ? 0 : OWN_CLOCK.signal(total);
  }

  @Override
  public double noise(double t) {
    double total = total(t);
    return total == Double.POSITIVE_INFINITY ? 1 : OWN_CLOCK.noise(total);
  }

  @Override
  public double sigma(double t) {
    double total = total(t);
    return total == Double.POSITIVE_INFINITY ? total : OWN_CLOCK.sigma(total);
  }

  /** -g². */
  @Override
  public double drift(double t) {
    return -rate(t);
  }

  /** 2g². */
  @Override
  public double diffusion(double t) {
    return 2 * rate(t);
  }

  @Override
  public double time(double sigma) {
    return schedule.time(OWN_CLOCK.time(sigma));
  }

  private double total(double t) {
    return schedule.total(within(t, end()));
  }

  private double rate(double t) {
    return schedule.rate(within(t, end()));
  }

  /** Refuses times that are negative or beyond the end. */
  static double within(double t, double end) {
    Check.notNegative("t", t);
    if (t > end) {
      throw new IllegalArgumentException("t must be at most " + end + ", got " + t);
    }
    return t;
  }
}
