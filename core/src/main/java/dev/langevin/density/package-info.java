/**
 * Densities and scores: what a user writes, and the way from parameters with constraints to all of R^d.
 *
 * <p>A {@link dev.langevin.density.Score} is ∇ log p; a {@link dev.langevin.density.LogDensity} is log p; a {@link
 * dev.langevin.density.Density} is both; a {@link dev.langevin.density.Model} also reports named quantities. Who has no constraints writes a
 * {@code Density} directly. Who has some lists them as {@link dev.langevin.density.Block}s of {@link dev.langevin.density.Parameters}, writes
 * a {@link dev.langevin.density.ConstrainedDensity}, and gets a {@code Model}; each block's {@link dev.langevin.density.Transform} takes
 * care of the Jacobian, and {@link dev.langevin.density.Derived} quantities are reported too. {@link
 * dev.langevin.density.GradientCheck} tells whether a gradient is right, and where not. {@link dev.langevin.density.LogScale} has the
 * functions that writing densities takes and the JDK lacks.
 *
 * <p>{@link dev.langevin.density.Tempered} is a density at another temperature. A {@link dev.langevin.density.DataScore} is the gradient of a posterior
 * datum by datum, for methods that read a few of the data at a time.
 *
 * <p>A {@link dev.langevin.density.BinaryPairwise} model lives on the corners of a cube, {-1, 1}^n, and so has no gradient to follow; up to 24
 * spins its {@link dev.langevin.density.BinaryEnumeration} is the truth.
 *
 * <table>
 * <caption>Transforms, u ↦ x</caption>
 * <tr><th>constraint</th><th>x</th><th>log |det J|</th></tr>
 * <tr><td>none</td><td>u</td><td>0</td></tr>
 * <tr><td>above a bound, positive</td><td>lower + e^u</td><td>u</td></tr>
 * <tr><td>below a bound</td><td>upper - e^u</td><td>u</td></tr>
 * <tr><td>between bounds</td><td>lower + (upper - lower) s(u), s(u) = 1/(1 + e^-u)</td>
 *     <td>log(upper - lower) + log s(u) + log s(-u)</td></tr>
 * <tr><td>ordered</td><td>x_k = x_{k-1} + e^u_k</td><td>Σ_{k&gt;0} u_k</td></tr>
 * <tr><td>simplex</td><td>stick breaking (Betancourt 2012)</td><td>Σ_k log l_k + log s(v_k) + log s(-v_k)</td></tr>
 * </table>
 *
 * <p>Those of the Stan Reference Manual, chapter "Constraint transforms", so that unconstrained coordinates mean the same as there.
 *
 * <p>Convention: log p is known up to a constant; -∞ is "outside the support", NaN is "the computation failed". Unconstrained numbers are
 * {@code u}, constrained ones {@code x}, where both appear. One instance per thread; {@code fork()} makes another.
 *
 * <p>To add a transform: a record like {@code Ordered} with its formulas, a factory in {@code Transform} and {@code Block}, a line in the list of
 * {@code TransformTest}, which checks the inverse, the determinant, the gradient and the tails.
 *
 * <p>May import {@code math} only. Draws no random numbers, and so does not import {@code random}.
 */
@NullMarked
package dev.langevin.density;

import org.jspecify.annotations.NullMarked;
