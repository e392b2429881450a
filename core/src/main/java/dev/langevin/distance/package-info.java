/**
 * Compares samples and laws: how far are fresh rows from real ones, or from a known law, and could chance alone have done that?
 *
 * <p>A {@link dev.langevin.distance.Distance} compares two samples, a {@link dev.langevin.distance.LawDistance} a sample with a law; either is a recipe that gives an {@link
 * dev.langevin.distance.Estimate} with its standard error and interval. {@link dev.langevin.distance.Quadrature} compares two laws in a {@link dev.langevin.distance.Box}, without chance; {@link dev.langevin.distance.NormalTransport} two normal ones. A distance between two finite samples of one law is
 * not zero, so {@link dev.langevin.distance.Comparisons} sets it beside its floor, the distance between real rows and other real rows (or between exact draws and the law), and words a {@link
 * dev.langevin.distance.Comparison}.
 *
 * <table>
 * <caption>Methods: n rows on each side, d columns; the interval of all is the normal one, its error by the way named</caption>
 * <tr><th>class</th><th>what</th><th>error by</th><th>cost</th><th>source</th></tr>
 * <tr><td>{@link dev.langevin.distance.SlicedWasserstein}</td><td>root mean square of the exact W2 along random directions</td><td>potentials</td><td>directions · n (d + log n)</td>
 *     <td>Rabin et al. 2012; Bonneel et al. 2015</td></tr>
 * <tr><td>{@link dev.langevin.distance.LineWasserstein}</td><td>W2 for d = 1, exactly</td><td>potentials</td><td>n log n</td><td>the same</td></tr>
 * <tr><td>{@link dev.langevin.distance.AssignmentWasserstein}</td><td>W1, W2 for any d, exactly</td><td>dual prices</td><td>n² d + at most n³</td><td>Jonker &amp; Volgenant 1987</td></tr>
 * <tr><td>{@link dev.langevin.distance.SinkhornDivergence}</td><td>debiased entropic transport</td><td>potentials</td><td>n² (d + iterations)</td><td>Feydy et al. 2019</td></tr>
 * <tr><td>{@link dev.langevin.distance.EnergyDistance}</td><td>2E|X-Y| - E|X-X'| - E|Y-Y'|</td><td>infinitesimal jackknife</td><td>n² d</td><td>Sz&eacute;kely &amp; Rizzo 2013</td></tr>
 * <tr><td>{@link dev.langevin.distance.MaximumMeanDiscrepancy}</td><td>MMD², Gaussian kernels, unbiased</td><td>Hoeffding to second order</td><td>n² d</td><td>Gretton et al. 2012</td></tr>
 * <tr><td>{@link dev.langevin.distance.KernelInceptionDistance}</td><td>MMD², cubic kernel, unbiased</td><td>Hoeffding to second order</td><td>n² d</td><td>Bi&#324;kowski et al. 2018</td></tr>
 * <tr><td>{@link dev.langevin.distance.FrechetDistance}</td><td>between normal laws of the same moments</td><td>potentials</td><td>n d² + d³</td><td>Dowson &amp; Landau 1982; Heusel et al. 2017</td></tr>
 * <tr><td>{@link dev.langevin.distance.FrechetLimit}</td><td>the same for ever more rows</td><td>potentials</td><td>n d² + d³</td><td>Chong &amp; Forsyth 2020</td></tr>
 * <tr><td>{@link dev.langevin.distance.ClassVariation}</td><td>TV of the shares of classes; columns are scores</td><td>multinomial</td><td>n d</td><td>Bishop et al. 1975</td></tr>
 * <tr><td>{@link dev.langevin.distance.SupportOverlap}</td><td>precision, recall, density, coverage</td><td>binomial, inflated</td><td>n² d</td>
 *     <td>Kynkäänniemi et al. 2019; Naeem et al. 2020</td></tr>
 * <tr><td>{@link dev.langevin.distance.ClassifierTwoSample}</td><td>accuracy of a classifier on rows it has not seen</td><td>binomial, inflated</td><td>folds · epochs · n d · hidden</td>
 *     <td>Lopez-Paz &amp; Oquab 2017</td></tr>
 * <tr><td>{@link dev.langevin.distance.ClassifierVariation}</td><td>lower bound on TV</td><td>the same</td><td>the same</td><td>Devroye et al. 1996</td></tr>
 * <tr><td>{@link dev.langevin.distance.ClassifierRelativeEntropy}</td><td>lower bound on KL</td><td>two means, inflated</td><td>the same</td><td>Nguyen et al. 2010</td></tr>
 * <tr><td>{@link dev.langevin.distance.QuantileWasserstein}</td><td>sample and law: W2 for d = 1</td><td>potentials</td><td>n log n</td><td>Villani 2003</td></tr>
 * <tr><td>{@link dev.langevin.distance.HistogramVariation}</td><td>sample and law: lower bound on TV, d ≤ 2</td><td>binomial, inflated</td><td>n + cells<sup>d</sup></td><td>Devroye et al. 1996</td></tr>
 * <tr><td>{@link dev.langevin.distance.SteinDiscrepancy}</td><td>sample and score: KSD²</td><td>Hoeffding to second order</td><td>n² d</td><td>Gorham &amp; Mackey 2017</td></tr>
 * <tr><td>{@link dev.langevin.distance.Quadrature}</td><td>law and law: TV, KL, d ≤ 2</td><td>difference of two rules</td><td>cells</td><td>Kronrod 1965</td></tr>
 * </table>
 *
 * <p>Convention: samples are row-major {@code n × d}; they may be longer than {@code n·d} and are never changed. Randomness comes from
 * the seed alone: the same call gives the same number. Features of a network, such as FID is made of, are rows like any others.
 *
 * <p>To add one: a record that implements {@code Distance}, its name in {@link dev.langevin.distance.Distance#menu()}, a row in the table of laws that {@code DistanceLawsTest} holds every
 * distance to (small on equal laws, found on different ones, no dependence on the order of the samples).
 *
 * <p>May import {@code diagnostics}, {@code density}, {@code math} and {@code random} only.
 */
@NullMarked
package dev.langevin.distance;

import org.jspecify.annotations.NullMarked;
