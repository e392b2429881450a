/**
 * Densities that ship: made-up ones whose moments are known exactly, and posteriors of real data whose moments others have computed.
 *
 * <p>All are {@link dev.langevin.density.Model}s on unconstrained R^d with hand-written gradients. An evaluation with gradient allocates
 * nothing.
 *
 * <table>
 * <caption>Targets</caption>
 * <tr><th>class</th><th>what makes it hard</th><th>source</th></tr>
 * <tr><td>{@link dev.langevin.density.target.Gaussian}</td><td>nothing, or its condition number</td><td>exact</td></tr>
 * <tr><td>{@link dev.langevin.density.target.GaussianMixture}</td><td>modes; stays exact under noising</td><td>exact</td></tr>
 * <tr><td>{@link dev.langevin.density.target.StudentT}</td><td>heavy tails</td><td>exact</td></tr>
 * <tr><td>{@link dev.langevin.density.target.Banana}</td><td>bent</td><td>Haario, Saksman &amp; Tamminen 1999</td></tr>
 * <tr><td>{@link dev.langevin.density.target.Funnel}</td><td>no one scale</td><td>Neal 2003</td></tr>
 * <tr><td>{@link dev.langevin.density.target.EightSchools}</td><td>little data, hierarchical</td><td>Rubin 1981; posteriordb</td></tr>
 * <tr><td>{@link dev.langevin.density.target.ArK}</td><td>easy regression</td><td>posteriordb</td></tr>
 * <tr><td>{@link dev.langevin.density.target.Garch}</td><td>recursion, bounds that depend on each other</td>
 *     <td>Bollerslev 1986; posteriordb</td></tr>
 * <tr><td>{@link dev.langevin.density.target.LowDimGaussMix}</td><td>ordered means, 1000 terms</td><td>posteriordb</td></tr>
 * <tr><td>{@link dev.langevin.density.target.Kilpisjarvi}</td><td>correlation 0.99999</td><td>posteriordb</td></tr>
 * <tr><td>{@link dev.langevin.density.target.LogEarningsInteraction}</td><td>correlations, flat priors</td>
 *     <td>Gelman &amp; Hill 2007; posteriordb</td></tr>
 * <tr><td>{@link dev.langevin.density.target.Diamonds}</td><td>d = 26, correlations beyond 0.999</td><td>posteriordb</td></tr>
 * </table>
 *
 * <p>posteriordb: Magnusson, Torgander, Bürkner, Zhang, Carpenter &amp; Vehtari 2025, AISTATS. The data are handed to the constructors; {@code
 * dev.langevin.app.target} holds them.
 *
 * <p>Convention: the made-up targets are normalised; the posteriors leave constants out. Regressions with normal errors share one likelihood,
 * {@code NormalRegression}, whose evaluation costs O(K²), whatever the number of rows. Scale parameters enter by their logarithm, Jacobian
 * included.
 *
 * <p>To add one: a class like {@code EightSchools} with its formulas; a pair in {@code PosteriorTest} (the same model written plainly) or a
 * line in {@code SyntheticTargetTest}, which check log density, gradient, report and tails; a line in the catalogue of {@code
 * dev.langevin.app.target}.
 *
 * <p>May import {@code density} and {@code math} only.
 */
@NullMarked
package dev.langevin.density.target;

import org.jspecify.annotations.NullMarked;
