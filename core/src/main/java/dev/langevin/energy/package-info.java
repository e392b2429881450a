/**
 * Energy-based models: p_θ ∝ exp f_θ, learned without the normaliser (formula B9).
 *
 * <p>An {@link dev.langevin.energy.EnergyModel} knows f_θ and ∇_θ f; a {@link dev.langevin.energy.SmoothEnergy} knows its score ∇_x f too and is a {@code
 * Density} at each θ. Two small ones ship, whose normaliser is known: {@link dev.langevin.energy.BoltzmannMachine}, summed, and {@link
 * dev.langevin.energy.PolynomialEnergy}, integrated. A {@link dev.langevin.energy.NoisedEnergy} is a model for every amount of noise. {@link dev.langevin.energy.Dynamics} says which of the first door's kernels draws from it.
 *
 * <table>
 *   <caption>Ways to learn</caption>
 *   <tr><th>method</th><th>needs</th><th>source</th></tr>
 *   <tr><td>{@link dev.langevin.energy.Divergence} from the data</td><td>k steps; biased</td><td>Hinton 2002</td></tr>
 *   <tr><td>{@link dev.langevin.energy.Divergence} kept alive</td><td>slow steps in θ</td><td>Tieleman 2008; Du &amp; Mordatch 2019</td></tr>
 *   <tr><td>{@link dev.langevin.energy.NoiseConditionalLoss}</td><td>no chain; ∇_θ∇_x f</td><td>Vincent 2011; Gao et al. 2021</td></tr>
 * </table>
 *
 * <p>Convention: f is the log density and not its negative; θ is one array that models do not keep; gradients of likelihoods point upwards, those of losses too
 * (an {@code objective.Descent} goes against a gradient: hand it the likelihood's with the other sign).
 *
 * <p>To add a model: implement {@link dev.langevin.energy.SmoothEnergy}; check both gradients by differences, and the likelihood's on a case whose Z is summed.
 *
 * <p>May import {@code objective, diffusion, mcmc, density, random and math} only.
 */
@NullMarked
package dev.langevin.energy;

import org.jspecify.annotations.NullMarked;
