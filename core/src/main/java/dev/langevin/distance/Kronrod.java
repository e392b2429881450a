package dev.langevin.distance;

/**
 * Gauss and Kronrod's pair of rules on [-1, 1] (Kronrod 1965; the table of Piessens et al. 1983, QUADPACK): 15 nodes, exact up to degree 22, of which every second is one
 * of Gauss's 7, exact up to degree 13. Their difference is a safe estimate of the error of the former.
 */
final class Kronrod {
  /** The number of nodes. */
  static final int NODES = 15;

  private static final double[] NODE = {
    0.991455371120812639206854697526329,
    0.949107912342758524526189684047851,
    0.864864423359769072789712788640926,
    0.741531185599394439863864773280788,
    0.586087235467691130294144691838259,
    0.405845151377397166906606412076961,
    0.207784955007898467600689403773245,
    0
  };
  private static final double[] WEIGHT = {
    0.022935322010529224963732008058970,
    0.063092092629978553290700663189204,
    0.104790010322250183839876322541518,
    0.140653259715525918745189590510238,
    0.169004726639267902826583426598550,
    0.190350578064785409913256402421014,
    0.204432940075298892414161999234649,
    0.209482141084727828012999174891714
  };
  private static final double[] GAUSS = {
    0.129484966168869693270611432679082,
    0.279705391489276667901467771423780,
    0.381830050505118944950369775488975,
    0.417959183673469387755102040816327
  };

  private Kronrod() {}

  /** Node {@code k}, 0 … 14, ascending. */
  static double node(int k) {
    return k < 7 ? -NODE[k] : NODE[14 - k];
  }

  /** Its weight in the rule of 15. */
  static double weight(int k) {
    return WEIGHT[Math.min(k, 14 - k)];
  }

  /** Its weight in Gauss's rule of 7; zero for the others. */
  static double gauss(int k) {
    int folded = Math.min(k, 14 - k);
    return folded % 2 == 1 ? GAUSS[folded / 2] : 0;
  }
}
