/**
 * Annealing: many temperatures between a distribution that is easy and the target, for targets with several modes, for log Z, and for minimisers.
 *
 * <p>All but the last go along p_β ∝ q^(1-β) p^β from a normal {@link dev.langevin.anneal.Reference} q, which is drawn exactly, to the target p.
 *
 * <table>
 *   <caption>The methods</caption>
 *   <tr><th>recipe</th><th>what it does</th><th>reference</th></tr>
 *   <tr><td>{@link dev.langevin.anneal.ParallelTempering}</td><td>a Markov chain: replicas at all β at once, which change places; a {@code Sampler} like any other</td>
 *       <td>Syed, Bouchard-Côté, Deligiannidis &amp; Doucet 2022</td></tr>
 *   <tr><td>{@link dev.langevin.anneal.SequentialMonteCarlo}</td><td>a cloud of particles that goes from β = 0 to 1 once; with τ = 0, annealed importance sampling</td>
 *       <td>Del Moral, Doucet &amp; Jasra 2006; Neal 2001</td></tr>
 *   <tr><td>{@link dev.langevin.anneal.SimulatedAnnealing}</td><td>one chain at exp(-β f), β → ∞: a minimiser of f, on R^d or a finite set</td>
 *       <td>Kirkpatrick, Gelatt &amp; Vecchi 1983</td></tr>
 * </table>
 *
 * <p>Convention: β is the inverse temperature, the hot end is β = 0; l = log p - log q; log Z = log ∫p, which is 0 for a normalised target. Points outside the support of p
 * count as -∞. Moves within a temperature are made by the samplers of {@code mcmc}, on a density that remembers where it was evaluated last, so that a change of temperature
 * costs no evaluation.
 *
 * <p>To add a method: a recipe here, run on mixtures of known weights and on normalised targets in the tests, with a single chain that fails there beside it.
 *
 * <p>May import {@code adapt}, {@code mcmc}, {@code density}, {@code random} and {@code math}.
 */
@NullMarked
package dev.langevin.anneal;

import org.jspecify.annotations.NullMarked;
