package dev.langevin.theory;

/**
 * The step size with which a bound reaches an accuracy in the fewest steps: a large one leaves too much bias, a small one takes too long to forget the
 * start.
 *
 * @param stepSize h
 * @param steps K, a whole number
 */
record StepSizePlan(double stepSize, double steps) {
  private static final double GOLDEN = 0.6180339887498949;
  private static final double NARROWEST = 30; // of ln h below the largest admissible h
  private static final double SMALLEST_STEP = 1e-290;

  /**
   * The plan, by bisection for the largest h whose bias is below {@code accuracy} and a golden section search for the best below it.
   *
   * @param accuracy in the bound's own sense
   * @throws IllegalArgumentException if no step size that a double holds is small enough
   */
  static StepSizePlan of(LangevinBound bound, double accuracy) {
    double top = StrictMath.log(largest(bound, accuracy));
    double low = top - NARROWEST;
    double high = top;
    double a = high - GOLDEN * (high - low);
    double b = low + GOLDEN * (high - low);
    double atA = needed(bound, StrictMath.exp(a), accuracy);
    double atB = needed(bound, StrictMath.exp(b), accuracy);
    while (high - low > 1e-7) {
      if (atA <= atB) {
        high = b;
        b = a;
        atB = atA;
        a = high - GOLDEN * (high - low);
        atA = needed(bound, StrictMath.exp(a), accuracy);
      } else {
        low = a;
        a = b;
        atA = atB;
        b = low + GOLDEN * (high - low);
        atB = needed(bound, StrictMath.exp(b), accuracy);
      }
    }
    double h = StrictMath.exp(0.5 * (low + high));
    return new StepSizePlan(h, whole(bound, h, accuracy));
  }

  private static double largest(LangevinBound bound, double accuracy) {
    double high = bound.largestStep();
    if (bound.bias(high) < accuracy) {
      return high;
    }
    double low = high;
    while (!(bound.bias(low) < accuracy)) {
      high = low;
      low /= 4;
      if (low < SMALLEST_STEP) {
        throw new IllegalArgumentException(
            "accuracy must leave room for a step size above "
                + SMALLEST_STEP
                + ", got one that needs less");
      }
    }
    while (high - low > 1e-12 * high) {
      double middle = 0.5 * (low + high);
      if (bound.bias(middle) < accuracy) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How many steps of size h it takes, not rounded; infinite where the bias alone is too much. */
  private static double needed(LangevinBound bound, double h, double accuracy) {
    double room = accuracy - bound.bias(h);
    if (!(room > 0)) {
      return Double.POSITIVE_INFINITY;
    }
    double steps = StrictMath.log(bound.initial(h) / room) / -bound.logContraction(h);
    return Math.max(bound.leastSteps(), steps);
  }

  private static double whole(LangevinBound bound, double h, double accuracy) {
    double steps = Math.ceil(needed(bound, h, accuracy));
    return bound.at(h, steps) <= accuracy ? steps : steps + 1; // rounding of the last digit
  }
}
