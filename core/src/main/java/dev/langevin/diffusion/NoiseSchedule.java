package dev.langevin.diffusion;

import dev.langevin.math.Check;
import dev.langevin.math.GaussKronrod;
import java.util.function.DoubleUnaryOperator;

/**
 * How fast the time of a process runs: G(t) = ∫₀ᵗ g(u)² du, increasing, G(0) = 0. {@link TimeRescaled} and {@link SubVariancePreserving} are processes on such a clock. In the
 * letters of Song et al. (2021) β(t) = 2 g(t)², and the β_i of a discrete chain of T steps are β(i/T)/T.
 */
public interface NoiseSchedule {
  /** G(t), zero or positive; infinite at a finite {@link #end()}. */
  double total(double t);

  /** G'(t) = g(t)², zero or positive. */
  double rate(double t);

  /** The last time; infinity, where the formula holds for ever. At a finite end no signal is left. */
  default double end() {
    return Double.POSITIVE_INFINITY;
  }

  /** The t with G(t) = {@code total}; found to rounding by a safeguarded Newton iteration unless there is a closed form. */
  default double time(double total) {
    return MonotoneRoot.of(this::total, this::rate, Check.notNegative("total", total), end());
  }

  /** β(t) = β₀ + (β₁ - β₀)t, as score SDE (Song et al. 2021, appendix C): 0.1 … 20, meant for 0 ≤ t ≤ 1. */
  static NoiseSchedule linear() {
    return new Linear(0.1, 20);
  }

  /** Any clock of which G and g² are known. */
  static NoiseSchedule of(DoubleUnaryOperator total, DoubleUnaryOperator rate) {
    return new Given(total, rate);
  }

  /** Any clock of which only g² is known, a smooth function: G by quadrature (Gauss–Kronrod), some 15 to 1,000 calls each time. */
  static NoiseSchedule ofRate(DoubleUnaryOperator rate) {
    return new Given(t -> GaussKronrod.integral(rate, 0, t), rate);
  }

  /**
   * β(t) = β₀ + (β₁ - β₀)t.
   *
   * @param first β₀, β at time 0; zero or positive
   * @param last β₁, β at time 1; at least β₀, positive
   */
  record Linear(double first, double last) implements NoiseSchedule {
    public Linear {
      requireRising(first, last);
    }

    @Override
    public double total(double t) {
      return 0.5 * t * (first + 0.5 * (last - first) * t);
    }

    @Override
    public double rate(double t) {
      return 0.5 * (first + (last - first) * t);
    }

    /** The positive root of a quadratic, in the form without a difference. */
    @Override
    public double time(double total) {
      if (total == 0) {
        return 0;
      }
      return 4 * total / (first + Math.sqrt(first * first + 4 * (last - first) * total));
    }
  }

  /**
   * √β linear in t, β(t) = (√β₀ + (√β₁ - √β₀)t)², the "scaled linear" betas of latent diffusion (Rombach et al. 2022): 0.85 … 12.
   *
   * @param first β₀, zero or positive
   * @param last β₁, at least β₀, positive
   */
  record ScaledLinear(double first, double last) implements NoiseSchedule {
    public ScaledLinear {
      requireRising(first, last);
    }

    @Override
    public double total(double t) {
      double root = Math.sqrt(first);
      double rise = Math.sqrt(last) - root;
      return 0.5 * t * (first + rise * t * (root + rise * t / 3));
    }

    @Override
    public double rate(double t) {
      double root = root(t);
      return 0.5 * root * root;
    }

    private double root(double t) {
      return Math.sqrt(first) + (Math.sqrt(last) - Math.sqrt(first)) * t;
    }

    /** r³ = r₀³ + 6(r₁ - r₀)G for r = √β(t), and t = (r - r₀)/(r₁ - r₀) without the difference. */
    @Override
    public double time(double total) {
      if (total == 0) {
        return 0;
      }
      double root = Math.sqrt(first);
      double rise = Math.sqrt(last) - root;
      double r = StrictMath.cbrt(first * root + 6 * rise * total);
      return 6 * total / (r * r + r * root + first);
    }
  }

  /**
   * β(t) = β₀ + (β₁ - β₀) s(12t - 6), s the logistic function (as the "sigmoid" betas of Xu et al. 2022, GeoDiff, and of diffusers).
   *
   * @param first β₀, zero or positive
   * @param last β₁, at least β₀, positive
   */
  record SigmoidBeta(double first, double last) implements NoiseSchedule {
    public SigmoidBeta {
      requireRising(first, last);
    }

    /** ∫ s(12u - 6) du = ln(1 + s(-6)(e^{12t} - 1))/12, beyond t = 50 (where s = 1) without the exponential. */
    @Override
    public double total(double t) {
      double grown = logistic(-6) * StrictMath.expm1(12 * Math.min(t, 50));
      double area = StrictMath.log1p(grown) / 12 + Math.max(0, t - 50);
      return 0.5 * (first * t + (last - first) * area);
    }

    @Override
    public double rate(double t) {
      return 0.5 * (first + (last - first) * logistic(12 * t - 6));
    }
  }

  /**
   * ᾱ(t) = f(t)/f(0), f(t) = cos²((π/2)(t + s)/(1 + s)) (Nichol &amp; Dhariwal 2021, eq. 17, in continuous time and without their cap on β). At time 1 no signal is left and σ
   * is infinite; a run starts before it, at the time of its σ_max.
   *
   * @param offset s, zero or positive; they have 0.008
   */
  record Cosine(double offset) implements NoiseSchedule {
    public Cosine {
      Check.notNegative("offset", offset);
    }

    @Override
    public double end() {
      return 1;
    }

    private double pace() {
      return 0.5 * Math.PI / (1 + offset);
    }

    /** σ² = (tan² θ - tan² θ₀) cos² θ₀ with θ = θ₀ + δ, the difference of the tangents taken by their addition theorem; G = ½ ln(1 + σ²). */
    @Override
    public double total(double t) {
      if (t >= 1) {
        return Double.POSITIVE_INFINITY;
      }
      double start = StrictMath.tan(pace() * offset);
      double tangent = StrictMath.tan(pace() * t);
      double u =
          t > 0.5
              ? 1 / StrictMath.tan(pace() * (1 - t)) - start
              : tangent * (1 + start * start) / (1 - tangent * start);
      return 0.5 * StrictMath.log1p(u * (u + 2 * start) / (1 + start * start));
    }

    /** (π/2)/(1 + s) tan θ, the tangent as the cotangent of what is missing to a right angle. */
    @Override
    public double rate(double t) {
      return t >= 1 ? Double.POSITIVE_INFINITY : pace() / StrictMath.tan(pace() * (1 - t));
    }

    @Override
    public double time(double total) {
      double start = StrictMath.tan(pace() * offset);
      if (total > 18) { // what is missing to 1 is as small as a/cos θ₀
        double left = StrictMath.exp(-total) / Math.sqrt(1 + start * start);
        return 1 - StrictMath.asin(left) / pace();
      }
      double square = StrictMath.expm1(2 * total) * (1 + start * start);
      double tangent = Math.sqrt(start * start + square);
      double rise = square / (tangent + start);
      return total == 0 ? 0 : StrictMath.atan(rise / (1 + tangent * start)) / pace();
    }
  }

  /**
   * ᾱ(t) = (s(e/τ) - s((t(e - b) + b)/τ))/(s(e/τ) - s(b/τ)), s the logistic function (Jabri, Fleet &amp; Chen 2023, "sigmoid" schedule). σ is infinite at time 1, as with {@link Cosine}.
   *
   * @param from b, they have -3
   * @param to e, above b; they have 3
   * @param temperature τ, positive; they have 1
   */
  record Sigmoid(double from, double to, double temperature) implements NoiseSchedule {
    public Sigmoid {
      Check.finite("from", from);
      Check.inside("to", to, from, Double.POSITIVE_INFINITY);
      Check.positive("temperature", temperature);
    }

    @Override
    public double end() {
      return 1;
    }

    private double at(double t) {
      return (t * (to - from) + from) / temperature;
    }

    @Override
    public double total(double t) {
      if (t >= 1) {
        return Double.POSITIVE_INFINITY;
      }
      double whole = rise(0, 1, at(0), at(1));
      double gone = rise(0, t, at(0), at(t)) / whole;
      return -0.5
          * (gone < 0.5
              ? StrictMath.log1p(-gone)
              : StrictMath.log(rise(t, 1, at(t), at(1)) / whole));
    }

    /** s(y) - s(x) = sinh((y - x)/2)/(2 cosh(y/2) cosh(x/2)), y - x taken from the times, whose difference is exact near either end. */
    private double rise(double t, double u, double x, double y) {
      double half = (u - t) * (to - from) / temperature / 2;
      return StrictMath.sinh(half) / (2 * StrictMath.cosh(x / 2) * StrictMath.cosh(y / 2));
    }

    /** ½ s'(x_t)(e - b)/τ over what is left of ᾱ. */
    @Override
    public double rate(double t) {
      if (t >= 1) {
        return Double.POSITIVE_INFINITY;
      }
      double x = at(t);
      double slope = logistic(x) * logistic(-x) * (to - from) / temperature;
      return 0.5 * slope / rise(t, 1, x, at(1));
    }
  }

  /**
   * Another schedule with its signal shifted and stretched so that none is left at a horizon: a'(t) = (a(t) - a(T))/(1 - a(T)) (Lin, Liu, Li &amp; Yang 2024, algorithm 1). σ is
   * infinite at T: the score there is that of N(0, I) and says nothing, and a run starts a little before, at the time of its σ_max. What that costs is in KL(q‖N(0, σ²I)) ≤ E‖x₀‖²/(2σ_max²).
   *
   * @param base the schedule that stops too early
   * @param horizon T, positive and no later than the end of {@code base}
   */
  record ZeroTerminalSnr(NoiseSchedule base, double horizon) implements NoiseSchedule {
    public ZeroTerminalSnr {
      Check.positive("horizon", horizon);
      Check.finite("total of base at the horizon", base.total(horizon));
    }

    @Override
    public double end() {
      return horizon;
    }

    @Override
    public double total(double t) {
      if (t >= horizon) {
        return Double.POSITIVE_INFINITY;
      }
      double whole = -StrictMath.expm1(-base.total(horizon)); // 1 - a(T)
      double gone = -StrictMath.expm1(-base.total(t)) / whole; // 1 - a'(t)
      if (gone < 0.5) {
        return -StrictMath.log1p(-gone);
      }
      double left = StrictMath.expm1(base.total(horizon) - base.total(t)); // a(t)/a(T) - 1
      return -StrictMath.log(left * (1 - whole) / whole);
    }

    /** G'/(1 - a(T)/a(t)). */
    @Override
    public double rate(double t) {
      return t >= horizon
          ? Double.POSITIVE_INFINITY
          : base.rate(t) / -StrictMath.expm1(base.total(t) - base.total(horizon));
    }

    @Override
    public double time(double total) {
      double whole = -StrictMath.expm1(-base.total(horizon));
      if (total < 0.5) {
        return base.time(-StrictMath.log1p(StrictMath.expm1(-total) * whole));
      }
      double above = StrictMath.exp(-total) * whole / (1 - whole); // a(t)/a(T) - 1
      return Math.min(horizon, base.time(base.total(horizon) - StrictMath.log1p(above)));
    }
  }

  /** Functions that somebody brought. */
  record Given(DoubleUnaryOperator cumulative, DoubleUnaryOperator density)
      implements NoiseSchedule {
    @Override
    public double total(double t) {
      return t == 0 ? 0 : cumulative.applyAsDouble(t);
    }

    @Override
    public double rate(double t) {
      return density.applyAsDouble(t);
    }
  }

  private static double logistic(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  private static void requireRising(double first, double last) {
    Check.notNegative("first", first);
    Check.positive("last", last);
    if (last < first) {
      throw new IllegalArgumentException(
          "last must be at least first = " + first + ", got " + last);
    }
  }
}
