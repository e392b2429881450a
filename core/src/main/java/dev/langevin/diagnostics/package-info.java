/**
 * Judges draws: have the chains mixed, how many independent draws are they worth, how far off may an estimate be?
 *
 * <p>All methods read one scalar quantity as {@code x[chain][draw]} and know no sampler. {@link
 * dev.langevin.diagnostics.QuantitySummary} gathers the figures of one quantity, {@link dev.langevin.diagnostics.Findings} turns
 * the summaries of a run into {@link dev.langevin.diagnostics.Finding}s: what is wrong, why it matters, what to do.
 *
 * <table>
 * <caption>Methods</caption>
 * <tr><th>class</th><th>what</th><th>source</th></tr>
 * <tr><td>{@link dev.langevin.diagnostics.RHat}</td><td>rank-normalised, split and folded R-hat</td><td>Vehtari et al. 2021</td></tr>
 * <tr><td>{@link dev.langevin.diagnostics.EffectiveSampleSize}</td><td>bulk, tail, mean, sd, median, quantile</td>
 *     <td>Geyer 1992; Vehtari et al. 2021</td></tr>
 * <tr><td>{@link dev.langevin.diagnostics.MonteCarloError}</td><td>standard errors of mean, sd, median, quantile</td>
 *     <td>Vehtari et al. 2021</td></tr>
 * <tr><td>{@link dev.langevin.diagnostics.EnergyDiagnostic}</td><td>E-BFMI</td><td>Betancourt 2016</td></tr>
 * <tr><td>{@link dev.langevin.diagnostics.RHat#nested}</td><td>nested R-hat, for many short chains</td>
 *     <td>Margossian et al. 2024</td></tr>
 * <tr><td>{@link dev.langevin.diagnostics.SteinReport}</td><td>do draws belong to the density whose scores they carry? What R-hat cannot
 *     ask</td><td>Gorham &amp; Mackey 2015, 2017</td></tr>
 * <tr><td>{@link dev.langevin.diagnostics.SteinIdentity}</td><td>E[∂V] = 0, E[(x - c) ∂V] = 1, each with its z</td>
 *     <td>Stein 1972; Hall 1992</td></tr>
 * <tr><td>{@link dev.langevin.diagnostics.KernelSteinDiscrepancy}</td><td>shape, with a p-value by wild bootstrap</td>
 *     <td>Gorham &amp; Mackey 2017; Chwialkowski et al. 2016</td></tr>
 * <tr><td>{@link dev.langevin.diagnostics.HighestDensity}</td><td>shortest interval</td><td>Chen &amp; Shao 1999</td></tr>
 * </table>
 *
 * <p>Convention: what cannot be computed is NaN, not an exception, because a chain that went wrong is what this package is for.
 * That is: fewer than four draws, a NaN or an infinite value anywhere, a quantity that is the same in all draws. A single chain
 * is judged by its two halves. Only a misshapen argument (no chains, ragged chains, a probability outside (0, 1)) is refused.
 * Numbers agree with ArviZ 0.23.4 to 1e-6 relative; each class says where Vehtari et al. or the R package posterior differ.
 * Beta quantiles and normal tail probabilities come from Commons Statistics, which uses {@code java.lang.Math}: standard errors of quantiles
 * and p-values may differ between JDKs in the last bits; draws never depend on them.
 *
 * <p>To add one: a final class with static methods on {@code double[][]}, a row in the golden test, a test of the law that it
 * estimates, and, where people should be warned, a check in {@code Findings}.
 *
 * <p>May import {@code math} (and {@code random}) only.
 */
@NullMarked
package dev.langevin.diagnostics;

import org.jspecify.annotations.NullMarked;
