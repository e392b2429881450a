/**
 * Spin glasses: samples of a mean-field model on {-1, 1}^n by algorithmic stochastic localisation, with its account of error.
 *
 * <p>A {@link dev.langevin.spin.SpinGlass} is a {@link dev.langevin.density.BinaryPairwise} model whose couplings βA come from an {@link
 * dev.langevin.spin.Ensemble}; {@link dev.langevin.spin.SherringtonKirkpatrick} and {@link dev.langevin.spin.Z2Synchronisation} draw one. {@link
 * dev.langevin.spin.Localisation} follows the observation process dy = m(y) dt + dB, along which the mean m(y) of the model tilted by
 * ⟨y, x⟩ tends to a single configuration. A {@link dev.langevin.spin.TiltedMean} computes that mean: {@link dev.langevin.spin.Amp}
 * iterates, {@link dev.langevin.spin.TapPolish} descends the {@link dev.langevin.spin.TapFreeEnergy}, {@link dev.langevin.spin.TapMean} is the one
 * after the other. {@link dev.langevin.spin.SpinSampler} draws many samples on the threads that it is given, each with an {@link
 * dev.langevin.spin.Account}. {@link dev.langevin.spin.StateEvolution} predicts what comes out; {@link dev.langevin.spin.Guarantee} says
 * what is proven.
 *
 * <table>
 *   <caption>What there is</caption>
 *   <tr><th>part</th><th>formula</th><th>source</th></tr>
 *   <tr><td>SK</td><td>p ∝ exp((β/2) xᵀAx), A ~ GOE(n)</td><td>Sherrington &amp; Kirkpatrick 1975</td></tr>
 *   <tr><td>Z2</td><td>the same with A = (β/n) θθᵀ + GOE(n)</td><td>Deshpande, Abbe &amp; Montanari 2017</td></tr>
 *   <tr><td>AMP</td><td>z' = βA m + y - β²(1 - ‖m‖²/n) m₋, m = tanh z</td><td>Bolthausen 2014</td></tr>
 *   <tr><td>TAP</td><td>F(m), descended in u = atanh m</td><td>Thouless, Anderson &amp; Palmer 1977; El Alaoui, Montanari &amp; Sellke 2022</td></tr>
 *   <tr><td>localisation</td><td>y' = y + δ m(y) + √δ w</td><td>El Alaoui, Montanari &amp; Sellke 2022</td></tr>
 *   <tr><td>state evolution</td><td>γ' = β² E tanh²(γ + √γ G) + t</td><td>Deshpande, Abbe &amp; Montanari 2017</td></tr>
 * </table>
 *
 * <p>Convention: β multiplies A, whose off-diagonal entries have variance 1/n; J = βA. The diagonal of A is a constant of the model (x_i² = 1)
 * and is left out of every product. Configurations are rows of ±1, row-major {@code double[]}. Cost: every mean takes some products with
 * one shared n × n matrix, O(n²) each.
 *
 * <p>The seam to the other door: y/t is x + z/√t, so a tilted mean is a denoiser at σ = 1/√t ({@link dev.langevin.spin.SpinDenoiser}).
 *
 * <p>To add a way to compute the mean: implement {@link dev.langevin.spin.TiltedMean} with rows that do not depend on their batch, and check it
 * against {@link dev.langevin.density.BinaryEnumeration}.
 *
 * <p>May import {@code diffusion, density, random and math} only.
 */
@NullMarked
package dev.langevin.spin;

import org.jspecify.annotations.NullMarked;
