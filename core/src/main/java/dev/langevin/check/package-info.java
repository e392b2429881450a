/**
 * Checks a density that a user wrote: {@link dev.langevin.check.DensityCheck} gathers the parts and returns {@link
 * dev.langevin.diagnostics.Finding}s, {@link dev.langevin.check.RankTest} tests a kernel against draws of its target.
 *
 * <table>
 * <caption>The parts</caption>
 * <tr><th>part</th><th>what it does</th><th>source</th></tr>
 * <tr><td>{@link dev.langevin.check.DensityCheck}</td><td>contract, gradient, jumps, tails, agreement of gradient and density over the
 *     distribution</td><td>Ridders 1982; Stein 1972; Gorham &amp; Mackey 2017</td></tr>
 * <tr><td>{@link dev.langevin.check.RankTest}</td><td>uniform ranks along a reversible chain</td><td>Gandy &amp; Scott 2020, algorithm
 *     2</td></tr>
 * </table>
 *
 * <p>Convention: what is wrong with a density is a finding, never an exception; points are unconstrained.
 *
 * <p>To add a part: a class with a {@code judge} that returns findings, its row in {@code DensityCheck}'s table with what it cannot see, and a broken
 * density in the test that only it sees.
 *
 * <p>May import {@code diagnostics}, {@code adapt}, {@code mcmc}, {@code density}, {@code random} and {@code math}.
 */
@NullMarked
package dev.langevin.check;

import org.jspecify.annotations.NullMarked;
