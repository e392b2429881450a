/**
 * Losses whose minimiser is the denoiser: a law of noise levels, a weight and a target.
 *
 * <table>
 *   <caption>Objectives</caption>
 *   <tr><th>objective</th><th>levels</th><th>weight</th><th>source</th></tr>
 *   <tr><td>{@link dev.langevin.objective.EdmObjective}</td><td>ln σ normal, spread evenly over a batch</td><td>1/c_out²</td>
 *     <td>Karras, Aittala, Aila &amp; Laine 2022, table 1</td></tr>
 * </table>
 *
 * <p>Convention: arithmetic of single numbers; the tensors are the backend's. Data enter in the scale {@code sigmaData}.
 *
 * <p>To add one: a record of its parameters with level law, weight and target, and a test that the exact denoiser attains the closed-form
 * minimum of its loss on a Gaussian.
 *
 * <p>May import {@code diffusion, random and math} only; it knows no solver.
 */
@NullMarked
package dev.langevin.objective;

import org.jspecify.annotations.NullMarked;
