package dev.langevin.solver;

import dev.langevin.math.Check;

/**
 * Starts on the way between two others, for solvers without fresh noise: the rows p·columns … (p+1)·columns - 1 lie on the arc from the start of row 2p to that of row 2p + 1, at t = 0, 1/(columns - 1), … 1 (spherical
 * linear interpolation; Shoemake 1985, section 3.3; of the starts of a deterministic solver: Song, Meng &amp; Ermon 2021, section 5.3):
 *
 * <p>slerp(a, b; t) = sin((1 - t)θ)/sin θ · a + sin(tθ)/sin θ · b, cos θ = a·b/(|a||b|)
 *
 * <p>The ends are the two starts to the last bit. In many dimensions θ is near π/2, the squares of the weights then add up to 1, and every point of the arc is as long as a normal vector, which a
 * straight line's middle is not: that is shorter by √2. In few dimensions this is so on the average only. Where a and b are parallel to rounding (always on the line, d = 1) there is no arc, and the straight line is taken.
 *
 * @param source whose rows are the ends; row by row
 * @param columns points on every arc, both ends among them; at least 2
 */
public record InterpolatedNoise(NoiseSource source, int columns) implements NoiseSource {
  private static final double PARALLEL = 1e-9;

  public InterpolatedNoise {
    Check.atLeast("columns", columns, 2);
    if (!source.rowByRow()) {
      throw new IllegalArgumentException("source must be row by row, got " + source);
    }
  }

  @Override
  public boolean rowByRow() {
    return true;
  }

  @Override
  public Reader reader(int d, int rows) {
    return new ArcReader(source.reader(d, 2), columns, d);
  }

  /**
   * Writes slerp(a, b; t).
   *
   * @param ends a and then b, {@code 2 × d}
   * @param t 0 … 1
   * @param out d numbers are written from {@code at} on
   */
  static void slerp(double[] ends, int d, double t, double[] out, int at) {
    double aa = 0;
    double ab = 0;
    double bb = 0;
    for (int j = 0; j < d; j++) {
      aa += ends[j] * ends[j];
      ab += ends[j] * ends[d + j];
      bb += ends[d + j] * ends[d + j];
    }
    double cosine = Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb)));
    double theta = StrictMath.acos(cosine);
    double sine = StrictMath.sin(theta);
    boolean straight = !(sine > PARALLEL);
    double first = straight ? 1 - t : StrictMath.sin((1 - t) * theta) / sine;
    double second = straight ? t : StrictMath.sin(t * theta) / sine;
    for (int j = 0; j < d; j++) {
      out[at + j] = first * ends[j] + second * ends[d + j];
    }
  }

  private static final class ArcReader implements Reader {
    private final Reader source;
    private final int columns;
    private final int d;
    private final double[] ends;
    private long first;
    private int rows;

    ArcReader(Reader source, int columns, int d) {
      this.source = source;
      this.columns = columns;
      this.d = d;
      ends = new double[2 * d];
    }

    @Override
    public void begin(long first, int rows) {
      this.first = first;
      this.rows = rows;
    }

    @Override
    public void fill(int step, int blocks, double[] out) {
      if (step > 0) {
        throw new IllegalStateException("there is no fresh noise between two rows");
      }
      long arc = -1;
      for (int r = 0; r < rows; r++) {
        long row = first + r;
        if (row / columns != arc) {
          arc = row / columns;
          source.begin(2 * arc, 2);
          source.fill(0, 1, ends);
        }
        place((int) (row % columns), out, r * d);
      }
    }

    private void place(int column, double[] out, int at) {
      if (column == 0 || column == columns - 1) {
        System.arraycopy(ends, column == 0 ? 0 : d, out, at, d);
      } else {
        slerp(ends, d, (double) column / (columns - 1), out, at);
      }
    }
  }
}
